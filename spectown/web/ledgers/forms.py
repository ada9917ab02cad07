"""The form of one step of a need: only what this step fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from spectown.core.workflow import Move
from spectown.ledgers.lists.needs import NEEDS
from spectown.ledgers.models import Need
from spectown.ledgers.services.needs import units_that_answer
from spectown.ledgers.workflow import FILLS, MUST
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.web.lists.fields import field_of

TODAY = {"assigned_on", "answered_on", "met_on"}  # a step is mostly noted on the day it is made
SAID = {"assign": "交办意见", "send_back": "退回理由", "answer": "说明", "meet": "说明", "reopen": "未满足的理由"}


class StepForm(forms.Form):
    """Columns of one step, what is said about it, and the version that was on the page."""

    reason = forms.CharField(max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, need: Need, move: Move, actor: Actor) -> None:
        names = FILLS.get(move.code, ())
        kept = {name: getattr(need, NEEDS.by_name[name].field.attname) for name in names}
        begun = {name: value or (timezone.localdate() if name in TODAY else value) for name, value in kept.items()}
        super().__init__(data, initial={**begun, "version": need.version})
        for name in names:
            field = field_of(NEEDS, NEEDS.by_name[name], actor)
            field.required = name in MUST
            self.fields[name] = field
        if "assigned" in names:
            self._offer_bureaus(need)
        self.fields["reason"].label, self.fields["reason"].required = SAID[move.code], move.reason
        self.order_fields([*names, "reason", "version"])

    def _offer_bureaus(self, need: Need) -> None:
        units = Unit.objects.filter(kind=UnitKind.BUREAU).exclude(pk=need.raiser_id or 0)
        field: Any = self.fields["assigned"]
        field.queryset = units.order_by("order", "code")
        silent = set(units.values_list("pk", flat=True)) - units_that_answer()
        field.choices = [(value, f"{label}(尚无账号)" if value in silent else label) for value, label in field.choices]
        field.help_text = "标有“尚无账号”的单位在系统中看不到交办。" if silent else ""

    @property
    def values(self) -> dict[str, Any]:
        """What the step writes, by column."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"reason", "version"}}
