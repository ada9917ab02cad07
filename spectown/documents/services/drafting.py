"""Drafts: begun by any area that names a kind and its facts, gone on with in the form."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from spectown.accounts.models import Installation
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.documents.enums import Replacement, State
from spectown.documents.kinds import kind_in
from spectown.documents.models import OfficialDocument
from spectown.documents.services.access import locked, person
from spectown.documents.services.addressing import concern, concern_as, office_name, send_to
from spectown.documents.services.contents import entitle, plain
from spectown.documents.services.layout import Layout, chosen_template, layout_said
from spectown.documents.workflow import EDITABLE
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion


class StaleRevision(Refused):
    """Somebody else saved in between; nothing has been written."""


@dataclass(frozen=True, slots=True)
class Replaces:
    """The issued document that a new one corrects or repeals."""

    document: OfficialDocument
    how: Replacement = Replacement.CORRECTION


@transaction.atomic
def draft(
    *,
    kind: str,
    facts: Mapping[str, Any],
    by: Actor,
    about: Sequence[models.Model] = (),
    recipients: Iterable[Unit] = (),
    receive_by: datetime.date | None = None,
    replaces: Replaces | None = None,
    layout: Layout | None = None,
) -> OfficialDocument:
    """Begin a document of a kind of the current plan from its facts, which may still be incomplete.

    `about`: the objects on whose pages it is shown; `recipients`: units that receive it in the system, named in it as
    on its date unless the facts name 主送机关; `receive_by`: deadline of 签收. Raises Refused for an unknown kind.
    """
    by.require(Permission.DOCUMENT_DRAFT)
    version = PlanVersion.objects.current()
    if version is None:
        raise Refused("还没有装入方案,不能起草公文。请与系统管理员联系。")
    user, found = person(by), kind_in(version, kind)
    if replaces:
        _refuse_unless_replaceable(replaces.document)
    document = OfficialDocument.objects.create(
        version=version,
        kind=kind,
        kind_label=found.label,
        title=found.label,
        facts=plain(facts),
        organs=[office_name(timezone.localdate())],
        template=chosen_template(layout, kind),
        replaces=replaces.document if replaces else None,
        replaces_how=replaces.how if replaces else "",
        drafted_by=user,
        changed_by=user,
        is_demo=Installation.is_demo(),
    )
    document.writers.add(user)
    concern(document, about)
    if replaces:
        concern_as(document, replaces.document)
    send_to(document, recipients, receive_by)
    entitle(document)
    said = {"kind": kind, "facts": document.facts} | layout_said(document)
    audit.record(by=by, action="document.draft", obj=document, after=said)
    return document


@transaction.atomic
def save(
    *,
    document: OfficialDocument,
    facts: Mapping[str, Any],
    revision: int,
    by: Actor,
    recipients: Iterable[Unit] | None = None,
    receive_by: datetime.date | None = None,
    layout: Layout | None = None,
) -> OfficialDocument:
    """Replace the facts of a draft. StaleRevision where others saved since.

    `recipients` None leaves the units, `layout` None the layout.
    """
    found = locked(document, by, Permission.DOCUMENT_DRAFT)
    if found.state not in EDITABLE:
        raise Refused(f"公文处于“{found.get_state_display()}”,不能修改。需要修改的,请先撤回或退回。")
    if found.revision != revision:
        raise StaleRevision(
            f"您打开之后,{found.changed_by.name}又保存过。请另开一页看看现在的内容,再把您的修改填进去。"
        )
    before, found.facts = found.facts | layout_said(found), plain(facts)
    if layout is not None and layout.template != found.template:  # a retired one may stay, `obstacles` tells of it
        found.template = chosen_template(layout, found.kind)
    found.revision += 1
    found.changed_at, found.changed_by = timezone.now(), person(by)
    found.checked_at = found.checked_by = None
    found.save()
    found.writers.add(found.changed_by)
    if recipients is not None:
        send_to(found, recipients, receive_by)
    entitle(found)
    old, new = audit.differences(before, found.facts | layout_said(found))
    audit.record(by=by, action="document.save", obj=found, before=old, after=new)
    return found


def _refuse_unless_replaceable(document: OfficialDocument) -> None:
    if document.state != State.ISSUED:
        raise Refused(f"《{document.title}》处于“{document.get_state_display()}”,只有已印发的公文才能更正或废止。")
    if document.replacements.exclude(state=State.VOIDED).exists():
        raise Refused(f"《{document.title}》已有一份更正或废止它的公文,请在那一份上办理。")
