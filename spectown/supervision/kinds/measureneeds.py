"""What the moves of a measure need, as sentences of what is lacking."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db.models import Q

from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.supervision.coverage import sentences_of
from spectown.supervision.facts import Facts
from spectown.supervision.keeping import NAMED
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.named import is_clause, names_of, rows_named, unknown
from spectown.supervision.registry import Condition
from spectown.supervision.reporting import SENT

NO_LEADS = (UnitKind.ENTERPRISE, UnitKind.EXPERT_POOL)
WHOLE = 100  # per cent


def one_lead(facts: Facts) -> tuple[str, ...]:
    """One unit, not a kind of units."""
    lead = facts.row.lead
    if lead is None:
        return ("请确定一个牵头单位;方案中几个单位共同牵头的,拆成几项措施,一项一个。",)
    if lead.kind == UnitKind.COLLECTIVE:
        return (f"“{lead}”是一类单位,请拆成几项措施,一项一个牵头单位。",)
    if lead.kind in NO_LEADS:
        return (f"“{lead}”是{lead.get_kind_display()},不能牵头;请由市直单位、县(区)或专业镇运营主体牵头。",)
    twice = rows_named(Unit, names_of(facts.row.participants)).values()
    return (f"“{lead}”是牵头单位,请不要再列为配合单位。",) if lead.pk in twice else ()


def in_plan(facts: Facts) -> tuple[str, ...]:
    """A clause of the plan in force, units and places that are known: the plan or the roster may have changed."""
    row, found = facts.row, []
    if not is_clause(row.clause):
        found.append(f"现行方案中没有“{row.clause}”这一条款,请先修改。")
    elif row.sentence and row.sentence > (most := sentences_of(row.clause)):
        found.append(f"方案{row.clause}只有 {most} 句,没有第 {row.sentence} 句,请先修改。")
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
    """A sent report has a file or a figure, and the last of them does not say that some is still to be done."""
    done = facts.work.percent
    if done is not None and done < WHOLE:
        return (f"最近一期报送的累计完成是 {done:g}%:全部完成的,请先报送累计完成 100% 的进展报告。",)
    sent = facts.row.reports.filter(work__state__in=SENT)
    proved = sent.filter(Q(files__isnull=False, files__removed_at__isnull=True) | ~Q(figure=""))
    return () if proved.exists() else ("还没有证明材料或目标完成数:请在进展报告中上传文件或填写目标完成数并报送。",)


CONDITIONS: Mapping[str, Condition] = {
    "one_lead": one_lead,
    "in_plan": in_plan,
    "measurable": measurable,
    "milestones_done": milestones_done,
    "evidence": evidence,
}
