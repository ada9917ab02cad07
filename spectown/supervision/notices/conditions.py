"""What the moves of a notice need, by the names of core.supervision.words.NEEDS."""

from __future__ import annotations

from collections.abc import Mapping

from spectown.core.supervision.burden import cap_refusals
from spectown.documents.enums import State
from spectown.supervision.facts import Facts
from spectown.supervision.models import Notice, NoticeReport
from spectown.supervision.notices.burden import burden_of
from spectown.supervision.notices.settings import notice_settings
from spectown.supervision.registry import Condition

Sentences = tuple[str, ...]


def content(facts: Facts) -> Sentences:
    """Everything that the document will say is there."""
    row, work = facts.row, facts.work
    wanted = {
        "被督办单位": work.holder_id,
        "触发情形": row.said.strip(),
        "存在问题": row.problems,
        "整改要求": row.demands.exists(),
        "报整改方案期限": row.plan_due,
        "报整改结果期限": work.first_deadline,
        "确认单位": row.affected_id,
        "联系人": row.contact.strip(),
        "联系电话": row.phone.strip(),
    }
    lacking = [label for label, value in wanted.items() if not value]
    said: Sentences = (f"还没有写明{'、'.join(lacking)}。",) if lacking else ()
    if row.affected_id and row.affected_id == work.holder_id:
        said += ("确认单位不能是被督办单位自己。",)
    return said


def within_cap(facts: Facts) -> Sentences:
    """The unit is not asked more than the cap, or it is said why."""
    row = facts.row
    burden = burden_of(facts.work.holder_id, facts.on, but=row.pk)
    return cap_refusals(burden, row.demands.count(), notice_settings(facts.on), row.excess_reason)


def dates_ahead(facts: Facts) -> Sentences:
    """Nobody is told of a day that is over."""
    days = {"报整改方案期限": facts.row.plan_due, "报整改结果期限": facts.work.first_deadline}
    late = [f"{label} {day:%Y-%m-%d} 已过" for label, day in days.items() if day and day < facts.on]
    return (f"{'、'.join(late)},请{'先改' if facts.work.state == 'draft' else '退回修改'}期限。",) if late else ()


def document_issued(facts: Facts) -> Sentences:
    """The document was signed and issued in the register (on paper too)."""
    document = facts.row.document
    is_out = document is not None and document.state == State.ISSUED
    return () if is_out else ("公文还没有在登记簿中印发;纸质签发的,请先在公文页登记纸质签发。",)


def affected(facts: Facts) -> Sentences:
    """Whoever was affected does it."""
    row: Notice = facts.row
    if row.affected is None:
        return ("没有写明确认单位。",)
    return () if row.affected_id == facts.by.unit_id else (f"这一步由确认单位{row.affected}办理。",)


def plan_given(facts: Facts) -> Sentences:
    """The unit says what it will do, who, until when."""
    row = facts.row
    wanted = {"整改措施": row.plan_text, "整改责任人": row.plan_person, "计划完成日期": row.plan_until}
    lacking = [label for label, value in wanted.items() if not value]
    return (f"整改方案还没有写明{'、'.join(lacking)}。",) if lacking else ()


def open_report(notice: Notice) -> NoticeReport | None:
    """The report that is being written."""
    return notice.reports.filter(sent_at__isnull=True).prefetch_related("files").first()


def progress_given(facts: Facts) -> Sentences:
    """There is something to send."""
    found = open_report(facts.row)
    return () if found and found.text.strip() else ("还没有填写整改情况。",)


def result_given(facts: Facts) -> Sentences:
    """What was done about each demand is said and shown."""
    found = open_report(facts.row)
    if found is None or not found.text.strip():
        return ("还没有填写整改情况。",)
    open_ = [d.number for d in facts.row.demands.all() if not str(found.results.get(str(d.number), "")).strip()]
    said = (f"第 {'、'.join(map(str, open_))} 条要求还没有写明完成情况。",) if open_ else ()
    return said if found.files.all() else (*said, "还没有上传佐证材料。")


CONDITIONS: Mapping[str, Condition] = {
    "content": content,
    "within_cap": within_cap,
    "dates_ahead": dates_ahead,
    "document_issued": document_issued,
    "affected": affected,
    "plan_given": plan_given,
    "progress_given": progress_given,
    "result_given": result_given,
}
