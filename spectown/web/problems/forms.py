"""Forms of problems: what is raised, what a move fills in, how a common problem is named."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from spectown.accounts.permissions import Role
from spectown.core.workflow import Move
from spectown.lib.proofs.check import ACCEPT, KINDS
from spectown.lists.scope import COUNTY
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.plans.models import Clause
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem
from spectown.supervision.problemrules import HOLDERS
from spectown.supervision.services.common import open_commons
from spectown.supervision.services.problems import File
from spectown.web.experts.forms import Several
from spectown.web.lists.fields import field_of
from spectown.web.lists.forms import RowForm
from spectown.web.problems.proposed import Route
from spectown.web.selects import SearchSelect

PLAIN = ("title", "text", "kind")
SAID = {  # what the reason of a move is called
    "route": "分办意见",
    "reassign": "改派的理由",
    "refuse": "不予受理的理由",
    "reopen": "哪里还没有解决",
    "part": "移出的理由",
    "leave": "哪里还没有解决",
    "withdraw": "撤回的说明",
}
FILES = "papers"


def columns_for(actor: Actor) -> tuple[str, ...]:
    """What each role is asked: an enterprise as little as possible, since the rest is known of it."""
    if actor.role == Role.ENTERPRISE:
        return PLAIN
    if actor.role == Role.TOWN:
        return (*PLAIN, "town", "enterprise", "chain")
    local = (*PLAIN, "enterprise", "town", "chain", "origin", "source")
    return local if actor.role in COUNTY else (*PLAIN, "clause", "enterprise", "territory", "town", *local[5:])


class ProblemForm(RowForm):
    """Columns of a problem; a clause must be one of the plan in force."""

    def clean_clause(self) -> str:
        """Asked only where the form has the field."""
        ref = str(self.cleaned_data.get("clause") or "").strip()
        if ref and not Clause.objects.filter(version__is_current=True, ref=ref).exists():
            raise forms.ValidationError("现行方案中没有这一条款,请写条款号,如 三(九),或者不填。")
        return ref


class RaiseForm(ProblemForm):
    """What the problem is, which kind, what proves it. `shown`: numbers of the alike ones that were on the page."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    papers = forms.FileField(
        label="照片或材料",
        required=False,
        help_text=f"可不传。{KINDS},可以选几个;手机上可直接拍照。",
        widget=Several(attrs={"accept": ACCEPT, "multiple": True}),
    )

    def __init__(self, data: Any = None, *, actor: Actor, proposed: dict[str, Any]) -> None:
        super().__init__(data, ledger=PROBLEMS, actor=actor, only=columns_for(actor), proposed=proposed)
        self.fields["text"].widget.attrs["rows"] = 5
        self.fields["title"].help_text = "一句话说清是什么问题。"
        self.fields["text"].help_text = "什么时候开始、影响多大、希望怎样解决。"
        self.order_fields([*columns_for(actor), FILES])

    @property
    def was_shown(self) -> set[int]:
        """Numbers that the person saw before posting."""
        return {int(part) for part in self.cleaned_data.get("shown", "").split(",") if part.isdecimal()}


def uploads(files: MultiValueDict[str, Any]) -> list[File]:
    """Names and contents of what was uploaded."""
    return [(file.name, file.read()) for file in files.getlist(FILES)]


class MoveForm(forms.Form):
    """What one move fills in, what is said about it, and the last step that was on the page."""

    reason = forms.CharField(max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, problem: Problem, move: Move, actor: Actor, seen: int, route: Route
    ) -> None:
        super().__init__(data, initial={"seen": seen})
        self.route = route
        fields: dict[str, forms.Field] = {}
        if move.code in ("route", "reassign"):
            fields = self._given(problem, route, move.code)
        elif move.code == "answer":
            fields = {"answer": field_of(PROBLEMS, PROBLEMS.by_name["answer"], actor), FILES: _files()}
            fields["answer"].required, fields["answer"].widget.attrs["rows"] = True, 5
        elif move.code == "join":
            fields = {"common": _commons(actor)}
        self.fields.update(fields)
        self.fields["reason"].label, self.fields["reason"].required = SAID.get(move.code, "说明"), move.reason
        if move.code == "answer":
            del self.fields["reason"]
        self.order_fields([*fields, "reason", "seen"])

    def _given(self, problem: Problem, route: Route, code: str) -> dict[str, forms.Field]:
        units = Unit.objects.filter(kind__in=HOLDERS).exclude(pk=problem.raiser_id or 0).order_by("order", "code")
        unit = forms.ModelChoiceField(units, label="承办单位", empty_label="请选择", widget=SearchSelect)
        unit.choices = route.choices(units)
        unit.initial = route.unit.pk if route.unit and code == "route" else None
        due = forms.DateField(
            label="答复期限",
            required=False,
            initial=route.due_on,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            help_text=f"可不填。建议 {route.days} 天(自然日,建议值);到期前亮蓝灯,逾期亮红灯。",
        )
        given: dict[str, forms.Field] = {"unit": unit, "due_on": due}
        if route.candidates:
            given["helpers"] = forms.ModelMultipleChoiceField(
                units.filter(pk__in=[each.pk for each in route.candidates]),
                label="配合单位",
                required=False,
                help_text="方案这一条的责任单位;选中的能看到这件问题和答复。",
                widget=forms.CheckboxSelectMultiple,
            )
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What the move fills in."""
        given = {n: v for n, v in self.cleaned_data.items() if n not in {"reason", "seen", FILES}}
        return {name: list(value) if name == "helpers" else value for name, value in given.items()}


def _files() -> forms.FileField:
    widget = Several(attrs={"accept": ACCEPT, "multiple": True})
    return forms.FileField(label="证明材料", required=False, help_text=f"可不传。{KINDS},可以选几个。", widget=widget)


def _commons(actor: Actor) -> forms.ModelChoiceField[Problem]:
    return forms.ModelChoiceField(open_commons(actor), label="共性问题", empty_label="请选择", widget=SearchSelect)


class CommonForm(ProblemForm):
    """How a common problem is called and where it belongs; its members stand in the address."""

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, proposed: dict[str, Any]) -> None:
        super().__init__(data, ledger=PROBLEMS, actor=actor, only=(*PLAIN, "clause"), proposed=proposed)
        self.fields["text"].widget.attrs["rows"] = 5
        self.fields["text"].help_text = "说明共同的情况;各件问题作为依据附在后面。"
