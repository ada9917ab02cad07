"""Which events to list."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from spectown.audit.labels import ACTIONS, type_label

TYPES = (
    "accounts.user",
    "organisations.membership",
    "organisations.incumbency",
    "plans.planversion",
    "towns.town",
    "certification.application",
    "documents.officialdocument",
)


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class EventFilter(forms.Form):
    """Days, person, action, object; every field may stay empty."""

    since = _day("自")
    until = _day("至")
    person = forms.CharField(label="操作人", required=False, max_length=50)
    action = forms.ChoiceField(label="动作", required=False, choices=[("", "全部动作"), *ACTIONS.items()])
    object_type = forms.ChoiceField(label="对象类型", required=False)
    object = forms.CharField(label="对象", required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "全部类型"), *((code, type_label(code)) for code in TYPES)]
        self.fields["object_type"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The range must not be turned round."""
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if isinstance(since, datetime.date) and isinstance(until, datetime.date) and since > until:
            raise forms.ValidationError("起始日期晚于截止日期,请改正。")
        return data
