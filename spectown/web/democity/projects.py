"""Synthetic projects at every stage, with plans, monthly reports and the leads they came from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np

from spectown.projects.enums import Category, Channel, Course, LeadField, LeadStage, Region, Stage, Support
from spectown.web.democity.ledgers import Draw, Leaders
from spectown.web.democity.world import TODAY, YEARS, City

Row = dict[str, Any]
STEPS = ("signed", "landed", "started", "producing", "full")
DATES = {
    "signed": "signed_on",
    "landed": "landed_on",
    "started": "started_on",
    "producing": "producing_on",
    "full": "full_on",
}
GAPS = {"signed": 0, "landed": 90, "started": 120, "producing": 420, "full": 300}  # days after the step before
KINDS = ("扩建项目", "技术改造项目", "产业园项目", "智能化生产线项目", "冷链仓储项目", "研发中心项目")


def projects(city: City, leaders: Leaders, count: int, first: int = 1) -> list[Row]:
    """`count` projects spread over the towns; numbered from `first`, so that reports can name them."""
    rng = city.chance("projects")
    towns = rng.choice(len(city.places), count, p=city.weights)
    draws = [Draw(rng, city.places[t], leaders.get(city.places[t].pk), city.bureaus) for t in towns]
    return [_project(draw, number) for number, draw in enumerate(draws, start=first)]


def _project(draw: Draw, number: int) -> Row:
    stage = str(draw.rng.choice(np.array(Stage.values, dtype=object), p=(0.12, 0.12, 0.16, 0.14, 0.24, 0.14, 0.08)))
    reached = STEPS.index(stage) + 1 if stage in STEPS else 0
    course = str(draw.rng.choice(np.array(Course.values, dtype=object), p=(0.93, 0.05, 0.02)))
    investment = round(float(draw.rng.lognormal(9.2, 0.9)), 2)
    return (
        draw.base()
        | _dates(draw, reached)
        | {
            "id": number,
            "name": f"{draw.place.area}{draw.product()}{draw.one(KINDS)}{number}(演示)",
            "category": draw.one(Category.values),
            "batch": f"{draw.one(YEARS)}年第{draw.one('一二三四')}批",
            "content": f"建设{draw.product()}生产线及配套设施(演示内容)",
            "enterprise_id": draw.leader,
            "unit_id": draw.place.responsible,
            "leader": f"{draw.place.area}分管负责人(演示)",
            "stage": stage,
            "course": course,
            "halt_reason": "" if course == Course.ACTIVE else "资金未落实(演示)",
            "investment": investment,
            "planned_output": round(investment * draw.rng.uniform(0.6, 2.2), 2) if draw.yes(0.9) else None,
            "land": draw.upto(200, 5),
            "land_state": draw.one(Support.values),
            "energy": draw.upto(9000, 50),
            "energy_state": draw.one(Support.values),
            "environment_state": draw.one(Support.values),
            "finance": draw.upto(8000),
            "finance_state": draw.one(Support.values),
            "problem": draw.one(["", "", "", "用地手续未办结(演示)", "融资进度偏慢(演示)", "供电线路未接入(演示)"]),
            "needs_leader": draw.yes(0.06),
        }
    )


def _dates(draw: Draw, reached: int) -> Row:
    """Planned dates of all steps; actual ones of those reached, some late; no actual day lies after TODAY."""
    row: Row = {}
    plan = actual = draw.day(datetime.date(2022, 6, 1), datetime.date(2024, 6, 30))
    for place, step in enumerate(STEPS):
        plan += datetime.timedelta(days=GAPS[step] + draw.upto(30))
        row[f"plan_{step}"] = plan
        if place < reached:
            actual = min(max(actual, plan + datetime.timedelta(days=draw.upto(70) - 20)), TODAY)
            row[DATES[step]] = actual
    return row


def years(city: City, made: Sequence[Row]) -> list[Row]:
    """What started projects plan to invest in each year, and what those in production made."""
    rng = city.chance("project-years")
    return [
        _report(project)
        | {
            "year": year,
            "planned": round(project["investment"] / 3 * float(rng.uniform(0.6, 1.2)), 2),
            "output": _output(rng, project, year),
            "goal": "完成主体工程(演示)",
        }
        for project in made
        for year in YEARS
        if project.get("started_on") and project["started_on"].year <= year
    ]


def _output(rng: np.random.Generator, project: Row, year: int) -> float | None:
    begun = project.get("producing_on")
    if begun is None or begun.year > year or project["planned_output"] is None:
        return None
    return round(float(project["planned_output"] * float(rng.uniform(0.3, 1.1))), 2)


def months(city: City, made: Sequence[Row]) -> list[Row]:
    """Monthly reports of the last year; one in twelve is missing, which is not zero."""
    rng = city.chance("project-months")
    last, rows = YEARS[-1], []
    for project in [p for p in made if p.get("started_on") and p["stage"] == Stage.STARTED]:
        first = project["started_on"].month if project["started_on"].year == last else 1
        share = project["investment"] / 30
        for month in range(first, 13):
            if rng.random() < 11 / 12:
                completed = round(share * float(rng.uniform(0.2, 1.4)), 2)
                progress = round(min(100.0, (month - first + 1) * float(rng.uniform(4, 9))), 1)
                rows.append(
                    _report(project) | {"year": last, "month": month, "completed": completed, "progress": progress}
                )
    return rows


def _report(project: Row) -> Row:
    return {"project_id": project["id"], "territory_id": project["territory_id"], "town_id": project["town_id"]}


def leads(city: City, made: Sequence[Row], count: int) -> list[Row]:
    """Leads in every state; those that landed became a project."""
    rng = city.chance("leads")
    landed = [p for p in made if p.get("signed_on")][: count // 4]
    towns = rng.choice(len(city.places), count, p=city.weights)
    rows = [_lead(Draw(rng, city.places[t], None, city.bureaus), n) for n, t in enumerate(towns)]
    for row, project in zip(rows, landed, strict=False):
        row |= _report(project) | {
            "stage": LeadStage.LANDED,
            "name": project["name"],
            "landed_on": project["signed_on"],
        }
        row |= {"framework_on": project["signed_on"], "contract_on": project["signed_on"], "end_reason": ""}
    return rows


def _lead(draw: Draw, number: int) -> Row:
    stage = draw.one([s for s in LeadStage.values if s != LeadStage.LANDED])
    first = draw.day()
    region = draw.one(Region.values)
    return draw.base() | {
        "target": f"{draw.one(('北京', '上海', '深圳', '苏州'))}{draw.product()}集团{number}(演示)",
        "name": f"{draw.product()}{draw.one(KINDS)}招商{number}(演示)",
        "region": region,
        "channel": draw.one(Channel.values),
        "field": draw.one(LeadField.values),
        "intended": draw.upto(60000, 500),
        "stage": stage,
        "framework_on": draw.after(first, 60) if stage in {LeadStage.FRAMEWORK, LeadStage.CONTRACT} else None,
        "contract_on": draw.after(first, 200, 61) if stage == LeadStage.CONTRACT else None,
        "expected_on": TODAY + datetime.timedelta(days=draw.upto(200)),
        "unit_id": draw.place.responsible,
        "followed_on": draw.after(first, 90),
        "progress": "正在洽谈用地和政策条件(演示)",
        "end_reason": "对方调整投资方向(演示)" if stage == LeadStage.ENDED else "",
    }
