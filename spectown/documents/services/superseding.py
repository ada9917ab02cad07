"""What a correction or a repeal does to the older document, and what its own 作废 undoes."""

from __future__ import annotations

from django.utils import timezone

from spectown.audit import services as audit
from spectown.documents.enums import State
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor


def replace_old(document: OfficialDocument, by: Actor) -> None:
    """The corrected or repealed document says from now on by which it was replaced, and so does its log."""
    if document.replaces_id is None:
        return
    old = OfficialDocument.objects.select_for_update().get(pk=document.replaces_id)
    if old.state != State.ISSUED:
        raise Refused(f"《{old.title}》处于“{old.get_state_display()}”,不能再更正或废止。")
    old.state, old.replaced_by, old.replaced_at = State.REPLACED, document, timezone.now()
    old.save(update_fields=["state", "replaced_by", "replaced_at"])
    said = {"state": State.REPLACED, "replaced_by": document.pk}
    how = f"被{document.number or document.title}{document.get_replaces_how_display()}"
    audit.record(by=by, action="document.replaced", obj=old, before={"state": State.ISSUED}, after=said, reason=how)


def stands_again(document: OfficialDocument, by: Actor) -> None:
    """The one that a voided 更正 or 废止 had replaced is in force as before."""
    old = OfficialDocument.objects.select_for_update().filter(replaced_by=document).first()
    if old is None:
        return
    old.state, old.replaced_by, old.replaced_at = State.ISSUED, None, None
    old.save(update_fields=["state", "replaced_by", "replaced_at"])
    audit.record(by=by, action="document.stands_again", obj=old, reason=f"{document.number}已作废".strip())
