"""Saved views (常用视图): a named choice of filters, order and columns of a list."""

from __future__ import annotations

from typing import Protocol

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict

from spectown.audit.services import record
from spectown.lib.refusal import Refused
from spectown.lists.models import SavedView
from spectown.organisations.actors import Actor


class Viewed(Protocol):
    """A list, or another page with filters, of which choices are kept."""

    @property
    def slug(self) -> str:
        """Its name among all lists and pages."""


MOST = 30  # views of one person in one list: more cannot be overlooked
DROPPED = frozenset({"csrfmiddlewaretoken", "after", "before", "page", "name", "shared", "sum", "count", "print"})


def saved_views(ledger: Viewed, actor: Actor) -> QuerySet[SavedView]:
    """Views of a list that the actor may open: the own ones and those that others share."""
    within = Q(owner=actor.user_id) | Q(shared=True)
    return SavedView.objects.filter(within, ledger=ledger.slug).select_related("owner").order_by("name", "pk")


@transaction.atomic
def save_view(*, ledger: Viewed, name: str, query: str, shared: bool, by: Actor) -> SavedView:
    """Keep a choice under a name; an own view of that name gets the new choice. Raises Refused."""
    name, query = name.strip(), kept_query(query)
    own = SavedView.objects.select_for_update().filter(owner=by.person, ledger=ledger.slug)
    _check(name, query, own)
    before = own.filter(name=name).first()
    view = before or SavedView(owner_id=by.person, ledger=ledger.slug, name=name)
    old = {"query": view.query, "shared": view.shared} if before else {}
    view.query, view.shared = query, shared
    view.save()
    record(by=by, action="list.view_save", obj=view, before=old, after={"query": query, "shared": shared})
    return view


@transaction.atomic
def share_view(*, view: SavedView, shared: bool, by: Actor) -> SavedView:
    """Show an own view to everybody who may see the list, or to oneself only again. Raises Refused."""
    kept = _own(view, by)
    if kept.shared != shared:
        kept.shared = shared
        kept.save()
        record(by=by, action="list.view_share", obj=kept, before={"shared": not shared}, after={"shared": shared})
    return kept


@transaction.atomic
def delete_view(*, view: SavedView, by: Actor) -> None:
    """Forget an own view. Raises Refused."""
    kept = _own(view, by)
    record(by=by, action="list.view_delete", obj=kept, before={"query": kept.query, "shared": kept.shared})
    kept.delete()


def kept_query(query: str) -> str:
    """The query string without what belongs to one visit only: place in the list, form fields, empty filters."""
    given = QueryDict(query.removeprefix("?"))
    kept = QueryDict(mutable=True)
    for key, values in given.lists():
        filled = [value for value in values if value]
        if key not in DROPPED and filled:
            kept.setlist(key, filled)
    return kept.urlencode()


def _check(name: str, query: str, own: QuerySet[SavedView]) -> None:
    if not name:
        raise Refused("请给视图起一个名称。")
    if len(name) > 40:
        raise Refused("视图名称最多 40 个字。")
    if len(query) > 2000:
        raise Refused("条件太多,存不下。请减少一些筛选条件。")
    if own.count() >= MOST and not own.filter(name=name).exists():
        raise Refused(f"每个清单最多保存 {MOST} 个视图,请先删除不用的。")


def _own(view: SavedView, by: Actor) -> SavedView:
    found = SavedView.objects.select_for_update().filter(pk=view.pk, owner=by.person).first()
    if found is None:
        raise Refused("只能改动自己保存的视图。")
    return found
