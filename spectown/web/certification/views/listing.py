"""The list of applications."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.certification.counted import counted_of
from spectown.certification.enums import State
from spectown.certification.facts import result_of
from spectown.certification.models import Application, ApplicationQuerySet
from spectown.plans.models import Category
from spectown.web.certification.forms import FilterForm
from spectown.web.certification.shown import TONES, ball
from spectown.web.chips import chips_of
from spectown.web.http import Request, needs, page, paged


@require_safe
@needs(Permission.APPLICATION_VIEW)
def application_list(request: Request) -> HttpResponse:
    """Opened daily during a round: which applications are there, how do they stand, who has the ball?"""
    seen = Application.objects.visible_to(request.actor)
    form = FilterForm(_choices(seen), request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = _filtered(seen, wanted).with_material()
    today = timezone.localdate()
    rows: Sequence[Application] | ApplicationQuerySet = found
    if wanted.get("overall"):  # the answer is computed, not stored: the whole list is read, in as many queries
        every = list(found)
        counted = counted_of(every, today)
        rows = [row for row in every if result_of(row, today, counted[row.pk]).overall == wanted["overall"]]
    shown = paged(request, rows)
    counted = counted_of(list(shown), today)
    items = []
    for row in shown:
        result = result_of(row, today, counted[row.pk])
        items.append({"row": row, "result": result, "ball": ball(row, result), "tone": TONES[State(row.state)]})
    context = {"rows": shown, "items": items, "form": form, "chips": chips_of(request, form)}
    return page(request, "certification/list.html", context, title="预审申报", partial="rows")


def _choices(seen: ApplicationQuerySet) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen: only what stands in the list."""
    states = set(seen.order_by().values_list("state", flat=True).distinct())
    units = seen.order_by("unit__order", "unit__name").values_list("unit_id", "unit__name").distinct()
    codes = seen.order_by("category").exclude(category="").values_list("category", flat=True).distinct()
    labels = dict(Category.objects.filter(version__is_current=True).values_list("code", "label"))
    return {
        "state": [(state.value, str(state.label)) for state in State if state in states],
        "unit": [(str(pk), name) for pk, name in dict.fromkeys(units)],
        "category": [(code, labels.get(code, code)) for code in codes],
    }


def _filtered(rows: ApplicationQuerySet, wanted: dict[str, str]) -> ApplicationQuerySet:
    words = wanted.get("q", "").strip()
    if words:
        rows = rows.filter(Q(town_name__icontains=words) | Q(leading_industry__icontains=words))
    plain = {"state": "state", "unit": "unit_id", "category": "category"}
    return rows.filter(**{column: wanted[name] for name, column in plain.items() if wanted.get(name)})
