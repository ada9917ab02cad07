"""One row of a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.lists.checking import stored
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.kinds import Kind
from spectown.lists.models import ListRow
from spectown.lists.scope import changeable, correctable, visible
from spectown.organisations.actors import Actor
from spectown.web.documents.about import documents_about
from spectown.web.http import Request, needs, page
from spectown.web.lists.found import crumbs, ledger_or_404, row_or_404, row_url
from spectown.web.lists.history import steps
from spectown.web.lists.relatives import maintainers, relatives
from spectown.web.lists.sections import sections
from spectown.web.lists.words import labels_of, words

FIGURES = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT})
DAYS = frozenset({Kind.DATE, Kind.YEAR})
FEW = 3  # facts that make a part of their own


@dataclass(frozen=True, slots=True)
class Fact:
    """One column of the row in words; `level` where it is a light."""

    column: BoundColumn
    value: str
    url: str = ""
    level: str = ""


@require_safe
@needs(Permission.LIST_VIEW)
def row(request: Request, ledger: str, pk: int) -> HttpResponse:
    """Office daily, counties weekly, an enterprise its own: what is recorded, who changed it when, what hangs on it."""
    declared = ledger_or_404(ledger)
    kept = successor(declared, request.actor, pk)
    if kept is not None:
        return redirect(row_url(declared, kept))
    found = _alive_or_deleted(declared, request.actor, pk)
    gone = found.deleted_at is not None
    parts = [] if gone else sections(declared.slug, request, found)
    covered = {slug for part in parts for slug in part.covers}
    context = {
        "ledger": declared,
        "row": found,
        "number": declared.number(pk),
        "groups": groups(declared, found),
        "may_correct": correctable(declared, request.actor).filter(pk=pk).exists(),
        "may_change": changeable(declared, request.actor).filter(pk=pk).exists(),
        "may_restore": gone and changeable(declared, request.actor, deleted=True).filter(pk=pk).exists(),
        "maintainers": maintainers(declared, found),
        "sections": parts,
        "documents": documents_about(found, request.actor),
        "relatives": relatives(found, request.actor, covered),
        "steps": steps(declared, found),
    }
    return page(request, "lists/row.html", context, title=str(found), crumbs=crumbs(declared))


def _alive_or_deleted(ledger: Ledger, actor: Actor, pk: int) -> ListRow:
    """A row that was taken out still has its page, which says so; 404 for rows of others, deleted or not."""
    try:
        return row_or_404(ledger, actor, pk)
    except Http404:
        return row_or_404(ledger, actor, pk, deleted=True)


def successor(ledger: Ledger, actor: Actor, pk: int) -> int | None:
    """Number of the row that this one was merged into, for those who could see it."""
    if not ledger.successor:
        return None
    merged = visible(ledger, actor, deleted=True).filter(pk=pk)
    found: int | None = merged.values_list(ledger.successor, flat=True).first()
    return found


def groups(ledger: Ledger, found: ListRow) -> list[tuple[str, list[Fact]]]:
    """All columns: what it is, figures, dates; the few of a short part stand with the first."""
    values = stored(ledger, found)
    labels = labels_of(ledger.bound, [values])
    facts = [
        Fact(c, words(c, values[c.name], labels), level=values[c.name] if c.column.lights else "") for c in ledger.bound
    ]
    parts = (
        ("基本情况", [f for f in facts if f.column.kind not in FIGURES | DAYS]),
        ("数量和金额", [f for f in facts if f.column.kind in FIGURES]),
        ("时间", [f for f in facts if f.column.kind in DAYS]),
    )
    long = [(title, part) for title, part in parts[1:] if len(part) >= FEW]
    apart = {fact.column.name for _, part in long for fact in part}
    return [(parts[0][0], [fact for fact in facts if fact.column.name not in apart]), *long]
