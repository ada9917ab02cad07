"""Synthetic rows of the other lists: a few per town, of every kind and state."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from spectown.ledgers import enums, models
from spectown.lists.models import ListRow
from spectown.web.democity.world import City, Place

Row = dict[str, Any]
Leaders = Mapping[int, int]  # first leading enterprise of a town, by number of the town


class Draw:
    """Chance for one list at one town."""

    def __init__(self, rng: np.random.Generator, place: Place, leader: int | None, city: City) -> None:
        self.rng, self.place, self.leader, self.city = rng, place, leader, city

    def base(self) -> Row:
        """What every row has."""
        return {"territory_id": self.place.territory, "town_id": self.place.pk}

    def one(self, texts: Any) -> Any:
        """One of several."""
        found = list(texts)
        return found[int(self.rng.integers(0, len(found)))]

    def upto(self, most: int, least: int = 0) -> int:
        """A whole number."""
        return int(self.rng.integers(least, most + 1))

    def day(self, years: int = 3) -> datetime.date:
        """A day of the last years."""
        return self.city.today - datetime.timedelta(days=self.upto(years * 365, 30))

    def after(self, day: datetime.date, most: int, least: int = 1) -> datetime.date:
        """A later day, which may lie ahead."""
        return day + datetime.timedelta(days=self.upto(most, least))

    def since(self, day: datetime.date, most: int, least: int = 1) -> datetime.date:
        """A later day on which something has happened."""
        return min(self.after(day, most, least), self.city.today)

    def product(self) -> str:
        """One product of the town."""
        return str(self.one(self.place.products))

    def yes(self, share: float) -> bool:
        """True for this share."""
        return bool(self.rng.random() < share)


def _centre(draw: Draw, n: int) -> Row:
    since = draw.day(5)
    kind = draw.one(["技术中心", "工程技术研究中心", "重点实验室"])
    return draw.base() | {
        "name": f"{draw.place.area}{draw.product()}{kind}{n}号(演示)",
        "kind": draw.one(enums.CentreKind.values),
        "rank": draw.one(["province", "city", "city"]),
        "enterprise_id": draw.leader,
        "partners": draw.one(["山西农业大学(演示)", "太原理工大学(演示)", "长治学院(演示)", ""]),
        "document": f"演示〔{since.year}〕{draw.upto(90, 1)}号",
        "valid_from": since,
        "valid_to": since.replace(day=1, year=since.year + 3) if draw.yes(0.6) else None,
    }


def _topic(draw: Draw, n: int) -> Row:
    start = draw.day()
    state = draw.one(enums.ResearchState.values)
    return draw.base() | {
        "name": f"{draw.product()}{draw.one(['节能降耗', '智能加工', '精深加工', '质量提升'])}关键技术{n}(演示)",
        "field": draw.one(enums.ResearchField.values),
        "mode": draw.one(enums.ResearchMode.values),
        "enterprise_id": draw.leader,
        "investment": draw.upto(3000, 50),
        "state": state,
        "started_on": start,
        "due_on": draw.after(start, 700, 200),
        "done_on": draw.since(start, 600, 100) if state == enums.ResearchState.DONE else None,
    }


def _training(draw: Draw, n: int) -> Row:
    day, persons = draw.day(), draw.upto(120, 20)
    certified = draw.upto(persons)
    return draw.base() | {
        "name": f"{draw.product()}{draw.one(['加工', '检验', '营销', '设备操作'])}培训第{n + 1}期(演示)",
        "kind": draw.one(enums.TrainingKind.values),
        "organiser": f"{draw.place.area}人社局(演示)",
        "school": draw.one(["长治职业技术学院(演示)", "县职业中学(演示)", ""]),
        "starts_on": day,
        "ends_on": draw.since(day, 20),
        "persons": persons,
        "certified": certified,
        "employed": draw.upto(certified) if draw.yes(0.8) else None,
    }


def _employment(draw: Draw, n: int) -> Row:
    employees = draw.upto(9000, 300)
    created = draw.upto(employees // 8)
    return draw.base() | {
        "year": draw.city.years[n],
        "employees": employees,
        "created": created if draw.yes(0.9) else None,
        "goal": round(created * 1.1, -1),
        "returned_workers": created // 4,
        "graduates": created // 9,
        "veterans": created // 20,
        "source": f"{draw.place.area}人社局 {draw.city.years[n]} 年报表(演示)",
    }


def _brand(draw: Draw, n: int) -> Row:
    since = draw.day(9)
    return draw.base() | {
        "name": f"{draw.place.area}{draw.product()}{n or ''}(演示)",
        "kind": draw.one(enums.BrandKind.values),
        "rank": draw.one(enums.Rank.values),
        "owner": f"{draw.place.area}产业协会(演示)",
        "enterprise_id": draw.leader if draw.yes(0.5) else None,
        "issuer": "演示单位",
        "valid_from": since,
        "valid_to": since.replace(day=1, year=since.year + 10) if draw.yes(0.5) else None,
    }


def _standard(draw: Draw, n: int) -> Row:
    day = draw.day(7)
    kind = draw.one(enums.StandardKind.values)
    return draw.base() | {
        "code": f"演示/T {draw.place.pk:03d}{n:02d}—{day.year}",
        "name": f"{draw.product()}通用技术要求(演示)",
        "kind": kind,
        "part": draw.one(enums.Part.values),
        "enterprise_id": draw.leader,
        "published_on": day,
    }


def _right(draw: Draw, n: int) -> Row:
    return draw.base() | {
        "code": f"ZLDEMO{draw.place.pk:04d}{n:03d}",
        "name": f"一种{draw.product()}{draw.one(['生产装置', '加工方法', '检测设备'])}(演示)",
        "kind": draw.one(enums.RightKind.values),
        "enterprise_id": draw.leader,
        "granted_on": draw.day(6),
        "applied": draw.yes(0.4),
    }


def _fair(draw: Draw, n: int) -> Row:
    day, intended = draw.day(), draw.upto(8000, 50)
    return draw.base() | {
        "name": f"{draw.product()}{draw.one(['产销对接会', '展销周', '专场推介会'])}{n + 1}(演示)",
        "kind": draw.one(enums.FairKind.values),
        "rank": draw.one(enums.Rank.values),
        "organiser": f"{draw.place.area}政府(演示)",
        "place": draw.one(["太原", "北京", "长治", "上海", "广州"]),
        "starts_on": day,
        "ends_on": draw.since(day, 5),
        "firms": draw.upto(60, 3),
        "intended": intended,
        "signed": draw.upto(intended) if draw.yes(0.8) else None,
        "subsidy": draw.upto(60),
    }


# Amounts by kind of need: measure, least, most; none for those that are not counted.
AMOUNTS = {"land": ("亩", 8, 160), "energy": ("吨标准煤", 200, 6000), "finance": ("万元", 200, 6000)}
WAITING = {"raised": 20, "assigned": 45, "answered": 90, "unmet": 120}  # days: what is not settled is not an old one
SHARES = {"raised": 0.1, "assigned": 0.2, "answered": 0.1, "met": 0.5, "unmet": 0.1}


def _need(draw: Draw, n: int) -> Row:
    state = str(draw.rng.choice(np.array(list(SHARES), dtype=object), p=list(SHARES.values())))
    kind = draw.one(enums.NeedKind.values)
    steps = ("raised", "assigned", "answered", "met").index(state if state != "unmet" else "answered")
    waited = draw.upto(WAITING.get(state, 20), 3)
    raised = draw.city.today - datetime.timedelta(days=waited) if state in WAITING else draw.day()
    assigned = draw.since(raised, 15)
    answered = draw.since(assigned, 40)
    measure, least, most = AMOUNTS.get(kind, ("", 0, 0))
    return draw.base() | {
        "title": f"{draw.product()}项目{enums.NeedKind(kind).label}需求{n + 1}(演示)",
        "kind": kind,
        "enterprise_id": draw.leader,
        "amount": draw.upto(most, least) if measure else None,
        "measure": measure,
        "state": state,
        "raised_on": raised,
        "raiser_id": draw.place.responsible,
        "assigned_id": draw.one(draw.city.bureaus[kind]) if steps >= 1 else None,
        "assigned_on": assigned if steps >= 1 else None,
        "due_on": draw.after(assigned, 60, 20) if steps >= 1 else None,
        "answer": "已会商,按程序办理(演示)" if steps >= 2 else "",
        "answered_on": answered if steps >= 2 else None,
        "met_on": draw.since(answered, 60) if state == "met" else None,
    }


def _platform(draw: Draw, n: int) -> Row:
    functions = ("design", "testing", "training", "advice", "rights", "guarantee", "display", "logistics")
    return draw.base() | {
        "name": f"{draw.place.area}{draw.product()}公共服务平台{n or ''}(演示)",
        "operator": f"{draw.place.area}产业服务中心(演示)",
        **{name: draw.yes(0.35) for name in functions},
        "opened_on": draw.day(6),
        "firms_served": draw.upto(180) if draw.yes(0.8) else None,
        "investment": draw.upto(2000, 20),
    }


def _park(draw: Draw, n: int) -> Row:
    area = draw.upto(3000, 80)
    used = draw.upto(area)
    return draw.base() | {
        "name": f"{draw.place.area}{draw.product()}产业园{n or ''}(演示)",
        "kind": draw.one(enums.ParkKind.values),
        "operator": f"{draw.place.area}园区管理中心(演示)",
        "area": area,
        "used": used,
        "ready_land": draw.upto(area - used),
        "firms": draw.upto(90),
        **{name: draw.yes(0.8) for name in ("road", "power", "water", "digital")},
        "full_service": draw.yes(0.5),
    }


def _policy(draw: Draw, n: int) -> Row:
    day, planned = draw.day(), draw.upto(2000, 50)
    kind = draw.one(enums.MeasureKind.values)
    return draw.base() | {
        "title": f"支持{draw.place.products[0]}产业发展若干措施(演示)",
        "document": f"演示〔{day.year}〕{draw.upto(60, 1)}号",
        "issuer": f"{draw.place.area}政府(演示)",
        "kind": kind,
        "measure": f"第{n + 1}条:{enums.MeasureKind(kind).label}(演示措施)",
        "issued_on": day,
        "planned": planned,
        "paid": draw.upto(planned) if draw.yes(0.85) else None,
        "beneficiaries": draw.upto(40),
    }


# Model, least and most rows per town, and how one is made.
MADE: tuple[tuple[type[ListRow], int, int, Callable[[Draw, int], Row]], ...] = (
    (models.InnovationCentre, 0, 3, _centre),
    (models.ResearchTopic, 0, 2, _topic),
    (models.Training, 1, 4, _training),
    (models.Employment, 3, 3, _employment),
    (models.Brand, 1, 4, _brand),
    (models.Standard, 0, 3, _standard),
    (models.IntellectualProperty, 0, 6, _right),
    (models.Fair, 1, 3, _fair),
    (models.Need, 0, 4, _need),
    (models.ServicePlatform, 0, 2, _platform),
    (models.Park, 0, 2, _park),
    (models.TownPolicy, 1, 3, _policy),
)


def ledger_rows(city: City, leaders: Leaders) -> Iterator[tuple[type[ListRow], list[Row]]]:
    """Rows of every list of the app `ledgers`, by model."""
    for model, least, most, make in MADE:
        rng = city.chance(model.__name__)
        draws = [Draw(rng, place, leaders.get(place.pk), city) for place in city.places]
        yield model, [make(draw, n) for draw in draws for n in range(draw.upto(most, least))]
