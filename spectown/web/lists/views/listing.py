"""The rows of a list."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.lists.choosing import Choice, choose, sums
from spectown.lists.choosing.links import with_values
from spectown.lists.choosing.paging import SIZES
from spectown.lists.scope import may_change
from spectown.web.http import Request, needs, page, wants_fragment
from spectown.web.lists.entries import entry_of
from spectown.web.lists.found import ledger_or_404
from spectown.web.lists.grid import grid, legend, options_of, prepare, ticks
from spectown.web.lists.viewed import views_of

PRINT_MOST = 1_000  # rows on paper at once; more are exported and printed from there
KEPT = ("sort", "size", "cols", "dense", "print")  # what a new filter does not change

ONE_LINE = 7  # filters beside the search box at 1440 px


@require_safe
@needs(Permission.LIST_VIEW)
def rows(request: Request, ledger: str) -> HttpResponse:
    """Office daily, counties weekly: which rows are there, what do they say, what do they add up to?"""
    declared = ledger_or_404(ledger)
    choice = choose(declared, request.actor, request.GET)
    if request.GET.get("count"):
        choice.count = choice.counted
        if wants_fragment(request):
            return render(request, "lists/_count.html", {"choice": choice})
    is_print = bool(request.GET.get("print"))
    if is_print:
        choice.size = PRINT_MOST
    prepare(choice)
    is_keeper = may_change(declared, request.actor) and not is_print
    added = _sums(choice)
    context = {
        "ledger": declared,
        "choice": choice,
        "grid": grid(choice, added),
        "summed": added is not None,
        "is_keeper": is_keeper,
        "entry": entry_of(declared.slug, request.actor),
        **views_of(declared, request.actor, choice.params.urlencode()),
        "is_print": is_print,
        "print_most": PRINT_MOST,
        "print_url": "" if choice.whole or is_print else with_values(choice.params, {"print": "1"}),
        "clear_url": "?print=1" if is_print else "?",
        "screen_url": with_values(choice.params, {"print": None}),
        "sum_url": with_values(choice.params, {"sum": "1"}),
        "dense": bool(request.GET.get("dense")),
        "dense_url": with_values(choice.params, {"dense": None if request.GET.get("dense") else "1"}),
        "sizes": [(size, with_values(choice.params, {"size": str(size)})) for size in SIZES],
        "kept": _hidden(choice, KEPT),
        "others": [(key, value) for key, value in _others(choice, "cols")],
        **_bar(choice),
        "lights": legend(choice.columns),
        "columns": ticks(choice),
    }
    return page(request, "lists/list.html", context, title=declared.title, partial="rows")


def _bar(choice: Choice) -> dict[str, object]:
    """The filters: as many as one line has room for; the others, if any, behind 更多筛选."""
    first = len(choice.filters) if len(choice.filters) <= ONE_LINE else ONE_LINE - 1
    shown = [(each, options_of(each)) for each in choice.filters]
    used = any(each.active for each in choice.filters[first:])
    return {"filters": shown[:first], "further": shown[first:], "further_used": used}


def _sums(choice: Choice) -> dict[str, Decimal | int] | None:
    """Sums of a choice that is small enough, or where the reader asked for them."""
    return sums(choice.ledger, choice.queryset) if choice.params.get("sum") else choice.sums


def _hidden(choice: Choice, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Inputs that carry on what the filter form has no field for, further values of a filter among them."""
    params = choice.params
    further = [(each.param, value) for each in choice.filters for value in each.values[1:]]
    alone = [(each.param, value) for each in choice.filters if not each.options for value in each.values[:1]]
    return [(name, value) for name in names for value in params.getlist(name) if value] + alone + further


def _others(choice: Choice, but: str) -> list[tuple[str, str]]:
    dropped = {but, "after", "before", "count"}
    return [(key, v) for key, values in choice.params.lists() if key not in dropped for v in values if v]
