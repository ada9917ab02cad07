"""What a draft would make of the figures that were frozen last (试算): nothing of it is kept or official."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from spectown.core.evaluation.checkup import Remark, check_up, influence
from spectown.core.evaluation.drafting import places
from spectown.core.evaluation.evaluating import evaluate
from spectown.core.evaluation.sharing import code_of, holders, in_force
from spectown.core.evaluation.snapshot import Snapshot
from spectown.core.evaluation.tabulating import table_of
from spectown.core.evaluation.verifying import corrections_of
from spectown.core.evaluation.yearscheme import GENERAL, YearScheme
from spectown.evaluation.gathering import gather
from spectown.evaluation.models import Evaluation
from spectown.evaluation.schemes import entries
from spectown.evaluation.standing import replies_json, replies_of, result_row, snapshot_row, taken


@dataclass(frozen=True, slots=True)
class Ground:
    """Figures to try a scheme on; `frozen`: of a freeze, else as they stand now; `fresh`: not frozen ones."""

    year: int
    snapshot: Snapshot
    frozen: bool
    fresh: tuple[str, ...]


def ground_for(*tried: Mapping[str, Any]) -> Ground:
    """The newest freeze that has towns of the first of these schemes (as written), those of them alone, with what the
    schemes need beyond it as it stands now."""
    wanted = list(dict.fromkeys(place.code for entry in tried for place in places(entry) if place.is_leaf))
    newest = _newest(tried[0])
    if newest is None:
        year = timezone.localdate().year - 1
        flat = Evaluation(year=year, code=code_of(tried[0]), scheme=_flat(tried[0], wanted))
        return Ground(year, _now(flat), frozen=False, fresh=())
    snapshot = _own(_frozen(newest), tried[0])
    known = {figure.column for figure in snapshot.figures}
    fresh = tuple(code for code in wanted if code not in known)
    return Ground(newest.year, _more(snapshot, newest, fresh), frozen=True, fresh=fresh)


def _newest(entry: Mapping[str, Any]) -> Evaluation | None:
    """Frozen last by this scheme, or by the general one with towns of its categories."""
    rows = Evaluation.objects.filter(snapshots__isnull=False, code__in=(code_of(entry), GENERAL)).distinct()
    for each in sorted(rows, key=lambda row: (-row.year, row.code == GENERAL)):
        if _own(taken(snapshot_row(each)), entry).participants:
            return each
    return None


def _own(snapshot: Snapshot, entry: Mapping[str, Any]) -> Snapshot:
    """With the towns alone that the scheme would have in its first year."""
    holder = holders(in_force(entries(entry), int(entry["year"])))
    people = tuple(p for p in snapshot.participants if holder.get(p.category, GENERAL) == code_of(entry))
    towns = {each.code for each in people}
    figures = tuple(each for each in snapshot.figures if each.town in towns)
    items = tuple(each for each in snapshot.entries if each.town in towns)
    return replace(snapshot, participants=people, figures=figures, entries=items)


def _frozen(evaluation: Evaluation) -> Snapshot:
    row = snapshot_row(evaluation)
    final = result_row(evaluation, "final")
    snapshot = taken(row)
    return snapshot.corrected(corrections_of(replies_json(replies_of(evaluation)))) if final else snapshot


def _more(snapshot: Snapshot, evaluation: Evaluation, fresh: tuple[str, ...]) -> Snapshot:
    if not fresh:
        return snapshot
    wider = copy(evaluation)
    wider.scheme = _flat(evaluation.scheme, fresh)
    now = _now(wider)
    taking = {each.code for each in snapshot.participants}
    figures = (*snapshot.figures, *(each for each in now.figures if each.town in taking))
    return replace(snapshot, figures=figures, meanings={**now.meanings, **snapshot.meanings})


def _flat(entry: Mapping[str, Any], codes: Sequence[str]) -> dict[str, Any]:
    """An entry whose only use is to say which figures are wanted."""
    rules = {name: line for name, line in entry["consequences"].items() if name != "slow"}
    return {**entry, "scheme": {"children": [{"code": code} for code in codes]}, "consequences": rules}


def _now(evaluation: Evaluation) -> Snapshot:
    return gather(evaluation, datetime.date(evaluation.year, 12, 31)).snapshot


@dataclass(frozen=True, slots=True)
class Looked:
    """The check-up: remarks with names, and for each indicator its nominal and its real weight."""

    remarks: list[Remark]
    weights: list[tuple[str, float, float]]


def looked_at(scheme: YearScheme, snapshot: Snapshot) -> Looked:
    """Check a scheme on figures. Raises Unusable."""
    table = table_of(snapshot, scheme)
    boards = evaluate(table, scheme.scheme, robust=False)
    found = [named(remark, snapshot) for remark in check_up(scheme.scheme, table, boards)]
    weights = [
        (snapshot.meanings[code].name if code in snapshot.meanings else code, *pair)
        for code, pair in influence(scheme.scheme, boards).items()
    ]
    return Looked(found, weights)


def named(remark: Remark, snapshot: Snapshot) -> Remark:
    """With names in place of codes."""
    text = remark.text
    for code in remark.about.split("/"):
        if code in snapshot.meanings:
            text = text.replace(f"“{code}”", f"“{snapshot.meanings[code].name}”")
    return replace(remark, text=text.replace("“total”", "“总分”"))
