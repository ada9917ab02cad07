"""A city whose year 2026 is played day by day, and what an official with a wall calendar would expect of it.

`Wall` reckons without the product's rules: it counts days on a list. The world changes on the days named below.
"""

import datetime
from dataclasses import dataclass, field

from spectown.accounts.permissions import Role
from spectown.organisations.models import Membership, Unit
from spectown.plans.enums import DayKind
from spectown.plans.models import CalendarDay
from spectown.supervision.models import Work
from tests import factories

Day = datetime.date
ONE = datetime.timedelta(1)
START, END = Day(2026, 1, 5), Day(2027, 1, 22)
LATE_NOTICE, LATE_HOLIDAY = Day(2026, 6, 26), (Day(2026, 6, 29), Day(2026, 6, 30))  # after the first reminder
LEAVES, JOINS = Day(2026, 3, 16), Day(2026, 4, 1)  # one of the two of A leaves, another comes
MERGED, REASSIGNED = Day(2026, 8, 3), Day(2026, 9, 1)  # C has nobody any more; its works go to A a month later
DOWN = (Day(2026, 5, 11), Day(2026, 5, 17))  # the system stands still for a week
TWICE = {Day(2026, 2, 13), Day(2026, 9, 30), Day(2026, 12, 31)}
BACK = {Day(2026, 7, 15): Day(2026, 7, 13), Day(2026, 11, 2): Day(2026, 10, 28)}  # the clock is put back for a run

# kind -> [(code, offset, counts working days, level)], as plans/changzhi-2023/supervision.yaml has them
STEPS = {
    "measure": [("soon", -3, True, "holder"), ("over", 1, True, "unit"), ("late", 5, True, "office")],
    "report": [("soon", -2, True, "holder"), ("over", 1, True, "holder"), ("grace", 3, True, "unit")],
    "problem": [("days9", 9, False, "holder"), ("days21", 21, False, "unit"), ("days45", 45, False, "office")],
    "notice": [
        ("blue", -3, True, "holder"),
        ("yellow", 1, True, "unit"),
        ("red", 3, True, "office"),
        ("top", 10, True, "leader"),
    ],
}


@dataclass
class Thing:
    """One piece of work as the wall calendar has it."""

    pk: int
    kind: str
    unit: str
    started: Day
    deadline: Day | None  # None: counts from the day it was given
    done: Day | None = None
    extended: tuple[Day, Day] | None = None  # granted on, new deadline
    sent: set[str] = field(default_factory=set)

    def set_on(self, day: Day) -> Day:
        if self.deadline is None:
            return self.started
        return self.extended[1] if self.extended and self.extended[0] <= day else self.deadline


class Wall:
    """Working days by a list, with the late notice from its day on."""

    def __init__(self, holidays: set[Day], workdays: set[Day]) -> None:
        days = [START - 400 * ONE + n * ONE for n in range(1200)]
        self.plain = [d for d in days if d in workdays or (d.weekday() < 5 and d not in holidays)]
        self.late = [d for d in self.plain if d not in LATE_HOLIDAY]

    def worked(self, on: Day) -> list[Day]:
        return self.late if on >= LATE_NOTICE else self.plain

    def step_day(self, thing: Thing, offset: int, by_workdays: bool, on: Day) -> Day:
        days = self.worked(on)
        anchor = thing.set_on(on)
        if not by_workdays:
            return next(d for d in days if d >= anchor + offset * ONE)
        place = next(n for n, d in enumerate(days) if d >= anchor)
        return days[place + offset]


class City:
    """Units A (two people, one of them its head), B (a county: fills and checks), C (merged), office, leaders."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {n: factories.UnitFactory.create(name=f"市{n}局") for n in "ABC"}
        self.people: dict[str, Membership] = {}
        for name, unit, role in (
            ("a1", "A", Role.DEPARTMENT),
            ("a2", "A", Role.DEPARTMENT),
            ("b_fill", "B", Role.COUNTY_FILL),
            ("b_check", "B", Role.COUNTY_CHECK),
            ("c1", "C", Role.DEPARTMENT),
        ):
            self._comes(name, self.units[unit], role)
        office = factories.UnitFactory.create(name="领导小组办公室")
        self._comes("o1", office, Role.OFFICE)
        self._comes("o2", office, Role.OFFICE)
        self._comes("l1", factories.UnitFactory.create(name="领导小组"), Role.LEADER)
        self._comes("stranger", factories.UnitFactory.create(), Role.DEPARTMENT)
        self._comes("enterprise", self.units["A"], Role.ENTERPRISE)
        post = factories.PostFactory.create(unit=self.units["A"])
        factories.IncumbencyFactory.create(post=post, person="a1", valid_from=Day(2020, 1, 1))

    def _comes(self, name: str, unit: Unit, role: Role, since: Day | None = None) -> None:
        user = factories.UserFactory.create(name=name)
        self.people[name] = factories.MembershipFactory.create(user=user, unit=unit, role=role, valid_from=since)

    def happens(self, day: Day) -> None:
        """What changes on a morning."""
        if day == LATE_NOTICE:
            for off in LATE_HOLIDAY:
                CalendarDay.objects.create(day=off, kind=DayKind.HOLIDAY, name="临时放假")
        if day == LEAVES:
            self._leaves("a2", day)
        if day == JOINS:
            self._comes("a3", self.units["A"], Role.DEPARTMENT, day)
        if day == MERGED:
            self._leaves("c1", day)
        if day == REASSIGNED:
            Work.objects.filter(holder=self.units["C"], ended_on=None).update(holder=self.units["A"])

    def _leaves(self, name: str, day: Day) -> None:
        self.people[name].valid_to = day - ONE
        self.people[name].save()

    def told(self, unit: str, level: str, day: Day) -> set[str]:
        """Names of those whom the rule means on a day."""
        if unit == "C" and day >= REASSIGNED:
            unit = "A"
        if level == "office" or (unit == "C" and day >= MERGED and level in ("holder", "unit")):
            return {"o1", "o2"}
        if level == "leader":
            return {"l1"}
        if unit == "B":
            return {"b_fill", "b_check"} if level == "holder" else {"b_check"}
        if unit == "C":
            return {"c1"}
        if level == "unit":
            return {"a1"}
        return {"a1"} | ({"a2"} if day < LEAVES else set()) | ({"a3"} if day >= JOINS else set())


def days_of_the_clock() -> list[tuple[Day, Day]]:
    """(what the clock of a run says, the day it really is), in the order of the runs."""
    found, day = [], START
    while day <= END:
        if not DOWN[0] <= day <= DOWN[1]:
            found.append((day, day))
            if day in TWICE:
                found.append((day, day))
            if day in BACK:
                found.append((BACK[day], day))
        day += ONE
    return found
