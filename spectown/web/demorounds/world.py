"""Who and what the demonstration's rounds are played with: people, entrants, the words of demo/rounds.yaml."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from spectown.accounts.models import User
from spectown.organisations.actors import Actor, actor_for
from spectown.organisations.models import Membership
from spectown.plans.models import PlanVersion
from spectown.rounds.models import Case, Round, Seat
from spectown.towns.models import Town


def acting(username: str) -> Actor:
    """The actor of a demonstration account."""
    return actor_for(Membership.objects.select_related("user", "unit").get(user__username=username))


@dataclass
class Play:
    """What is played, and how far it is: the round under way, cases by their key."""

    data: Mapping[str, Any]
    version: PlanVersion
    people: Mapping[str, Actor]  # office, second, leader
    day: datetime.date
    round: Round | None = None
    spec: Mapping[str, Any] = field(default_factory=dict)
    window: tuple[datetime.date, datetime.date] = (datetime.date.min, datetime.date.max)
    cases: dict[str, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of the round under way."""
        return str(self.spec.get("kind", "first"))

    @property
    def running(self) -> Round:
        """The round under way as it is stored now."""
        if self.round is None:
            raise RuntimeError("no round was created")
        return Round.objects.get(pk=self.round.pk)

    def entrant(self, key: str) -> Mapping[str, Any]:
        """What the file says of a case."""
        found: Mapping[str, Any] = next(each for each in self.data["entrants"] if each["key"] == key)
        return found

    def case(self, key: str) -> Case:
        """The case as it is stored now."""
        return Case.objects.select_related("application", "unit__territory").get(pk=self.cases[key])

    def fills(self, key: str) -> Actor:
        """Who fills for the county of a case."""
        return acting(f"demo-{_account(self.entrant(key)['unit'])}-fill")

    def checks(self, key: str) -> Actor:
        """Who checks for the county of a case."""
        return acting(f"demo-{_account(self.entrant(key)['unit'])}-check")

    def town(self, key: str) -> Town:
        """The town that a case is about."""
        return Town.objects.select_related("territory").get(code=self.entrant(key)["town"])

    def said(self, text: str, key: str = "") -> str:
        """Words with year, town, county and industry put in."""
        names = {"year": str(self.day.year), "level": "省级" if self.kind == "recommendation" else "市级"}
        if key:
            town = self.town(key)
            county = town.territory.name if town.territory else ""
            names |= {"town": town.name, "county": county, "industry": town.leading_industry}
        for name, value in names.items():
            text = text.replace("{" + name + "}", value)
        return text

    def seats(self, key: str) -> list[Seat]:
        """Seats of a case that nobody left, in the order in which they were taken."""
        seats = Seat.objects.filter(case=self.cases[key], left_at__isnull=True)
        return list(seats.select_related("expert__user", "case").order_by("pk"))

    def sits(self, seat: Seat) -> Actor:
        """Who sits there."""
        return actor_of(seat.expert.user)


def actor_of(user: User) -> Actor:
    """The actor of an expert's account."""
    return actor_for(Membership.objects.select_related("user", "unit").get(user=user, role="expert"))


def _account(unit: str) -> str:
    return "county" if unit == "huguan" else unit
