"""The input of one fact, and the units that receive a document."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from spectown.core.documentkinds.model import Fact, FactType
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.web.documents.reading import CELLS, Typed

UNITS = {FactType.MONEY: "万元", FactType.YUAN: "元", FactType.PERCENT: "%"}
NUMBERS = {FactType.NUMBER, FactType.COUNT, *UNITS}
ADDRESSEES = "recipients"  # 主送机关: where none is given the receiving units are printed
UNITS_STAND_IN = "选了“在系统中签收的单位”的可不填,按成文日期的名称印这些单位。"
FLAGS = (("", "未填"), ("yes", "是"), ("no", "否"))
RECEIVING = (UnitKind.BUREAU, UnitKind.COUNTY, UnitKind.ZONE, UnitKind.TOWN_BODY)


def is_date(fact: Fact, value: str) -> bool:
    """A date input would lose what is no date."""
    if fact.type is not FactType.DATE:
        return False
    try:
        return not value or bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def field_of(fact: Fact, value: str) -> forms.Field:
    """The input of a plain fact."""
    required = fact.required and fact.name != ADDRESSEES
    options: dict[str, Any] = {"label": fact.label, "required": required, "help_text": _hint(fact)}
    if fact.type is FactType.FLAG:
        return forms.ChoiceField(choices=FLAGS, **options)
    if fact.type is FactType.LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), **options)
    if fact.type is FactType.LIST or fact.type == CELLS:
        rows = 8 if fact.type == CELLS else 3
        return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **options)
    if is_date(fact, value):
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **options)
    attrs = {"autocomplete": "off"} | ({"inputmode": "decimal"} if fact.type in NUMBERS else {})
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **options)


def _hint(fact: Fact) -> str:
    said = {FactType.LIST.value: "一行一个。", CELLS: "一行一条,各栏用制表符隔开;可以从 Excel 复制粘贴。"}
    parts = [fact.hint, UNITS_STAND_IN if fact.name == ADDRESSEES else "", said.get(str(fact.type.value), "")]
    if fact.type in (FactType.TEXT, *NUMBERS) and fact.sample is not None:
        parts.append(f"例:{fact.sample}")
    return " ".join(part for part in parts if part)


def units_field(typed: Typed) -> forms.Field:
    """The units that receive it in the system."""
    rows = list(Unit.objects.filter(kind__in=RECEIVING).order_by("order", "pk").values_list("kind", "pk", "name"))
    groups = [(str(kind.label), [(str(pk), name) for each, pk, name in rows if each == kind]) for kind in RECEIVING]
    return forms.MultipleChoiceField(
        label="在系统中签收的单位",
        required=False,
        choices=[(label, units) for label, units in groups if units],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choice-groups"}),
        initial=[str(unit.pk) for unit in typed.units],
        help_text="印发后这些单位在“待我签收”中看到本文。没有填写主送机关的,按成文日期的名称印这些单位。",
    )
