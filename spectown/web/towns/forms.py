"""Forms about a town."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.towns.enums import Level
from spectown.towns.models import Town
from spectown.web.towns.filters import category_names


def _date(label: str, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


class FactsForm(forms.Form):
    """What the office may correct without a new document."""

    leading_industry = forms.CharField(label="主导产业", max_length=200, required=False)
    category = forms.ChoiceField(label="类别")
    operator = forms.ModelChoiceField(
        label="运营主体",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="未定",
        help_text="承担日常运营的协会、园区或龙头企业,可代专业镇填报。",
    )
    reason = forms.CharField(label="变更理由或依据", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, town: Town, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = category_names()
        choices = {town.category: names.get(town.category, f"未分类({town.category})")} | names
        self.fields["category"].choices = list(choices.items())  # type: ignore[attr-defined]
        bodies = Q(kind__in=(UnitKind.TOWN_BODY, UnitKind.ENTERPRISE)) | Q(pk=town.operator_id)
        self.fields["operator"].queryset = Unit.objects.filter(bodies)  # type: ignore[attr-defined]


class AliasForm(forms.Form):
    """Another name."""

    name = forms.CharField(label="别名", max_length=80)
    source = forms.CharField(label="出处", max_length=200, help_text="哪份文件或报道中用了这个名称。")
    since = _date("启用日期", required=False)


class LevelForm(forms.Form):
    """The next level, with the document that gave it."""

    level = forms.ChoiceField(label="层级", choices=Level.choices)
    since = _date("起始日期")
    document = forms.CharField(label="依据文件", max_length=200, help_text="文件名称和文号。")
    clause = forms.CharField(label="方案条款", max_length=60, required=False, help_text="如 二(三),没有可不填。")
