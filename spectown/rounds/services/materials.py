"""Materials of a case: one file an item, a newer one replaces it, nothing is lost."""

from __future__ import annotations

import datetime
from pathlib import PurePosixPath

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.rounds.ruleparts import FileForm
from spectown.core.rounds.ruleparts import Material as Wanted
from spectown.lib.bundles.pages import Unusable, require_pages
from spectown.lib.proofs.check import TYPES, Checked, inspect
from spectown.lib.proofs.keeping import content_fields
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.facts import Facts
from spectown.rounds.items import MATERIAL
from spectown.rounds.models import Case, Material
from spectown.rounds.services.moves import locked

ENDINGS = {
    FileForm.PDF: ("pdf",),
    FileForm.IMAGE: ("jpg", "jpeg", "png"),
    FileForm.WORD: ("docx",),
    FileForm.EXCEL: ("xlsx",),
}
FILLING = ("draft", "returned")


@transaction.atomic
def put(
    *, case: Case, item: str, name: str, content: bytes, by: Actor, expires_on: datetime.date | None = None
) -> Material:
    """Keep a file for an item; the one before stays on record. Raises Refused."""
    by.require(Permission.APPLICATION_FILL)
    found = locked(case, by)
    facts = Facts(found)
    wanted = _wanted(facts, item)
    checked = inspect(name, content)
    _require_fitting(wanted, checked.name, len(content))
    _require_readable(checked, content)
    found.materials.filter(item=item, replaced_at__isnull=True).update(
        replaced_at=timezone.now(), replaced_by_id=by.person
    )
    kept = Material.objects.create(
        case=found,
        item=item,
        **content_fields(checked, content),
        uploaded_by_id=by.person,
        expires_on=expires_on if wanted.expires else None,
    )
    _content_changed(facts, item, by)
    audit.record(
        by=by, action="case.material_put", obj=found, after={"item": item, "name": kept.name, "sha256": kept.sha256}
    )
    return kept


def editable_items(facts: Facts) -> frozenset[str]:
    """Codes of materials that the county may change now: all while it fills, else those a correction has opened."""
    if facts.case.state in FILLING:
        return frozenset(each.code for each in facts.rules.materials)
    if facts.case.state in ("correction", "rectification"):
        opened = (each.item for each in facts.open_items if each.item.startswith(MATERIAL))
        return frozenset(each.removeprefix(MATERIAL) for each in opened)
    return frozenset()


def _wanted(facts: Facts, item: str) -> Wanted:
    wanted = next((each for each in facts.rules.materials if each.code == item), None)
    if wanted is None:
        raise Refused("材料清单中没有这一项,文件没有保存。")
    if item not in editable_items(facts):
        raise Refused(f"现在不能更换“{wanted.name}”:只有填报中、被退回,或补正通知点名的材料可以更换。")
    return wanted


def _require_fitting(wanted: Wanted, name: str, size: int) -> None:
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    allowed = [each for form in wanted.forms for each in ENDINGS[form]]
    if ending not in allowed:
        raise Refused(f"“{wanted.name}”只接受 {'、'.join(each.upper() for each in allowed)},“{name}”没有保存。")
    if size > wanted.max_mb * 1024 * 1024:
        raise Refused(f"“{wanted.name}”最大 {wanted.max_mb} MB,“{name}”有 {size / 1024 / 1024:.1f} MB,没有保存。")


def _require_readable(checked: Checked, content: bytes) -> None:
    """A PDF opens, so that it can be read in review and bound with the others."""
    if checked.content_type != TYPES["pdf"]:
        return
    try:
        require_pages(content)
    except Unusable as fault:
        raise Refused(f"“{checked.name}”打不开:{fault}。请去掉密码或用原软件重新导出后上传,没有保存。") from fault


def _content_changed(facts: Facts, item: str, by: Actor) -> None:
    case = facts.case
    case.changed_at, case.changed_by_id = timezone.now(), by.person
    case.save(update_fields=["changed_at", "changed_by"])
    case.correction_items.filter(item=MATERIAL + item, closed_at__isnull=True).update(answered_at=timezone.now())
