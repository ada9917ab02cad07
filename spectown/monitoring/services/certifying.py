"""A bureau answers for its figures, the office gives single cells back, opens a sheet late, locks and unlocks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.monitoring.course import CELL
from spectown.core.monitoring.values import Value, ValueKind, read_value
from spectown.core.numbers import Unreadable
from spectown.core.workflow import Attempt
from spectown.lib.refusal import Refused
from spectown.monitoring.enums import Held, Origin
from spectown.monitoring.keeping import keep
from spectown.monitoring.models import Cell, LateException, Sheet
from spectown.monitoring.reach import asked_cells
from spectown.monitoring.seeing import is_own
from spectown.monitoring.telling import tell_bureaus, tell_county
from spectown.monitoring.working_out import follow
from spectown.organisations.actors import Actor
from spectown.supervision.services.moves import locked

LATEST = 400  # days: a late exception of more is a mistake


@transaction.atomic
def answer(*, cell: Cell, code: str, by: Actor, raw: Any = None, reason: str = "") -> Cell:
    """One move of a cell by its table: agree, differ (with the bureau's own figure), give back, send again.

    A cell that a bureau gave back is filled in and sent again by itself; the sheet stays where it is. Raises Refused.
    """
    found, sheet = _locked_cell(cell, by)
    value = _given(found, sheet, code, raw)
    lacking = _lacking(found, sheet, by, value)
    held = frozenset(map(str, by.permissions))
    attempt = Attempt(held, by.user_id, {"fill": _filler(found)}, reason.strip(), lacking)
    faults = CELL.refusals(code, found.state, attempt)
    if faults:
        raise Refused("".join(faults))
    found.state = CELL.move(code).target
    if code == "differ" and value is not None:
        found.certified_kind = Held.NUMBER if value.is_figure else Held.NOT_APPLICABLE
        found.certified = value.number
    else:
        found.certified_kind = found.certified = None
    keep(found, by, reason=reason.strip(), certified=code == "differ")
    after = {"indicator": found.indicator.code, "reported": found.reported.shown, "counts": found.counts.shown}
    follow([sheet.town], {(found.indicator.code, sheet.form_period.period)})
    today = timezone.localdate()
    if code == "resubmit" and found.indicator.source_id:
        tell_bureaus(sheet.form_period, {found.indicator.source_id}, today)
    else:
        tell_county(found, sheet, by.user_id, today)
    audit.record(by=by, action=f"cell.{code}", obj=sheet, after=after, reason=reason.strip())
    return found


def agree_all(*, cells: Sequence[Cell], by: Actor) -> tuple[list[Cell], list[tuple[Cell, str]]]:
    """Agree to many cells, each on its own; say which were refused and why."""
    made, refused = [], []
    for cell in cells:
        try:
            made.append(answer(cell=cell, code="agree", by=by))
        except Refused as refusal:
            refused.append((cell, str(refusal)))
    return made, refused


def _given(cell: Cell, sheet: Sheet, code: str, raw: Any) -> Value | None:
    """The bureau's own figure, None where none is given."""
    if code != "differ" or raw in (None, ""):
        return None
    item = next(item for item, _ in asked_cells(sheet) if item.code == cell.indicator.code)
    try:
        value = read_value(raw, item.unit, item.decimals, signed=item.signed)
    except Unreadable as fault:
        raise Refused(f"核定数:{fault}。") from fault
    return None if value.kind == ValueKind.MISSING else value


def _lacking(cell: Cell, sheet: Sheet, by: Actor, value: Value | None) -> Mapping[str, tuple[str, ...]]:
    source = cell.indicator.source
    given = value is not None and value != cell.reported
    return {
        "own_town": () if is_own(by, sheet) else (f"这一步由{sheet.work.holder}办理。",),
        "window_open": (),
        "own_indicator": () if source and source.pk == by.unit_id else (f"这个指标由{source or '来源单位'}核定。",),
        "sheet_sent": () if sheet.work.state == "sent" else (f"报表现在是“{sheet.work.state_label}”,不能核定。",),
        "figure_given": () if given else ("请填写与填报数不同的核定数。",),
    }


def _filler(cell: Cell) -> int | None:
    """Who put the present figure in: somebody else sends it again."""
    last = cell.versions.filter(origin__in=(Origin.GRID, Origin.EXCEL, Origin.SAME)).order_by("-revision").first()
    return last.by_id if last else None


def _locked_cell(cell: Cell, by: Actor) -> tuple[Cell, Sheet]:
    if cell.sheet is None:
        raise Refused("这一格由清单得出或按公式计算,不需核定。")
    work = locked(cell.sheet.work, by)
    sheet = Sheet.objects.select_related("form_period", "town").get(work=work)
    sheet.work = work
    rows = Cell.objects.select_for_update(of=("self",)).select_related("indicator__source")
    return rows.get(pk=cell.pk), sheet


@transaction.atomic
def allow_late(*, sheet: Sheet, until: datetime.date, reason: str, by: Actor) -> LateException:
    """Let a town report after the closing day (逾期例外). Raises Refused."""
    by.require(Permission.INDICATOR_MANAGE)
    work = locked(sheet.work, by)
    today = timezone.localdate()
    if not reason.strip():
        raise Refused("请写明理由。")
    if not today <= until <= today + datetime.timedelta(LATEST):
        raise Refused("补报期限应在今天以后、一年以内。")
    if work.state not in ("not_started", "filling", "returned", "filled", "checked"):
        raise Refused(f"报表现在是“{work.state_label}”,不需要逾期例外。")
    made = LateException.objects.create(sheet=sheet, until=until, reason=reason.strip()[:300], made_by_id=by.person)
    audit.record(by=by, action="sheet.late", obj=sheet, after={"until": str(until)}, reason=made.reason)
    return made
