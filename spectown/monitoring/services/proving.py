"""Files that prove a value: put there by who fills the cell in, or by the bureau that gave its own figure."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.filecheck import inspect
from spectown.lib.refusal import Refused
from spectown.monitoring.models import Cell, CellFile, Sheet
from spectown.monitoring.services.filling import filling_refusals
from spectown.organisations.actors import Actor
from spectown.supervision.services.moves import locked

MOST = 5


def proving_refusals(sheet: Sheet, cell: Cell, by: Actor) -> list[str]:
    """Why the person cannot add or take out files of a cell; empty = can."""
    source = cell.indicator.source_id
    certifies = by.may(Permission.VALUE_CERTIFY) and source is not None and source == by.unit_id
    if certifies and sheet.work.state == "sent":
        return []
    return filling_refusals(sheet, by)


@transaction.atomic
def add_file(*, cell: Cell, name: str, content: bytes, by: Actor) -> CellFile:
    """Keep a file. Raises Refused for what is not a plain document or picture."""
    found, checked = _open(cell, by), inspect(name, content)
    present = found.files.filter(removed_at__isnull=True)
    if present.filter(sha256=checked.sha256).exists():
        raise Refused(f"“{checked.name}”已经上传过,内容完全相同。")
    if present.count() >= MOST:
        raise Refused(f"一格最多 {MOST} 个文件,请先移除不用的,或合并为一个文件。")
    kept = CellFile(cell=found, name=checked.name, content_type=checked.content_type, size=len(content))
    kept.file, kept.sha256, kept.uploaded_by_id = ContentFile(content, name=checked.name), checked.sha256, by.person
    kept.save()
    after = {"indicator": found.indicator.code, "name": kept.name, "sha256": kept.sha256}
    audit.record(by=by, action="sheet.file_add", obj=found.sheet or found, after=after)
    return kept


@transaction.atomic
def remove_file(*, file: CellFile, by: Actor) -> CellFile:
    """Take a file out; its content stays on record. Raises Refused."""
    found = _open(file.cell, by)
    kept = CellFile.objects.select_for_update().get(pk=file.pk)
    if kept.removed_at is not None:
        raise Refused(f"“{kept.name}”已经移除。")
    kept.removed_at, kept.removed_by_id = timezone.now(), by.person
    kept.save(update_fields=["removed_at", "removed_by"])
    before = {"indicator": found.indicator.code, "name": kept.name, "sha256": kept.sha256}
    audit.record(by=by, action="sheet.file_remove", obj=found.sheet or found, before=before)
    return kept


def _open(cell: Cell, by: Actor) -> Cell:
    if cell.sheet is None:
        raise Refused("这一格由清单得出或按公式计算,证明材料在清单里。")
    work = locked(cell.sheet.work, by)
    sheet = Sheet.objects.select_related("form_period", "town").get(work=work)
    sheet.work = work
    if faults := proving_refusals(sheet, cell, by):
        raise Refused("".join(faults))
    return cell
