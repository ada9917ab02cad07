"""Own templates: uploaded and checked, mended, put to use, retired."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.documentkinds.model import Kind
from spectown.documents.enums import TemplateState
from spectown.documents.kinds import current_kinds
from spectown.documents.layouts import content_of, found_in
from spectown.documents.models import OwnTemplate
from spectown.documents.services.access import person
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor

FILE = ("filename", "sha256", "size")


def current_kind(name: str) -> Kind:
    """A kind of the current plan; Refused where it has none of that name."""
    kind = current_kinds().get(name)
    if kind is None:
        raise Refused("现行方案中没有这个文种,请重新选择。")
    return kind


@transaction.atomic
def upload(*, kind: str, name: str, filename: str, content: bytes, by: Actor) -> OwnTemplate:
    """A new template as a draft, with all that was found in it.

    Raises TemplateRefused for a file that cannot be a template at all: nothing is kept then.
    """
    by.require(Permission.DOCUMENT_DRAFT)
    found, name = current_kind(kind), " ".join(name.split())
    if not name or len(name) > 100:
        raise Refused("模板名称应写明,不超过 100 字。")
    template = OwnTemplate(kind=kind, kind_label=found.label, name=name, uploaded_by=person(by))
    _keep(template, filename, content, found)
    audit.record(by=by, action="template.upload", obj=template, after=_said(template))
    return template


@transaction.atomic
def replace_file(*, template: OwnTemplate, filename: str, content: bytes, by: Actor) -> OwnTemplate:
    """Put a mended file in place of a draft's."""
    found = _locked(template, by)
    if found.state != TemplateState.DRAFT:
        raise Refused("模板启用后文件不再更换。需要修改的,请另外上传一个模板,再停用这一个。")
    before, old, storage = audit.snapshot(found, FILE), str(found.file.name), found.file.storage
    found.uploaded_at, found.uploaded_by = timezone.now(), person(by)
    _keep(found, filename, content, current_kind(found.kind))
    transaction.on_commit(lambda: storage.delete(old))
    audit.record(by=by, action="template.replace", obj=found, before=before, after=_said(found))
    return found


@transaction.atomic
def activate(*, template: OwnTemplate, by: Actor) -> OwnTemplate:
    """Let drafts choose it; checked once more, since the kind may have changed. A retired one may be used again."""
    found = _locked(template, by)
    if found.state == TemplateState.ACTIVE:
        raise Refused("模板已经在用。")
    found.faults = found_in(content_of(found), current_kind(found.kind))
    if found.stopping:
        raise Refused(f"模板还有 {len(found.stopping)} 处问题,改正后才能启用:{found.stopping[0]['message']}。")
    before = audit.snapshot(found, ("state",))
    found.state, found.activated_at, found.activated_by = TemplateState.ACTIVE, timezone.now(), person(by)
    found.retired_at, found.retired_by, found.retire_reason = None, None, ""
    found.save()
    after = {"state": found.state, "sha256": found.sha256}
    audit.record(by=by, action="template.activate", obj=found, before=before, after=after)
    return found


@transaction.atomic
def retire(*, template: OwnTemplate, reason: str, by: Actor) -> OwnTemplate:
    """No draft may choose it any more, and those that did must choose again; what was issued stays."""
    found, reason = _locked(template, by), reason.strip()
    if found.state == TemplateState.RETIRED:
        raise Refused("模板已经停用。")
    if not reason:
        raise Refused("请写明停用理由。")
    before = audit.snapshot(found, ("state",))
    found.state, found.retired_at, found.retired_by = TemplateState.RETIRED, timezone.now(), person(by)
    found.retire_reason = reason
    found.save()
    audit.record(by=by, action="template.retire", obj=found, before=before, after={"state": found.state}, reason=reason)
    return found


def _locked(template: OwnTemplate, by: Actor) -> OwnTemplate:
    by.require(Permission.DOCUMENT_DRAFT)
    return OwnTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)


def _keep(template: OwnTemplate, filename: str, content: bytes, kind: Kind) -> None:
    """Check the content, then store it under its hash."""
    template.faults = found_in(content, kind)
    template.kind_label = kind.label
    template.filename = PurePath(filename).name[-200:]
    template.sha256, template.size = hashlib.sha256(content).hexdigest(), len(content)
    template.file.save("template.docx", ContentFile(content), save=False)
    template.save()


def _said(template: OwnTemplate) -> dict[str, object]:
    """What the log says of a file."""
    said = {"kind": template.kind, "name": template.name, "faults": len(template.stopping)}
    return said | audit.snapshot(template, FILE)
