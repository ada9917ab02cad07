"""The form of a kind, made from its facts; it draws values and faults, the core decides what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.forms.utils import ErrorDict, ErrorList

from spectown.core.documentkinds.common import COMMON
from spectown.core.documentkinds.facts import FactFault
from spectown.core.documentkinds.model import Fact, FactType, Kind
from spectown.web.documents.fields import UNITS, field_of, units_field
from spectown.web.documents.reading import Typed, as_text, shown_facts
from spectown.web.documents.tables import Table, table_of


@dataclass(frozen=True, slots=True)
class Item:
    """One fact in its place: a field with its unit, or a table."""

    field: forms.BoundField | None = None
    unit: str = ""
    table: Table | None = None


class FactsForm(forms.Form):
    """Plain facts of a kind as inputs; use `items` and `common` to draw them in order."""

    use_required_attribute = False

    def __init__(
        self,
        kind: Kind,
        typed: Typed,
        faults: Iterable[FactFault] = (),
        *,
        rows: Mapping[str, int],
        organs: Iterable[str] = (),
    ) -> None:
        self.kind, self.typed = kind, typed
        self.faults = _by_place(faults)
        self.shown = shown_facts(kind)
        facts = {"organs": list(organs)} | dict(typed.facts)
        plain = [fact for fact in self.shown if fact.type is not FactType.ROWS]
        initial = {fact.name: as_text(fact, facts.get(fact.name)) for fact in plain}
        super().__init__(initial=initial, prefix="fact")
        for fact in plain:
            self.fields[fact.name] = field_of(fact, initial[fact.name])
        self.tables = {
            fact.name: table_of(fact, facts.get(fact.name), self.faults.get(fact.name, []), rows.get(fact.name, 0))
            for fact in self.shown
            if fact.type is FactType.ROWS
        }
        self.fields["units"] = units_field(typed)
        self._errors = self._all_errors()

    def add_prefix(self, field_name: str) -> str:
        """Units are no fact."""
        return field_name if field_name == "units" else super().add_prefix(field_name)

    def _all_errors(self) -> ErrorDict:
        return ErrorDict(
            {
                name: ErrorList([said for _, said in faults])
                for name, faults in self.faults.items()
                if name in self.fields
            }
        )

    @property
    def own(self) -> list[Item]:
        """Facts of the kind, in its order."""
        names = {fact.name for fact in self.kind.facts}
        return [self._item(fact) for fact in self.shown if fact.name in names]

    @property
    def common(self) -> list[Item]:
        """Facts that every document has."""
        own = {fact.name for fact in self.kind.facts}
        names = {fact.name for fact in COMMON} - own
        return [self._item(fact) for fact in self.shown if fact.name in names]

    @property
    def summary(self) -> list[dict[str, str]]:
        """All faults with the input each leads to."""
        return [
            {"message": said, "id": self._place(name, place)}
            for name, faults in self.faults.items()
            for place, said in faults
        ]

    def _place(self, name: str, place: str) -> str:
        if name in self.fields:
            return f"id_fact-{name}"
        cell = re.fullmatch(r"(\w+)\[(\d+)\]\.(\w+).*", place)
        drawn = cell and not self.tables[name].name
        return f"id_rows-{cell[1]}-{cell[2]}-{cell[3]}" if cell and drawn else f"table-{name}"

    def _item(self, fact: Fact) -> Item:
        if fact.type is FactType.ROWS:
            return Item(table=self.tables[fact.name])
        return Item(field=self[fact.name], unit=UNITS.get(fact.type, ""))


def _by_place(faults: Iterable[FactFault]) -> dict[str, list[tuple[str, str]]]:
    """Faults by the fact they are about: (place, sentence)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for fault in faults:
        name = re.match(r"\w*", fault.place)
        found.setdefault(name[0] if name else "", []).append((fault.place, fault.message))
    return found
