"""What if (试算): known towns or cases of a round under another threshold or other weights."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db.models import Prefetch

from spectown.certification.counted import counted_of, with_counts
from spectown.certification.facts import answers_of, criteria_of
from spectown.certification.models import Application
from spectown.core.certification.criteria import CriteriaSet
from spectown.core.certification.outcomes import Path
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.scores import Sheet
from spectown.core.rounds.whatif import Known, Setting, unscored, with_threshold, with_weights
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, CaseVersion, Round, Seat
from spectown.rounds.sheets import counted, sheet_of
from spectown.web.rounds.rulesshown import plain

PATHS = {Path.STANDARD: "标准条件", Path.RELAXED: "放宽条件"}


@dataclass(frozen=True, slots=True)
class Movable:
    """One threshold that may be moved: `key` names it in the form."""

    key: str
    label: str
    value: Decimal
    unit: str


def movables(criteria: CriteriaSet, on: datetime.date) -> list[Movable]:
    """Every threshold in force on the day, of criteria, then of categories."""
    named = [("criterion", each.code, each.title, each.thresholds) for each in criteria.criteria]
    named += [("category", each.code, f"产值({each.label})", each.thresholds) for each in criteria.categories]
    return [
        Movable(f"{kind}:{code}:{path.value}", f"{title}·{PATHS[path]}", threshold.value, threshold.unit)
        for kind, code, title, thresholds in named
        for path in PATHS
        for threshold in thresholds
        if threshold.applies(on, path)
    ]


def moved(criteria: CriteriaSet, key: str, text: str, on: datetime.date) -> CriteriaSet:
    """The criteria with one threshold moved. Raises Refused."""
    kind, code, path = [*key.split(":"), "", ""][:3]
    value = number(text)
    try:
        return with_threshold(
            criteria,
            value,
            criterion=code if kind == "criterion" else "",
            category=code if kind == "category" else "",
            path=Path(path),
            on=on,
        )
    except (KeyError, ValueError) as unknown:
        raise Refused("请选择要试算的门槛。") from unknown


def number(text: str) -> Decimal:
    """A positive number as typed. Raises Refused."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation as wrong:
        raise Refused(f"应为大于 0 的数,现为“{text}”。") from wrong
    if not value.is_finite() or not 0 < value < 10**12:
        raise Refused(f"应为大于 0 的数,现为“{text}”。")
    return value


def reweighted(rules: Rules, weights: dict[str, str]) -> Rules:
    """The rules with other weights, which must add up to 100. Raises Refused."""
    read = {code: number(text) for code, text in weights.items()}
    found = with_weights(rules, read)
    total = sum((item.weight for item in found.sheet), Decimal(0))
    if total != 100:
        raise Refused(f"权重合计应为 100,现为 {plain(total)}。")
    return found


def known_towns(round_: Round, actor: Actor, on: datetime.date) -> list[Known]:
    """All applications under the round's plan version that the actor may see, without scores."""
    seen = Application.objects.visible_to(actor).filter(version_id=round_.version_id)
    return _known(list(seen.select_related("unit__territory").with_material()), {}, on)


def known_cases(round_: Round, actor: Actor, on: datetime.date) -> list[Known]:
    """The cases of the round with the sheets that experts have submitted."""
    read = Seat.objects.select_related("expert", "version").defer("version__content")
    cases = (
        Case.objects.visible_to(actor)
        .filter(round=round_)
        .prefetch_related(
            Prefetch("versions", CaseVersion.objects.defer("content").order_by("number")),
            Prefetch("seats", read.prefetch_related("scores")),
        )
    )
    sheets = {case.application_id: _sheets(case) for case in cases}
    seen = Application.objects.filter(pk__in=sheets)
    return _known(list(seen.select_related("unit__territory").with_material()), sheets, on)


def _known(applications: list[Application], sheets: dict[int, tuple[Sheet, ...]], on: datetime.date) -> list[Known]:
    counted = counted_of(applications, on)
    return [
        Known(
            str(each.pk),
            str(each),
            each.unit.territory.name if each.unit.territory else each.unit.name,
            each.category,
            with_counts(answers_of(each), counted[each.pk], each.unreadable),
            sheets.get(each.pk, ()),
        )
        for each in applications
    ]


def _sheets(case: Case) -> tuple[Sheet, ...]:
    """The sheets that count in the decision table too: of the newest version, by whoever has not left."""
    newest = next(reversed(case.versions.all()), None)
    return tuple(sheet_of(seat) for seat in counted(case.seats.all(), newest))


def setting(round_: Round, rules: Rules, scored: bool, on: datetime.date) -> Setting:
    """Criteria and rules as they are."""
    return Setting(criteria_of(round_.version), rules if scored else unscored(rules), on)
