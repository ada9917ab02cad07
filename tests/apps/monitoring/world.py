"""A county with two towns, a bureau for each figure, the office; the month of October 2026 opened."""

import datetime
from typing import Any

from spectown.accounts.permissions import Role
from spectown.monitoring.models import Cell, Sheet
from spectown.monitoring.opening import open_sheets
from spectown.monitoring.reach import asked_cells, cells_of
from spectown.monitoring.services.filling import Entry, save_cells, save_footer
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.supervision.services.moves import move
from tests import factories
from tests.apps.supervision.measure_world import on
from tests.monitoring_factories import monitored_plan

OPENS, CLOSES = datetime.date(2026, 11, 3), datetime.date(2026, 11, 13)
FOOTER = {"head": "赵某", "statistician": "钱某", "filler": "孙某", "phone": "0355-1234567", "reported_on": OPENS}
__all__ = ["CLOSES", "OPENS", "World", "on"]
SOURCES = ("tongji", "shuiwu", "haiguan", "renshe", "shangwu", "gongxin", "nengyuan", "nongye", "shichang")


class World:
    """`towns`: two of one county; `fill`, `check`: the county's; `bureaus`: by code."""

    def __init__(self) -> None:
        monitored_plan()
        area = factories.TerritoryFactory.create()
        self.county = factories.UnitFactory.create(kind=UnitKind.COUNTY, territory=area)
        self.towns = [factories.TownFactory.create(territory=area, responsible_unit=self.county) for _ in range(2)]
        units = {code: factories.UnitFactory.create(code=code, kind=UnitKind.BUREAU) for code in SOURCES}
        self.bureaus = {code: factories.actor(Role.DEPARTMENT, unit=unit) for code, unit in units.items()}
        self.fill, self.check = (
            factories.actor(role, unit=self.county) for role in (Role.COUNTY_FILL, Role.COUNTY_CHECK)
        )
        self.office, self.second = factories.actor(Role.OFFICE), factories.actor(Role.OFFICE)
        with on(OPENS):
            open_sheets(OPENS)

    def sheet(self, number: int = 0) -> Sheet:
        """The monthly sheet of a town, as it stands."""
        rows = Sheet.objects.select_related("form_period", "town", "work__holder")
        return rows.get(town=self.towns[number], form_period__form="monthly")

    def cell(self, code: str, number: int = 0) -> Cell:
        """A cell as it stands."""
        return cells_of(self.sheet(number))[code]

    def answers(self, number: int = 0, **raw: Any) -> dict[str, Entry]:
        """Something in every cell, `raw` in those named."""
        return {item.code: Entry(raw.get(item.code, "100")) for item, _ in asked_cells(self.sheet(number))}

    def filled(self, number: int = 0, **raw: Any) -> Sheet:
        """A sheet filled in, with its footer."""
        save_cells(sheet=self.sheet(number), entries=self.answers(number, **raw), by=self.fill)
        save_footer(sheet=self.sheet(number), values=FOOTER, by=self.fill)
        return self.sheet(number)

    def go(self, code: str, by: Actor, number: int = 0, **more: Any) -> str:
        """A move of a sheet; the state it is in then."""
        move(work=self.sheet(number).work, code=code, by=by, **more)
        return self.sheet(number).work.state

    def sent(self, number: int = 0, **raw: Any) -> Sheet:
        """A sheet at the office and the bureaus."""
        self.filled(number, **raw)
        self.go("hand_in", self.fill, number)
        self.go("check", self.check, number)
        self.go("send", self.check, number)
        return self.sheet(number)
