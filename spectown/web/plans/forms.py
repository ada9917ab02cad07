"""Forms of the area 方案."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from spectown.core.calendartext import DaysFault, read_days

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


class YearForm(forms.Form):
    """One year of the calendar, days as text."""

    provisional = forms.BooleanField(label="放假安排没有公布,暂定", required=False)
    source = forms.CharField(label="依据", max_length=200, help_text="如 国务院办公厅通知的文号;暂定的写明按什么估计。")
    holidays = forms.CharField(label="放假", required=False, widget=forms.Textarea(attrs={"rows": 10}))
    workdays = forms.CharField(
        label="调休上班", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="只写周六、周日。"
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.fields["holidays"].help_text = f"一行一个:{year}-01-01 元旦,或 {year}-02-06 至 {year}-02-12 春节。"

    def clean_holidays(self) -> dict[datetime.date, str]:
        """Days with their names."""
        return self._days("holidays")

    def clean_workdays(self) -> dict[datetime.date, str]:
        """Days with their names."""
        return self._days("workdays")

    def _days(self, name: str) -> dict[datetime.date, str]:
        try:
            return read_days(self.cleaned_data[name], self.year)
        except DaysFault as fault:
            raise forms.ValidationError(str(fault)) from fault

    @property
    def values(self) -> dict[str, Any]:
        """For the service; only of a valid form."""
        return {name: self.cleaned_data[name] for name in ("provisional", "source", "holidays", "workdays")}
