"""Whoever fills in a sheet keeps cells, the persons at its end, and reasons for warnings; drafts are kept at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.monitoring.affected import Place
from spectown.core.monitoring.forms import FOOTER
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.indicator import Kind
from spectown.core.monitoring.values import MISSING, Value, ValueKind, read_text, read_value
from spectown.core.numbers import Unreadable
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.enums import Held, Origin
from spectown.monitoring.keeping import keep
from spectown.monitoring.models import Cell, Explanation, Indicator, Sheet
from spectown.monitoring.reach import asked_cells, window_refusals
from spectown.monitoring.seeing import is_own
from spectown.monitoring.working_out import follow
from spectown.organisations.actors import Actor
from spectown.supervision.services.moves import locked, move

EDITABLE = ("not_started", "filling", "returned")
HELD = {
    ValueKind.MISSING: Held.MISSING,
    ValueKind.NOT_APPLICABLE: Held.NOT_APPLICABLE,
    ValueKind.FIGURE: Held.NUMBER,
    ValueKind.TEXT: Held.TEXT,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell as it was typed or stands in a workbook. `revision`: the one the person saw, None = not asked."""

    raw: Any
    comment: str | None = None
    revision: int | None = None


@dataclass(slots=True)
class Kept:
    """What became of each cell: kept ones by code, faults by code, those that somebody else changed meanwhile."""

    cells: dict[str, Cell] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    changed: dict[str, Cell] = field(default_factory=dict)


def filling_refusals(sheet: Sheet, by: Actor) -> list[str]:
    """Why the person cannot fill in the sheet now; empty = can."""
    found = [] if by.may(Permission.SHEET_FILL) else ["当前角色不能填报监测报表。"]
    if not is_own(by, sheet):
        found.append(f"这张报表由{sheet.work.holder}或该镇填报。")
    if sheet.work.state not in EDITABLE and not _came_back(sheet):
        found.append(f"这张报表现在是“{sheet.work.state_label}”,不能修改;需要改的,请退回。")
    late = () if _came_back(sheet) else window_refusals(sheet, timezone.localdate())
    return [*found, *late]


def _came_back(sheet: Sheet) -> bool:
    """True where a bureau gave single cells back while the rest stays where it is."""
    return sheet.work.state == "sent" and sheet.cells.filter(state="returned").exists()


@transaction.atomic
def save_cells(*, sheet: Sheet, entries: Mapping[str, Entry], by: Actor, origin: Origin = Origin.GRID) -> Kept:
    """Keep cells by code of the indicator; what cannot be read is told and leaves the cell as it is. Raises Refused."""
    found, kept = _editable(sheet, by), Kept()
    known = {item.code: (item, cell) for item, cell in asked_cells(found)}
    changed: set[Place] = set()
    rows = Indicator.objects.in_bulk(list(entries), field_name="code")
    for code, entry in entries.items():
        if code not in known:
            kept.faults[code] = "这张报表不填这个指标。"
            continue
        item, cell = known[code]
        cell = cell or Cell(town=found.town, indicator=rows[code], ordinal=found.form_period.ordinal, sheet=found)
        before = cell.revision if cell.pk else 0
        _save_cell(found, item, cell, entry, kept, by, origin)
        if code in kept.cells and cell.revision > before:
            changed.add((code, found.form_period.period))
    _touch(found, by)
    follow([found.town], changed)
    return kept


def _save_cell(sheet: Sheet, item: Item, cell: Cell, entry: Entry, kept: Kept, by: Actor, origin: Origin) -> None:
    try:
        value = read_text(entry.raw) if item.kind == Kind.TEXT else _read(item, entry.raw)
    except Unreadable as fault:
        kept.faults[item.code] = f"{fault}。"
        return
    comment = cell.comment if entry.comment is None else entry.comment.strip()[:300]
    if cell.pk and cell.reported == value and cell.comment == comment:
        kept.cells[item.code] = cell
        return
    if closed := _closed(sheet, cell):
        kept.faults[item.code] = closed
        return
    if meanwhile := _meanwhile(cell, entry):
        kept.faults[item.code], kept.changed[item.code] = meanwhile, cell
        return
    _put(cell, value)
    cell.comment, cell.origin, cell.sheet = comment, origin, sheet
    keep(cell, by)
    kept.cells[item.code] = cell


def _read(item: Item, raw: Any) -> Value:
    return MISSING if raw is None else read_value(raw, item.unit, item.decimals, signed=item.signed)


def _closed(sheet: Sheet, cell: Cell) -> str:
    given_back = sheet.work.state not in ("returned", "sent") or cell.state == "returned"
    return "" if given_back else "这一格没有退回,不能修改。"


def _meanwhile(cell: Cell, entry: Entry) -> str:
    if entry.revision is not None and entry.revision != (cell.revision if cell.pk else 0):
        last = cell.versions.select_related("by").order_by("-revision").first()
        who = f"{last.by.name}已改为 {cell.reported.shown}" if last and last.by else "已被他人修改"
        return f"您打开之后,这一格{who},没有覆盖。"
    return ""


def _put(cell: Cell, value: Value) -> None:
    cell.kind, cell.number, cell.text = HELD[value.kind], value.number, value.text


@transaction.atomic
def save_footer(*, sheet: Sheet, values: Mapping[str, Any], by: Actor) -> Sheet:
    """Keep the persons and the day at the end of the form. Raises Refused, ValidationError by field."""
    found = _editable(sheet, by)
    before = audit.snapshot(found, tuple(FOOTER))
    for name in FOOTER:
        if name in values:
            setattr(found, name, values[name])
    found.full_clean(exclude=["work", "changed_by", "changed_at"])
    _touch(found, by)
    left, right = audit.differences(before, audit.snapshot(found, tuple(FOOTER)))
    if right:
        audit.record(by=by, action="sheet.footer", obj=found, before=left, after=right)
    return found


@transaction.atomic
def explain(*, sheet: Sheet, key: str, text: str, by: Actor) -> Explanation:
    """Keep why a warning is right all the same. Raises Refused."""
    found = _editable(sheet, by)
    if not text.strip():
        raise Refused("请写明理由。")
    kept, _ = Explanation.objects.update_or_create(
        sheet=found, key=key, defaults={"text": text.strip()[:300], "made_by_id": by.person}
    )
    audit.record(by=by, action="sheet.explain", obj=found, after={"rule": key, "reason": kept.text})
    return kept


def _editable(sheet: Sheet, by: Actor) -> Sheet:
    work = locked(sheet.work, by)
    found = Sheet.objects.select_related("form_period", "town").get(work=work)
    found.work = work
    if faults := filling_refusals(found, by):
        raise Refused("".join(faults))
    if work.state == "not_started":
        move(work=work, code="start", by=by)
        work.refresh_from_db()
    return found


def _touch(sheet: Sheet, by: Actor) -> None:
    sheet.changed_at, sheet.changed_by_id = timezone.now(), by.person
    sheet.save()


def same_as_before(*, sheet: Sheet, by: Actor, code: str = "") -> int:
    """Put the figure of the period before into open cells that are empty (or the one named). Return how many."""
    known = _figures_before(sheet)
    entries = {}
    for item, cell in asked_cells(sheet):
        empty = cell is None or cell.reported.kind == ValueKind.MISSING
        value = known.get(item.code, MISSING)
        if empty and value.kind != ValueKind.MISSING and code in ("", item.code):
            entries[item.code] = Entry(str(value.number) if value.is_figure else value.shown)
    if not entries:
        return 0
    kept = save_cells(sheet=sheet, entries=entries, by=by, origin=Origin.SAME)
    return len(kept.cells)


def _figures_before(sheet: Sheet) -> dict[str, Value]:
    """What counts of the period before that was told, by code; a flow of several months is not that of one."""
    period, joins = sheet.form_period.period, plan_data().catalogue.joins
    asked = {item.code: (item, joins.previous(item.code, period)) for item, _ in asked_cells(sheet)}
    like = {
        (code, each.ordinal) for code, (item, each) in asked.items() if not joins.unlike(code, item.kind, period, each)
    }
    rows = Cell.objects.filter(town=sheet.town_id, ordinal__in={ordinal for _, ordinal in like})
    found = rows.select_related("indicator")
    return {cell.indicator.code: cell.counts for cell in found if (cell.indicator.code, cell.ordinal) in like}
