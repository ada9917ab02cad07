"""Facts of the documents of a recheck: notice, supervision notice with the rectification, withdrawal of the title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from spectown.rounds.enums import GOOD, NoteKind
from spectown.rounds.facts import Facts
from spectown.rounds.items import labels_of
from spectown.rounds.models import Case, DueDocument, RecheckSample, Title
from spectown.web.rounds.duefacts.parts import decision_of, term_of, town_of

PHASES = {
    "no_report": "逾期没有报送自查材料",
    "lapse": "逾期没有补正",
    "second": "第一阶段核查发现问题",
}


def notice(dues: Sequence[DueDocument]) -> dict[str, Any]:
    """Whoever is called, until when to report, how they were chosen; for the formal phase why, until when to speak."""
    first = dues[0]
    facts: dict[str, Any] = {"year": first.step.on.year, "towns": [_called(due.case) for due in dues]}
    if first.step.move in PHASES:
        term = term_of(first)
        why = f"{PHASES[first.step.move]},转入正式复核:{first.step.reason}"
        return facts | {"choice": why} | ({"deadline": term["due"]} if term else {})
    facts["deadline"] = first.case.rules.rules.window.closes
    made = RecheckSample.objects.filter(round=first.case.round_id).order_by("pk").last()
    return facts | (_sample(made) if made else {})


def _called(case: Case) -> dict[str, Any]:
    title = _title(case)
    known = {"certified_on": title.granted_on} if title else {}
    basis = {"basis": title.record.document} if title and title.record else {}
    return {"town": town_of(case), "county": case.unit.name, **known, **basis}


def _title(case: Case) -> Title | None:
    return Title.objects.filter(town=case.town_id, level="city").select_related("record").order_by("pk").last()


def _sample(made: RecheckSample) -> dict[str, Any]:
    result = made.result
    said = (
        f"有效期将满的全部复核,其余按{result['share']}%的比例分县(区)随机抽取,每县(区)至少1个。"
        f"随机种子为“{made.seed}”({result['source']})。候选按“种子、recheck 空格县(区)名、证书编号”三行文字的"
        "SHA-256由小到大排列,取前列,任何人可以复算;候选名单见附件。"
    )
    drawn = {number for numbers in result["drawn"].values() for number in numbers}
    rows = [
        {
            "county": county,
            "town": result["names"].get(number, number),
            "number": number,
            "result": "抽中" if number in drawn else "未抽中",
        }
        for county, numbers in result["candidates"].items()
        for number in numbers
    ]
    return {"choice": said, "candidates": rows}


def supervision(due: DueDocument) -> dict[str, Any]:
    """The decision's reasons as demands, every item at fault as a problem, the last day of the rectification."""
    case, decision, term = due.case, decision_of(due.case), term_of(due)
    facts, labels = Facts(case), labels_of(case, case.rules.rules)
    bad = [v for v in facts.verdicts.values() if v.verdict not in GOOD]
    reasons = list(decision.decided_reasons) if decision else []
    problems = [{"matter": labels.get(v.item, v.item), "detail": v.note} for v in bad]
    meeting = f"经{decision.meeting}研究," if decision and decision.meeting else ""
    found: dict[str, Any] = {
        "subject": f"{town_of(case)}复核发现问题限期整改",
        "trigger": f"{case.round.name}中发现{town_of(case)}存在下列问题,{meeting}责令限期整改",
        "problems": problems or [{"matter": "复核意见", "detail": reason} for reason in reasons],
        "demands": [{"demand": reason, **term} for reason in reasons],
    }
    return found | ({"report_due": term["due"]} if term else {})


def withdrawal(due: DueDocument) -> dict[str, Any]:
    """Facts, hearing, meeting and the term of the appeal, as they are recorded."""
    case, decision, title = due.case, decision_of(due.case), _title(due.case)
    heard = case.notes.filter(kind=NoteKind.STATEMENT).order_by("pk").last()
    evidence = f"{case.round.name}第{decision.version.number}版自查材料和核查记录" if decision else ""
    found: dict[str, Any] = {
        "holder": case.unit.name,
        "findings": [
            {"finding": r.rstrip("。"), "evidence": evidence} for r in (decision.decided_reasons if decision else ())
        ],
        "effective_on": due.step.on,
        "review_days": case.rules.rules.terms["appeal"],
    }
    if decision:
        found["decided_by"] = decision.meeting
    if title and title.record:
        found["certified_by"] = title.record.document
    if heard:
        found |= {"heard_on": timezone.localdate(heard.made_at), "heard": heard.text.rstrip("。")}
    return found
