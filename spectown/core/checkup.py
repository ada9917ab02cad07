"""方案体检: what a plan leaves open, found from the plan itself and from what the system knows today.

Source of the questions: DOMAIN of the programme, 方案 三 (tasks), 附件1 (roster), 附件2 (towns), 一(二) (targets).
Prose: docs/algorithms/plan-checkup.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a finding is about."""

    MEMBER_WITHOUT_DUTY = "member_without_duty"
    DUTY_WITHOUT_MEMBER = "duty_without_member"
    FIGURE_WITHOUT_SUPPLIER = "figure_without_supplier"
    COUNTY_WITHOUT_TOWN = "county_without_town"
    TOWN_WITHOUT_THRESHOLD = "town_without_threshold"
    JOINT_LEAD = "joint_lead"
    TARGET_PAST = "target_past"

    @property
    def label(self) -> str:
        """Chinese heading."""
        return LABELS[self]


LABELS = {
    Kind.MEMBER_WITHOUT_DUTY: "有席位、无任务的成员单位",
    Kind.DUTY_WITHOUT_MEMBER: "有任务、无席位的单位",
    Kind.FIGURE_WITHOUT_SUPPLIER: "没有指定谁提供的数据",
    Kind.COUNTY_WITHOUT_TOWN: "还没有专业镇的县(区)",
    Kind.TOWN_WITHOUT_THRESHOLD: "类别没有产值标准的专业镇",
    Kind.JOINT_LEAD: "多家牵头、尚未分解的任务",
    Kind.TARGET_PAST: "已过目标年的目标",
}


@dataclass(frozen=True, slots=True)
class Party:
    """A unit by stable code; `name` is what is shown."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TaskFact:
    """One task: who leads, who else has a part (collectives already resolved), how many measures it is split into."""

    number: int
    title: str
    clause: str
    leads: tuple[Party, ...]
    others: tuple[Party, ...]
    measures: int = 0


@dataclass(frozen=True, slots=True)
class FigureFact:
    """One needed figure; `supplier` is the suggested one (None where nobody comes to mind)."""

    label: str
    clause: str
    supplier: Party | None


@dataclass(frozen=True, slots=True)
class TownFact:
    """One town of the programme."""

    name: str
    territory: str
    category: str
    has_threshold: bool


@dataclass(frozen=True, slots=True)
class TargetFact:
    """One target; `text` names what is counted, `actual` is in `unit`, None where the system does not count it."""

    text: str
    clause: str
    year: int | None
    low: Decimal
    unit: str
    actual: Decimal | None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Everything the check-up looks at."""

    seats: tuple[Party, ...]
    tasks: tuple[TaskFact, ...]
    figures: tuple[FigureFact, ...]
    counties: tuple[Party, ...]
    towns: tuple[TownFact, ...]
    targets: tuple[TargetFact, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One open point: what it is about, the clause, the sentence for the office, what to do."""

    kind: Kind
    subject: str
    clause: str
    message: str
    advice: str


def checkup(facts: PlanFacts, year: int) -> list[Finding]:
    """Every open point in the order of `Kind`; `year` is the present calendar year."""
    return [
        *_members_without_duty(facts),
        *_duties_without_member(facts),
        *_figures_without_supplier(facts),
        *_counties_without_town(facts),
        *_towns_without_threshold(facts),
        *_joint_leads(facts),
        *_targets_past(facts, year),
    ]


def _unique(parties: Iterable[Party]) -> list[Party]:
    return list({p.code: p for p in parties}.values())


def _with_duty(facts: PlanFacts) -> dict[str, Party]:
    return {p.code: p for task in facts.tasks for p in (*task.leads, *task.others)}


def _members_without_duty(facts: PlanFacts) -> Iterator[Finding]:
    duties = _with_duty(facts)
    for party in _unique(facts.seats):
        if party.code not in duties:
            yield Finding(
                Kind.MEMBER_WITHOUT_DUTY,
                party.name,
                "附件1",
                f"{party.name}是领导小组成员,但在{len(facts.tasks)}项任务中既不牵头也不配合。",
                "在责任清单中明确其职责,或由办公室说明其席位的作用。",
            )


def _duties_without_member(facts: PlanFacts) -> Iterator[Finding]:
    seats = {p.code for p in facts.seats}
    for party in _with_duty(facts).values():
        if party.code in seats:
            continue
        tasks = [t for t in facts.tasks if party in t.leads or party in t.others]
        yield Finding(
            Kind.DUTY_WITHOUT_MEMBER,
            party.name,
            tasks[0].clause,
            f"{party.name}在{len(tasks)}项任务中有职责,但不在领导小组成员名单中。",
            "由办公室联系其列席,或动态调整成员名单。",
        )


def _figures_without_supplier(facts: PlanFacts) -> Iterator[Finding]:
    duties = _with_duty(facts)
    for figure in facts.figures:
        yield Finding(
            Kind.FIGURE_WITHOUT_SUPPLIER, figure.label, figure.clause, _figure_message(figure, duties), _ASK_SUPPLIER
        )


_ASK_SUPPLIER = "由领导小组办公室书面指定提供和认定单位。"


def _figure_message(figure: FigureFact, duties: dict[str, Party]) -> str:
    start = f"认定或评估需要“{figure.label}”,方案没有写明由谁提供。"
    if figure.supplier is None:
        return start
    if figure.supplier.code in duties:
        return f"{start}按职能建议由{figure.supplier.name}提供(建议值)。"
    return f"{start}按职能应由{figure.supplier.name}提供(建议值),而该单位在各项任务中没有职责。"


def _counties_without_town(facts: PlanFacts) -> Iterator[Finding]:
    covered = {town.territory for town in facts.towns}
    for county in facts.counties:
        if county.name not in covered:
            yield Finding(
                Kind.COUNTY_WITHOUT_TOWN,
                county.name,
                "附件2",
                f"{county.name}目前没有市级以上专业镇。",
                "了解其潜力产业,纳入梯次培育。",
            )


def _towns_without_threshold(facts: PlanFacts) -> Iterator[Finding]:
    for town in facts.towns:
        if not town.has_threshold:
            yield Finding(
                Kind.TOWN_WITHOUT_THRESHOLD,
                town.name,
                "二(四)",
                f"{town.name}属“{town.category}”类,方案没有为这一类规定产值标准,认定和复核只能得出“待定”。",
                "由领导小组办公室在认定标准和管理办法中确定(方案 四(一))。",
            )


def _joint_leads(facts: PlanFacts) -> Iterator[Finding]:
    for task in facts.tasks:
        if len(task.leads) > 1 and not task.measures:
            names = "、".join(p.name for p in task.leads)
            yield Finding(
                Kind.JOINT_LEAD,
                task.title,
                task.clause,
                f"“{task.title}”由{names}共同牵头,没有分解到一家。",
                "在年度行动计划中分解为措施,每项措施只有一家牵头。",
            )


def _targets_past(facts: PlanFacts, year: int) -> Iterator[Finding]:
    for target in facts.targets:
        if target.year is None or target.year >= year:
            continue
        yield Finding(
            Kind.TARGET_PAST,
            target.text,
            target.clause,
            f"“{target.text}”的目标年{target.year}年已过。{_attainment(target)}",
            "核定最终完成情况,并准备下一期方案的目标。",
        )


def _attainment(target: TargetFact) -> str:
    if target.actual is None:
        return "系统没有这一目标的实际数。"
    verdict = "已达到" if target.actual >= target.low else f"还差{target.low - target.actual}{target.unit}"
    return f"系统登记的实际数为{target.actual}{target.unit},目标下限{target.low}{target.unit},{verdict}。"
