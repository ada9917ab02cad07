"""Papers of a published result, drafted from its figures: 年度评估报告, 表扬通报. Nothing is issued here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from spectown.core.documentkinds.model import Kind
from spectown.core.evaluation.consequences import GOOD, LABELS, Call, outcome
from spectown.core.evaluation.drawing import cut
from spectown.core.evaluation.lifecycle import ANSWERED
from spectown.core.evaluation.sentences import sentences
from spectown.core.evaluation.yearscheme import YearScheme
from spectown.documents import services as documents
from spectown.documents.kinds import current_kinds
from spectown.evaluation.models import Decision, Evaluation, Participant, Result, ResultRow
from spectown.evaluation.shown import parts_by_town
from spectown.evaluation.standing import calls_of, decisions_of, replies_of, result_row, taken
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor


def draft_papers(evaluation: Evaluation, by: Actor) -> None:
    """Draft what the plan has kinds for; a 表扬通报 only where somebody is commended."""
    result = result_row(evaluation, "final")
    if result is None:
        raise Refused("还没有终算结果。")
    kinds = current_kinds()
    if "evaluation_report" in kinds:
        facts = _known(kinds["evaluation_report"], report_facts(evaluation, result))
        evaluation.report = documents.draft(kind="evaluation_report", facts=facts, by=by, about=[evaluation])
    praise = commendation_facts(evaluation, result)
    if "commendation" in kinds and praise["praised"]:
        facts = _known(kinds["commendation"], praise)
        evaluation.commendation = documents.draft(kind="commendation", facts=facts, by=by, about=[evaluation])


def _known(kind: Kind, facts: dict[str, Any]) -> dict[str, Any]:
    """A kind of before there were schemes of categories does not know `scope`."""
    known = {fact.name for fact in kind.facts}
    return {name: value for name, value in facts.items() if name != "scope" or name in known}


def lists_of(result: Result) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Towns that are commended, and those that are supervised, after the decisions."""
    rulings = {key: row.applies for key, row in decisions_of(result).items()}
    found = outcome(calls_of(result), rulings)
    return found.commended, found.supervised


def commendation_facts(evaluation: Evaluation, result: Result) -> dict[str, Any]:
    """Whom, and for what: every word from a figure."""
    commended, _ = lists_of(result)
    people, calls = _people(result), calls_of(result)
    parts, snapshot = parts_by_town(result), taken(result.snapshot)
    praised = []
    for town in commended:
        said = sentences(town, parts, result.snapshot.rules.scheme, snapshot.meanings)
        merit = "、".join(LABELS[call.line] for call in calls if call.town == town and call.line in GOOD)
        best = next((each.text.rstrip("。") for each in said if each.good), "")
        text = f"在年度评估中{merit}" + (f",{best}" if best else "")
        praised.append({"unit": people[town].unit_name or town, "town": town, "merit": text})
    return {**_heading(evaluation, result), "praised": praised}


def report_facts(evaluation: Evaluation, result: Result) -> dict[str, Any]:
    """What the report says."""
    rows = list(result.rows.select_related("participant").order_by("rank", "pk"))
    calls, decisions = calls_of(result), decisions_of(result)
    return {
        **_heading(evaluation, result),
        "method": _method(result.snapshot.rules),
        "cut": _cut(result.snapshot.rules, rows),
        "results": [_line(row) for row in rows],
        "critical": list(dict.fromkeys(call.town for call in calls if call.critical)),
        "unscored": _unscored(rows),
        "findings": _findings(rows, result),
        "objections": _objections(evaluation, rows),
        "advice": _advice(result, calls, decisions),
    }


def _heading(evaluation: Evaluation, result: Result) -> dict[str, Any]:
    """Year and, where it is not the general scheme, of which towns."""
    label = result.snapshot.rules.label
    return {"year": evaluation.year} | ({"scope": label} if label else {})


def _people(result: Result) -> Mapping[str, Participant]:
    return {each.name: each for each in result.snapshot.participants.all()}


def _method(rules: YearScheme) -> str:
    scheme, drawn = rules.scheme, rules.scheme.robustness
    fields = [child.code for child in scheme.root.children]
    return (
        f"按照《{rules.name}》,从{'、'.join(fields)}共 {len(fields)} 个方面、"
        f"{len(scheme.indicators)} 项指标评估,数据由来源单位核定或由清单得出,冻结后反馈各县(区)核对。"
        f"得分按公布的权重计算;权重、标准化办法、缺数处理、核定数与填报数作合理变动,重复计算 {drawn.draws} 次"
        f"(种子 {drawn.seed}),得到每个镇的名次区间(5% 至 95%)。"
        "名次区间跨过界线的镇为临界,不据名次下结论,由审定人逐镇决定。"
    )


def _cut(rules: YearScheme, rows: Sequence[ResultRow]) -> float:
    """The best score behind the line of 督办; 0 where nobody stands there."""
    ranked = [row for row in rows if row.rank is not None]
    line = rules.consequences.supervise
    if line.score is not None or not ranked:
        return line.score or 0.0
    behind = cut(line.share or 0, len(ranked))
    return max(float(row.score or 0) for row in ranked[len(ranked) - behind :])


def _line(row: ResultRow) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "town": row.participant.name,
        "county": row.participant.unit_name or "未定",
        "score": None if row.score is None else float(row.score),
        "low": row.rank_low,
        "high": row.rank_high,
        "grade": row.band or row.why or None,
    }


def _unscored(rows: Sequence[ResultRow]) -> str | None:
    left = [f"{row.participant.name}{row.why}" for row in rows if row.rank is None]
    return f"{'、'.join(left)},未列名次" if left else None


def _findings(rows: Sequence[ResultRow], result: Result) -> list[str]:
    scores = [float(row.score) for row in rows if row.score is not None]
    if not scores:
        return ["没有专业镇达到评分所需的数据"]
    span = f"最高 {max(scores):.2f} 分,最低 {min(scores):.2f} 分"
    found = [f"评分的 {len(scores)} 个专业镇平均 {sum(scores) / len(scores):.2f} 分,{span}"]
    if ahead := [row for row in rows if row.gain is not None and row.gain > 0]:
        best = min(ahead, key=lambda row: row.gain_rank or 0)
        told = f"进步最大的是{best.participant.name}({float(best.gain or 0):.2f} 分)"
        found.append(f"比上年进步的有 {len(ahead)} 个,{told}")
    if means := _means(result):
        low, high = min(means, key=lambda code: means[code]), max(means, key=lambda code: means[code])
        found.append(f"各方面平均得分最高的是{high}({means[high]:.1f} 分),最低的是{low}({means[low]:.1f} 分)")
    return found


def _means(result: Result) -> dict[str, float]:
    dimensions = [child.code for child in result.snapshot.rules.scheme.root.children]
    parts = parts_by_town(result)
    values = {
        code: [v for p in parts.values() if (v := p.get(code, {}).get("value")) is not None] for code in dimensions
    }
    return {code: sum(found) / len(found) for code, found in values.items() if found}


def _objections(evaluation: Evaluation, rows: Sequence[ResultRow]) -> str:
    replies = [each for each in replies_of(evaluation) if each.state in ANSWERED]
    accepted = sum(1 for each in replies if each.state == "accepted")
    first = result_row(evaluation, "first")
    before = dict(first.rows.values_list("participant_id", "rank")) if first else {}
    moved = sum(1 for row in rows if before.get(row.participant_id, row.rank) != row.rank)
    return f"初算结果反馈各县(区),收到意见 {len(replies)} 件,采纳 {accepted} 件,更正后名次有变动的专业镇 {moved} 个"


def _advice(result: Result, calls: Sequence[Call], decisions: Mapping[tuple[str, str], Decision]) -> list[str]:
    commended, supervised = lists_of(result)
    advice = [f"对{town}的建设主体予以表扬{_decided(town, decisions, GOOD)}" for town in commended]
    bad = LABELS.keys() - GOOD
    advice += [f"对{town}发出督办通知书,限期整改{_decided(town, decisions, bad)}" for town in supervised]
    for (town, line), row in decisions.items():
        if not row.applies:
            what = "表扬" if line in GOOD else "督办"
            advice.append(f"{town}在“{LABELS[line]}”的临界区间,经{row.person}决定不予{what}:{reason_of(row)}")
    return advice or ["本年度没有需要表扬或督办的专业镇"]


def _decided(town: str, decisions: Mapping[tuple[str, str], Decision], lines: Collection[str]) -> str:
    """Behind a town that stands on a list by a decision: who decided, and why."""
    found = [row for (name, line), row in decisions.items() if name == town and line in lines and row.applies]
    return "".join(f"({LABELS[row.line]}在临界区间,经{row.person}决定:{reason_of(row)})" for row in found)


def reason_of(row: Decision) -> str:
    """Within a sentence."""
    return " ".join(row.reason.split()).rstrip("。;")
