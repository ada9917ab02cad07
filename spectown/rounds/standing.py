"""How the titles of the city stand: which are in force, which expire soon, which are being rechecked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from spectown.rounds.models import Case, Title
from spectown.towns.models import Town, TownQuerySet

WARN = datetime.timedelta(days=180)  # 建议值: half a year before the end, as core.rounds.titles
SETTLED = ("kept", "revoked_finally")


def listed(on: datetime.date) -> TownQuerySet:
    """Towns that the public sees; not those whose title went on the very day it came, which their record cannot say."""
    gone = Title.objects.filter(record__valid_from=on, record__valid_to=on, state__in=("withdrawn", "given_up"))
    return Town.objects.published(on).exclude(pk__in=gone.values("town"))


def in_force() -> list[Title]:
    """Titles of the city in force, with town and county, by number."""
    rows = Title.objects.filter(state="valid", level="city").select_related(
        "town__territory", "town__responsible_unit__territory", "case__unit__territory"
    )
    return list(rows.order_by("number"))


def expiring(titles: Sequence[Title], on: datetime.date) -> list[Title]:
    """Those whose validity ends within half a year, or has ended."""
    return [title for title in titles if title.valid_to is not None and title.valid_to - on < WARN]


def drawable(on: datetime.date) -> list[Title]:
    """Those among whom a sample is drawn: neither due in any case nor on their way."""
    titles = in_force()
    due, busy = {title.pk for title in expiring(titles, on)}, running([title.town_id for title in titles])
    return [title for title in titles if title.pk not in due and title.town_id not in busy]


def running(towns: Sequence[int]) -> dict[int, Case]:
    """Rechecks that are not settled, by town."""
    rows = Case.objects.filter(round__kind="recheck", town__in=towns).exclude(state__in=SETTLED)
    return {case.town_id: case for case in rows.select_related("round") if case.town_id is not None}


def under_recheck(town: int) -> bool:
    """Tell whether a recheck of the town is on its way."""
    return town in running([town])
