"""Forms of a new report form and of a new rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from spectown.core.monitoring.indicator import Indicator, Obtained
from spectown.core.periods import Every, Period
from spectown.monitoring.catalogue import plan_data
from spectown.web.monitoring.definefields import field_of
from spectown.web.monitoring.defineforms import EntryForm
from spectown.web.monitoring.groupsform import FormForm

WINDOW = {"opens": 1, "due": 6, "closes": 10}
SILENCE = {Every.MONTH: 5}  # working days for a bureau's answer, as in the plan's own forms (建议值)
LATER = 8
OF_KIND = {
    "balance": ("left", "operator", "right", "tolerance", "unit"),
    "range": ("indicators", "low", "high"),
    "change": ("indicators", "against", "percent", "floor"),
    "magnitude": ("indicators",),
    "falls": ("indicators",),
    "source": ("indicators", "against", "percent", "floor"),
    "outlier": ("indicators", "score", "peers", "log"),
}
AGAINST = {
    "change": (("last", "上期"), ("year_ago", "上年同期")),
    "source": (("enterprises", "企业合计"), ("certified", "来源单位的数")),
}
SUGGESTED = {"percent": 50, "floor": 0, "tolerance": 0, "score": 3.5, "peers": 8, "log": True, "severity": "warning"}
MUST = ("left", "operator", "right", "percent", "against", "score", "peers")


class NewFormForm(FormForm):
    """A report form that is not there yet: its code and clause too; only figures that no other form asks."""

    def __init__(self, data: Any, *, every: Every, first: Period) -> None:
        super().__init__(
            data,
            entry={"every": every.value, "window": WINDOW, "groups": [], "silence": SILENCE.get(every, LATER)},
            first=first,
        )
        self.fields = {"code": field_of("code"), "clause": field_of("clause"), **self.fields}

    def _items(self) -> Iterator[tuple[Indicator, str, int | None]]:
        taken = {code for form in plan_data().forms if form.until is None for code in form.codes}
        for item, group, order in super()._items():
            if item.obtained != Obtained.FILLED or item.code not in taken:
                yield item, group, order

    def clean(self) -> dict[str, Any]:
        """A form without a figure asks nothing."""
        given = self.cleaned_data
        if not any(given.get(f"g-{item.code}") for item, _, _ in self.items):
            raise forms.ValidationError("请给要加入的指标填组名。")
        return given

    @property
    def values(self) -> dict[str, Any]:
        """As the file has it; only of a valid form."""
        own = {name: self.cleaned_data[name] for name in ("code", "clause")}
        return {**own, "every": self.every.value, **super().values}


class NewRuleForm(EntryForm):
    """A rule that is not there yet, with what its kind needs."""

    rare = ("categories", "months")

    def __init__(self, data: Any, *, kind: str) -> None:
        self.kind = kind
        super().__init__(data, entry={**SUGGESTED, "kind": kind})
        for name in MUST:
            if name in self.fields:
                self.fields[name].required = True
        if isinstance(field := self.fields.get("against"), forms.ChoiceField):
            field.choices = AGAINST[kind]

    def wanted(self, entry: Mapping[str, Any]) -> Sequence[str]:
        """Code, sentence, severity, then what the kind needs."""
        return ("code", "says", "severity", *OF_KIND[str(entry["kind"])], *self.rare)

    @property
    def values(self) -> dict[str, Any]:
        """As the file has it; only of a valid form."""
        return {"kind": self.kind, **super().values}
