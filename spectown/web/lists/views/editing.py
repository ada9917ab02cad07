"""New rows and changes of one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.lists.checking import stored
from spectown.lists.declaration import Ledger
from spectown.lists.models import ListRow
from spectown.lists.scope import correctable
from spectown.lists.services.records import Stale, change, correct, create
from spectown.organisations.actors import NotAllowed
from spectown.web.http import Request, needs, page
from spectown.web.lists.asides import aside_of
from spectown.web.lists.forms import RowForm
from spectown.web.lists.found import (
    crumbs,
    ledger_or_404,
    list_url,
    own_row_or_404,
    require_change,
    row_or_404,
    row_url,
)
from spectown.web.lists.parents import begun, given_parent, origin
from spectown.web.lists.words import labels_of, words

Write = Callable[..., ListRow]  # records.change or records.correct


@dataclass(frozen=True, slots=True)
class Clash:
    """One column that both changed: what the actor typed, and what another has saved meanwhile."""

    label: str
    mine: str
    theirs: str


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_CHANGE)
def row_create(request: Request, ledger: str) -> HttpResponse:
    """Counties and lead units, now and then: one more row; many rows come by workbook."""
    declared = ledger_or_404(ledger)
    require_change(declared, request.actor)
    parent = given_parent(declared, request.actor, request.GET)
    data = request.POST if request.method == "POST" else None
    form = RowForm(data, ledger=declared, actor=request.actor, fixed=parent, proposed=begun(declared, request.GET))
    if request.method == "POST" and form.is_valid():
        try:
            made = create(ledger=declared, values=form.values, by=request.actor)
        except (ValidationError, Refused, NotAllowed) as fault:
            _add(form, fault)
        else:
            messages.success(request, f"已新增{declared.number(made.pk)} {made}。")
            return redirect(origin(declared, parent) or row_url(declared, made.pk))
    return _page(request, form, f"新增{declared.label}", origin(declared, parent) or list_url(declared))


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_CHANGE)
def row_edit(request: Request, ledger: str, pk: int) -> HttpResponse:
    """Counties and lead units, weekly: correct one row; a row changed meanwhile is shown, not overwritten."""
    declared = ledger_or_404(ledger)
    row = own_row_or_404(declared, request.actor, pk)
    return _edit(request, declared, row, change, "修改")


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_CORRECT)
def row_correct(request: Request, ledger: str, pk: int) -> HttpResponse:
    """An enterprise, when its telephone changes: what it knows best of its own row; figures are others' to certify."""
    declared = ledger_or_404(ledger)
    row = row_or_404(declared, request.actor, pk)
    if not correctable(declared, request.actor).filter(pk=pk).exists():
        raise NotAllowed(f"{declared.title}由县(区)和牵头单位维护,您只能查看。")
    return _edit(request, declared, row, correct, "更正联系方式", declared.correctable)


def _edit(
    request: Request, ledger: Ledger, row: ListRow, write: Write, title: str, only: tuple[str, ...] = ()
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = RowForm(data, ledger=ledger, actor=request.actor, row=row, only=only)
    clashes: list[Clash] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, ledger, row, form, write)
        except Stale:
            clashes, form = clashes_of(ledger, form, row), form.rebased(row)
        except (ValidationError, Refused, NotAllowed) as fault:
            _add(form, fault)
        else:
            return redirect(row_url(ledger, row.pk))
    return _page(request, form, title, row_url(ledger, row.pk), row=row, clashes=clashes)


def _save(request: Request, ledger: Ledger, row: ListRow, form: RowForm, write: Write) -> None:
    if not form.values:
        messages.info(request, "没有任何改动。")
        return
    data = form.cleaned_data
    version, reason = data["version"] or 0, data.get("reason", "")
    saved = write(ledger=ledger, pk=row.pk, values=form.values, version=version, by=request.actor, reason=reason)
    messages.success(request, f"已保存{ledger.number(row.pk)} {saved}。")


def clashes_of(ledger: Ledger, form: RowForm, row: ListRow) -> list[Clash]:
    """Columns that the actor changed and whose value in the database is another."""
    now, mine = stored(ledger, row), {name: getattr(v, "pk", v) for name, v in form.values.items()}
    columns = [column for column in ledger.bound if column.name in mine and mine[column.name] != now[column.name]]
    labels = labels_of(columns, [now, mine])
    return [Clash(c.heading, words(c, mine[c.name], labels), words(c, now[c.name], labels)) for c in columns]


def _add(form: RowForm, fault: Exception) -> None:
    if isinstance(fault, ValidationError):
        form.add_faults(fault)
    else:
        form.add_error(None, str(fault))


def _page(
    request: Request,
    form: RowForm,
    title: str,
    back: str,
    *,
    row: ListRow | None = None,
    clashes: list[Clash] | None = None,
) -> HttpResponse:
    context = {
        "ledger": form.ledger,
        "form": form,
        "back": back,
        "row": row,
        "clashes": clashes,
        "aside": aside_of(form),
    }
    status = 422 if form.errors or clashes is not None else 200
    return page(request, "lists/form.html", context, title=title, crumbs=crumbs(form.ledger, row), status=status)
