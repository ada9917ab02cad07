"""Files that prove what an application says."""

from __future__ import annotations

from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.facts import EVIDENCE, fields_of
from spectown.certification.models import Application, EvidenceFile
from spectown.certification.services.access import lapse_judgements, locked, person, refuse_unless_editable, touch
from spectown.lib.proofs.check import inspect
from spectown.lib.proofs.keeping import content_fields, present, require_room, take_out
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor

MOST = 20  # files of one criterion


@transaction.atomic
def add_file(*, application: Application, criterion: str, name: str, content: bytes, by: Actor) -> EvidenceFile:
    """Keep a file for a criterion. Raises Refused for what is not a plain document or picture."""
    found = locked(application, by, Permission.APPLICATION_FILL)
    refuse_unless_editable(found, [EVIDENCE + criterion])
    if EVIDENCE + criterion not in {field.code for field in fields_of(found)}:
        raise Refused("没有这一项条件,文件没有保存。")
    checked = inspect(name, content)
    require_room(present(found.files).filter(criterion=criterion), checked, MOST, "一项条件")
    touch(found, by)
    found.save()
    file = found.files.create(criterion=criterion, uploaded_by=person(by), **content_fields(checked, content))
    lapse_judgements(found, [criterion])
    audit.record(by=by, action="application.file_add", obj=found, after=_described(file))
    return file


@transaction.atomic
def remove_file(*, file: EvidenceFile, reason: str, by: Actor) -> EvidenceFile:
    """Take a file out of the application, with a reason; the content stays on record."""
    found = locked(file.application, by, Permission.APPLICATION_FILL)
    refuse_unless_editable(found, [EVIDENCE + file.criterion])
    if not reason.strip():
        raise Refused("请写明移除的理由。")
    file = take_out(file, by.person)
    touch(found, by)
    found.save()
    lapse_judgements(found, [file.criterion])
    audit.record(by=by, action="application.file_remove", obj=found, before=_described(file), reason=reason.strip())
    return file


def _described(file: EvidenceFile) -> dict[str, object]:
    return {"criterion": file.criterion, "name": file.name, "size": file.size, "sha256": file.sha256}
