"""A result from a snapshot, kept whole and by the town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from spectown.core.evaluation.snapshot import Correction
from spectown.core.evaluation.year import Year, year_of
from spectown.evaluation.models import Evaluation, Result, ResultRow
from spectown.evaluation.standing import snapshot_row, taken
from spectown.organisations.actors import Actor


def compute(evaluation: Evaluation, stage: str, corrections: Sequence[Correction], by: Actor) -> Result:
    """Work out and keep. Raises Unusable."""
    row = snapshot_row(evaluation)
    year = year_of(taken(row).corrected(corrections), row.rules)
    result = Result.objects.create(
        snapshot=row,
        stage=stage,
        round=evaluation.round,
        content=year.plain(),
        corrections=[_plain(each) for each in corrections],
        made_by_id=by.person,
    )
    people = {each.name: each for each in row.participants.all()}
    gains = {each.name: each for each in year.ahead}
    ResultRow.objects.bulk_create(
        ResultRow(result=result, participant=people[each["name"]], **_columns(each, year, gains))
        for each in result.content["board"]["rows"]
    )
    return result


def _plain(correction: Correction) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(correction).items()}


def _columns(row: Mapping[str, Any], year: Year, gains: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: row[name] for name in ("rank", "rank_low", "rank_high", "coverage", "band", "why")}
    score, gain = row["score"], gains[row["name"]]
    found |= {"score": None if score is None else Decimal(str(score)), "gain": gain.gain, "gain_rank": gain.rank}
    return found | {"peer_rank": year.peers.get(row["name"], ("", None))[1]}
