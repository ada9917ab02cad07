"""Towns that a published result says to supervise, as what calls for notices (触发情形:年度评价)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping

from spectown.core.evaluation.consequences import GOOD, LABELS, Call
from spectown.core.evaluation.sentences import sentences
from spectown.core.evaluation.sharing import suffix_of
from spectown.core.supervision.triggers import Evidence, Matter
from spectown.evaluation.models import Evaluation, Participant, Publication, Result
from spectown.evaluation.papers import lists_of, reason_of
from spectown.evaluation.shown import parts_by_town
from spectown.evaluation.standing import calls_of, decisions_of, taken

TRIGGER = "evaluation"


def evaluation_matters(on: datetime.date) -> list[Matter]:
    """Of each scheme what was published last, of a town only the last of those that it took part in; none while that is
    corrected. One occasion a town and year over all editions."""
    told: set[int] = set()
    found: list[Matter] = []
    for evaluation, edition in _latest():
        people = {each.name: each for each in edition.result.snapshot.participants.all()}
        fresh = {name for name, each in people.items() if each.town_id not in told}
        told |= {each.town_id for each in people.values()}
        found += [] if evaluation.is_corrected else _matters(evaluation, edition.result, people, fresh)
    return found


def _latest() -> list[tuple[Evaluation, Publication]]:
    """The last published one of each scheme, the newest year first."""
    found: dict[str, Evaluation] = {}
    for evaluation in Evaluation.objects.published().order_by("-year", "pk"):
        found.setdefault(evaluation.code, evaluation)
    return [(each, each.edition) for each in found.values() if each.edition is not None]


def _matters(
    evaluation: Evaluation, result: Result, people: Mapping[str, Participant], fresh: Collection[str]
) -> list[Matter]:
    """`fresh`: names of the towns that no newer result tells of."""
    _, supervised = lists_of(result)
    since = evaluation.publications.order_by("number")[0].made_at.date()
    keys = _keys(evaluation)
    return [_matter(evaluation, result, people[town], keys, since) for town in supervised if town in fresh]


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
        said=f"{evaluation.year}年度评估{suffix_of(result.snapshot.scheme)}:" + ";".join(call.said for call in calls),
        since=since,
        evidence=tuple(_proofs(evaluation, result, person, calls)),
        town=person.town_id,
    )


def _proofs(evaluation: Evaluation, result: Result, person: Participant, calls: list[Call]) -> list[Evidence]:
    link, source = f"evaluation:{person.pk}", f"{evaluation.year}年度评估结果{suffix_of(result.snapshot.scheme)}"
    found = [Evidence(LABELS[call.line], _line_of(result, call), call.said, source, link) for call in calls]
    made = [row for (town, line), row in decisions_of(result).items() if town == person.name and line not in GOOD]
    found += [
        Evidence(f"{LABELS[row.line]}:临界区间的决定", "", f"{row.person}决定督办:{reason_of(row)}", source, link)
        for row in made
        if row.applies
    ]
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
