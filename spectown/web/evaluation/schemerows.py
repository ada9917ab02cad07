"""Tables of a draft that a person fills in row by row: grades, peer groups, bonus and veto items; and its lines."""

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


class LinesForm(forms.Form):
    """Where 表扬 and 督办 begin."""

    SOURCE = "依据的文件或会议;方案没有规定的写明是建议值。"

    def __init__(self, data: Any, *, entry: Entry, leaves: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial=_lines(entry["consequences"]))
        for name, word, says in (("commend", "表扬", "排名前"), ("supervise", "督办", "排名后")):
            choices = [("share", f"{says}百分之几"), ("score", f"得分{'达到' if name == 'commend' else '低于'}几分")]
            self._add(
                f"{name}_by", forms.ChoiceField(label=f"{word}线按", choices=choices), "按比例的,参评镇多少都适用。"
            )
            self._add(f"{name}_at", _number(f"{word}线"), "比例填百分数,如 20;分数填得分。")
            if name == "commend":
                self._add("least", _number("且得分不低于", must=False), "低于它的,名次再前也不表扬;不填为不设。")
            self._add(f"{name}_source", forms.CharField(label=f"{word}线来源", max_length=200), self.SOURCE)
        self._add("progress_at", _number("进步榜前百分之几也表扬", must=False), "不填为不按进步表扬。")
        self._add("progress_source", _text("进步线来源"), self.SOURCE)
        slow = forms.ChoiceField(label="“建设进度较慢”看哪项指标", choices=[("", "不设"), *leaves], required=False)
        self._add("slow_indicator", slow, "方案 四(五):建设进度较慢的督办;不看名次。")
        self._add("slow_below", _number("低于多少为较慢", must=False, most=1e12), "按该指标的计量单位填。")
        self._add("slow_source", _text("“较慢”的来源"), self.SOURCE)

    def _add(self, name: str, field: forms.Field, says: str) -> None:
        field.help_text = says
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Shares stand between 0 and 100; whoever sets a line says whence."""
        found = super().clean() or {}
        for name in ("commend", "supervise", "progress"):
            share = name == "progress" or found.get(f"{name}_by") == "share"
            at = found.get(f"{name}_at")
            if share and at is not None and not 0 < at < 100:
                self.add_error(f"{name}_at", "百分数应大于 0、小于 100。")
        if found.get("progress_at") is not None and not found.get("progress_source"):
            self.add_error("progress_source", "请写明来源。")
        if found.get("slow_indicator"):
            for name in [each for each in ("slow_below", "slow_source") if found.get(each) in (None, "")]:
                self.add_error(name, "选了指标的,这一项要填。")
        return found

    @property
    def changes(self) -> dict[str, Any]:
        """As core.drafting.part takes it; only of a valid form."""
        got = self.cleaned_data
        rules: dict[str, Any] = {name: self._line(name) for name in ("commend", "supervise")}
        if got["least"] is not None:
            rules["commend"]["least"] = bare(got["least"])
        if got["progress_at"] is not None:
            rules["progress"] = {"share": bare(got["progress_at"] / 100), "source": got["progress_source"]}
        if got["slow_indicator"]:
            slow = {"indicator": got["slow_indicator"], "below": bare(got["slow_below"])}
            rules["slow"] = {**slow, "source": got["slow_source"]}
        return {"consequences": rules}

    def _line(self, name: str) -> dict[str, Any]:
        got = self.cleaned_data
        by, at = got[f"{name}_by"], got[f"{name}_at"]
        return {by: bare(round(at / 100, 6) if by == "share" else at), "source": got[f"{name}_source"]}


def _number(label: str, *, must: bool = True, most: float = 100) -> forms.FloatField:
    return forms.FloatField(label=label, required=must, max_value=most)


def _text(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=False)


def _lines(rules: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("commend", "supervise", "progress"):
        line = rules.get(name) or {}
        by = "score" if line.get("score") is not None else "share"
        at = line.get(by)
        found |= {f"{name}_by": by, f"{name}_source": line.get("source", "")}
        found[f"{name}_at"] = None if at is None else bare(round(100 * at, 4) if by == "share" else at)
    slow = rules.get("slow") or {}
    least = (rules.get("commend") or {}).get("least")
    return {**found, "least": least, **{f"slow_{name}": slow.get(name) for name in ("indicator", "below", "source")}}
