"""Measures as a kind of dated work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q

from spectown.core.supervision.lights import Facts as LightFacts
from spectown.core.supervision.lights import Milestone as Dated
from spectown.core.supervision.measures import MEASURE
from spectown.lib.columnar.reading import key_set
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.supervision.facts import Facts
from spectown.supervision.keeping import NAMED
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.models import Measure, Milestone, Step, Work
from spectown.supervision.named import is_clause, unknown
from spectown.supervision.registry import Kind
from spectown.supervision.reporting import SENT, missing_of
from spectown.supervision.scope import NOTHING, measures_seen
from spectown.supervision.waiting import measures_for

ENDS = frozenset({"verified", "cancelled"})


def one_lead(facts: Facts) -> tuple[str, ...]:
    """One unit, not a kind of units."""
    lead = facts.row.lead
    if lead is None:
        return ("请确定一个牵头单位;方案中几个单位共同牵头的,拆成几项措施,一项一个。",)
    if lead.kind == UnitKind.COLLECTIVE:
        return (f"“{lead}”是一类单位,请拆成几项措施,一项一个牵头单位。",)
    return ()


def in_plan(facts: Facts) -> tuple[str, ...]:
    """A clause of the plan in force, units and places that are known: the plan or the roster may have changed."""
    row, found = facts.row, []
    if not is_clause(row.clause):
        found.append(f"现行方案中没有“{row.clause}”这一条款,请先修改。")
    for column, _, model in NAMED:
        if wrong := unknown(model, getattr(row, column)):
            found.append(f"“{MEASURES.by_name[column].label}”中不认识“{'、'.join(wrong)}”,请先修改。")
    return tuple(found)


def measurable(facts: Facts) -> tuple[str, ...]:
    """What comes out of it, how much, until when."""
    row, found = facts.row, []
    if not row.deliverable.strip():
        found.append("请写明成果。")
    if not re.search(r"[0-90-9一二三四五六七八九十百]", row.target):
        found.append("“可衡量的目标”须写出数,例如 新增规上企业 12 家。")
    if row.deadline is None:
        found.append("请填写完成期限。")
    elif row.deadline < facts.on:
        found.append(f"完成期限 {row.deadline} 已经过了,请先修改。")
    return tuple(found)


def milestones_done(facts: Facts) -> tuple[str, ...]:
    """All that were planned."""
    open_ = [node.title for node in facts.row.nodes.filter(done_on__isnull=True)]
    return (f"时间节点“{'、'.join(open_)}”还没有报完成,请先在进展报告中填写完成日期。",) if open_ else ()


def evidence(facts: Facts) -> tuple[str, ...]:
    """A sent report has a file or a figure."""
    sent = facts.row.reports.filter(work__state__in=("sent", "acknowledged"))
    proved = sent.filter(Q(files__isnull=False, files__removed_at__isnull=True) | ~Q(figure=""))
    return () if proved.exists() else ("还没有证明材料或目标完成数:请在进展报告中上传文件或填写目标完成数并报送。",)


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
    found = list(Measure.objects.filter(work__in=key_set(known)).only("work", "starts", "every"))
    for row in found:
        row.work = known[row.work_id or 0]
    missing, nodes = missing_of(found, on), _nodes(found)
    return {
        row.work_id: replace(
            plain[row.work_id],
            start=row.starts or plain[row.work_id].start,
            milestones=tuple(nodes[row.pk]),
            asked=missing[row.pk].asked,
            missing=missing[row.pk].periods,
        )
        for row in found
        if row.work_id is not None
    }


def _nodes(rows: Sequence[Measure]) -> defaultdict[int, list[Dated]]:
    found: defaultdict[int, list[Dated]] = defaultdict(list)
    nodes = Milestone.objects.filter(measure__in=key_set(row.pk for row in rows)).order_by("measure", "number")
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
    conditions={
        "one_lead": one_lead,
        "in_plan": in_plan,
        "measurable": measurable,
        "milestones_done": milestones_done,
        "evidence": evidence,
    },
    write=write,
    waits=measures_for,
    enrich=enrich,
)
