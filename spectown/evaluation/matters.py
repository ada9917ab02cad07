"""Towns that a published result says to supervise, as what calls for notices (触发情形:年度评价)."""

from __future__ import annotations

import datetime

from spectown.core.evaluation.consequences import GOOD, LABELS, Call
from spectown.core.evaluation.lifecycle import PUBLIC_STATES
from spectown.core.evaluation.sentences import sentences
from spectown.core.supervision.triggers import Evidence, Matter
from spectown.evaluation.models import Evaluation, Participant, Result
from spectown.evaluation.papers import lists_of
from spectown.evaluation.shown import parts_by_town
from spectown.evaluation.standing import calls_of, decisions_of, result_row, taken

TRIGGER = "evaluation"


def evaluation_matters(on: datetime.date) -> list[Matter]:
    """Of the latest published year. Its trigger is one occasion a town and year, whatever is published anew."""
    evaluation = Evaluation.objects.published().order_by("-year").first()
    result = result_row(evaluation, "final") if evaluation else None
    if evaluation is None or result is None:
        return []
    _, supervised = lists_of(result)
    people = {each.name: each for each in result.snapshot.participants.all()}
    step = evaluation.steps.filter(state__in=PUBLIC_STATES).order_by("pk").values_list("made_at", flat=True).first()
    since = step.date() if step else evaluation.since
    return [_matter(evaluation, result, people[town], since) for town in supervised]


def _matter(evaluation: Evaluation, result: Result, person: Participant, since: datetime.date) -> Matter:
    rulings = {key: row.applies for key, row in decisions_of(result).items()}
    bad = [c for c in calls_of(result) if c.town == person.name and c.line not in GOOD]
    calls = [c for c in bad if not c.critical or rulings.get((c.town, c.line))]
    words = "、".join(dict.fromkeys(LABELS[call.line] for call in calls))
    return Matter(
        trigger=TRIGGER,
        key=f"evaluation:{person.pk}",
        title=f"{person.name}{evaluation.year}年度{words}"[:200],
        unit=person.unit_id,
        said=f"{evaluation.year}年度评估:" + ";".join(call.said for call in calls),
        since=since,
        evidence=tuple(_proofs(evaluation, result, person, calls)),
        town=person.town_id,
    )


def _proofs(evaluation: Evaluation, result: Result, person: Participant, calls: list[Call]) -> list[Evidence]:
    link, source = f"evaluation:{person.pk}", f"{evaluation.year}年度评估结果"
    found = [Evidence(LABELS[call.line], _line_of(evaluation, call), call.said, source, link) for call in calls]
    said = sentences(person.name, parts_by_town(result), evaluation.rules.scheme, taken(result.snapshot).meanings)
    return found + [Evidence(each.code, "", each.text.rstrip("。"), source, link) for each in said if not each.good]


def _line_of(evaluation: Evaluation, call: Call) -> str:
    rules = evaluation.rules.consequences
    if call.line == "slow" and rules.slow:
        return f"不低于 {rules.slow.below:g}"
    if call.line == "supervise":
        line = rules.supervise
        return f"不在后 {line.share:.0%}" if line.share is not None else f"不低于 {line.score:g} 分"
    return "没有否决事项"
