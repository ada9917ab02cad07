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
from spectown.core.evaluation.snapshot import Snapshot
from spectown.core.evaluation.tabulating import table_of
from spectown.core.evaluation.verifying import corrections_of
from spectown.core.evaluation.yearscheme import YearScheme
from spectown.evaluation.gathering import gather
from spectown.evaluation.models import Evaluation
from spectown.evaluation.standing import replies_json, replies_of, result_row, taken


@dataclass(frozen=True, slots=True)
class Ground:
    """Figures to try a scheme on; `frozen`: of a freeze, else as they stand now; `fresh`: not frozen ones."""

    year: int
    snapshot: Snapshot
    frozen: bool
    fresh: tuple[str, ...]


def ground_for(*entries: Mapping[str, Any]) -> Ground:
    """The newest freeze, with what these schemes (as written) need beyond it as it stands now."""
    wanted = list(dict.fromkeys(place.code for entry in entries for place in places(entry) if place.is_leaf))
    newest = Evaluation.objects.filter(snapshots__isnull=False).order_by("-year").first()
    if newest is None:
        year = timezone.localdate().year - 1
        return Ground(year, _now(Evaluation(year=year, scheme=_flat(entries[0], wanted))), frozen=False, fresh=())
    snapshot = _frozen(newest)
    known = {figure.column for figure in snapshot.figures}
    fresh = tuple(code for code in wanted if code not in known)
    return Ground(newest.year, _more(snapshot, newest, fresh), frozen=True, fresh=fresh)


def _frozen(evaluation: Evaluation) -> Snapshot:
    row = evaluation.snapshots.order_by("-number")[0]
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
