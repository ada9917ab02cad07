"""Many cases in one round: copies of one that was brought there through the services, written in bulk."""

from typing import Any, TypeVar

from django.db import models

from spectown.certification.models import EvidenceText, Honour, JudgementRecord, ListCount
from spectown.rounds.models import Case, CaseVersion, Material, Seat, Step

Row = TypeVar("Row", bound=models.Model)


def crowd(pattern: Case, copies: int) -> list[Case]:
    """So many more cases like the pattern: application, versions, materials (same files), steps, seats, scores."""
    applications = copied([pattern.application] * copies, lambda n: {"town_name": f"第{n + 1}个申报专业镇"})
    parts: tuple[type[Any], ...] = (EvidenceText, Honour, ListCount, JudgementRecord)
    for model in parts:
        _beneath(model, "application", pattern.application, applications)
    cases = copied([pattern] * copies, lambda n: {"application_id": applications[n].pk})
    for model in (Step, Material):
        _beneath(model, "case", pattern, cases)
    versions = _beneath(CaseVersion, "case", pattern, cases)
    newest = {version.case_id: version for version in versions}
    seats = _beneath(Seat, "case", pattern, cases)
    for seat in seats:
        seat.version = newest[seat.case_id]
    Seat.objects.bulk_update(seats, ["version"])
    own = [list(seat.scores.all()) for seat in pattern.seats.order_by("pk")]
    scores = [(score, seats[n]) for n in range(len(seats)) for score in own[n % len(own)]]
    copied([score for score, _seat in scores], lambda n: {"seat_id": scores[n][1].pk})
    return cases


def _beneath(model: type[Any], parent: str, pattern: Any, parents: list[Any]) -> list[Any]:
    """The pattern's rows of a model once more beneath each parent, parent by parent."""
    own = list(model.objects.filter(**{parent: pattern}).order_by("pk"))
    return copied(own * len(parents), lambda n: {f"{parent}_id": parents[n // len(own)].pk})


def copied(rows: list[Row], over: Any) -> list[Row]:
    """Rows once more, with other values `over(place)`."""
    made = [type(row)(**{**_values(row), **over(n)}) for n, row in enumerate(rows)]
    return type(rows[0])._default_manager.bulk_create(made, batch_size=500) if rows else []


def _values(row: models.Model) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return {field.attname: getattr(row, field.attname) for field in fields}
