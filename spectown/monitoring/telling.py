"""Messages of monitoring: a county hears what became of a cell, a bureau that figures wait for it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Count
from django.urls import reverse

from spectown.accounts.permissions import PERMISSIONS, Permission, Role
from spectown.core.supervision.reminders import Level
from spectown.monitoring import dates as dates  # its days of the forms belong to the calendar
from spectown.monitoring.models import Cell, CellVersion, FormPeriod, Sheet
from spectown.organisations.models import Membership
from spectown.outbox.models import Message
from spectown.outbox.posting import Posting, post
from spectown.outbox.registry import Rendered, Untrue, tells
from spectown.supervision.receivers import line_on

CELL, ARRIVED = "sheet.cell", "sheet.arrived"
OPEN = ("reported", "resubmitted")
TOLD = {"differs": "核定为另一数", "returned": "退回了这一格"}


def tell_county(cell: Cell, sheet: Sheet, by: int | None, on: datetime.date) -> None:
    """Those who fill in and check: a bureau gave another figure, or gave the cell back. One event a version."""
    holder = sheet.work.holder_id
    if holder is None or cell.state not in TOLD:
        return
    told = line_on(on, holder).told(holder, Level.HOLDER)
    users: list[tuple[int | None, int | None]] = [*told.users.items()] or [(None, holder)]
    said = {"revision": cell.revision}
    event = f"version:{cell.revision}"
    post(
        Posting(user, CELL, cell.pk, event, said, unit_id=unit, meant_for=told.meant, note=told.note)
        for user, unit in users
        if user != by
    )


def tell_bureaus(
    opened: FormPeriod, units: Collection[int], on: datetime.date, *, by: datetime.date | None = None
) -> None:
    """Those who certify for these units: figures came in (once a day), or the day is near (`by`: once for that day)."""
    roles = [role for role in Role if Permission.VALUE_CERTIFY in PERMISSIONS[role]]
    held = Membership.objects.valid_on(on).filter(unit__in=units, role__in=roles, user__is_active=True)
    people = sorted(set(held.values_list("unit_id", "user_id")))
    nobody = [(unit, None) for unit in sorted(set(units) - {unit for unit, _ in people})]
    event = f"by:{by}" if by else f"came:{on}"
    post(
        Posting(
            user,
            ARRIVED,
            opened.pk,
            f"{event}:{unit}",
            {"unit": unit, "by": by.isoformat() if by else ""},
            unit_id=unit,
            meant_for="来源单位的核定人",
        )
        for unit, user in [*people, *nobody]
    )


@tells(CELL, label="核定结果")
def answered(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """As long as the cell stands as it was answered."""
    rows = Cell.objects.select_related("indicator__source", "town", "sheet__form_period")
    cells = rows.in_bulk({message.object_id for message in messages})
    said = CellVersion.objects.filter(cell__in=cells).values_list("cell_id", "revision", "reason")
    reasons = {(cell, revision): reason for cell, revision, reason in said}
    return {
        m.pk: _answered(m, cells[m.object_id], reasons.get((m.object_id, m.facts.get("revision")), ""))
        for m in messages
        if m.object_id in cells
    }


def _answered(message: Message, cell: Cell, reason: str) -> Rendered | Untrue:
    if cell.revision != message.facts.get("revision") or cell.state not in TOLD:
        return Untrue(f"现在是“{cell.get_state_display()}”。")
    unit, word = cell.indicator.unit, TOLD[cell.state]
    kept = f"核定数 {cell.counts.shown}{unit},以核定数为准。" if cell.state == "differs" else ""
    why = f"理由:{reason}。" if reason else ""
    todo = "请核对后重报这一格。" if cell.state == "returned" else ""
    text = f"{cell.indicator.source or '办公室'}{word}:{cell.indicator.name}填报数 {cell.reported.shown}{unit}。"
    url = reverse("monitoring:sheet", args=[cell.sheet_id]) if cell.sheet_id else ""
    title = f"{cell.town}{cell.period.label}{cell.indicator.name}:{word}"
    return Rendered(title, f"{text}{kept}{why}{todo}", url)


@tells(ARRIVED, label="待核定")
def arrived(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """As long as something waits for the unit; one query for all."""
    opened = FormPeriod.objects.in_bulk({message.object_id for message in messages})
    rows = Cell.objects.filter(sheet__form_period__in=opened, sheet__work__state="sent", state__in=OPEN)
    counts = rows.values_list("sheet__form_period", "indicator__source").annotate(
        cells=Count("pk"), towns=Count("town", distinct=True)
    )
    found = {(period, source): (cells, towns) for period, source, cells, towns in counts}
    return {
        m.pk: _arrived(m, opened[m.object_id], found.get((m.object_id, m.facts["unit"])))
        for m in messages
        if m.object_id in opened
    }


def _arrived(message: Message, opened: FormPeriod, waiting: tuple[int, int] | None) -> Rendered | Untrue:
    if waiting is None:
        return Untrue("已经全部答复。")
    cells, towns = waiting
    by = message.facts.get("by")
    until = f"{by} 前没有答复的,视同无异议。" if by else ""
    url = f"{reverse('monitoring:certify')}?period={opened.pk}"
    text = f"{opened}中由本单位负责的指标,有 {towns} 个镇 {cells} 格待核定。{until}"
    return Rendered(f"待核定:{opened}", text, url)
