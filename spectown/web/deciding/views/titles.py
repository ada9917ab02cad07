"""Titles (称号): who holds which, until when."""

from __future__ import annotations

import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.rounds.titles import Validity, validity
from spectown.rounds.models import Title
from spectown.web.http import Request, needs, page, paged

TONES = {Validity.VALID: "green", Validity.EXPIRING: "yellow", Validity.EXPIRED: "red", Validity.NOT_YET: "blue"}


@require_safe
@needs(Permission.TOWN_VIEW)
def titles(request: Request) -> HttpResponse:
    """Everybody inside, now and then: which titles are in force, which expire soon?"""
    today = timezone.localdate()
    rows = paged(request, Title.objects.select_related("town__territory", "case__round").order_by("valid_to", "pk"))
    context = {"rows": rows, "items": [(row, *_stands(row, today)) for row in rows], "today": today}
    return page(request, "deciding/titles.html", context, title="称号")


def _stands(title: Title, today: datetime.date) -> tuple[str, str]:
    """Word and colour: the state, of a title in force how near its end is."""
    if title.state != "valid" or title.valid_to is None:
        return title.get_state_display(), "green" if title.state == "valid" else "neutral"
    found = validity(title.granted_on, title.valid_to, today)
    return found.label, TONES[found]
