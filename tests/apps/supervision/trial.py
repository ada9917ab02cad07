"""The tables of dated work as kinds without rows of their own: what the moves service does, whatever the kind."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db.models import Q

from spectown.accounts.permissions import Permission, Role
from spectown.core.supervision.measures import MEASURE, REPORT
from spectown.core.supervision.notices import NOTICE
from spectown.core.supervision.problems import PROBLEM
from spectown.core.supervision.words import EFFECTS, NEEDS
from spectown.core.workflow import Workflow
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.supervision import registry
from spectown.supervision.conditions import SHARED
from spectown.supervision.effects import NOTHING_TO_DO
from spectown.supervision.effects import SHARED as DONE
from spectown.supervision.facts import Facts
from spectown.supervision.models import Step, Work
from spectown.supervision.registry import Kind
from tests import factories

TABLES: dict[str, tuple[Workflow, set[str]]] = {
    "measure": (MEASURE, {"verified", "cancelled"}),
    "report": (REPORT, {"acknowledged"}),
    "problem": (PROBLEM, {"solved", "joined", "withdrawn"}),
    "notice": (NOTICE, {"closed", "withdrawn"}),
}
LACKING: dict[str, tuple[str, ...]] = {}  # by the name of a condition: what a test says is lacking
DID: list[str] = []  # effects that were carried out


def _sees(actor: Actor) -> Q:
    return Q() if actor.role in {Role.OFFICE, Role.LEADER} else Q(holder=actor.unit_id)


def _condition(name: str) -> registry.Condition:
    return lambda _facts: LACKING.get(name, ())


def _effect(name: str) -> registry.Effect:
    def carry_out(_facts: Facts, _step: Step) -> None:
        DID.append(name)

    return carry_out


def _kind(code: str) -> Kind:
    table, ends = TABLES[code]
    own = {name: _condition(name) for name in NEEDS if name not in SHARED}
    done = {name: _effect(name) for name in EFFECTS if name not in DONE and name not in NOTHING_TO_DO}
    return Kind(
        code, table, None, frozenset(ends), _sees, own, done, given=code == "problem", filled=frozenset({"unit_named"})
    )


@pytest.fixture
def trial_kinds() -> Iterator[None]:
    """Instead of the real kinds."""
    LACKING.clear()
    DID.clear()
    with patch.dict(registry._KINDS, {code: _kind(code) for code in TABLES}, clear=True):
        yield


class People:
    """Two people of the unit that has the work, two of the office, one of the leading group, one of another unit."""

    def __init__(self) -> None:
        self.unit: Unit = factories.UnitFactory.create(name="市工信局")
        self.own = [factories.actor(Role.DEPARTMENT, unit=self.unit) for _ in range(2)]
        self.office = [factories.actor(Role.OFFICE) for _ in range(2)]
        self.leaders = [factories.actor(Role.LEADER) for _ in range(2)]
        self.stranger = factories.actor(Role.DEPARTMENT)

    @property
    def all(self) -> list[Actor]:
        return [*self.own, *self.office, *self.leaders]

    def for_move(self, permission: str, not_by: set[int | None], work: Work) -> Actor:
        """Somebody who holds the permission and did not make the earlier steps; the unit's own people first."""
        able = [who for who in self.all if who.may(permission) and who.user_id not in not_by]
        return next((who for who in able if who.may(Permission.WORK_CHECK)), able[0])
