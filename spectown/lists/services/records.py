"""One row at a time: create, change, delete, restore. Every change is in the log; many rows: services.bulk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from spectown.accounts.models import Installation
from spectown.accounts.permissions import Role
from spectown.audit.services import differences, record
from spectown.lib.refusal import Refused
from spectown.lists.checking import check_row, stored, unexplained
from spectown.lists.declaration import Ledger
from spectown.lists.derived import derive
from spectown.lists.following import carry, follow
from spectown.lists.models import ListRow
from spectown.lists.scope import admits, changeable, correctable, visible
from spectown.lists.searchable import search_text
from spectown.organisations.actors import Actor, NotAllowed


class Stale(Refused):
    """Somebody changed the row meanwhile: nothing is overwritten."""


@transaction.atomic
def create(*, ledger: Ledger, values: Mapping[str, Any], by: Actor) -> ListRow:
    """Add a row. `values` by column, references as objects. Raises ValidationError by column, NotAllowed."""
    row = _begun(ledger, values, by)
    _require_reach(ledger, row, by)
    return _entered(ledger, row, by)


@transaction.atomic
def enter(*, ledger: Ledger, values: Mapping[str, Any], by: Actor) -> ListRow:
    """Add a row for somebody whom the list's own service has let through. Raises ValidationError by column."""
    return _entered(ledger, _begun(ledger, values, by), by)


def _begun(ledger: Ledger, values: Mapping[str, Any], by: Actor) -> ListRow:
    row = ledger.model(**values, is_demo=Installation.is_demo())
    if ledger.entered_by:
        setattr(row, f"{ledger.entered_by}_id", by.unit_id)
    follow(ledger, row)
    return row


def _entered(ledger: Ledger, row: ListRow, by: Actor) -> ListRow:
    check_row(ledger, row)
    row.search_text = search_text(ledger, row)
    row.save(force_insert=True)
    _derive(ledger, row)
    record(by=by, action="list.create", obj=row, after=stored(ledger, row))
    return row


@transaction.atomic
def change(*, ledger: Ledger, pk: int, values: Mapping[str, Any], version: int, by: Actor, reason: str = "") -> ListRow:
    """Change a row that still has this version. Raises Stale, ValidationError by column, Refused, NotAllowed."""
    row = _locked(ledger, pk, by)
    _require_version(row, version)
    told = _rewrite(ledger, row, values, by, reason)
    if told:
        record(by=by, action="list.change", obj=row, before=told[0], after=told[1], reason=reason.strip())
    return row


@transaction.atomic
def correct(
    *, ledger: Ledger, pk: int, values: Mapping[str, Any], version: int, by: Actor, reason: str = ""
) -> ListRow:
    """An enterprise corrects what it knows best of its own row, nothing else. Raises as `change` does."""
    row: ListRow | None = correctable(ledger, by).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or not set(values) <= set(ledger.correctable):
        raise NotAllowed(f"您只能更正本企业的{'、'.join(ledger.by_name[n].label for n in ledger.correctable)}。")
    _require_version(row, version)
    told = _rewrite(ledger, row, values, by, reason, moves=False)
    if told:
        record(by=by, action="list.change", obj=row, before=told[0], after=told[1], reason=reason.strip())
    return row


@transaction.atomic
def step(*, ledger: Ledger, pk: int, values: Mapping[str, Any], version: int, by: Actor, reason: str) -> ListRow:
    """Write stepped columns of a row for somebody whom the list's own service has let through. Raises as `change`."""
    row: ListRow | None = visible(ledger, by).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or any(not ledger.by_name[name].column.stepped for name in values):
        raise NotAllowed(f"这一步不能改{ledger.title}的这一行。")
    _require_version(row, version)
    told = _rewrite(ledger, row, values, by, reason, moves=False)
    if told:
        record(by=by, action="list.step", obj=row, before=told[0], after=told[1], reason=reason.strip())
    return row


@transaction.atomic
def delete(*, ledger: Ledger, pk: int, reason: str, by: Actor) -> ListRow:
    """Take a row out of the list; it can be restored. Raises Refused without a reason."""
    row = _locked(ledger, pk, by)
    if not reason.strip():
        raise Refused("请填写删除理由。")
    row.deleted_at, row.deleted_by_id, row.delete_reason = timezone.now(), by.person, reason.strip()
    _step(row)
    _derive(ledger, row)
    record(by=by, action="list.delete", obj=row, before=stored(ledger, row), reason=reason.strip())
    return row


@transaction.atomic
def restore(*, ledger: Ledger, pk: int, reason: str, by: Actor) -> ListRow:
    """Put a deleted row back. Raises ValidationError where its key is taken meanwhile, Refused for a merged one."""
    row = _locked(ledger, pk, by, deleted=True)
    _require_no_successor(ledger, row)
    follow(ledger, row)
    row.deleted_at, row.deleted_by_id, row.delete_reason = None, None, ""
    check_row(ledger, row)
    _step(row)
    _derive(ledger, row)
    record(by=by, action="list.restore", obj=row, after=stored(ledger, row), reason=reason.strip())
    return row


def _locked(ledger: Ledger, pk: int, by: Actor, *, deleted: bool = False) -> ListRow:
    row: ListRow | None = changeable(ledger, by, deleted=deleted).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise Refused(f"{ledger.title}中没有您可以维护的第 {ledger.number(pk)} 行。")
    return row


def _require_version(row: ListRow, version: int) -> None:
    if row.version != version:
        raise Stale("这一行在您打开之后已被他人修改,没有保存。请看现在的内容后重新填写。")


def _rewrite(
    ledger: Ledger, row: ListRow, values: Mapping[str, Any], by: Actor, reason: str, *, moves: bool = True
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Change a row and say what it was before and is now; None where nothing differs."""
    before = stored(ledger, row)
    for name, value in values.items():
        setattr(row, name, value)
    follow(ledger, row)
    left, right = differences(before, stored(ledger, row))
    if not right:
        return None
    if moves:
        _require_reach(ledger, row, by)
    check_row(ledger, row)
    faults = [] if reason.strip() else unexplained(ledger, before, stored(ledger, row))
    if faults:
        raise ValidationError(dict(faults))
    row.search_text = search_text(ledger, row)
    _step(row)
    if {"territory", "town"} & right.keys():
        carry(ledger, [row.pk])
    _derive(ledger, row, before)
    return left, right


def _step(row: ListRow) -> None:
    row.version += 1
    row.updated_at = timezone.now()
    row.save()


def _derive(ledger: Ledger, row: ListRow, before: Mapping[str, Any] | None = None) -> None:
    """Bring up to date what others keep about the row, and about what it followed before the change."""
    parents = {values.get(ledger.followed) for values in (stored(ledger, row), before or {})}
    derive(ledger, [row.pk], parents)


def _require_no_successor(ledger: Ledger, row: ListRow) -> None:
    kept = getattr(row, f"{ledger.successor}_id") if ledger.successor else None
    if kept:
        raise Refused(
            f"{row}已并入 {ledger.number(kept)},名下各清单的行也已转过去,不能恢复。请在 {ledger.number(kept)} 中修改。"
        )


def _require_reach(ledger: Ledger, row: ListRow, by: Actor) -> None:
    if not admits(ledger, by, {"territory_id": row.territory_id, "town_id": row.town_id}):
        if by.role == Role.TOWN and row.town_id is None:
            raise NotAllowed("请选择本单位的专业镇;没有写明专业镇的行由县(区)维护。")
        raise NotAllowed(f"您不能把这一行放在“{row.territory if row.territory_id else '未填属地'}”名下。")
