"""Forms of monitoring."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from spectown.core.monitoring.forms import FOOTER
from spectown.monitoring.models import Sheet


class FooterForm(forms.ModelForm[Sheet]):
    """The persons and the day at the end of a sheet; all may stay open until it is handed in."""

    class Meta:
        model = Sheet
        fields = tuple(FOOTER)
        widgets: ClassVar = {"reported_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
