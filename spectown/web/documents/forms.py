"""The form of a kind, made from its facts; it draws values and faults, the core decides what is wrong."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList

from spectown.core.documentkinds.common import COMMON
from spectown.core.documentkinds.facts import FactFault
from spectown.core.documentkinds.model import Fact, FactType, Kind
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.web.documents.reading import CELLS, Typed, as_text, cell_name, shown_facts

UNITS = {FactType.MONEY: "万元", FactType.YUAN: "元", FactType.PERCENT: "%"}
NUMBERS = {FactType.NUMBER, FactType.COUNT, *UNITS}
FLAGS = (("", "未填"), ("yes", "是"), ("no", "否"))
RECEIVING = (UnitKind.BUREAU, UnitKind.COUNTY, UnitKind.ZONE, UnitKind.TOWN_BODY)
BLANK_ROWS = 2  # empty rows of a new table


@dataclass(frozen=True, slots=True)
class Cell:
    """One input of a table."""

    name: str
    label: str
    value: str
    kind: str
    faults: list[str]

    @property
    def lines(self) -> int:
        """How high the input is, so that what stands in it is seen."""
        least = 3 if self.kind == "long" else 1
        return min(max(least, sum(1 + len(line) // 9 for line in self.value.split("\n"))), 6)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a fact as inputs."""

    fact: Fact
    rows: list[list[Cell]]
    faults: list[str]


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
        self, kind: Kind, typed: Typed, faults: Iterable[FactFault] = (), *, blank: int = 0, organs: Iterable[str] = ()
    ) -> None:
        self.kind, self.typed, self.blank = kind, typed, blank
        self.faults = _by_place(faults)
        self.shown = shown_facts(kind)
        facts = {"organs": list(organs)} | dict(typed.facts)
        plain = [fact for fact in self.shown if fact.type is not FactType.ROWS]
        initial = {fact.name: as_text(fact, facts.get(fact.name)) for fact in plain}
        super().__init__(initial=initial, prefix="fact")
        for fact in plain:
            self.fields[fact.name] = _field(fact, initial[fact.name])
        self.fields["units"] = _units(typed)
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
        return f"id_rows-{cell[1]}-{cell[2]}-{cell[3]}" if cell else f"table-{name}"

    def _item(self, fact: Fact) -> Item:
        if fact.type is FactType.ROWS:
            return Item(table=self._table(fact))
        return Item(field=self[fact.name], unit=UNITS.get(fact.type, ""))

    def _table(self, fact: Fact) -> Table:
        stored = self.typed.facts.get(fact.name)
        rows: list[Any] = [row for row in stored if isinstance(row, dict)] if isinstance(stored, list) else []
        faults = self.faults.get(fact.name, [])
        more = max(self.blank, BLANK_ROWS if not rows else 0)
        drawn = [
            [_cell(fact, n, inner, row, faults) for inner in fact.of] for n, row in enumerate([*rows, *[{}] * more])
        ]
        return Table(fact, drawn, [said for place, said in faults if place == fact.name])


def _by_place(faults: Iterable[FactFault]) -> dict[str, list[tuple[str, str]]]:
    """Faults by the fact they are about: (place, sentence without the place's code)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for fault in faults:
        name = re.match(r"\w*", fault.place)
        said = fault.message.replace(f"({fault.place})", "")
        found.setdefault(name[0] if name else "", []).append((fault.place, said))
    return found


def _cell(fact: Fact, number: int, inner: Fact, row: Mapping[str, Any], faults: list[tuple[str, str]]) -> Cell:
    value = as_text(inner, row.get(inner.name), "、")
    place = f"{fact.name}[{number}].{inner.name}"
    said = [message for where, message in faults if where == place or where.startswith(f"{place}[")]
    kind = "long" if inner.type is FactType.LONG else "date" if _is_date(inner, value) else "text"
    return Cell(cell_name(fact, number, inner), inner.label, value, kind, said)


def _is_date(fact: Fact, value: str) -> bool:
    """A date input would lose what is no date."""
    if fact.type is not FactType.DATE:
        return False
    try:
        return not value or bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def _field(fact: Fact, value: str) -> forms.Field:
    options: dict[str, Any] = {"label": fact.label, "required": fact.required, "help_text": _hint(fact)}
    if fact.type is FactType.FLAG:
        return forms.ChoiceField(choices=FLAGS, **options)
    if fact.type is FactType.LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), **options)
    if fact.type is FactType.LIST or fact.type == CELLS:
        rows = 8 if fact.type == CELLS else 3
        return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **options)
    if _is_date(fact, value):
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **options)
    attrs = {"autocomplete": "off"} | ({"inputmode": "decimal"} if fact.type in NUMBERS else {})
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **options)


def _hint(fact: Fact) -> str:
    said = {FactType.LIST.value: "一行一个。", CELLS: "一行一条,各栏用制表符隔开;可以从 Excel 复制粘贴。"}
    parts = [fact.hint, said.get(str(fact.type.value), "")]
    if fact.type in (FactType.TEXT, *NUMBERS) and fact.sample is not None:
        parts.append(f"例:{fact.sample}")
    return " ".join(part for part in parts if part)


def _units(typed: Typed) -> forms.Field:
    rows = Unit.objects.filter(kind__in=RECEIVING).order_by("kind", "order", "pk").values_list("pk", "name")
    return forms.MultipleChoiceField(
        label="在系统中签收的单位",
        required=False,
        choices=[(str(pk), name) for pk, name in rows],
        widget=forms.CheckboxSelectMultiple,
        initial=[str(unit.pk) for unit in typed.units],
        help_text="印发后这些单位在“待我签收”中看到本文。没有填写主送机关的,按成文日期的名称印这些单位。",
    )


class FilterForm(forms.Form):
    """Which documents of the register."""

    q = forms.CharField(label="标题、文号或正文", required=False, max_length=80)
    year = forms.ChoiceField(label="年份", required=False)
    kind = forms.ChoiceField(label="文种", required=False)
    state = forms.ChoiceField(label="状态", required=False)

    def __init__(self, choices: Mapping[str, list[tuple[str, str]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "全部"), *values]


class PaperForm(forms.Form):
    """A signature made on paper."""

    signer = forms.CharField(label="签发人", max_length=50, help_text="在签批件上签字的负责人姓名。")
    on = forms.DateField(label="签发日期", widget=forms.DateInput(attrs={"type": "date"}), help_text="作为成文日期。")
    reference = forms.CharField(
        label="签批件编号", max_length=200, help_text="签批件扫描件的件号或档案号,以便核对,如“签批件 2026-031”。"
    )
