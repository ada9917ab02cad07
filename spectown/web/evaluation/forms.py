"""Forms of the yearly evaluation."""

from __future__ import annotations

from typing import Any

from django import forms

from spectown.evaluation.models import Reply, SnapshotValue
from spectown.evaluation.models.said import WHICH
from spectown.lib.proofs.check import ACCEPT, KINDS
from spectown.towns.models import Town


class EntryForm(forms.Form):
    """A bonus, deduction or veto of a town."""

    town = forms.ModelChoiceField(label="专业镇", queryset=Town.objects.none())
    code = forms.ChoiceField(label="事项")
    amount = forms.DecimalField(label="次数", min_value=0, max_digits=8, decimal_places=2, initial=1)
    reason = forms.CharField(label="依据", max_length=300, help_text="文件名称和文号,或认定机关和日期。")

    def __init__(self, *args: Any, towns: list[Town], items: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["town"].queryset = Town.objects.filter(pk__in=[t.pk for t in towns])  # type: ignore[attr-defined]  # a choice of models
        self.fields["code"].choices = list(items.items())  # type: ignore[attr-defined]  # a choice field


class ObjectionForm(forms.Form):
    """An objection to one figure."""

    which = forms.ChoiceField(label="哪一年的数", choices=WHICH, initial="now")
    asked = forms.DecimalField(label="认为应为", max_digits=16, decimal_places=4)
    text = forms.CharField(label="理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(
        label="证明材料", widget=forms.FileInput(attrs={"accept": ACCEPT}), help_text=f"{KINDS},一个文件。"
    )
    page = forms.IntegerField(label="所在页码", min_value=1, max_value=9999, help_text="这个数在证明材料的第几页。")

    def __init__(self, *args: Any, value: SnapshotValue, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].help_text = f"单位:{unit}。" if unit else ""
        self.value = value


class AnswerForm(forms.Form):
    """The office answers an objection."""

    reason = forms.CharField(label="答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    after = forms.DecimalField(
        label="更正后的数", max_digits=16, decimal_places=4, required=False, help_text="采纳时填写。"
    )

    def __init__(self, *args: Any, row: Reply, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = f"r{row.pk}"
        self.row = row


class DecisionForm(forms.Form):
    """The person who signs decides about a critical town."""

    town = forms.CharField(max_length=80)
    line = forms.CharField(max_length=10)
    applies = forms.TypedChoiceField(choices=(("1", "适用"), ("0", "不适用")), coerce=lambda v: v == "1")
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 2}))
