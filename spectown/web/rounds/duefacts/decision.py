"""Facts of the documents of a decision: refusal, publicity, certification, certificate, letter to the province."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spectown.core.certification.outcomes import Outcome
from spectown.core.certification.result import Finding
from spectown.rounds.facts import Facts
from spectown.rounds.models import DueDocument, Objection, PublicityEntry, Title
from spectown.web.rounds.duefacts.parts import decision_of, row_of, sent_number, town_of

NO_LISTED_CRITERION = "领导小组审定"


def refusal(due: DueDocument) -> dict[str, Any]:
    """Every criterion that the pre-check calls unmet or without data, then the reasons of the decision itself."""
    result = Facts(due.case).result
    path = result.paths[result.nearest]
    lacking = [each for each in path.findings if each.outcome in (Outcome.UNMET, Outcome.MISSING)]
    decision = decision_of(due.case)
    given = [
        {"clause": "四(一)", "criterion": NO_LISTED_CRITERION, "demanded": "按批次规则审定", "reason": reason}
        for reason in (decision.decided_reasons if decision else ())
    ]
    return {"path": path.rule.label, "failed": [*map(_failed, lacking), *given]}


def _failed(finding: Finding) -> dict[str, Any]:
    limit = f"{finding.threshold.normalize():f}{finding.unit or ''}以上" if finding.threshold is not None else ""
    value = "" if finding.value is None else f"{finding.value}{finding.unit or ''}"
    found = {"found": value} if value else {}
    demanded = limit or finding.quote
    return {
        "clause": finding.clause,
        "criterion": finding.criterion.title,
        "demanded": demanded,
        "reason": finding.message,
        **found,
    }


def publicity(dues: Sequence[DueDocument]) -> dict[str, Any]:
    """All towns of the publicity, its days, and how to object."""
    entry, round_ = _entry(dues[0]), dues[0].case.round
    moves = {move for due in dues for move in due.case.steps.values_list("move", flat=True)}
    done = [("start_review", "专家评审"), ("end_visit", "实地核查")]
    way = ["经县(区)申报、受理审查", *(label for move, label in done if move in moves), "领导小组审定"]
    facts = {"subject": f"{round_.name}拟认定名单", "process": "、".join(way), "towns": [_shown(d) for d in dues]}
    return facts | (_days(entry) | {"workdays": entry.publicity.days, "address": entry.publicity.contact})


def _shown(due: DueDocument) -> dict[str, Any]:
    """A town as the publicity lists it, without its category."""
    return {name: value for name, value in row_of(due.case).items() if name != "category"}


def _entry(due: DueDocument) -> PublicityEntry:
    """The case in its publicity, the newest first; a publicity is drafted or certified only where there is one."""
    return due.case.publicity_entries.select_related("publicity").latest("pk")


def _days(entry: PublicityEntry) -> dict[str, Any]:
    return {"first_day": entry.publicity.starts, "last_day": entry.publicity.ends}


def certification(dues: Sequence[DueDocument]) -> dict[str, Any]:
    """All towns certified together, what came of their publicity, until when."""
    cases = [due.case_id for due in dues]
    raised = Objection.objects.filter(entry__case__in=cases)
    upheld = raised.filter(state="upheld").count()
    title = Title.objects.filter(case__in=cases).order_by("pk").first()
    facts: dict[str, Any] = {"objections": raised.count(), "towns": [row_of(due.case) for due in dues]}
    if raised.exists():
        facts["outcome"] = f"经核实,成立{upheld}件,均已依规处理" if upheld else "经核实均不成立"
    if title and title.valid_to:
        facts["valid_until"] = title.valid_to
    return facts | {"year": dues[0].step.on.year} | _days(_entry(dues[0]))


def certificate(due: DueDocument) -> dict[str, Any]:
    """Number and validity of the title; the number of the notice where it was issued."""
    title = Title.objects.filter(case=due.case).order_by("pk").last()
    notice = due.case.due_documents.filter(kind="certification_notice", document__isnull=False).first()
    basis = notice.document.number if notice and notice.document else ""
    facts: dict[str, Any] = {"holder": due.case.unit.name, "year": due.step.on.year} | (
        {"basis": basis} if basis else {}
    )
    if title:
        facts |= {"certificate_number": title.number} | ({"valid_until": title.valid_to} if title.valid_to else {})
    return facts


def recommendation(dues: Sequence[DueDocument]) -> dict[str, Any]:
    """All towns that go to the province, with the figures that were sent."""
    return {"year": dues[0].step.on.year, "towns": [_recommended(due) for due in dues]}


def _recommended(due: DueDocument) -> dict[str, Any]:
    case, decision = due.case, decision_of(due.case)
    figures = {"output": sent_number(case, "output_wan"), "leaders": sent_number(case, "leading_enterprises")}
    known = {name: int(value) if name == "leaders" else value for name, value in figures.items() if value is not None}
    reason = "".join(decision.decided_reasons) if decision else ""
    plain = {"town": town_of(case), "county": case.unit.name, "industry": case.application.leading_industry}
    return {**plain, **known, "reason": reason}
