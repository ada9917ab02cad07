"""Forms of look-alikes: filter of the pairs, what stays of two rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict

from spectown.enterprises.enums import PairState
from spectown.enterprises.models import DuplicatePair, Enterprise
from spectown.lists.declaration import BoundColumn
from spectown.organisations.models import Territory
from spectown.web.selects import SearchSelect

FIRST, SECOND = "first", "second"
SIDES = ((FIRST, "先登记的"), (SECOND, "后登记的"))
TAKE = "take_"
_UNCHOSEN = {"required": "两户不同,请选择保留哪一个。", "invalid_choice": "请选择保留哪一个。"}


class PairFilter(forms.Form):
    """County of either; state, the open ones first."""

    state = forms.ChoiceField(label="结论", choices=PairState.choices, required=False, widget=forms.HiddenInput)
    county = forms.ModelChoiceField(
        Territory.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="全部属地",
        label="属地",
        widget=SearchSelect,
    )

    @property
    def chosen_state(self) -> str:
        """The state to show."""
        return self.cleaned_data.get("state") or PairState.OPEN.value

    def place(self) -> Q:
        """Pairs with one of the two in the county; none where a condition is not known."""
        if not self.is_valid():
            return Q(pk__in=())
        county = self.cleaned_data["county"]
        return Q(first__territory=county) | Q(second__territory=county) if county else Q()


class MergeForm(forms.Form):
    """Which row is kept, whose value stays in each column where they differ, why. The versions are those shown."""

    keep = forms.ChoiceField(label="保留哪一行", choices=SIDES, error_messages=_UNCHOSEN)
    version_first = forms.IntegerField(widget=forms.HiddenInput)
    version_second = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="合并理由",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="依据什么判断是同一户,如:营业执照为同一统一社会信用代码。",
    )

    def __init__(self, data: Any = None, *, pair: DuplicatePair, differing: Sequence[BoundColumn]) -> None:
        self.pair, self.differing = pair, differing
        kept = SECOND if pair.second.code and not pair.first.code else FIRST
        initial = {"keep": kept, "version_first": pair.first.version, "version_second": pair.second.version}
        super().__init__(data, initial=initial | {TAKE + c.name: _fuller(c, pair, kept) for c in differing})
        for column in differing:
            field = forms.ChoiceField(label=column.label, choices=SIDES, error_messages=_UNCHOSEN)
            self.fields[TAKE + column.name] = field

    def clean(self) -> dict[str, Any]:
        """What is decided must be what was shown."""
        data: dict[str, Any] = super().clean() or {}
        for name, row in ((FIRST, self.pair.first), (SECOND, self.pair.second)):
            if data.get(f"version_{name}") != row.version:
                raise ValidationError(f"“{row}”在您打开本页之后被修改过。下面已是现在的内容,请重新核对后再合并。")
        return data

    def chosen(self, name: str) -> str:
        """The side that is ticked, as typed or as proposed."""
        return str(self[name].value() or "")

    @property
    def kept(self) -> Enterprise:
        """The row that stays."""
        return self.pair.first if self.cleaned_data["keep"] == FIRST else self.pair.second

    @property
    def dropped(self) -> Enterprise:
        """The row that goes into the other."""
        return self.pair.second if self.cleaned_data["keep"] == FIRST else self.pair.first

    @property
    def choices_taken(self) -> list[str]:
        """Columns whose value comes from the dropped row."""
        keep = self.cleaned_data["keep"]
        return [c.name for c in self.differing if self.cleaned_data[TAKE + c.name] != keep]

    def add_faults(self, fault: ValidationError) -> None:
        """The errors of the merge to their columns; those of columns without a choice at the top."""
        by_column = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
        for name, texts in by_column.items():
            for text in texts:
                self.add_error(TAKE + name if TAKE + name in self.fields else None, text)

    def shown_anew(self) -> MergeForm:
        """The same with the versions that the page shows now: the next confirmation is about what is seen."""
        data = QueryDict(mutable=True)
        data.update({name: str(self[name].value() or "") for name in self.fields})
        for name, row in ((FIRST, self.pair.first), (SECOND, self.pair.second)):
            data[f"version_{name}"] = str(row.version)
        self.data = data
        return self


def _fuller(column: BoundColumn, pair: DuplicatePair, kept: str) -> str:
    """The kept row's value stays, unless it says nothing."""
    value = getattr(getattr(pair, kept), column.field.attname)
    return kept if value not in (None, "") else SECOND if kept == FIRST else FIRST
