"""Forms of the area 方案."""

from __future__ import annotations

import datetime

from django import forms

FIRST_DAY = datetime.date(1949, 10, 1)


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DayForm(forms.Form):
    """The day as on which the group is shown."""

    on = forms.DateField(
        label="以哪一天为准",
        required=False,
        widget=_date_input(),
        error_messages={"invalid": "日期应写成 2026-11-23 的样子。"},
    )

    def clean_on(self) -> datetime.date | None:
        """No day before there was anything to show."""
        day: datetime.date | None = self.cleaned_data["on"]
        if day and day < FIRST_DAY:
            raise forms.ValidationError("日期太早,请核对年份。")
        return day


class SubstituteForm(forms.Form):
    """Who now holds a post (自行替补)."""

    person = forms.CharField(label="现任者姓名", max_length=50, error_messages={"required": "请填写现任者姓名。"})
    title = forms.CharField(
        label="任职时所称职务",
        max_length=80,
        required=False,
        help_text="与席位职务不同时填写,如代区长、副局长(主持工作)",
    )
    since = forms.DateField(
        label="到任日期",
        widget=_date_input(),
        help_text="前任的任期到此前一日为止",
        error_messages={"required": "请填写到任日期。", "invalid": "日期应写成 2026-11-23 的样子。"},
    )
    document = forms.CharField(
        label="依据",
        max_length=200,
        help_text="任免文件及文号,或任职单位来函",
        error_messages={"required": "请填写依据。"},
    )

    def __init__(self, *args: object, today: datetime.date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.today = today

    def clean_since(self) -> datetime.date:
        """A substitution is registered when it has happened."""
        since: datetime.date = self.cleaned_data["since"]
        if since > self.today:
            raise forms.ValidationError("到任日期不能晚于今天,请在到任后登记。")
        if since < FIRST_DAY:
            raise forms.ValidationError("日期太早,请核对年份。")
        return since
