"""The list and the row that an address means; 404 where there is none or it is not the actor's."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from spectown.lists.declaration import Ledger
from spectown.lists.models import ListRow
from spectown.lists.registry import ledger_of
from spectown.lists.scope import changeable, may_change, visible
from spectown.organisations.actors import Actor, NotAllowed
from spectown.web.http import Crumb


def ledger_or_404(slug: str) -> Ledger:
    """The list of this slug."""
    found = ledger_of(slug)
    if found is None:
        raise Http404("没有这个清单")
    return found


def row_or_404(ledger: Ledger, actor: Actor, pk: int, *, deleted: bool = False) -> ListRow:
    """A row that the actor may read, with what its page names."""
    names = [bound.name for bound in ledger.bound if bound.field.is_relation]
    rows = visible(ledger, actor, deleted=deleted).select_related(*names)
    row: ListRow | None = rows.filter(pk=pk).first()
    if row is None:
        raise Http404("没有这一行,或者不属于您的单位")
    return row


def own_row_or_404(ledger: Ledger, actor: Actor, pk: int, *, deleted: bool = False) -> ListRow:
    """A row that the actor may change: 404 where it cannot be seen, NotAllowed where it can only be read."""
    row = row_or_404(ledger, actor, pk, deleted=deleted)
    if not changeable(ledger, actor, deleted=deleted).filter(pk=pk).exists():
        raise NotAllowed(f"{ledger.title}的这一行由其他单位维护,您只能查看。")
    return row


def require_change(ledger: Ledger, actor: Actor) -> None:
    """Raise NotAllowed where the actor maintains no row of the list."""
    if not may_change(ledger, actor):
        raise NotAllowed(f"{ledger.title}由其他单位维护,您只能查看。")


def crumbs(ledger: Ledger, row: ListRow | None = None) -> list[Crumb]:
    """The way back."""
    found = [(ledger.title, list_url(ledger))]
    return [*found, (str(row), row_url(ledger, row.pk))] if row else found


def list_url(ledger: Ledger) -> str:
    """Address of the list."""
    return reverse("lists:list", kwargs={"ledger": ledger.slug})


def row_url(ledger: Ledger, pk: int) -> str:
    """Address of a row."""
    return reverse("lists:row", kwargs={"ledger": ledger.slug, "pk": pk})
