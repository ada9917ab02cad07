"""A small plan for the tests of 方案 and of the public pages, and the count of queries of a page."""

from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.plans.enums import DutyKind
from spectown.plans.models import Clause, PlanVersion, Task
from tests.factories import (
    ClauseFactory,
    CriterionFactory,
    DutyFactory,
    IncumbencyFactory,
    LevelRecordFactory,
    NeededFigureFactory,
    PlanVersionFactory,
    PostFactory,
    SeatFactory,
    TargetFactory,
    TaskFactory,
    TerritoryFactory,
    ThresholdFactory,
    TownFactory,
    UnitFactory,
)

HTMX = {"HX-Request": "true"}
SOURCE = "某市方案\n一、总体要求\n到2025年,市级专业镇达到30个以上。\n(一)实施品牌行动。打响品牌。(甲局牵头)\n附件说明"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the tests ask for by name."""

    version: PlanVersion
    chapter: Clause
    clause: Clause
    task: Task
    lead: Unit
    county: Unit


def clause_at(version: PlanVersion, text: str, **values: object) -> Clause:
    """A clause that stands where its text stands in the source."""
    start = version.source_text.index(text)
    return ClauseFactory.create(version=version, text=text, start=start, end=start + len(text), **values)


def small_plan(**values: object) -> Plan:
    """One chapter with a target, one clause with a task: led by one unit, with a participant and a collective."""
    version = PlanVersionFactory.create(**{"is_current": True, "source_text": SOURCE, **values})
    first, second = SOURCE.split("\n")[1:3], SOURCE.split("\n")[3]
    chapter = clause_at(version, "\n".join(first), ref="一", number="一", heading="总体要求", level=1)
    clause = clause_at(version, second, ref="一(一)", number="(一)", heading="实施品牌行动", level=2, parent=chapter)
    TargetFactory.create(clause=chapter, start=chapter.start, end=chapter.end)
    ThresholdFactory.create(clause=chapter, start=chapter.start, end=chapter.end)
    CriterionFactory.create(clause=clause)
    NeededFigureFactory.create(clause=clause)
    task = TaskFactory.create(clause=clause, number=1, title="实施品牌行动")
    lead = UnitFactory.create(code="lead", name="甲新局")
    county = UnitFactory.create(code="county", name="东县政府", kind=UnitKind.COUNTY)
    counties = UnitFactory.create(name="各县(区)政府", kind=UnitKind.COLLECTIVE)
    counties.members.add(county)
    DutyFactory.create(task=task, unit=lead, printed_name="甲旧局")
    DutyFactory.create(task=task, unit__name="乙局", kind=DutyKind.PARTICIPANT)
    DutyFactory.create(task=task, unit=counties, kind=DutyKind.COLLECTIVE)
    return Plan(version, chapter, clause, task, lead, county)


def more_rows(plan: Plan) -> None:
    """Some more of everything that pages list."""
    for number in range(2, 8):
        clause = ClauseFactory.create(version=plan.version, ref=f"二({number})", start=0, end=0)
        TargetFactory.create(clause=clause)
        ThresholdFactory.create(clause=clause)
        CriterionFactory.create(clause=clause)
        NeededFigureFactory.create(clause=clause, supplier=UnitFactory.create())
        task = TaskFactory.create(clause=clause, number=number)
        DutyFactory.create(task=task)
        post = PostFactory.create()
        SeatFactory.create(version=plan.version, post=post)
        IncumbencyFactory.create(post=post)
        town = TownFactory.create(territory=TerritoryFactory.create())
        LevelRecordFactory.create(town=town, version=plan.version, clause_ref=clause.ref)


def queries(client: Client, address: str) -> int:
    """How many queries a page makes."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
