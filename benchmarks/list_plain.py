"""What benchmarks/list_pages.py compares with: an empty page, and the list page made the plain way.

The plain way: `icontains` on the searched columns, count(*) of all chosen rows, order and offset of the paginator. It
has the same filters, template, indexes and middleware.
"""

from dataclasses import replace
from importlib.util import find_spec, module_from_spec
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from spectown.lists.choosing import Choice, Count, choose
from spectown.lists.choosing.paging import Page
from spectown.lists.scope import visible


class PlainChoice(Choice):
    """A choice whose page is an offset and whose count counts."""

    @property
    def page(self) -> Page:  # type: ignore[override]  # a property here, cached there
        """The page of the paginator; there are cursors where there are neighbours, so that the links are drawn."""
        rows = self.queryset.select_related(*(b.name for b in self.columns if b.kind == "reference")).order_by("-pk")
        self.paginator = getattr(self, "paginator", None) or Paginator(rows, self.size)
        if not hasattr(self, "found"):
            page = self.paginator.get_page(self.params.get("page"))
            self.found = Page(list(page), "1" if page.has_previous() else "", "1" if page.has_next() else "")
        return self.found

    @property
    def count(self) -> Count:  # type: ignore[override]  # a property here, cached there
        """All of them."""
        number = self.page and self.paginator.count
        return Count(number, number <= 10_000)


def plain_choose(ledger: Any, actor: Any, params: Any) -> Choice:
    """Filters as ours; search as everybody writes it first."""
    ours = choose(ledger, actor, {key: values for key, values in params.lists() if key != "q"})
    condition = Q()
    for each in ours.filters:
        condition &= each.condition
    for word in params.get("q", "").split():
        found = Q(search_text__icontains=word)
        for name in ledger.search:
            found |= Q(**{f"{name}__icontains": word})
        condition &= found
    chosen = replace(ours, params=params, queryset=visible(ledger, actor).filter(condition))
    return PlainChoice(**{name: getattr(chosen, name) for name in Choice.__dataclass_fields__})


def _plain_rows() -> Any:
    """The view of the list page in a copy of its module that chooses the plain way."""
    found: Any = find_spec("spectown.web.lists.views.listing")
    module = module_from_spec(found)
    found.loader.exec_module(module)
    vars(module)["choose"] = plain_choose
    return module.rows


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, after all middleware."""
    return HttpResponse("")


urlpatterns = [
    path("empty/", empty),
    path("plain/<slug:ledger>/", _plain_rows()),
    path("", include("config.urls")),
]
