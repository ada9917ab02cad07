"""A slow town, its county, and everybody who deals with a notice: moved on through the services, as people would."""

import datetime
import json
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.core.supervision.triggers import Proposal
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.plans.models import PlanVersion
from spectown.supervision.models import Notice, NoticeReport, Step
from spectown.supervision.notices.matters import weighed
from spectown.supervision.services import moves, notices, rectifying
from spectown.supervision.services.notices import Draft, FigureWanted
from tests import factories
from tests.round_world import PDF, _written

ISSUED = datetime.date(2026, 11, 23)
DEADLINE = datetime.date(2026, 12, 31)


def on(day: datetime.date) -> Any:
    """Make it this day."""
    return patch.object(timezone, "localdate", side_effect=lambda value=None: _day(value, day))


def _day(value: datetime.datetime | None, day: datetime.date) -> datetime.date:
    return day if value is None else value.astimezone(timezone.get_current_timezone()).date()


class World:
    """Two red projects of a town; two people of the office, a leader, two of the county, one of the town's body."""

    def __init__(self) -> None:
        self.version: PlanVersion = factories.supervised_plan(documents=json.loads(_written())["documents"])
        self.county = factories.UnitFactory.create(name="沁县人民政府", kind=UnitKind.COUNTY)
        self.body = factories.UnitFactory.create(name="沁州黄公司", kind=UnitKind.TOWN_BODY)
        self.town = factories.TownFactory.create(
            name="沁州黄小米专业镇", responsible_unit=self.county, operator=self.body
        )
        kind = {"town": self.town, "territory": self.town.territory, "light": "red", "light_reason": "进度严重滞后:"}
        self.projects = [
            factories.ProjectFactory.create(name=name, unit=self.county, **kind) for name in ("精深加工", "仓储物流")
        ]
        office = factories.UnitFactory.create(name="领导小组办公室", kind=UnitKind.OFFICE)
        self.office, self.second = (factories.actor(Role.OFFICE, unit=office) for _ in range(2))
        self.leader = factories.actor(Role.LEADER)
        self.fills = factories.actor(Role.COUNTY_FILL, unit=self.county)
        self.checks = factories.actor(Role.COUNTY_CHECK, unit=self.county)
        self.affected = factories.actor(Role.TOWN, unit=self.body)
        self.stranger = factories.actor(Role.DEPARTMENT)

    def proposal(self, trigger: str = "slow") -> Proposal:
        """What the system proposes."""
        return next(p for p in weighed(timezone.localdate()) if p.matter.trigger == trigger)

    def draft(self, **over: Any) -> Draft:
        """A whole draft, by hand unless `over` says otherwise."""
        made = Draft(
            title="沁州黄小米专业镇重点项目进度滞后问题",
            unit=self.county,
            town=self.town,
            said="列入调度的2个项目都亮红灯",
            problems=({"matter": "精深加工", "detail": "落后序时进度60个百分点。"},),
            evidence=({"item": "精深加工", "planned": "6000万元", "actual": "1200万元", "source": "月报", "link": ""},),
            demands=(("查明滞后原因,报赶工计划", datetime.date(2026, 12, 4)), ("取得施工许可并开工", DEADLINE)),
            plan_due=datetime.date(2026, 12, 4),
            deadline=DEADLINE,
            affected=self.body,
            contact="张三",
            phone="0355-2020202",
            figure=FigureWanted(label="", code="red_projects", about=f"town:{self.town.pk}"),
        )
        return replace(made, **over)

    def begun(self, **over: Any) -> Notice:
        """A draft of the office."""
        return notices.begin(draft=self.draft(**over), by=self.office)

    def go(self, notice: Notice, code: str, by: Actor, reason: str = "") -> Step:
        """Make a move."""
        return moves.move(work=fresh(notice).work, code=code, by=by, reason=reason)

    def issued(self, day: datetime.date = ISSUED, **over: Any) -> Notice:
        """Issued on a day."""
        with on(day):
            notice = self.begun(**over)
            for code, by in (("submit", self.office), ("check", self.second), ("issue", self.leader)):
                self.go(notice, code, by)
        return fresh(notice)

    def rectifying(self, day: datetime.date = ISSUED) -> Notice:
        """Received, and the plan sent, on the day of its issue."""
        notice = self.issued(day)
        with on(day):
            plan = rectifying.Plan("倒排工期", "李某(副县长)", DEADLINE)
            rectifying.write_plan(notice=notice, plan=plan, by=self.fills)
            for code in ("receipt", "plan"):
                self.go(notice, code, self.checks)
        return fresh(notice)

    def reported(self, notice: Notice, day: datetime.date) -> NoticeReport:
        """The result, with a file."""
        with on(day):
            report = rectifying.Report("已开工", {1: "已报计划", 2: "12月25日开工"}, 100)
            made = rectifying.write_report(notice=notice, report=report, by=self.fills)
            rectifying.put_file(notice=notice, name="施工许可证.pdf", content=PDF, by=self.fills)
            self.go(notice, "report", self.checks)
        return made


def fresh(notice: Notice) -> Notice:
    """As it is stored now."""
    return Notice.objects.select_related("work", "document", "affected").get(pk=notice.pk)
