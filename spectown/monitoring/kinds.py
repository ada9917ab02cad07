"""A sheet (报表:一镇一期) as a kind of dated work: what its moves need and do."""

from __future__ import annotations

import datetime

from django.db.models import Q

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.course import ANSWERED, SHEET
from spectown.core.monitoring.findings import errors, unexplained
from spectown.core.monitoring.forms import FOOTER
from spectown.monitoring import reach
from spectown.monitoring.enums import Origin
from spectown.monitoring.models import Cell, Sheet
from spectown.monitoring.seeing import NOTHING, is_own, seen
from spectown.monitoring.tallying import tally
from spectown.monitoring.telling import tell_bureaus
from spectown.monitoring.validating import findings_of, form_of, reasons_of
from spectown.organisations.actors import Actor
from spectown.supervision.facts import Facts
from spectown.supervision.models import Step
from spectown.supervision.registry import Kind
from spectown.supervision.terms import put_deadline

NAMED = 5  # names in a sentence
WITH_TOWN = ("not_started", "filling", "returned")


def own_town(facts: Facts) -> tuple[str, ...]:
    """The county that holds the sheet, who answers for the town or runs it."""
    return () if is_own(facts.by, facts.row) else (f"这一步由{facts.work.holder}或该镇办理。",)


def window_open(facts: Facts) -> tuple[str, ...]:
    """Between the days of the form; a sheet that was given back until its own day, a late exception until its."""
    return reach.window_refusals(facts.row, facts.on)


def all_answered(facts: Facts) -> tuple[str, ...]:
    """Every asked cell has a figure, 0, or 不适用."""
    open_ = [
        item.name for item, cell in reach.asked_cells(facts.row) if cell is None or cell.reported.kind == "missing"
    ]
    return _named("还没有填:", open_, ";没有的填 0 或“不适用”。")


def no_errors(facts: Facts) -> tuple[str, ...]:
    """No rule of severity error is broken."""
    return errors(findings_of(facts.row))


def warnings_explained(facts: Facts) -> tuple[str, ...]:
    """Each warning has its written reason."""
    return unexplained(findings_of(facts.row), reasons_of(facts.row))


def footer_filled(facts: Facts) -> tuple[str, ...]:
    """The persons and the day at the end of the form."""
    wanted = form_of(facts.row).footer
    return _named("请填写表末的", [FOOTER[name] for name in wanted if not getattr(facts.row, name)], "。")


def cells_named(facts: Facts) -> tuple[str, ...]:
    """Which cells go back."""
    wanted, own = facts.values.get("cells"), {item.code for item, _ in reach.asked_cells(facts.row)}
    if not wanted:
        return ("请指明退回哪些指标。",)
    return _named("这张报表没有指标 ", sorted(set(wanted) - own), "。")


def again_set(facts: Facts) -> tuple[str, ...]:
    """Until when it is to be sent again."""
    again = facts.values.get("again_on")
    if not isinstance(again, datetime.date):
        return ("请填写重新报送的期限。",)
    return () if again > facts.on else ("重新报送的期限应晚于今天。",)


def cells_settled(facts: Facts) -> tuple[str, ...]:
    """Every cell whose figure a bureau owns has been answered by it."""
    waiting = [item.name for item, cell in reach.asked_cells(facts.row) if cell is None or cell.state not in ANSWERED]
    return _named("还没有核定:", waiting, "。")


def _named(before: str, names: list[str], after: str) -> tuple[str, ...]:
    if not names:
        return ()
    more = f"等 {len(names)} 项" if len(names) > NAMED else ""
    return (f"{before}{'、'.join(names[:NAMED])}{more}{after}",)


def write(facts: Facts, step: Step) -> None:
    """The day it was sent; a new deadline where it goes back."""
    sheet: Sheet = facts.row
    if step.move == "send":
        sheet.sent_on = facts.on
        reach.resubmit(sheet, facts.by)
    elif step.move in ("send_back", "unlock"):
        sheet.sent_on = None
        facts.work.first_deadline = facts.work.deadline = facts.values["again_on"]
        put_deadline(facts.work, facts.term, facts.calendar, facts.on)
    sheet.save(update_fields=["sent_on"])


def open_cells(facts: Facts, step: Step) -> None:
    """The named cells are open again, and only these."""
    reach.reopen(facts.row, facts.values["cells"], step.reason, facts.by)


def in_place(_facts: Facts, _step: Step) -> None:
    """Nothing to do: every save keeps a version, lists are read anew."""


def tell_of_arrival(facts: Facts, _step: Step) -> None:
    """Bureaus that own a figure of the sheet."""
    sources = facts.row.cells.exclude(indicator__source=None).values_list("indicator__source", flat=True)
    tell_bureaus(facts.row.form_period, set(sources), facts.on)


def count_in(facts: Facts, _step: Step) -> None:
    """What was the county's own until now stands in the sums from now on."""
    sheet: Sheet = facts.row
    rows = Cell.objects.filter(town=sheet.town_id, ordinal=sheet.form_period.ordinal).exclude(origin=Origin.LIST)
    tally({(code, sheet.form_period.ordinal) for code in rows.values_list("indicator__code", flat=True)})


def sees(actor: Actor) -> Q:
    """Counties and towns their own, bureaus what was sent, office and leading group all."""
    found = seen(actor)
    if actor.may(Permission.VALUE_CERTIFY) and not actor.may(Permission.INDICATOR_MANAGE):
        return found & Q(state__in=("sent", "accepted", "locked", "returned"))
    return found


def waits(actor: Actor) -> Q:
    """To fill in, to check and send, to certify, to accept."""
    mine = NOTHING
    if actor.may(Permission.SHEET_FILL):
        mine |= (Q(state__in=WITH_TOWN) | (Q(state="sent") & reach.given_back())) & seen(actor)
    if actor.may(Permission.SHEET_CHECK):
        mine |= Q(state__in=("filled", "checked"), holder=actor.unit_id)
    if actor.may(Permission.VALUE_CERTIFY) and actor.unit_id:
        mine |= Q(state="sent") & reach.to_certify(actor.unit_id)
    if actor.may(Permission.INDICATOR_MANAGE):
        mine |= reach.acceptable()
    return mine


SHEET_KIND = Kind(
    "sheet",
    SHEET,
    Sheet,
    frozenset({"accepted", "locked"}),
    sees,
    conditions={
        "own_town": own_town,
        "window_open": window_open,
        "all_answered": all_answered,
        "no_errors": no_errors,
        "warnings_explained": warnings_explained,
        "footer_filled": footer_filled,
        "cells_named": cells_named,
        "again_set": again_set,
        "cells_settled": cells_settled,
    },
    effects={
        "prefill": in_place,
        "new_version": in_place,
        "tell_bureaus": tell_of_arrival,
        "open_cells": open_cells,
        "count_in": count_in,
    },
    fills={move: frozenset({"cells", "again_on"}) for move in ("send_back", "unlock")},
    filled=frozenset({"cells_named", "again_set"}),
    write=write,
    waits=waits,
)
