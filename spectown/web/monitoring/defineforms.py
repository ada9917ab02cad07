"""Forms of what is collected: an indicator said anew, corrected, added; a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from spectown.core.monitoring.editing import CORRECTED, DEFAULTS
from spectown.core.periods import Period, moved
from spectown.web.monitoring.definefields import HELP, field_of
from spectown.web.monitoring.shown import bare

AHEAD = 13  # first periods to choose from


class EntryForm(forms.Form):
    """Items of an entry, and why they are changed. `first`: the earliest period that may be the first one."""

    names: ClassVar[tuple[str, ...]] = ()
    rare: ClassVar[tuple[str, ...]] = ()  # folded away

    def __init__(self, data: Any, *, entry: Mapping[str, Any], first: Period | None = None) -> None:
        super().__init__(data, initial={**DEFAULTS, **entry})
        for name in self.wanted(entry):
            self.fields[name] = field_of(name)
        if first is not None and "since" in self.fields:
            self.fields["since"] = since_field(first)
        self.fields["reason"] = reason_field()

    def wanted(self, _entry: Mapping[str, Any]) -> Sequence[str]:
        """Items of this form."""
        return (*self.names, *self.rare)

    @property
    def values(self) -> dict[str, Any]:
        """Items as the files write them; only of a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return {name: bare(value) if isinstance(value, Decimal) else value for name, value in given.items()}

    @property
    def usual(self) -> list[forms.BoundField]:
        """Fields that stand open."""
        return [self[name] for name in self.fields if name not in (*self.rare, "reason")]

    @property
    def folded(self) -> list[forms.BoundField]:
        """Fields that are rarely needed."""
        return [self[name] for name in self.rare if name in self.fields]


def since_field(first: Period) -> forms.ChoiceField:
    """The next periods, of which one is the first."""
    nexts = [moved(first, count) for count in range(AHEAD)]
    return forms.ChoiceField(
        label="从哪一期起", choices=[(each.code, each.label) for each in nexts], help_text=HELP["since"]
    )


class VersionForm(EntryForm):
    """What the figure is, from a period on."""

    names = ("definition", "since", "kind", "unit", "decimals", "obtained", "formula", "derivation")
    rare = ("missing", "signed", "categories")


class CorrectForm(EntryForm):
    """The same figure said better."""

    names = CORRECTED


class NewForm(EntryForm):
    """A new indicator."""

    names = ("code", *CORRECTED[:4], "every", *VersionForm.names)
    rare = ("direction", "warn", "good", "missing", "signed", "categories")


class RuleForm(EntryForm):
    """A rule: only the bounds that its kind has."""

    names = ("says", "severity")

    def wanted(self, entry: Mapping[str, Any]) -> Sequence[str]:
        """Bounds by kind of rule."""
        bounds: dict[str, tuple[str, ...]] = {
            "range": ("low", "high"),
            "balance": ("tolerance", "unit"),
            "change": ("percent", "floor"),
        }
        bounds |= {"source": ("percent", "floor"), "outlier": ("score", "peers", "log")}
        return (*self.names, *bounds.get(str(entry["kind"]), ()), "months", "off")


def reason_field() -> forms.CharField:
    """Why it is changed."""
    return forms.CharField(label="理由", max_length=300, help_text="如 文件文号、会议议定。")


class ReasonForm(forms.Form):
    """Only the reason."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["reason"] = reason_field()


class EndForm(ReasonForm):
    """The last period. `first`: the first that has not been opened yet."""

    def __init__(self, data: Any, *, first: Period) -> None:
        super().__init__(data)
        lasts = [moved(first, count) for count in range(-1, AHEAD)]
        field = forms.ChoiceField(label="最后一期", choices=[(each.code, each.label) for each in lasts])
        self.fields = {"until": field, **self.fields}
