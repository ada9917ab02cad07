"""Measures as a kind of dated work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Q

from spectown.core.periods import Period
from spectown.core.supervision.lights import Facts as LightFacts
from spectown.core.supervision.lights import Milestone as Dated
from spectown.core.supervision.measures import MEASURE
from spectown.lib.columnar.reading import key_set
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.supervision.facts import Facts
from spectown.supervision.kinds.measureneeds import CONDITIONS
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.models import Measure, Milestone, Step, Work
from spectown.supervision.registry import Kind
from spectown.supervision.reporting import SENT, missing_by, periods_by
from spectown.supervision.scope import NOTHING, measures_seen
from spectown.supervision.waiting import measures_for

ENDS = frozenset({"verified", "cancelled"})


def write(facts: Facts, step: Step) -> None:
    """The list says the state too; what has come to an end is not reported any more."""
    row: Measure = facts.row
    said = f"{step.label}:{step.reason}" if step.reason else step.label
    records.step(
        ledger=MEASURES, pk=row.pk, values={"state": step.state}, version=row.version, by=facts.by, reason=said
    )
    if step.state in ENDS:
        close_reports(row, facts.on)


def close_reports(measure: Measure, on: date) -> None:
    """Reports that were not sent are not asked for any more; their rows stay."""
    open_ = Work.objects.filter(report__measure=measure, ended_on__isnull=True).exclude(state__in=SENT)
    open_.update(ended_on=on, anchored_on=None, paused_on=None, light="none", light_rule="", light_why="")


def enrich(works: Sequence[Work], plain: Mapping[int, LightFacts], on: date) -> Mapping[int, LightFacts]:
    """Milestones and missing reports; five queries however many."""
    known = {work.pk: work for work in works}
    rows = list(Measure.objects.filter(work__in=key_set(known)).values_list("pk", "work_id", "starts", "every"))
    asked = {pk: _periods(known[work], starts, every, on) for pk, work, starts, every in rows}
    missing, nodes = missing_by(asked, on), _nodes(asked)
    return {
        work: LightFacts(
            start=starts or plain[work].start,
            term=plain[work].term,
            milestones=tuple(nodes[pk]),
            percent=plain[work].percent,
            asked=missing[pk].asked,
            missing=missing[pk].periods,
        )
        for pk, work, starts, _ in rows
    }


def _periods(work: Work, starts: date | None, every: str, on: date) -> tuple[Period, ...]:
    return periods_by(work.started_on, starts, every, work.deadline, work.ended_on, on)


def _nodes(measures: Collection[int]) -> defaultdict[int, list[Dated]]:
    found: defaultdict[int, list[Dated]] = defaultdict(list)
    nodes = Milestone.objects.filter(measure__in=key_set(measures)).order_by("measure", "number")
    for measure, title, due, done, percent in nodes.values_list("measure_id", "title", "due", "done_on", "percent"):
        found[measure].append(Dated(title, due, done, percent))
    return found


def sees(actor: Actor) -> Q:
    """As the list, without what was deleted."""
    found = measures_seen(actor, "measure__")
    return NOTHING if found is None else found & Q(measure__deleted_at__isnull=True)


MEASURE_KIND = Kind(
    "measure",
    MEASURE,
    Measure,
    ENDS,
    sees,
    conditions=CONDITIONS,
    write=write,
    waits=measures_for,
    enrich=enrich,
    dated="deadline",
)
