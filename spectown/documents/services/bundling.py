"""A bundle that was put together is kept and logged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.models import Application
from spectown.documents.models import Bundle, DocumentBatch
from spectown.documents.services.access import person
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor


@dataclass(frozen=True, slots=True)
class Made:
    """What was put together: kind, title, name and content of the file."""

    kind: str
    title: str
    name: str
    content: bytes
    application: Application | None = None
    digest: str = ""
    batch: DocumentBatch | None = None


@transaction.atomic
def keep_bundle(*, made: Made, by: Actor) -> Bundle:
    """Store the file with its hash."""
    by.require(Permission.DOCUMENT_DRAFT)
    bundle = Bundle(
        kind=made.kind,
        title=made.title,
        name=made.name,
        application=made.application,
        batch=made.batch,
        size=len(made.content),
        sha256=hashlib.sha256(made.content).hexdigest(),
        digest=made.digest,
        made_by=person(by),
    )
    bundle.file.save(made.name, ContentFile(made.content), save=False)
    bundle.save()
    audit.record(by=by, action="bundle.make", obj=bundle, after={"title": bundle.title, "sha256": bundle.sha256})
    return bundle


def bundle_content(bundle: Bundle) -> bytes:
    """The file, while its hash is the one of the day. Raises Refused."""
    try:
        with bundle.file.open("rb") as stream:
            content: bytes = stream.read()
    except FileNotFoundError as lost:
        raise Refused("文件不在存储中,请重新生成,或与系统管理员联系,从备份找回。") from lost
    if hashlib.sha256(content).hexdigest() != bundle.sha256:
        raise Refused("文件内容与生成时的校验值不符,已停止提供。请重新生成,并告知系统管理员。")
    return content
