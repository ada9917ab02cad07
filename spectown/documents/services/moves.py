"""Moves of a document from state to state, as the table of documents.workflow allows them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.workflow import Attempt
from spectown.documents.enums import State
from spectown.documents.facts import day_of
from spectown.documents.layouts import obstacles
from spectown.documents.models import OfficialDocument, SignatureScan
from spectown.documents.services.access import locked
from spectown.documents.services.ahead import make_ahead
from spectown.documents.services.issuing import issue
from spectown.documents.services.scanning import keep_scan
from spectown.documents.services.superseding import stands_again
from spectown.documents.telling import tell_voided
from spectown.documents.workflow import WORKFLOW
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor

STEPS = ("state", "number", "return_reason", "void_reason", "signer", "signature_reference")
STAMPED = {
    "submit": "submitted",
    "check": "checked",
    "return": "returned",
    "sign_return": "returned",
    "sign": "signed",
    "sign_paper": "signed",
    "discard": "voided",
    "void": "voided",
}
TESTED = ("submit", "check")  # moves that need a document that could be issued


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """A signature made on paper: who signed, when, its reference (件号、档案号), and its scan where there is one."""

    signer: str
    on: datetime.date
    reference: str
    scan: SignatureScan | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: name and content."""

    name: str
    content: bytes


def refusals(*, document: OfficialDocument, move: str, by: Actor, reason: str = "", asking: bool = False) -> list[str]:
    """Why the actor cannot make the move now; empty = can. The page shows the same list beside the button."""
    found = barred(document=document, move=move, by=by, reason=reason, asking=asking)
    if move in TESTED and not found:
        found = obstacles(document, day_of(document, timezone.localdate()))
    return found


def barred(*, document: OfficialDocument, move: str, by: Actor, reason: str = "", asking: bool = False) -> list[str]:
    """Why this person cannot make the move in this state, whatever stands in the document."""
    wrote = document.writers.filter(pk=by.user_id or 0).exists()
    doers = {"write": by.user_id if wrote else None}
    held = frozenset(str(permission) for permission in by.permissions)
    return WORKFLOW.refusals(move, document.state, Attempt(held, by.user_id, doers, reason), asking=asking)


def discard(*, document: OfficialDocument, reason: str, by: Actor) -> OfficialDocument:
    """作废草稿: a document that will not be issued; it never had a number."""
    return move(document=document, code="discard", reason=reason, by=by)


def sign_on_paper(
    *, document: OfficialDocument, signature: PaperSignature, by: Actor, scan: Upload | None = None
) -> OfficialDocument:
    """登记纸质签发: the office records a signature made on paper; the document is issued with it."""
    _prepare(document, "sign_paper", by, signature)
    with transaction.atomic():
        if scan:
            signature = replace(signature, scan=keep_scan(name=scan.name, content=scan.content, by=by))
        return _moved(document, "sign_paper", by, "", signature)


def move(
    *, document: OfficialDocument, code: str, by: Actor, reason: str = "", paper: PaperSignature | None = None
) -> OfficialDocument:
    """Make the move of this code; KeyError where the table has none, Refused where it cannot be made now."""
    _prepare(document, code, by, paper)
    return _moved(document, code, by, reason.strip(), paper)


def _prepare(document: OfficialDocument, code: str, by: Actor, paper: PaperSignature | None) -> None:
    """What takes seconds, before anything is locked, for whoever may make the move."""
    issues = bool(document.template_id) and WORKFLOW.move(code).target == State.ISSUED
    if issues and not barred(document=document, move=code, by=by):
        make_ahead(document, paper.on if paper else timezone.localdate())


@transaction.atomic
def _moved(
    document: OfficialDocument, code: str, by: Actor, reason: str, paper: PaperSignature | None
) -> OfficialDocument:
    chosen = WORKFLOW.move(code)
    found = locked(document, by, Permission(chosen.permission))
    reasons = refusals(document=found, move=code, by=by, reason=reason)
    if reasons:
        raise Refused("".join(reasons))
    before = audit.snapshot(found, STEPS)
    found.state = chosen.target
    _stamp(found, code, by, reason)
    said = _issued(found, code, by, paper) if chosen.target == State.ISSUED else {}
    found.save()
    if code == "void":
        stands_again(found, by)
        tell_voided(found, by)
    old, new = audit.differences(before, audit.snapshot(found, STEPS))
    audit.record(by=by, action=f"document.{code}", obj=found, before=old, after=new | said, reason=reason)
    return found


def _stamp(document: OfficialDocument, code: str, by: Actor, reason: str) -> None:
    step = STAMPED.get(code)
    if step:
        setattr(document, f"{step}_at", timezone.now())
        setattr(document, f"{step}_by_id", by.person)
    if step == "returned" or code == "recall":
        document.checked_at = document.checked_by = None
    if step == "returned":
        document.return_reason = reason
    elif step == "voided":
        document.void_reason = reason


def _issued(document: OfficialDocument, code: str, by: Actor, paper: PaperSignature | None) -> dict[str, object]:
    document.signer, signed_on = by.name, timezone.localdate()
    if code == "sign_paper":
        if paper is None or not paper.signer.strip() or not paper.reference.strip():
            raise Refused("登记纸质签发须写明签发人、签发日期和签批件的编号。")
        document.signer, signed_on = paper.signer.strip(), paper.on
        document.signature_reference = paper.reference.strip()
        document.signature_scan = paper.scan
    said = issue(document, signed_on, by)
    return said | {"scan": document.signature_scan.sha256} if document.signature_scan else said
