"""What a person reads of a parsed document: a few lines of plain Chinese."""

from __future__ import annotations

from spectown.core.plandoc.model import PlanDocument, Problem, Quantity, Severity, Task

_COMPARATORS = {">=": "不少于", ">": "超过", "<=": "不超过", "<": "低于", "=": "", "range": "", "approx": "约"}


def lines(plan: PlanDocument) -> list[str]:
    """Return the summary, one line each."""
    clauses = plan.walk()
    found = [
        f"标题:{plan.title or '未找到'}",
        f"发文机关:{plan.issuer or '未找到'}  发文字号:{plan.document_number or '未找到'}"
        f"  成文日期:{plan.signed_date or '未找到'}  公开方式:{plan.disclosure or '未注明'}",
        f"条款 {len(clauses)} 条(其中章 {sum(1 for c in clauses if c.level == 1)} 个),"
        f"任务 {len(plan.tasks)} 项,责任单位标注 {plan.marks_count} 处",
        f"领导小组成员 {len(plan.members)} 人,专业镇 {len(plan.towns)} 个,表格 {len(plan.tables)} 张",
    ]
    found += [line for task in plan.tasks for line in _task(task)]
    found += [f"目标 {_quantity(item)}" for item in plan.targets]
    found += [f"条件 {_quantity(item)}" for item in plan.thresholds]
    found += [_problem(item) for item in plan.problems]
    return found


def _task(task: Task) -> list[str]:
    found = [f"任务 {task.clause or task.number or '-'} {task.title}"]
    for label, names in (("牵头", task.leads), ("参与", task.participants), ("集体", task.collective)):
        if names:
            found.append(f"    {label}:{'、'.join(names)}")
    return found


def _quantity(item: Quantity) -> str:
    values = "-".join(format(value, "f") for value in item.values)
    year = f"({item.year}年)" if item.year else ""
    soft = "(原则上)" if item.soft else ""
    return f"{item.clause or '-'} {item.subject}:{_COMPARATORS[item.comparator.value]}{values}{item.unit}{year}{soft}"


def _problem(item: Problem) -> str:
    kind = "读不出" if item.severity is Severity.UNREADABLE else "请核对"
    return f"{kind} {item.clause or '-'} {item.message}"
