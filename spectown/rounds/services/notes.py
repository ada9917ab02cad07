"""What is written about a case for a later step: statement (陈述), report of rectification, the province's document."""

from __future__ import annotations

from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.enums import NoteKind
from spectown.rounds.models import Case, CaseNote
from spectown.rounds.services.moves import locked

# Who may write which note, in which states.
ALLOWED = {
    NoteKind.STATEMENT: (
        (Permission.APPLICATION_CHECK, Permission.CASE_EXAMINE),
        ("second_phase", "deciding", "proposed"),
    ),
    NoteKind.RECTIFIED: ((Permission.APPLICATION_CHECK, Permission.APPLICATION_FILL), ("rectification",)),
    NoteKind.PROVINCE: ((Permission.TITLE_MANAGE,), ("recommended",)),
}


def writable_kinds(case: Case, by: Actor) -> list[NoteKind]:
    """Kinds of notes that the actor may write about the case now."""
    return [k for k, (held, states) in ALLOWED.items() if case.state in states and any(by.may(p) for p in held)]


@transaction.atomic
def write(*, case: Case, kind: str, text: str, by: Actor) -> CaseNote:
    """Keep a note. Raises Refused."""
    if kind not in NoteKind.values:
        raise Refused("没有这类记载。")
    permissions, states = ALLOWED[NoteKind(kind)]
    if not any(by.may(permission) for permission in permissions):
        by.require(permissions[0])
    found = locked(case, by)
    if found.state not in states:
        raise Refused(f"本件现在是“{found.get_state_display()}”,不能登记{NoteKind(kind).label}。")
    if not text.strip():
        raise Refused(f"请填写{NoteKind(kind).label}。")
    made = CaseNote.objects.create(case=found, kind=kind, text=text.strip(), made_by_id=by.person)
    audit.record(by=by, action="case.note", obj=found, after={"kind": made.get_kind_display(), "text": made.text})
    return made
