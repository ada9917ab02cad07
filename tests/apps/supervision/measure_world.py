"""A plan in force with task 三(四), an office, a leading group, a lead unit; a measure played by the services."""

import datetime
from contextlib import AbstractContextManager
from typing import Any, cast
from unittest.mock import patch

from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.models import Measure, Report, Step, Work
from spectown.supervision.reporting import open_reports
from spectown.supervision.services.moves import move
from spectown.supervision.services.reports import save_report
from tests import factories

DAY = datetime.date
FIRST = DAY(2026, 6, 1)
TEXT = "(四)实施专业镇重大项目攻坚行动。建立完善重点项目库。增强要素保障能力。(市工信局牵头,市发改委配合)"
MILESTONES = "2026-07-31 完成选址 40%\n2026-08-31 主体完工 80%"


def on(day: datetime.date) -> AbstractContextManager[Any]:
    """What the day is."""
    return patch.object(timezone, "localdate", lambda value=None, *_: value.date() if value else day)


class World:
    """Two people of 市工信局 (who fill and check), office, leader, another bureau; `measure` is a draft."""

    def __init__(self, **values: Any) -> None:
        version = factories.supervised_plan()
        clause = factories.ClauseFactory.create(
            version=version, ref="三(四)", heading="实施专业镇重大项目攻坚行动", text=TEXT, level=2
        )
        self.task = factories.TaskFactory.create(version=version, number=4, clause=clause, title="重大项目攻坚")
        self.unit = factories.UnitFactory.create(name="市工信局")
        factories.UnitNameFactory.create(unit=self.unit, name="市工信局")
        self.filler, self.checker = (factories.actor(Role.DEPARTMENT, unit=self.unit) for _ in range(2))
        self.office, self.leader = factories.actor(Role.OFFICE), factories.actor(Role.LEADER)
        self.stranger = factories.actor(Role.DEPARTMENT)
        self.measure = self.drafted(**values)

    def drafted(self, **values: Any) -> Measure:
        whole = {
            "year": 2026,
            "clause": "三(四)",
            "sentence": 1,
            "title": "建成专业镇重点项目库",
            "deliverable": "项目库上线运行",
            "target": "入库项目 50 个",
            "lead": self.unit,
            "starts": DAY(2026, 6, 1),
            "deadline": DAY(2026, 9, 30),
            "milestones": MILESTONES,
            **values,
        }
        made = records.create(ledger=MEASURES, values=whole, by=self.office)
        return cast(Measure, Measure.objects.get(pk=made.pk))

    @property
    def work(self) -> Work:
        return Work.objects.get(measure=self.measure)

    def move(self, code: str, by: Actor, reason: str = "", work: Work | None = None, **values: Any) -> Step:
        return move(work=work or self.work, code=code, by=by, reason=reason, values=values)

    def sent_out(self) -> None:
        self.move("propose", self.office)
        self.move("approve", self.leader)

    def running(self, day: datetime.date = FIRST) -> None:
        with on(day):
            self.sent_out()
            self.move("sign", self.checker)

    def report(self, day: datetime.date, **values: Any) -> Report:
        """The unit sends the report that is open on a day."""
        with on(day):
            open_reports(day)
            report = Report.objects.filter(measure=self.measure, work__state="draft").order_by("pk").last()
            assert report is not None
            reached = values.pop("reached", None)
            filled = {"done": "开了两次会", "percent": 10, "figure": "", "outlook": "", **values}
            save_report(report=report, values=filled, by=self.filler, reached=reached)
            self.move("hand_in", self.filler, work=report.work)
            self.move("send", self.checker, work=report.work)
        report.refresh_from_db()
        return report
