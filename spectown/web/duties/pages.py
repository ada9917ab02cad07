"""Where the page of a piece of work is, by its kind."""

from __future__ import annotations

from django.db.models import Case, Value, When
from django.urls import reverse

from spectown.supervision.enums import WorkKind
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Work
from spectown.web.lists.found import row_url

# For the leading group: what was not done comes before papers that were not handed in.
PAPERS_LAST = Case(When(kind__in=(WorkKind.REPORT, WorkKind.SHEET), then=Value(1)), default=Value(0))


def page_of(work: Work) -> str:
    """Path of the kind's own page; empty where the kind has none."""
    if work.kind == WorkKind.NOTICE:
        return reverse("notices:notice", args=[work.notice.pk])
    if work.kind == WorkKind.MEASURE:
        return row_url(MEASURES, work.measure.pk)
    if work.kind == WorkKind.REPORT:
        return reverse("supervision:report", args=[work.report.pk])
    if work.kind == WorkKind.PROBLEM:
        return row_url(PROBLEMS, work.problem.pk)
    if work.kind == WorkKind.SHEET:
        return reverse("monitoring:sheet", args=[work.sheet.pk])
    return ""
