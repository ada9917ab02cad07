"""What is odd in the plan itself, as far as its text alone can show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spectown.core.plandoc import units
from spectown.core.plandoc.folding import fold
from spectown.core.plandoc.headmatter import Head
from spectown.core.plandoc.model import Clause, Member, Problem, Severity, Task, Town

_SOFT = re.compile(r"原则上[^,。;]{0,20}")
_CHIEF = re.compile(r"(?:代理|代|常务|副)*(?:县|区|市|旗)长$")


def find(
    head: Head, clauses: list[Clause], tasks: list[Task], members: tuple[Member, ...], towns: list[Town], folded: str
) -> Iterator[Problem]:
    """Yield every finding about the plan."""
    yield from _head(head)
    yield from _numbering(clauses)
    yield from _joint_leads(tasks)
    yield from _without_duty(tasks, members)
    yield from _outside_roster(tasks, members)
    yield from _counties_without_town(members, towns)
    yield from _soft_rules(clauses, folded)


def _head(head: Head) -> Iterator[Problem]:
    if not head.title:
        yield Problem(Severity.ODD, "没有找到文件标题")
    if not head.document_number:
        yield Problem(Severity.ODD, "没有找到发文字号")
    if not head.signed_date:
        yield Problem(Severity.ODD, "没有找到成文日期")


def _numbering(clauses: list[Clause]) -> Iterator[Problem]:
    for clause in clauses:
        if "~" in clause.id:
            yield Problem(Severity.ODD, f"编号“{clause.number}”重复出现", clause.id, clause.start, clause.end)


def _joint_leads(tasks: list[Task]) -> Iterator[Problem]:
    for task in tasks:
        if len(task.leads) > 1:
            mark = task.marks[0]
            names = "、".join(task.leads)
            message = f"由{len(task.leads)}个单位共同牵头({names}),需拆分到一个牵头单位"
            yield Problem(Severity.ODD, message, task.clause, mark.start, mark.end)


def _without_duty(tasks: list[Task], members: tuple[Member, ...]) -> Iterator[Problem]:
    if not tasks:
        return
    busy = {key(name) for task in tasks for name in (*task.leads, *task.participants)}
    for member in members:
        unit = member.unit
        if (
            not unit
            or not units.is_unit(fold(unit))
            or unit[-1] in "县区市旗州"
            or unit in ("市委", "县委", "区委", "市政府", "县政府", "区政府")
        ):
            continue
        if key(unit) not in busy and "组长" not in member.role:
            message = f"成员单位“{unit}”不在任何一项任务的牵头或配合单位之中"
            yield Problem(Severity.ODD, message, None, member.start, member.end)


def _outside_roster(tasks: list[Task], members: tuple[Member, ...]) -> Iterator[Problem]:
    if not any(member.unit for member in members):
        return
    known = {key(member.unit) for member in members}
    told: set[str] = set()
    for task in tasks:
        for name in (*task.leads, *task.participants):
            if key(name) not in known and name not in told:
                told.add(name)
                mark = next(m for m in task.marks if name in (*m.leads, *m.participants))
                message = f"“{name}”承担任务,但不在领导小组成员之中"
                yield Problem(Severity.ODD, message, task.clause, mark.start, mark.end)


def _counties_without_town(members: tuple[Member, ...], towns: list[Town]) -> Iterator[Problem]:
    if not towns:
        return
    have = {town.county for town in towns}
    for member in members:
        if (
            _CHIEF.search(member.post)
            and member.unit[-1:] in "县区市旗"
            and len(member.unit) > 1
            and member.unit not in have
        ):
            yield Problem(Severity.ODD, f"{member.unit}没有专业镇列入名单", None, member.start, member.end)


def _soft_rules(clauses: list[Clause], folded: str) -> Iterator[Problem]:
    for clause in clauses:
        for match in _SOFT.finditer(folded, clause.start, clause.end):
            message = f"“{match.group()}”是弹性要求,例外如何处理没有规定"
            yield Problem(Severity.ODD, message, clause.id, match.start(), match.end())


def key(name: str) -> str:
    """Return the form under which two writings of one unit are the same: no alias bracket, one width."""
    return re.sub(r"\([^()]*\)", "", fold(name)) or name
