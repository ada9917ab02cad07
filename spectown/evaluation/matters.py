"""Towns that a published result says to supervise, as what calls for notices (触发情形:年度评价)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from spectown.core.evaluation.consequences import GOOD, LABELS, Call
from spectown.core.evaluation.sentences import sentences
from spectown.core.supervision.triggers import Evidence, Matter
from spectown.evaluation.models import Evaluation, Participant, Result
from spectown.evaluation.papers import lists_of
from spectown.evaluation.shown import parts_by_town
from spectown.evaluation.standing import calls_of, decisions_of, taken

TRIGGER = "evaluation"


def evaluation_matters(on: datetime.date) -> list[Matter]:
    """Of the latest published year, none while it is corrected. One occasion a town and year over all editions."""
    evaluation = Evaluation.objects.published().order_by("-year").first()
    if evaluation is None or evaluation.edition is None or evaluation.is_corrected:
        return []
    result = evaluation.edition.result
    _, supervised = lists_of(result)
    people = {each.name: each for each in result.snapshot.participants.all()}
    since = evaluation.publications.order_by("number")[0].made_at.date()
    keys = _keys(evaluation)
    return [_matter(evaluation, result, people[town], keys, since) for town in supervised]


def _keys(evaluation: Evaluation) -> Mapping[int, str]:
    """One key a town, the same for every freeze of the year: that of its first participation."""
    rows = Participant.objects.filter(snapshot__evaluation=evaluation).order_by("-pk").values_list("town_id", "pk")
    return {town: f"evaluation:{pk}" for town, pk in rows}


def _matter(
    evaluation: Evaluation, result: Result, person: Participant, keys: Mapping[int, str], since: datetime.date
) -> Matter:
    rulings = {key: row.applies for key, row in decisions_of(result).items()}
    bad = [c for c in calls_of(result) if c.town == person.name and c.line not in GOOD]
    calls = [c for c in bad if not c.critical or rulings.get((c.town, c.line))]
    words = "、".join(dict.fromkeys(LABELS[call.line] for call in calls))
    return Matter(
        trigger=TRIGGER,
        key=keys[person.town_id],
        title=f"{person.name}{evaluation.year}年度{words}"[:200],
        unit=person.unit_id,
        said=f"{evaluation.year}年度评估:" + ";".join(call.said for call in calls),
        since=since,
        evidence=tuple(_proofs(evaluation, result, person, calls)),
        town=person.town_id,
    )


def _proofs(evaluation: Evaluation, result: Result, person: Participant, calls: list[Call]) -> list[Evidence]:
    link, source = f"evaluation:{person.pk}", f"{evaluation.year}年度评估结果"
    found = [Evidence(LABELS[call.line], _line_of(result, call), call.said, source, link) for call in calls]
    said = sentences(person.name, parts_by_town(result), result.snapshot.rules.scheme, taken(result.snapshot).meanings)
    return found + [Evidence(each.code, "", each.text.rstrip("。"), source, link) for each in said if not each.good]


def _line_of(result: Result, call: Call) -> str:
    rules = result.snapshot.rules.consequences
    if call.line == "slow" and rules.slow:
        return f"不低于 {rules.slow.below:g}"
    if call.line == "supervise":
        line = rules.supervise
        return f"不在后 {line.share:.0%}" if line.share is not None else f"不低于 {line.score:g} 分"
    return "没有否决事项"
