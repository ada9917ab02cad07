"""Tables of a draft that a person fills in row by row: grades, peer groups, bonus and veto items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from spectown.core.evaluation.drafting import bare
from spectown.evaluation.schemes import categories
from spectown.web.monitoring.definefields import field_of

Entry = Mapping[str, Any]
MORE = 2  # empty rows to fill in


class RowForm(forms.Form):
    """One row; an empty one is none."""

    code = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)


class BandForm(RowForm):
    """A grade."""

    name = forms.CharField(label="等次", max_length=20)
    low = forms.FloatField(label="分数下限", min_value=0, max_value=100)


class GroupForm(RowForm):
    """A peer group."""

    name = forms.CharField(label="同类组", max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.CheckboxSelectMultiple()
        choices = list(categories().items())
        self.fields["categories"] = forms.MultipleChoiceField(label="类别", choices=choices, widget=widget)


class ItemForm(RowForm):
    """A bonus or deduction item."""

    label = forms.CharField(label="事项", max_length=60)
    unit = forms.CharField(label="单位", max_length=10, required=False)
    points = forms.FloatField(label="每件几分(扣分写负数)", min_value=-100, max_value=100)
    cap = forms.FloatField(label="合计最多几分", min_value=0, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"] = _clause()


class VetoForm(RowForm):
    """A veto item."""

    label = forms.CharField(label="事项", max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"] = _clause()


def _clause() -> forms.Field:
    """Nothing chosen at first: else an empty row would look filled in."""
    field = field_of("clause")
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", "请选择"), *field.choices]  # type: ignore[misc]  # pairs, never groups
    return field


@dataclass(frozen=True, slots=True)
class Table:
    """A part that is a table: its word, help, rows of an entry, and those rows as the files write them."""

    title: str
    says: str
    form: type[RowForm]
    rows: Callable[[Entry], Sequence[Entry]]
    changes: Callable[[list[dict[str, Any]]], dict[str, Any]]


def _sorted_bands(rows: list[dict[str, Any]]) -> dict[str, Any]:
    bands = [{"name": row["name"], "low": bare(row["low"])} for row in rows]
    return {"scheme": {"bands": sorted(bands, key=lambda band: -band["low"])}}


def _coded(rows: list[dict[str, Any]], word: str) -> list[dict[str, Any]]:
    """New rows get the next free code: people never see one."""
    taken = {row["code"] for row in rows}
    free = (f"{word}{number}" for number in range(1, 1000) if f"{word}{number}" not in taken)
    return [{**row, "code": row["code"] or next(free)} for row in rows]


def _items(rows: list[dict[str, Any]]) -> dict[str, Any]:
    found = []
    for row in _coded(rows, "item"):
        plain = {**row, "points": bare(row["points"]), "cap": bare(row["cap"])}
        found.append({name: value for name, value in plain.items() if value != ""})
    return {"items": found}


TABLES: Mapping[str, Table] = {
    "bands": Table(
        "等次",
        "得分达到下限的为这一等次,由高到低;最低一等的下限写 0。",
        BandForm,
        lambda entry: entry["scheme"].get("bands", []),
        _sorted_bands,
    ),
    "groups": Table(
        "同类组",
        "同类之间另排名次,得分不变;一个类别只能在一组,没有选到的为“其他”。",
        GroupForm,
        lambda entry: entry["groups"],
        lambda rows: {"groups": [{"name": row["name"], "categories": row["categories"]} for row in rows]},
    ),
    "items": Table(
        "加分、扣分",
        "每件几分,合计最多几分;冻结数据以前逐镇登记,写明依据。",
        ItemForm,
        lambda entry: entry.get("items", []),
        _items,
    ),
    "vetoes": Table(
        "一票否决",
        "有这些情形的不参加排名,得分仍公布。",
        VetoForm,
        lambda entry: entry.get("vetoes", []),
        lambda rows: {"vetoes": _coded(rows, "veto")},
    ),
}


def rows_of(table: Table, data: Any, entry: Entry) -> BaseFormSet[Any]:
    """The table to fill in, with a few empty rows."""
    made = formset_factory(table.form, extra=MORE, can_delete=True, max_num=40, absolute_max=60)
    return made(data, initial=[dict(row) for row in table.rows(entry)], prefix="r")


def given(rows: BaseFormSet[Any]) -> list[dict[str, Any]]:
    """Rows that are filled in and not struck out; only of valid ones."""
    kept = [form.cleaned_data for form in rows.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    return [{name: value for name, value in row.items() if name != "DELETE"} for row in kept]
