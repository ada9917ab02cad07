"""Files that prove a value: put there by who fills the cell in, or by the bureau that gave its own figure."""

from __future__ import annotations

from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.proofs.keeping import keep, take_out
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
    found = _open(cell, by)
    kept = keep(found.files, (name, content), most=MOST, holder="一格", uploaded_by_id=by.person)
    after = {"indicator": found.indicator.code, "name": kept.name, "sha256": kept.sha256}
    audit.record(by=by, action="sheet.file_add", obj=found.sheet or found, after=after)
    return kept


@transaction.atomic
def remove_file(*, file: CellFile, by: Actor) -> CellFile:
    """Take a file out; its content stays on record. Raises Refused."""
    found = _open(file.cell, by)
    kept = take_out(file, by.person)
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
