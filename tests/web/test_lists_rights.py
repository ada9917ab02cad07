"""Who may do what with every list: the table of docs/user/lists.md, walked over all lists and all roles."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from factory.django import DjangoModelFactory

from spectown.accounts.permissions import PERMISSIONS, Permission, Role
from spectown.lists.declaration import Ledger
from spectown.lists.registry import ledger_of, ledgers
from spectown.lists.scope import changeable, correctable
from spectown.organisations.actors import actor_for
from spectown.organisations.models import Membership
from tests import factories
from tests.web.quick import undrawn

DOCS = Path(settings.BASE_DIR) / "docs" / "user" / "lists.md"
LABELS = {str(role.label): role for role in Role}
ACTIONS = ("see", "change", "correct")
ALL, OWN, LEADS, NONE = "全部", "自己的", "牵头任务的", "—"


@cache
def table() -> dict[Role, tuple[str, ...]]:
    """What the guide says: by role, whose rows it sees, maintains, corrects."""
    part = DOCS.read_text("utf-8").partition("## 谁能做什么")[2].partition("\n## ")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]
    return {LABELS[cells[0]]: tuple(cells[1:4]) for cells in lines[2:]}


def factory_of(ledger: Ledger) -> Any:
    made = [f for f in vars(factories).values() if isinstance(f, type) and issubclass(f, DjangoModelFactory)]
    return next(f for f in made if f._meta.model is ledger.model)


@cache
def shapes() -> set[str]:
    """One list of each shape that decides about rights: its way to an enterprise, what it follows, whose task it is."""
    found = {(led.enterprise, led.follows, led.parent, bool(led.tasks), led.correctable): led.slug for led in ledgers()}
    return set(found.values())


class Place:
    """A county with a town, an enterprise and a project of one unit, and a row of every list there."""

    def __init__(self) -> None:
        self.unit = factories.UnitFactory.create(territory=factories.TerritoryFactory.create())
        self.where: dict[str, Any] = {"territory": self.unit.territory}
        self.town = factories.TownFactory.create(**self.where, operator=self.unit)
        self.where["town"] = self.town
        self.firm = factories.EnterpriseFactory.create(**self.where, unit=self.unit)
        self.project = factories.ProjectFactory.create(**self.where, enterprise=self.firm)
        gone = {"deleted_at": timezone.now(), "deleted_by": factories.UserFactory.create(), "delete_reason": "重复"}
        self.rows = {each.slug: factory_of(each).create(**self._of(each)) for each in ledgers()}
        self.deleted = {each.slug: factory_of(each).create(**self._of(each), **gone) for each in ledgers()}

    def _of(self, ledger: Ledger) -> dict[str, Any]:
        if ledger.enterprise == "self":
            return self.where | {"unit": self.unit}
        if ledger.enterprise.startswith("project"):
            return self.where | {"project": self.project}
        return self.where | ({"enterprise": self.firm} if ledger.enterprise else {})


class World:
    """Two such places; the ten tasks, none of them led by the own unit."""

    def __init__(self) -> None:
        self.own, self.foreign = Place(), Place()
        version = factories.PlanVersionFactory.create(is_current=True)
        numbers = sorted({number for each in ledgers() for number in each.tasks})
        self.tasks = [factories.TaskFactory.create(number=n, clause__version=version) for n in numbers]

    def lead(self) -> None:
        """The own unit leads every task from now on."""
        for task in self.tasks:
            factories.DutyFactory.create(task=task, unit=self.own.unit, kind="lead")


def status(client: Client, name: str, ledger: Ledger, method: str = "get", data: Any = None, **kwargs: Any) -> int:
    """What the address answers; nothing that it does remains. Workbooks are not written: test_lists_pages does."""
    with transaction.atomic():
        answer = getattr(client, method)(reverse(f"lists:{name}", kwargs={"ledger": ledger.slug, **kwargs}), data or {})
        code: int = answer.status_code
        transaction.set_rollback(True)
    return code


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all roles: the tests change nothing in it that outlives them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    return built


def test_table_names_every_role_that_has_lists_and_no_other() -> None:
    assert {role for role, cells in table().items() if cells[0] != NONE} == {
        role for role, held in PERMISSIONS.items() if Permission.LIST_VIEW in held
    }
    assert set(table()) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_every_list_keeps_to_the_table(world: World, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    undrawn(monkeypatch)
    sees, keeps, _ = table()[role]
    client = factories.client_for(role, unit=world.own.unit)
    code = 403 if sees == NONE else 200
    asked = [(each.slug, name) for each in ledgers() for name in ("list", "export", "deleted")]
    assert [pair for pair in asked if status(client, pair[1], known(pair[0])) != code] == []
    if sees == NONE:
        return
    for lead in (False, True) if keeps == LEADS else (False,):
        if lead:
            world.lead()
        # A list with a scope of its own has its own test (tests/apps/supervision).
        plain = [each for each in ledgers() if each.sees is None]
        wrong = [(each.slug, lead, fault) for each in plain for fault in _faults(client, each, world, role, lead)]
        assert wrong == []


def known(slug: str) -> Ledger:
    found = ledger_of(slug)
    assert found is not None
    return found


def _faults(client: Client, ledger: Ledger, world: World, role: Role, lead: bool) -> list[Any]:
    """Where a list is open that should be closed, or the other way round."""
    sees, keeps, corrects = table()[role]
    leads, is_deep = lead and bool(ledger.tasks), ledger.slug in shapes()
    keeper = keeps in (ALL, OWN) or leads
    wrong: list[Any] = [fault for fault in _list_level(client, ledger) if fault[1] != keeper] if is_deep else []
    for place in (world.own, world.foreign):
        is_own = place is world.own
        asked = {
            "see": sees == ALL or (sees == OWN and is_own and _concerned(ledger, role)),
            "change": keeps == ALL or (keeps == OWN and is_own) or (keeps == LEADS and leads),
            "correct": corrects == OWN and is_own and bool(ledger.correctable),
        }
        found = (_found if is_deep else _found_quickly)(client, ledger, place)
        wrong += [(is_own, name, found[name]) for name in ACTIONS if found[name] != {asked[name]}]
    return wrong


def _list_level(client: Client, ledger: Ledger) -> list[tuple[str, bool]]:
    """What those who maintain a list may do with it as a whole."""
    opened = [(name, status(client, name, ledger) == 200) for name in ("row_create", "template", "import")]
    return [*opened, ("bulk", status(client, "bulk", ledger, "post") == 302)]


def _concerned(ledger: Ledger, role: Role) -> bool:
    return role != Role.ENTERPRISE or bool(ledger.enterprise)


def _found(client: Client, ledger: Ledger, place: Place) -> dict[str, set[bool]]:
    """What is possible with a row; every set must have one member only."""
    pk, gone = {"pk": place.rows[ledger.slug].pk}, {"pk": place.deleted[ledger.slug].pk}
    reason = {"reason": "核对"}
    return {
        "see": {status(client, "row", ledger, **pk) == 200},
        "change": {
            status(client, "row_edit", ledger, **pk) == 200,
            status(client, "row_delete", ledger, "post", reason, **pk) == 302,
            status(client, "row_restore", ledger, "post", reason, **gone) == 302,
        },
        "correct": {status(client, "row_correct", ledger, **pk) == 200},
    }


def _found_quickly(client: Client, ledger: Ledger, place: Place) -> dict[str, set[bool]]:
    """The same of a list whose shape another one has: its page, and the scope that every page and service asks."""
    row, gone = place.rows[ledger.slug], place.deleted[ledger.slug]
    actor = actor_for(Membership.objects.get(user_id=client.session["_auth_user_id"]))
    return {
        "see": {status(client, "row", ledger, pk=row.pk) == 200},
        "change": {
            changeable(ledger, actor).filter(pk=row.pk).exists(),
            changeable(ledger, actor, deleted=True).filter(pk=gone.pk).exists(),
        },
        "correct": {correctable(ledger, actor).filter(pk=row.pk).exists()},
    }


HREF = re.compile(r'<a [^>]*href="([^"#]+)"')


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.ENTERPRISE, Role.EXPERT, Role.TOWN, Role.COUNTY_CHECK, Role.LEADER])
def test_no_link_that_is_shown_leads_to_a_refusal(role: Role) -> None:
    """From the work bench through navigation, lists and rows, three clicks deep."""
    place = Place()
    client = factories.client_for(role, unit=place.unit)
    seen: dict[str, str] = {"/": ""}
    todo, refused = [("/", 0)], []
    while todo:
        url, depth = todo.pop(0)
        answer = client.get(url, follow=True)
        if answer.status_code >= 400:
            refused.append((answer.status_code, url, "from " + seen[url.partition("?")[0]]))
        if depth == 3 or answer.streaming or "html" not in answer["Content-Type"]:
            continue
        for link in HREF.findall(answer.content.decode()):
            target = urljoin(url, unescape(link))
            plain = target.partition("?")[0]  # one address of each page is enough
            if target.startswith("/") and plain not in seen and not plain.startswith(("/static/", "/account/")):
                seen[plain] = url
                todo.append((target, depth + 1))
    assert refused == []
    assert len(seen) > (8 if role == Role.EXPERT else 20), sorted(seen)
