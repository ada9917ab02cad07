"""Documents that the steps of a case call for, with what is drafted of them."""

from __future__ import annotations

from dataclasses import dataclass

from spectown.accounts.permissions import Permission
from spectown.core.rounds.words import EFFECTS
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, DueDocument
from spectown.web.rounds.materialsshown import SENT_ONLY


@dataclass(frozen=True, slots=True)
class Paper:
    """One document due: its kind in words, the step, and whether the actor may begin it."""

    due: DueDocument
    label: str
    may_draft: bool


def papers_of(case: Case, actor: Actor) -> list[Paper]:
    """All documents due, in the order of the steps: the office's and the leaders' affair until they are issued."""
    if actor.role not in SENT_ONLY:
        return []
    rows = case.due_documents.select_related("step", "document").order_by("pk")
    drafts = actor.may(Permission.DOCUMENT_DRAFT)
    return [Paper(row, label_of(row.kind), drafts and row.document_id is None) for row in rows]


def label_of(kind: str) -> str:
    """The kind in words."""
    return EFFECTS.get(f"draft:{kind}", kind).removeprefix("起草")
