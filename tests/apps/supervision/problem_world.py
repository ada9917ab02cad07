"""Who takes part in problems: an enterprise, the office, two bureaus with their duties, a county, a town."""

from spectown.accounts.permissions import Role
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit, UnitName
from spectown.plans.enums import DutyKind
from spectown.supervision.models import Problem
from spectown.supervision.services.problems import raise_problem, take_step
from tests import factories


def bureau(code: str, name: str) -> Unit:
    made: Unit = factories.UnitFactory.create(code=code, name=name, kind=UnitKind.BUREAU)
    UnitName.objects.create(unit=made, name=name, kind="official")
    return made


class Town:
    """A plan in force in which 三(九) is led by 自然资源 and 能源; an enterprise of a town of a county."""

    def __init__(self) -> None:
        version = factories.supervised_plan()
        clause = factories.ClauseFactory.create(version=version, ref="三(九)")
        task = factories.TaskFactory.create(version=version, clause=clause, number=9)
        self.land, self.power = bureau("ziran", "市规划和自然资源局"), bureau("nengyuan", "市能源局")
        for order, unit in enumerate((self.land, self.power)):
            factories.DutyFactory.create(task=task, unit=unit, kind=DutyKind.LEAD, order=order)
        self.office = factories.actor(Role.OFFICE, unit=factories.UnitFactory.create(kind=UnitKind.OFFICE))
        territory = factories.TerritoryFactory.create()
        county = factories.UnitFactory.create(kind=UnitKind.COUNTY, territory=territory)
        self.county = factories.actor(Role.COUNTY_FILL, unit=county)
        operator = factories.UnitFactory.create(kind=UnitKind.TOWN_BODY)
        self.town = factories.TownFactory.create(territory=territory, operator=operator)
        self.town_body = factories.actor(Role.TOWN, unit=operator)
        self.land_people = [factories.actor(Role.DEPARTMENT, unit=self.land) for _ in range(2)]
        self.power_person = factories.actor(Role.DEPARTMENT, unit=self.power)
        self.firm_unit, self.firm = self.enterprise("第一陶瓷")

    def enterprise(self, name: str) -> tuple[Unit, Actor]:
        """An enterprise of the town with an account."""
        unit = factories.UnitFactory.create(name=name, kind=UnitKind.ENTERPRISE)
        factories.EnterpriseFactory.create(name=name, unit=unit, territory=self.town.territory, town=self.town)
        return unit, factories.actor(Role.ENTERPRISE, unit=unit)

    def raised(self, by: Actor | None = None, **values: object) -> Problem:
        """A problem as an enterprise raises it."""
        said = {"title": "二期厂房用地指标不足", "text": "厂房扩建拿不到地", "kind": "land", **values}
        return raise_problem(values=said, by=by or self.firm)

    def routed(self, unit: Unit | None = None, **values: object) -> Problem:
        """The same, given to a unit."""
        problem = self.raised(**values)
        return self.step(problem, "route", self.office, values={"unit": unit or self.land})

    @staticmethod
    def step(problem: Problem, code: str, by: Actor, **more: object) -> Problem:
        """Make a step; the problem as it is then."""
        take_step(problem=Problem.objects.select_related("work").get(pk=problem.pk), code=code, by=by, **more)  # type: ignore[arg-type]  # what a step takes differs
        return Problem.objects.select_related("work", "holder").get(pk=problem.pk)
