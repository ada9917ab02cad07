"""Editions that were made public and all results that ever counted, each with what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from spectown.evaluation.models import Evaluation, Publication, Result
from spectown.evaluation.papers import lists_of
from spectown.web.evaluation.seen import superseded


def edition_of(evaluation: Evaluation, asked: str) -> Publication:
    """The edition that is in force, or the one with that number. Raises Http404."""
    found = evaluation.edition
    if asked:
        rows = evaluation.publications.select_related("package", "result__snapshot")
        found = rows.filter(number=int(asked) if asked.isdecimal() and len(asked) < 6 else 0).first()
    if found is None:
        raise Http404("没有公布过这一版")
    return found


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: what was published, which number corrected it (0 = in force), who was added to or left its lists."""

    row: Publication
    corrected_by: int
    changes: tuple[tuple[str, tuple[str, ...]], ...]


def editions_of(evaluation: Evaluation) -> list[Edition]:
    """All editions, the latest first."""
    rows = list(evaluation.publications.select_related("package", "result__snapshot", "made_by").order_by("number"))
    lists = [lists_of(row.result) for row in rows] if len(rows) > 1 else [((), ())]
    found = []
    for place, row in enumerate(rows):
        following = rows[place + 1].number if place + 1 < len(rows) else 0
        found.append(Edition(row, following, _changes(lists[place - 1], lists[place]) if place else ()))
    return found[::-1]


def _changes(before: Any, after: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    pairs = (
        ("新列入表扬", after[0], before[0]),
        ("不再表扬", before[0], after[0]),
        ("新列入督办", after[1], before[1]),
        ("不再督办", before[1], after[1]),
    )
    named = ((label, tuple(town for town in these if town not in those)) for label, these, those in pairs)
    return tuple((label, towns) for label, towns in named if towns)


def results_of(evaluation: Evaluation) -> Sequence[tuple[Result, str, int]]:
    """Every result, the latest first: what took its place (empty where it counts), the edition it became (0 = none)."""
    found = Result.objects.filter(snapshot__evaluation=evaluation).select_related("snapshot", "made_by")
    rows = list(found.order_by("-pk"))
    became = dict(evaluation.publications.values_list("result_id", "number"))
    said = superseded(evaluation, *rows)
    return [(row, gone, became.get(row.pk, 0)) for row, gone in zip(rows, said, strict=True)]
