"""Progress reports as a kind of dated work."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q

from spectown.accounts.permissions import Role
from spectown.core.supervision.measures import REPORT
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.supervision.facts import Facts
from spectown.supervision.lighting import relight
from spectown.supervision.models import Report, Step
from spectown.supervision.registry import Kind
from spectown.supervision.scope import NOTHING, measures_seen
from spectown.supervision.settings import settings_of
from spectown.supervision.terms import put_deadline
from spectown.supervision.waiting import reports_for

WITH_UNIT = ("draft", "checking", "returned")  # what was not sent is the unit's


def report_given(facts: Facts) -> tuple[str, ...]:
    """Something is said: what was done and how far it is, or that there is nothing to report."""
    report: Report = facts.row
    if report.nothing:
        return ()
    found = [] if report.done.strip() else ["请写明本期做了什么;确实没有进展的,选“本期无进展”。"]
    return tuple(found if report.percent is not None else [*found, "请填写累计完成百分之几。"])


def again_set(facts: Facts) -> tuple[str, ...]:
    """Until when it is to be sent again."""
    again = facts.values.get("again_on")
    if not isinstance(again, datetime.date):
        return ("请填写重新报送的期限。",)
    return () if again > facts.on else ("重新报送的期限应晚于今天。",)


def write(facts: Facts, step: Step) -> None:
    """What was sent counts for the measure; what goes back has a new deadline."""
    if step.move == "send":
        _count(facts)
    elif step.move == "send_back":
        _renew(facts, facts.values["again_on"])


def _count(facts: Facts) -> None:
    report: Report = facts.row
    for reached in report.reached.select_related("milestone"):
        reached.milestone.done_on = reached.on
        reached.milestone.save(update_fields=["done_on"])
    work = report.measure.work
    sent = report.measure.reports.filter(work__state__in=("sent", "acknowledged"), year__gte=report.year)
    later = any(other.period > report.period for other in sent.exclude(pk=report.pk))
    if work is not None and not later and report.percent is not None:
        work.percent = report.percent
        work.save(update_fields=["percent"])
    if work is not None:
        relight([work], settings_of(facts.on), facts.calendar, facts.on)


def _renew(facts: Facts, again: datetime.date) -> None:
    work = facts.work
    if work.started_on is None:
        raise Refused("这份报告还没有开始计时。")
    work.first_deadline = work.deadline = again
    put_deadline(work, facts.term, facts.calendar, facts.on)


def sees(actor: Actor) -> Q:
    """The unit its own from the first word on; others what was sent, where they see the measure.

    Office and leading group go on seeing what was sent and then went back.
    """
    found = measures_seen(actor, "report__measure__")
    if found is None:
        return NOTHING
    sent = ~Q(state__in=WITH_UNIT)
    if actor.role in {Role.OFFICE, Role.LEADER}:
        sent |= Q(Exists(Step.objects.filter(work=OuterRef("pk"), move="send")))
    return Q(holder=actor.unit_id) | (found & sent)


REPORT_KIND = Kind(
    "report",
    REPORT,
    Report,
    frozenset({"acknowledged"}),
    sees,
    conditions={"report_given": report_given, "again_set": again_set},
    fills={"send_back": frozenset({"again_on"})},
    filled=frozenset({"again_set"}),
    write=write,
    waits=reports_for,
)
