"""Which period, in which groups."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from spectown.core.periods import Period
from spectown.supervision.outcomes import BY


class FiguresFilter(forms.Form):
    """A period out of the known ones and a way of grouping; what is not known counts as the first."""

    period = forms.ChoiceField(label="期间", required=False)
    by = forms.ChoiceField(label="按", required=False, choices=list(BY.items()))

    def __init__(self, data: QueryDict, *, periods: Sequence[Period]) -> None:
        super().__init__(data)
        self._periods = {each.code: each for each in periods}
        labels = [(each.code, each.label) for each in periods]
        self.fields["period"].choices = labels  # type: ignore[attr-defined]  # of a ChoiceField
        self._first = periods[0]

    @property
    def chosen_period(self) -> Period:
        """The chosen one, else the present month."""
        return self._periods.get(self.data.get("period", ""), self._first)

    @property
    def chosen_by(self) -> str:
        """The chosen one, else by unit."""
        return self.data["by"] if self.data.get("by") in BY else "unit"
