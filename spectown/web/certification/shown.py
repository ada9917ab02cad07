"""What the pages of an application show: verdicts, what is missing, state steps, who has the ball, history."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit.labels import action_label
from spectown.audit.models import Event
from spectown.certification.enums import State
from spectown.certification.facts import fields_of, present_files
from spectown.certification.models import Application, EvidenceFile, JudgementRecord
from spectown.certification.services import refusals
from spectown.certification.services.judgements import JUDGED
from spectown.certification.workflow import WORKFLOW
from spectown.core.certification.criteria import CheckName
from spectown.core.certification.fields import Field, FieldKind
from spectown.core.certification.missing import AWAITED, NEED_RANK
from spectown.core.certification.money import plain, wan_text
from spectown.core.certification.outcomes import Outcome
from spectown.core.certification.result import CheckResult, Finding, Need, PathResult
from spectown.organisations.actors import Actor
from spectown.web.certification.forms import sections, words

TONES = {
    State.DRAFT: "neutral",
    State.CHECKING: "blue",
    State.RETURNED: "yellow",
    State.CHECKED: "green",
    State.WITHDRAWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One criterion on one path, ready to draw; `judged` are the records on it, newest first."""

    finding: Finding
    value: str
    threshold: str
    gap: str
    figures: list[str]
    files: list[EvidenceFile]
    judged: list[JudgementRecord]
    can_judge: bool


def verdicts(application: Application, result: PathResult, actor: Actor) -> list[Verdict]:
    """All criteria of one path, in the order of the plan."""
    may_judge = actor.may(Permission.APPLICATION_JUDGE) and application.state == State.CHECKED
    fields = {field.code: field for field in fields_of(application)}
    return [_verdict(application, finding, may_judge, fields) for finding in result.findings]


def _verdict(application: Application, finding: Finding, may_judge: bool, fields: Mapping[str, Field]) -> Verdict:
    code = finding.criterion.code
    by_person = finding.criterion.check in JUDGED
    return Verdict(
        finding=finding,
        value=_value(finding),
        threshold=f"{_amount(finding.threshold, finding.unit)}以上" if _is_least(finding) else _limit(finding),
        gap="" if finding.outcome is Outcome.MET else finding.message,
        figures=[_figure(fields[name], value) for name, value in (finding.figures or {}).items() if name in fields],
        files=[file for file in present_files(application) if file.criterion == code],
        judged=[row for row in reversed(application.judgements.all()) if row.criterion == code],
        can_judge=may_judge and by_person and bool(finding.evidence),
    )


def _is_least(finding: Finding) -> bool:
    return finding.threshold is not None and finding.criterion.check is not CheckName.COUNTY


def _limit(finding: Finding) -> str:
    if finding.threshold is not None:
        return f"原则上 {_amount(finding.threshold, finding.unit)}内"
    return "" if finding.outcome is Outcome.UNDETERMINED else "材料和判断"


def _value(finding: Finding) -> str:
    """What was reported: a figure, names, or that there is material."""
    value = finding.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, Decimal | int):
        return _amount(value, finding.unit)
    if value is None and finding.evidence and finding.criterion.check in JUDGED:
        return "已附材料"
    return str(value) if value else ""


def _figure(field: Field, value: Decimal | int | None) -> str:
    text = "未报" if value is None else _amount(value, field.unit)
    return f"{field.label}:{text}"


def _amount(value: Decimal | int | None, unit: str | None) -> str:
    if value is None:
        return ""
    return wan_text(Decimal(value)) if unit == "万元" else f"{plain(value)} {unit or ''}".strip()


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, and where the filler can do something about it."""

    need: Need
    url: str


def gaps(application: Application, result: CheckResult, may_fill: bool) -> tuple[list[Gap], list[Gap]]:
    """What the applicant has to do, and what waits for others (judgements, decisions)."""
    places = field_places(application) if may_fill else {}
    found = [Gap(need, places.get(need.field, "")) for need in result.missing]
    ours = [gap for gap in found if NEED_RANK[gap.need.kind] != AWAITED]
    return ours, [gap for gap in found if NEED_RANK[gap.need.kind] == AWAITED]


def field_places(application: Application) -> dict[str, str]:
    """Address of each field in the short pages of the form."""
    return {
        field.code: f"{reverse('certification:section', args=[application.pk, number])}#id_{field.code}"
        for number, (_, fields) in enumerate(sections(fields_of(application)), start=1)
        for field in fields
    }


ORDER = ((State.DRAFT, "填报"), (State.CHECKING, "县(区)审核"), (State.CHECKED, "办公室判断"))


def _day(at: datetime.datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d}" if at else ""


def steps(application: Application, result: CheckResult) -> list[dict[str, str]]:
    """The way of a pre-check with dates and persons, for the step bar."""
    at = (application.submitted_at, application.checked_at, None)
    who = (application.submitted_by, application.checked_by, None)
    now = State.DRAFT if application.state in {State.RETURNED, State.WITHDRAWN} else State(application.state)
    place = [state for state, _ in ORDER].index(now)
    if now is State.CHECKED and not _awaits_office(result):
        place = len(ORDER)
    found = []
    for number, (_, label) in enumerate(ORDER):
        drawn = "done" if number < place else "current" if number == place else "todo"
        person = who[number]
        past = number < place
        found.append(
            {
                "label": label,
                "state": drawn,
                "date": _day(at[number]) if past else "",
                "note": person.name if past and person else "",
            }
        )
    if application.state in {State.RETURNED, State.WITHDRAWN}:
        found[0]["note"] = application.get_state_display()
    return found


def _awaits_office(result: CheckResult) -> bool:
    return any(NEED_RANK[need.kind] == AWAITED for path in result.paths.values() for need in path.missing)


def ball(application: Application, result: CheckResult) -> dict[str, str]:
    """Who has to act now, since when, and what the next step is; empty where nobody has to."""
    unit = application.unit.name
    table = {
        State.DRAFT: (f"{unit}(填报)", application.changed_at, "填完后看一遍,提交审核"),
        State.RETURNED: (f"{unit}(填报)", application.returned_at, "按退回理由修改后重新提交"),
        State.CHECKING: (f"{unit}(审核)", application.submitted_at, "由填报人以外的审核人审核,或写明理由退回"),
        State.CHECKED: ("领导小组办公室", application.checked_at, "对需要判断的条件逐项作出判断"),
    }
    state = State(application.state)
    if state not in table or (state is State.CHECKED and not _awaits_office(result)):
        return {"unit": "", "since": "", "next": ""}
    who, since, following = table[state]
    return {"unit": who, "since": _day(since), "next": following}


def moves(application: Application, actor: Actor) -> list[dict[str, Any]]:
    """Moves that the actor's role has here, each with the reasons why not now."""
    return [
        {
            "move": move,
            "refusals": refusals(application=application, move=move.code, by=actor, asking=True),
            "url": reverse("certification:move", args=[application.pk, move.code]),
        }
        for move in WORKFLOW.moves
        if application.state in move.sources and actor.may(move.permission)
    ]


def history(application: Application, limit: int = 200) -> list[dict[str, str]]:
    """What happened, newest first, from the log; saves of one person on one day are one line."""
    rows = Event.objects.filter(object_type="certification.application", object_id=str(application.pk))
    labels = {field.code: field.label for field in fields_of(application)}
    found: list[tuple[tuple[object, ...], dict[str, str], list[str]]] = []
    for row in rows.order_by("-seq")[:limit]:
        day = timezone.localdate(row.at)
        key = (row.action, row.actor_id, day)
        names = [labels[code] for code in row.after if code in labels] if row.action == "application.save" else []
        if names and found and found[-1][0] == key:
            found[-1][2].extend(name for name in names if name not in found[-1][2])
            continue
        who = f"{row.actor_name} {row.actor_unit}".strip()
        at = f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}"
        found.append((key, {"at": at, "what": action_label(row.action), "who": who, "detail": _detail(row)}, names))
    return [{**line, "detail": _changed(names) or line["detail"]} for _, line, names in found]


def _changed(names: list[str]) -> str:
    more = f"等 {len(names)} 项" if len(names) > 4 else ""
    return f"改动:{'、'.join(names[:4])}{more}" if names else ""


def _detail(row: Event) -> str:
    """Reason, with the file or the judgement it is about."""
    about = row.after.get("name") or row.before.get("name") or ""
    outcome = {"met": "满足", "unmet": "不满足"}.get(str(row.after.get("outcome", "")), "")
    return ":".join(part for part in (str(about) or outcome, row.reason) if part)


def in_words(application: Application, raw: Mapping[str, object]) -> list[tuple[Field, str]]:
    """All answers in words, in the order of the form."""
    return [(field, words(field, raw.get(field.code))) for field in fields_of(application)]


def is_material(field: Field) -> bool:
    """True for a field that files can prove."""
    return field.kind is FieldKind.LONG_TEXT and field.code.startswith("evidence_")
