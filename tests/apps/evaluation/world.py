"""Towns of three counties with two years of cells; the office's two people, the leader, a county's two people."""

import datetime
import zlib
from decimal import Decimal
from typing import Any

from spectown.accounts.permissions import Role
from spectown.core.evaluation.consequences import Call
from spectown.core.monitoring.indicator import Kind, Obtained
from spectown.core.periods import Every, Period, parts
from spectown.evaluation.models import Evaluation, Participant, Reply, Result, SnapshotValue
from spectown.evaluation.services import beginning, deciding, moves, replying
from spectown.evaluation.services.replying import Objection
from spectown.evaluation.standing import result_row, undecided
from spectown.monitoring.catalogue import keep_indicators, plan_data
from spectown.monitoring.models import Cell
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.towns.models import Town
from tests import factories
from tests.evaluation_factories import plan_scheme
from tests.monitoring_factories import monitored_plan

YEAR = 2025
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
CATEGORIES = ("manufacturing", "manufacturing", "agriculture")


class World:
    """`towns`: six, two a county; `fill`, `check`: of the first county."""

    def __init__(self, *, draws: int = 200, towns: int = 6) -> None:
        self.plan = monitored_plan()
        self.plan.evaluation = [plan_scheme(draws)]
        self.plan.save()
        self.counties = [_county(n) for n in range(3)]
        self.towns = [_town(n, self.counties[n % 3]) for n in range(towns)]
        _cells(self.towns)
        self.office, self.second = factories.actor(Role.OFFICE), factories.actor(Role.OFFICE)
        self.leader = factories.actor(Role.LEADER)
        people = [[factories.actor(role, unit=unit) for role in (Role.COUNTY_FILL, Role.COUNTY_CHECK)]
                  for unit in self.counties]  # fmt: skip
        self.fill, self.check = people[0]
        self.people = people

    @property
    def evaluation(self) -> Evaluation:
        """As it stands."""
        return Evaluation.objects.get(year=YEAR)

    def begin(self) -> Evaluation:
        """Begun by the office."""
        return beginning.begin(year=YEAR, by=self.office)

    def go(self, *codes: str, by: Actor | None = None, **more: Any) -> str:
        """Make moves one after the other; the state afterwards."""
        for code in codes:
            moves.move(evaluation=self.evaluation, code=code, by=by or self.office, **more)
        return self.evaluation.state

    def to_replies(self) -> None:
        """Frozen, computed, shown to the counties."""
        self.begin()
        self.go("freeze", "compute", "open_replies")

    def value(self, code: str, town: int = 0) -> SnapshotValue:
        """A frozen figure of the latest snapshot."""
        rows = SnapshotValue.objects.filter(participant__town=self.towns[town], code=code)
        return rows.order_by("-participant__snapshot__number")[0]

    def object_to(self, code: str, asked: Any, town: int = 0, **more: Any) -> Reply:
        """An objection written by the county's first person."""
        said = {"which": "now", "asked": Decimal(str(asked)), "text": "漏报两户", "page": 2, "file_name": "报表.pdf",
                "content": PDF} | more  # fmt: skip
        return replying.raise_reply(value=self.value(code, town), objection=Objection(**said), by=self.fill)

    def sent(self, code: str, asked: Any, town: int = 0) -> Reply:
        """Sent by its second person."""
        return replying.move_reply(reply=self.object_to(code, asked, town), code="send", by=self.check)

    def confirm_rest(self) -> None:
        """The other counties agree."""
        for _, check in self.people[1:]:
            replying.confirm(evaluation=self.evaluation, by=check)

    def result(self, stage: str = "final") -> Result:
        """The latest of a stage."""
        found = result_row(self.evaluation, stage)
        assert found is not None
        return found

    def decide_all(self, *, applies: bool = False) -> list[Call]:
        """The leader decides whatever is critical."""
        found = undecided(self.result())
        for call in found:
            said = {"applies": applies, "reason": "综合考虑区间和上年情况"}
            deciding.decide(evaluation=self.evaluation, town=call.town, line=call.line, by=self.leader, **said)
        return found

    def ranks(self, stage: str = "final") -> dict[str, int | None]:
        """Ranks by name of the town."""
        rows = self.result(stage).rows.select_related("participant")
        return {row.participant.name: row.rank for row in rows}

    def participant(self, town: int = 0) -> Participant:
        """A town of the latest snapshot."""
        return Participant.objects.filter(town=self.towns[town]).order_by("-pk")[0]


def _county(number: int) -> Any:
    area = factories.TerritoryFactory.create()
    return factories.UnitFactory.create(kind=UnitKind.COUNTY, territory=area, name=f"第{number}县人民政府")


def _town(number: int, county: Any) -> Town:
    values = {"responsible_unit": county, "territory": county.territory, "category": CATEGORIES[number % 3]}
    town: Town = factories.TownFactory.create(name=f"示例{number}专业镇", code=f"demo-{number}", order=number, **values)
    factories.LevelRecordFactory.create(town=town, level="city", valid_from=datetime.date(2023, 3, 31))
    return town


def _cells(towns: list[Town]) -> None:
    """Every figure of two years, certified: flows in all their periods, the others at the end of the year."""
    rows, catalogue, made = keep_indicators(), plan_data().catalogue, []
    for year in (YEAR - 1, YEAR):
        whole = Period((year, 12), 12)
        for code, versions in catalogue.versions.items():
            item = versions[-1]
            if item.obtained == Obtained.COMPUTED or item.kind == Kind.TEXT:
                continue
            due = parts(whole, Every(item.every)) if item.kind == Kind.FLOW else parts(whole, Every(item.every))[-1:]
            made += [_cell(town, rows[code], period, n) for n, town in enumerate(towns) for period in due]
    Cell.objects.bulk_create(made, batch_size=500)


def _cell(town: Town, indicator: Any, period: Period, number: int) -> Cell:
    chance = zlib.crc32(f"{number} {indicator.code}".encode()) / 2**32
    grown = 1 + (period.last[0] - YEAR) * (0.02 + 0.1 * (zlib.crc32(f"g{number}".encode()) / 2**32))
    figure = Decimal(round((40 + 60 * chance + 2 * number) * grown))
    return Cell(town=town, indicator=indicator, ordinal=period.ordinal, kind=2, number=figure, state="agreed")
