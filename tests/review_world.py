"""A case that waits for its experts, and a pool of them: made through the services."""

from collections.abc import Sequence
from dataclasses import dataclass

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, CaseVersion, Expert, Seat
from spectown.rounds.services import declaring, pool, scoring, seating, visits
from tests.factories import CaseVersionFactory, TerritoryFactory, actor
from tests.round_world import World, world

SEED, SOURCE = "2026-11-26 福彩3D 385", "11月26日在市政府网站公布"


@dataclass(frozen=True, slots=True)
class Person:
    """An expert with the actor who logs in."""

    expert: Expert
    acts: Actor

    def seat(self, case: Case) -> Seat:
        """The expert's seat on a case."""
        return Seat.objects.get(case=case, expert=self.expert)


def person(office: Actor, **about: object) -> Person:
    """Somebody of the pool; the university has nothing to do with any case."""
    acts = actor(Role.EXPERT)
    facts = {"unit": "山西农业大学", **about}
    made = pool.add(user=User.objects.get(pk=acts.person), about=pool.Particulars(**facts), by=office)  # type: ignore[arg-type]
    return Person(made, acts)


@dataclass(frozen=True, slots=True)
class Review:
    """A case from its acceptance on, and people of the pool who may review it."""

    here: World
    people: list[Person]

    @property
    def case(self) -> Case:
        """The case as it is stored now."""
        return self.here.fresh()

    @property
    def office(self) -> Actor:
        """Who arranges the review."""
        return self.here.office

    def by(self, seat: Seat) -> Actor:
        """Who sits there."""
        return next(each.acts for each in self.people if each.expert.pk == seat.expert_id)

    def seats(self) -> list[Seat]:
        """Seats that nobody left."""
        return list(Seat.objects.filter(case=self.case, left_at__isnull=True).order_by("pk"))

    def score(self, seat: Seat, points: str = "80", over: dict[str, scoring.Typed] | None = None) -> None:
        """Declare where that is to be done, fill the whole sheet and submit it."""
        if seat.declared_at is None:
            declaring.declare(seat=seat, by=self.by(seat))
        sheet = {item.code: scoring.Typed(points, False, "有据") for item in self.case.rules.rules.sheet}
        faults = scoring.save(seat=seat, typed=sheet | (over or {}), comment="好", by=self.by(seat))
        assert faults == {}
        scoring.submit(seat=seat, by=self.by(seat))

    def newer(self) -> CaseVersion:
        """A newer version of the case, with one figure changed."""
        last = self.case.versions.order_by("number").last()
        assert last is not None
        content = {**last.content, "fields": {**last.content["fields"], "employees": "321"}}
        return CaseVersionFactory.create(case=self.case, number=last.number + 1, content=content)


@dataclass(frozen=True, slots=True)
class Ruled(Review):
    """With one of the pool who may not, by rule."""

    own: Person


def pool_of(office: Actor, size: int = 7) -> list[Person]:
    """Experts of a university, half of them from a county that has nothing to do with any case."""
    away = TerritoryFactory.create(name="屯留区")
    return [person(office, county=away if n % 2 else None) for n in range(size)]


def reviewed(here: World, people: list[Person], points: Sequence[str] = ("80",)) -> Review:
    """An accepted case of a round without visits: drawn, scored by the whole panel, on to 研究."""
    found = Review(here, people)
    seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    here.go("start_review", found.office)
    for number, seat in enumerate(found.seats()):
        found.score(seat, points[number % len(points)])
    here.go("end_review", found.office)
    return found


def accepted() -> Ruled:
    """A case of 壶关县 that was accepted."""
    here = world()
    here.fill()
    here.go("hand_in", here.fills)
    here.go("county_submit", here.checks)
    here.go("examine", here.office)
    here.judge_all()
    here.go("accept", here.office)
    territory = here.case.unit.territory
    return Ruled(here, pool_of(here.office), person(here.office, county=territory))


def reviewing() -> Ruled:
    """Five were drawn and the review has begun."""
    found = accepted()
    seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    visits.plan(case=found.case, visit=False, reason="材料清楚", by=found.office)
    found.here.go("start_review", found.office)
    return found
