"""The office makes the plan of a year out of the last one; a leader says what they think of a measure."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.supervision.milestones import Planned, write_milestones
from spectown.lib.refusal import Refused
from spectown.lists.scope import visible
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.supervision.enums import Confidence
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.models import Measure, Rating

COPIED = (
    *("clause", "sentence", "title", "deliverable", "target", "lead", "participants"),
    *("counties", "towns", "every", "note"),
)
DONE = ("reported", "verified", "cancelled")  # what is said to be done waits for its verification, not for next year


@transaction.atomic
def copy_year(*, year: int, by: Actor) -> tuple[list[Measure], list[str]]:
    """Begin the plan of a year with what was not finished in the year before, as drafts. Raises Refused.

    What was copied before is left out, so that it may be done again after more was added. One that the list does not
    take any more (its clause left the plan, a unit its name) keeps no other back: second, sentences about those.
    """
    by.require(Permission.PLAN_MANAGE)
    open_ = visible(MEASURES, by).filter(year=year - 1).exclude(state__in=(*DONE, "draft", "proposed"))
    known = Measure.objects.alive().filter(year=year)
    taken = set(known.values_list("title", flat=True))
    rows = open_.exclude(pk__in=known.filter(source__isnull=False).values("source")).exclude(title__in=taken)
    found = list(rows.select_related("lead", "work").prefetch_related("nodes").order_by("clause", "pk"))
    if not found:
        raise Refused(f"{year - 1} 年没有未完成、还没有转到 {year} 年的措施。")
    made, left = [], []
    for measure in found:
        try:
            with transaction.atomic():
                made.append(_copy(measure, year, by))
        except ValidationError as fault:
            left.append(f"“{measure.title}”没有转入:{''.join(fault.messages)}")
    return made, left


def _copy(measure: Measure, year: int, by: Actor) -> Measure:
    values: dict[str, Any] = {name: getattr(measure, name) for name in COPIED}
    values |= {"year": year, "starts": datetime.date(year, 1, 1)}
    until = (measure.work.deadline if measure.work else None) or measure.deadline  # the one in force, as extended
    values["deadline"] = moved(until, year) if until else None
    values["milestones"] = write_milestones(_later(measure, year, values["deadline"]))
    made = cast(Measure, records.create(ledger=MEASURES, values=values, by=by))
    Measure.objects.filter(pk=made.pk).update(source=measure)
    made.source = measure
    audit.record(by=by, action="measure.copy", obj=made, after={"source": MEASURES.number(measure.pk)})
    return made


def _later(measure: Measure, year: int, until: datetime.date | None) -> list[Planned]:
    """What is open, in the new year: none after the deadline (which stays where it lies there) nor after the next."""
    found = list[Planned]()
    last = until or datetime.date.max
    for node in reversed([node for node in measure.nodes.all() if node.done_on is None]):
        last = min(moved(node.due, year), last)
        found.insert(0, Planned(last, node.title, node.percent))
    return found


def moved(day: datetime.date, year: int) -> datetime.date:
    """The same day of another year; the last of February where that year has no 29th. A later year stays."""
    if day.year >= year:
        return day
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


@transaction.atomic
def rate(*, measure: Measure, confidence: str, note: str, by: Actor) -> Rating:
    """Somebody of the leading group says how likely it is; the reports stay as they are. Raises Refused."""
    by.require(Permission.PLAN_DECIDE)
    if confidence not in Confidence.values:
        raise Refused("请选择有把握、有疑虑或难以按期完成。")
    if confidence != Confidence.SURE and not note.strip():
        raise Refused("请写明疑虑在哪里。")
    if not visible(MEASURES, by).filter(pk=measure.pk).exists():
        raise Refused("没有这项措施,或者它不归您看。")
    made = Rating(measure=measure, confidence=confidence, note=note.strip()[:300])
    made.made_by_id = by.person
    made.save()
    audit.record(by=by, action="measure.rate", obj=measure, after={"confidence": confidence}, reason=made.note)
    return made
