"""Drafts of the documents that steps call for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet

from spectown.audit import services as audit
from spectown.documents import services as documents
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, DueDocument, Publicity, PublicityEntry, Title
from spectown.rounds.services.moves import locked

TO_THE_PROVINCE = ("recommendation_letter",)  # no unit of the city receives it
JOINT = ("publicity", "certification_notice", "recheck_notice", "recommendation_letter")  # one for all of the round


def together(due: DueDocument) -> list[DueDocument]:
    """The document's own entry, and those of other cases of the round that wait for the same one after the same move.

    A publicity names only the towns that were put up together.
    """
    if due.kind not in JOINT:
        return [due]
    same = DueDocument.objects.filter(
        kind=due.kind, case__round=due.case.round_id, step__move=due.step.move, document__isnull=True
    )
    if due.kind == "publicity":
        shown = Publicity.objects.filter(entries__case=due.case, entries__voided_at__isnull=True)
        same = same.filter(case__publicity_entries__publicity__in=shown)
    if due.kind == "recheck_notice" and due.step.move != "call":
        same = same.filter(pk=due.pk)
    rows = same.select_related(
        "step", "case__application__version", "case__town", "case__unit", "case__rules", "case__round"
    )
    return list(rows.order_by("case__unit__order", "pk").distinct())


def waiting(cases: QuerySet[Case]) -> list[list[int]]:
    """Entries of these cases whose document nobody has begun, oldest first; those that one document serves are one."""
    rows = DueDocument.objects.filter(document__isnull=True, case__in=cases).order_by("pk")
    shown = PublicityEntry.objects.filter(case__in=cases, voided_at__isnull=True)
    publicities = dict(shown.values_list("case", "publicity"))
    found: dict[tuple[object, ...], list[int]] = {}
    for pk, kind, case, round_, move in rows.values_list("pk", "kind", "case", "case__round", "step__move"):
        key: tuple[object, ...] = (kind, round_, move, publicities.get(case) if kind == "publicity" else None)
        alone = kind not in JOINT or (kind == "recheck_notice" and move != "call")
        found.setdefault((pk,) if alone else key, []).append(pk)
    return list(found.values())


@transaction.atomic
def draft_due(*, due: DueDocument, facts: Mapping[str, Any], by: Actor) -> OfficialDocument:
    """Begin the document of a step with its facts and note it with every case that it is for.

    Raises Refused where it was begun before.
    """
    found = DueDocument.objects.select_for_update(of=("self",)).select_related("case", "step").get(pk=due.pk)
    if found.document_id is not None:
        raise Refused("这份公文已经起草,请打开原稿继续办理。")
    rows = together(found)
    cases = [locked(row.case, by) for row in rows]
    about: list[models.Model] = []
    for case in cases:
        about += [case, case.application, *([case.town] if case.town else [])]
    units = [] if found.kind in TO_THE_PROVINCE else list({case.unit_id: case.unit for case in cases}.values())
    made = documents.draft(kind=found.kind, facts=facts, by=by, about=about, recipients=units)
    DueDocument.objects.filter(pk__in=[row.pk for row in rows]).update(document=made)
    _keep_due(found, made, rows)
    for case in cases:
        audit.record(by=by, action="case.draft_due", obj=case, after={"kind": made.kind_label, "document": made.pk})
    return made


def _keep_due(due: DueDocument, made: OfficialDocument, rows: Sequence[DueDocument]) -> None:
    """Note the document with the title or the publicity that it is about."""
    cases = [row.case_id for row in rows]
    if due.kind == "certificate":
        Title.objects.filter(case__in=cases).update(certificate=made)
    if due.kind == "publicity":
        Publicity.objects.filter(entries__case__in=cases, entries__voided_at__isnull=True).update(document=made)
