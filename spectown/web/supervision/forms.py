"""Forms of dated work."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q

from spectown.organisations.models import Territory, Unit
from spectown.supervision.enums import WorkKind, WorkLight
from spectown.supervision.models import Milestone, Report
from spectown.supervision.scope import at_town, in_county
from spectown.towns.models import Town
from spectown.web.notices.forms import date_field
from spectown.web.selects import SearchSelect

OPEN, MINE, ALL = "open", "mine", "all"


class FilterForm(forms.Form):
    """Which works."""

    q = forms.CharField(label="事项", required=False, max_length=100)
    which = forms.ChoiceField(label="范围", required=False, choices=[("", "未办结"), (MINE, "轮到我办"), (ALL, "全部")])
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部"), *WorkKind.choices])
    light = forms.ChoiceField(label="灯", required=False, choices=[("", "全部"), *WorkLight.choices[:-1]])
    unit = forms.TypedChoiceField(label="承办单位", required=False, coerce=int, empty_value="", widget=SearchSelect)

    def __init__(self, units: Sequence[tuple[int, str, bool]], *args: Any, **kwargs: Any) -> None:
        """`units`: all with number, name and whether they hold a work that the reader sees; read once for all uses."""
        super().__init__(*args, **kwargs)
        self.targets = [(pk, name) for pk, name, _ in units]
        holding = [(str(pk), name) for pk, name, holds in units if holds]
        self.fields["unit"].choices = [("", "全部"), *holding]  # type: ignore[attr-defined]  # a choice field


class PlacesForm(forms.Form):
    """Of which county, of which town."""

    county = forms.ModelChoiceField(
        label="县(区)", queryset=Territory.objects.all(), required=False, empty_label="全部", widget=SearchSelect
    )
    town = forms.ModelChoiceField(
        label="专业镇", queryset=Town.objects.all(), required=False, empty_label="全部", widget=SearchSelect
    )

    @property
    def chosen(self) -> dict[str, int]:
        """Numbers of what was chosen; what is no county or town chooses nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        return {name: row.pk for name, row in given.items() if row is not None}

    @property
    def condition(self) -> Q:
        """On measures: those that name the county or a town of it, and those that name the town."""
        chosen = self.chosen
        county = in_county(chosen["county"]) if "county" in chosen else Q()
        return county & (at_town(chosen["town"]) if "town" in chosen else Q())


class HandOverForm(forms.Form):
    """To which unit everything open goes."""

    source = forms.ModelChoiceField(queryset=Unit.objects.all(), widget=forms.HiddenInput)
    target = forms.ModelChoiceField(
        label="转交给", queryset=Unit.objects.all(), empty_label="请选择", widget=SearchSelect
    )
    reason = forms.CharField(label="理由", max_length=200, help_text="如 机构改革文件的文号。")

    def __init__(self, *args: Any, targets: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        """`targets`: the units to choose from, where they are at hand."""
        super().__init__(*args, **kwargs)
        if targets:
            self.fields["target"].choices = [("", "请选择"), *targets]  # type: ignore[attr-defined]  # a choice field


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes none at run time
    """What was done in the period, how far it is, which milestones were reached."""

    class Meta:
        model = Report
        fields = ("done", "percent", "figure", "outlook")
        widgets = {  # noqa: RUF012  # Django says what this attribute is
            "done": forms.Textarea(attrs={"rows": 4}),
            "outlook": forms.Textarea(attrs={"rows": 3}),
            "percent": forms.NumberInput(attrs={"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, nodes: Sequence[Milestone] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nodes = list(nodes)
        said = {each.milestone_id: each.on for each in self.instance.reached.all()}
        for node in self.nodes:
            field = date_field(f"“{node.title}”完成日期", help_text=f"应于 {node.due} 完成;没有完成的不填。")
            field.initial = said.get(node.pk)
            self.fields[f"node_{node.pk}"] = field

    @property
    def reached(self) -> dict[int, datetime.date]:
        """Days by milestone; only of a valid form."""
        days = {node.pk: self.cleaned_data.get(f"node_{node.pk}") for node in self.nodes}
        return {pk: day for pk, day in days.items() if day is not None}

    def _post_clean(self) -> None:
        """The service writes and checks the row: the form only reads."""
