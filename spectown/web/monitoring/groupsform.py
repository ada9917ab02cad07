"""The form of a report form: its days, and which indicator stands in which group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from spectown.core.monitoring.forms import FOOTER, FilledBy
from spectown.core.monitoring.indicator import Indicator, Obtained
from spectown.core.periods import Every, Period
from spectown.monitoring.catalogue import plan_data
from spectown.web.monitoring.defineforms import reason_field, since_field

DAYS = {"opens": "开始填报", "due": "到期", "closes": "截止"}


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator with its two inputs."""

    item: Indicator
    group: forms.BoundField
    order: forms.BoundField


class FormForm(forms.Form):
    """Days after the period's end, the end of the sheet, groups by indicator."""

    def __init__(self, data: Any, *, entry: Mapping[str, Any], first: Period) -> None:
        super().__init__(data, initial={**entry, **entry["window"]})
        self.entry, self.every = entry, Every(str(entry["every"]))
        self.fields["name"] = forms.CharField(label="名称", max_length=60)
        self.fields["since"] = since_field(first)
        choices = [(each.value, each.label) for each in FilledBy]
        self.fields["filled_by"] = forms.ChoiceField(label="由谁填报", choices=choices)
        unit = "自然日" if entry["window"].get("count") == "days" else "工作日"
        for name, label in DAYS.items():
            said = f"{label}(期末后第几个{unit})"
            self.fields[name] = forms.IntegerField(label=said, min_value=0, max_value=200)
        self.fields["silence"] = forms.IntegerField(
            label="核定期限(报送后的工作日)",
            min_value=0,
            max_value=60,
            initial=entry.get("silence", 0),
            help_text="来源单位到期没有答复的,视同无异议;填 0 为一直等答复。天数是建议值,由办公室定。",
        )
        if self.every == Every.MONTH:
            self.fields["together"] = forms.TypedChoiceField(
                label="年初几个月",
                choices=[(0, "每月分别报送"), (2, "1—2月合并报送")],
                coerce=int,
                initial=entry.get("together", 0),
                help_text="合并的,1 月不开期,2 月报 1—2 月合计;须从 1 月起改。",
            )
        footer = forms.MultipleChoiceField(
            label="表末", choices=FOOTER.items(), required=False, widget=forms.CheckboxSelectMultiple
        )
        footer.initial = entry.get("footer", list(FOOTER))
        self.fields["footer"] = footer
        self.fields["reason"] = reason_field()
        self.items = list(self._items())
        for item, group, order in self.items:
            self.fields[f"g-{item.code}"] = _small(f"{item.name}的组", group)
            self.fields[f"o-{item.code}"] = _place(f"{item.name}的次序", order)

    def _items(self) -> Iterator[tuple[Indicator, str, int | None]]:
        """Those of the form in order, then those that could be added."""
        versions = plan_data().catalogue.versions
        placed = [(code, group["name"]) for group in self.entry["groups"] for code in group["indicators"]]
        for number, (code, group) in enumerate(placed, start=1):
            if code in versions:
                yield versions[code][-1], group, number
        known = {code for code, _ in placed}
        for code, found in versions.items():
            asked = found[-1].obtained == Obtained.FILLED
            fits = found[-1].every == self.every if asked else found[-1].every.months <= self.every.months
            if code not in known and fits:
                yield found[-1], "", None

    @property
    def usual(self) -> list[forms.BoundField]:
        """Fields that are no indicator."""
        return [self[name] for name in self.fields if name[:2] not in ("g-", "o-") and name != "reason"]

    @property
    def placed(self) -> list[Row]:
        """Indicators that stand in it."""
        return [self._row(item) for item, group, _ in self.items if group]

    @property
    def others(self) -> list[Row]:
        """Indicators that could be added."""
        return [self._row(item) for item, group, _ in self.items if not group]

    def _row(self, item: Indicator) -> Row:
        return Row(item, self[f"g-{item.code}"], self[f"o-{item.code}"])

    @property
    def group_names(self) -> list[str]:
        """Groups that are there, to choose from."""
        return [group["name"] for group in self.entry["groups"]]

    @property
    def values(self) -> dict[str, Any]:
        """As the file has it; only of a valid form."""
        given, last = self.cleaned_data, len(self.items) + 1
        window = {**self.entry["window"], **{name: given[name] for name in DAYS}}
        rows = [(given[f"o-{item.code}"] or last, item.code, given[f"g-{item.code}"]) for item, _, _ in self.items]
        groups: dict[str, list[str]] = {}
        for _, code, group in sorted((row for row in rows if row[2]), key=lambda row: row[0]):
            groups.setdefault(group, []).append(code)
        said = {"groups": [{"name": name, "indicators": codes} for name, codes in groups.items()], "window": window}
        if set(given["footer"]) != set(self.entry.get("footer", FOOTER)):
            said["footer"] = given["footer"]
        return {
            **said,
            **{name: given[name] for name in ("name", "since", "filled_by", "silence", "together") if name in given},
        }


def _small(label: str, initial: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"list": "groups", "aria-label": label})
    return forms.CharField(label=label, max_length=30, required=False, initial=initial, widget=widget)


def _place(label: str, initial: int | None) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"aria-label": label})
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=999, initial=initial, widget=widget)
