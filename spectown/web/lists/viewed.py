"""Saved views on the pages of lists and on other pages with filters (督办通知书)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from spectown.lists.services.views import Viewed, kept_query, saved_views
from spectown.organisations.actors import Actor
from spectown.web.lists.found import ledger_or_404, list_url


@dataclass(frozen=True, slots=True)
class FilteredPage:
    """A page with filters that is no list; `name`: of its address."""

    slug: str
    name: str


_PAGES: dict[str, FilteredPage] = {}


def register_page(page: FilteredPage) -> FilteredPage:
    """Make a page known; its slug must not be that of a list."""
    _PAGES[page.slug] = page
    return page


def viewed_or_404(slug: str) -> Viewed:
    """The list or the page of this name."""
    return _PAGES.get(slug) or ledger_or_404(slug)


def url_of(viewed: Viewed) -> str:
    """Address of the list or the page."""
    page = _PAGES.get(viewed.slug)
    return reverse(page.name) if page else list_url(ledger_or_404(viewed.slug))


def views_of(viewed: Viewed, actor: Actor, address: str) -> dict[str, Any]:
    """What lists/_views.html shows: the views that the actor may open, which are open now, the present choice."""
    query, own = kept_query(address), actor.user_id
    found: list[dict[str, Any]] = [
        {"view": view, "is_own": view.owner_id == own, "is_open": bool(query) and view.query == query}
        for view in saved_views(viewed, actor)
    ]
    names = "、".join(each["view"].name for each in found if each["is_open"])
    return {"views": found, "open_views": names, "query": query, "viewed": viewed.slug}
