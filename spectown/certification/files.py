"""Files that support an application: checked, kept under a random name, never overwritten."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.facts import criteria_of
from spectown.certification.models import Application, EvidenceFile
from spectown.certification.states import OPEN_TO_FILLING
from spectown.lib.refusal import Refused
from spectown.lib.uploads import inspect
from spectown.organisations.actors import Actor

FILE_FIELDS = ("criterion", "name", "size", "sha256")
MOST_FILES = 20  # of one criterion


def _require_open(application: Application, by: Actor) -> None:
    by.require(Permission.APPLICATION_FILL)
    if not Application.objects.visible_to(by).filter(pk=application.pk).exists():
        raise Refused("这份申报书不在您的范围内。")
    if application.state not in OPEN_TO_FILLING:
        raise Refused(f"当前状态为“{application.get_state_display()}”,不能增删材料。")


@transaction.atomic
def add_file(*, application: Application, criterion: str, name: str, data: bytes, by: Actor) -> EvidenceFile:
    """Keep one file for one criterion."""
    _require_open(application, by)
    if criterion not in {c.code for c in criteria_of(application.version).criteria}:
        raise Refused("没有这一项条件。")
    accepted = inspect(name, data, settings.UPLOAD_MAX_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    stored = application.files.filter(criterion=criterion)
    if stored.filter(sha256=digest).exists():
        raise Refused(f"“{accepted.name}”已经上传过。")
    if stored.count() >= MOST_FILES:
        raise Refused(f"每项条件最多 {MOST_FILES} 个文件,请先删去不用的或合并。")
    file = EvidenceFile(
        application=application,
        criterion=criterion,
        name=accepted.name,
        content_type=accepted.content_type,
        size=len(data),
        sha256=digest,
        uploaded_by=User.objects.get(pk=by.user_id),
    )
    file.file.save(f"{secrets.token_hex(16)}.bin", ContentFile(data), save=True)
    audit.record(by=by, action="application.file_add", obj=application, after=audit.snapshot(file, FILE_FIELDS))
    return file


@transaction.atomic
def remove_file(*, file: EvidenceFile, reason: str, by: Actor) -> None:
    """Take a file out of its application; the log keeps its name and checksum."""
    _require_open(file.application, by)
    if not reason.strip():
        raise Refused("请写明删去材料的理由。")
    audit.record(
        by=by,
        action="application.file_remove",
        obj=file.application,
        before=audit.snapshot(file, FILE_FIELDS),
        reason=reason.strip(),
    )
    stored = file.file
    file.delete()
    transaction.on_commit(lambda: stored.delete(save=False))
