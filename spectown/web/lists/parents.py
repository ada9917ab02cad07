"""The row from whose page a new row of another list is begun: 登记荣誉 of an enterprise, 填月报 of a project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from spectown.lists.declaration import Ledger
from spectown.lists.kinds import Kind
from spectown.lists.models import ListRow
from spectown.lists.registry import ledger_for
from spectown.organisations.actors import Actor
from spectown.web.lists.found import row_or_404, row_url

SHORT = 20


def begin_url(ledger: Ledger, parent: ListRow, **begun: int) -> str:
    """Address of the form of a new row that hangs on this one; `begun`: figures that it begins with."""
    query = urlencode({ledger.followed: parent.pk, **begun})
    return f"{reverse('lists:row_create', kwargs={'ledger': ledger.slug})}?{query}"


def given_parent(ledger: Ledger, actor: Actor, query: Mapping[str, str]) -> dict[str, ListRow]:
    """The row that the address names as parent, by column; 404 where the actor cannot see it."""
    name = ledger.followed
    text = query.get(name, "") if name in ledger.by_name else ""
    if not text:
        return {}
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise Http404("没有这一行")
    related: Any = ledger.by_name[name].field.related_model
    return {name: row_or_404(ledger_for(related), actor, int(text))}


def begun(ledger: Ledger, query: Mapping[str, str]) -> dict[str, int | str]:
    """What the address proposes, by column: whole figures (year and month of a report) and short texts (a clause);
    they may be changed."""
    found = {c.name: query.get(c.name, "") for c in ledger.bound if c.kind in (Kind.INTEGER, Kind.YEAR)}
    whole = {name: int(text) for name, text in found.items() if text.isascii() and text.isdecimal() and len(text) < 10}
    short = {c.name: query.get(c.name, "") for c in ledger.bound if (c.field.max_length or SHORT + 1) <= SHORT}
    return {**whole, **{name: text for name, text in short.items() if text and len(text) <= SHORT}}


def origin(ledger: Ledger, parent: Mapping[str, ListRow]) -> str:
    """Page of the parent; empty where none was named."""
    return next((row_url(ledger_for(type(row)), row.pk) for row in parent.values()), "")
