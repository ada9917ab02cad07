"""Synthetic projects at every stage, with plans, monthly reports and the leads they came from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np

from spectown.projects.enums import Category, Channel, Course, LeadField, LeadStage, Region, Stage, Support
from spectown.web.democity.ledgers import Draw, Leaders
from spectown.web.democity.world import City

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
    draws = [Draw(rng, city.places[t], leaders.get(city.places[t].pk), city) for t in towns]
    return [_project(draw, number) for number, draw in enumerate(draws, start=first)]


def _project(draw: Draw, number: int) -> Row:
    stage = str(draw.rng.choice(np.array(Stage.values, dtype=object), p=(0.12, 0.12, 0.16, 0.14, 0.24, 0.14, 0.08)))
    reached = STEPS.index(stage) + 1 if stage in STEPS else 0
    course = str(draw.rng.choice(np.array(Course.values, dtype=object), p=(0.93, 0.05, 0.02)))
    investment = round(float(draw.rng.lognormal(9.2, 0.9)), 2)
    dates = _dates(draw, reached)
    return (
        draw.base()
        | dates
        | {
            "registered_on": min([dates[name] for name in DATES.values() if name in dates], default=draw.day(1)),
            "id": number,
            "name": f"{draw.place.area}{draw.product()}{draw.one(KINDS)}{number}(演示)",
            "category": draw.one(Category.values),
            "batch": f"{draw.one(draw.city.years)}年第{draw.one('一二三四')}批",
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
    """Planned dates of all steps; actual ones of those reached. The next step is due about now: one in four is late."""
    today, row = draw.city.today, {}
    due = today + datetime.timedelta(days=int(draw.rng.integers(-100, 300)))
    plans = [due + datetime.timedelta(days=_distance(place, reached)) for place in range(len(STEPS))]
    actual = min(plans[0], today) - datetime.timedelta(days=400)
    for place, step in enumerate(STEPS):
        row[f"plan_{step}"] = plans[place]
        if place < reached:
            actual = min(max(actual, plans[place] + datetime.timedelta(days=draw.upto(60) - 30)), today)
            row[DATES[step]] = actual
    return row


def _distance(place: int, reached: int) -> int:
    """Days from the step that comes next to another step, by plan."""
    days = [GAPS[step] for step in STEPS]
    return sum(days[reached + 1 : place + 1]) if place >= reached else -sum(days[place + 1 : reached + 1]) - 30


def years(city: City, made: Sequence[Row]) -> list[Row]:
    """What projects under way plan to invest in each year, this one too, and what those in production made."""
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
        for year in (*city.years, city.today.year)
        if project.get("landed_on") and project["landed_on"].year <= year
    ]


def _output(rng: np.random.Generator, project: Row, year: int) -> float | None:
    begun = project.get("producing_on")
    if begun is None or begun.year > year or project["planned_output"] is None:
        return None
    return round(float(project["planned_output"]) * float(rng.uniform(0.3, 1.1)), 2)


def months(city: City, made: Sequence[Row], planned: Sequence[Row]) -> list[Row]:
    """Monthly reports of this year so far, mostly near the plan; some reports are missing, which is not zero."""
    rng = city.chance("project-months")
    goal = {row["project_id"]: row["planned"] for row in planned if row["year"] == city.today.year}
    under_way = [p for p in made if p["stage"] in {Stage.LANDED, Stage.STARTED, Stage.PRODUCING} and p["id"] in goal]
    return [row for project in under_way for row in _months(rng, city, project, goal[project["id"]])]


def _months(rng: np.random.Generator, city: City, project: Row, goal: float) -> list[Row]:
    pace = float(rng.choice([1.0, 0.97, 0.8, 0.55], p=[0.45, 0.3, 0.17, 0.08]))
    told = [month for month in range(1, city.today.month) if rng.random() < 0.97]
    return [
        _report(project)
        | {
            "year": city.today.year,
            "month": month,
            "completed": round(goal / 12 * pace * float(rng.uniform(0.9, 1.1)), 2),
            "progress": round(min(100.0, month * pace * float(rng.uniform(6, 8))), 1),
        }
        for month in told
    ]


def _report(project: Row) -> Row:
    return {"project_id": project["id"], "territory_id": project["territory_id"], "town_id": project["town_id"]}


def leads(city: City, made: Sequence[Row], count: int) -> list[Row]:
    """Leads in every state; those that landed became a project."""
    rng = city.chance("leads")
    landed = [p for p in made if p.get("signed_on")][: count // 4]
    towns = rng.choice(len(city.places), count, p=city.weights)
    rows = [_lead(Draw(rng, city.places[t], None, city), n) for n, t in enumerate(towns)]
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
        "framework_on": draw.since(first, 60) if stage in {LeadStage.FRAMEWORK, LeadStage.CONTRACT} else None,
        "contract_on": draw.since(first, 200, 61) if stage == LeadStage.CONTRACT else None,
        "expected_on": draw.city.today + datetime.timedelta(days=draw.upto(200)),
        "unit_id": draw.place.responsible,
        "followed_on": draw.since(first, 90),
        "progress": "正在洽谈用地和政策条件(演示)",
        "end_reason": "对方调整投资方向(演示)" if stage == LeadStage.ENDED else "",
    }
