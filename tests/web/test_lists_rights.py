"""Who may do what with every list: the table of docs/user/lists.md, walked over all lists and all roles."""

import re
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
from spectown.plans.models import Task
from tests import factories

DOCS = Path(settings.BASE_DIR) / "docs" / "user" / "lists.md"
LABELS = {str(role.label): role for role in Role}
ACTIONS = ("see", "change", "correct")
ALL, OWN, LEADS, NONE = "全部", "自己的", "牵头任务的", "—"


def table() -> dict[Role, tuple[str, ...]]:
    """What the guide says: by role, whose rows it sees, maintains, corrects."""
    part = DOCS.read_text("utf-8").partition("## 谁能做什么")[2].partition("\n## ")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]
    return {LABELS[cells[0]]: tuple(cells[1:4]) for cells in lines[2:]}


def factory_of(ledger: Ledger) -> Any:
    made = [f for f in vars(factories).values() if isinstance(f, type) and issubclass(f, DjangoModelFactory)]
    return next(f for f in made if f._meta.model is ledger.model)


def shapes() -> set[str]:
    """One list of each shape that decides about rights: its way to an enterprise, what it follows, whose task it is."""
    found = {(led.enterprise, led.follows, led.parent, bool(led.tasks), led.correctable): led.slug for led in ledgers()}
    return set(found.values())


class Place:
    """A county with a town and an enterprise of one unit, and a row of the list there."""

    def __init__(self, ledger: Ledger) -> None:
        self.unit = factories.UnitFactory.create(territory=factories.TerritoryFactory.create())
        where = {"territory": self.unit.territory}
        self.town = factories.TownFactory.create(**where, operator=self.unit)
        where["town"] = self.town
        firm = factories.EnterpriseFactory.create(**where, unit=self.unit)
        if ledger.enterprise == "self":
            where |= {"unit": self.unit}
        elif ledger.enterprise.startswith("project"):
            where |= {"project": factories.ProjectFactory.create(**where, enterprise=firm)}
        elif ledger.enterprise:
            where |= {"enterprise": firm}
        self.row = factory_of(ledger).create(**where)
        gone = {"deleted_at": timezone.now(), "deleted_by": factories.UserFactory.create(), "delete_reason": "重复"}
        self.deleted = factory_of(ledger).create(**where, **gone)


def status(client: Client, name: str, ledger: Ledger, method: str = "get", data: Any = None, **kwargs: Any) -> int:
    with transaction.atomic():
        answer = getattr(client, method)(reverse(f"lists:{name}", kwargs={"ledger": ledger.slug, **kwargs}), data or {})
        code: int = answer.status_code
        if answer.streaming:
            b"".join(answer)
        transaction.set_rollback(True)
    return code


@pytest.fixture(params=ledgers(), ids=lambda ledger: ledger.slug)
def world(request: Any, db: None) -> tuple[Ledger, Place, Place]:
    ledger = request.param
    return ledger, Place(ledger), Place(ledger)


def test_table_names_every_role_that_has_lists_and_no_other() -> None:
    assert {role for role, cells in table().items() if cells[0] != NONE} == {
        role for role, held in PERMISSIONS.items() if Permission.LIST_VIEW in held
    }
    assert set(table()) == set(Role)


def test_every_list_keeps_to_the_table(world: tuple[Ledger, Place, Place]) -> None:
    ledger, own, foreign = world
    task = (
        factories.TaskFactory.create(number=ledger.tasks[0], clause__version__is_current=True) if ledger.tasks else None
    )
    wrong, deep = [], shapes()  # the rows of lists of the same shape are not asked again
    for role, (sees, keeps, corrects) in table().items():
        client = factories.client_for(role, unit=own.unit)
        code = 403 if sees == NONE else 200
        wrong += [(role, name) for name in ("list", "export", "deleted") if status(client, name, ledger) != code]
        if sees == NONE or ledger.slug not in deep:
            continue
        for lead in (False, True) if keeps == LEADS and task else (False,):
            if lead:
                factories.DutyFactory.create(task=Task.objects.get(), unit=own.unit, kind="lead")
            keeper = keeps in (ALL, OWN) or lead
            wrong += [(role, lead, name, found) for name, found in _list_level(client, ledger) if found != keeper]
            for place in (own, foreign):
                found = _found(client, ledger, place)
                is_own = place is own
                asked = {
                    "see": sees == ALL or (sees == OWN and is_own and _concerned(ledger, role)),
                    "change": keeps == ALL or (keeps == OWN and is_own) or (keeps == LEADS and lead),
                    "correct": corrects == OWN and is_own and bool(ledger.correctable),
                }
                wrong += [(role, lead, is_own, name, found[name]) for name in ACTIONS if found[name] != {asked[name]}]
    assert wrong == []


def _list_level(client: Client, ledger: Ledger) -> list[tuple[str, bool]]:
    """What those who maintain a list may do with it as a whole."""
    opened = [(name, status(client, name, ledger) == 200) for name in ("row_create", "template", "import")]
    return [*opened, ("bulk", status(client, "bulk", ledger, "post") == 302)]


def _concerned(ledger: Ledger, role: Role) -> bool:
    return role != Role.ENTERPRISE or bool(ledger.enterprise)


def _found(client: Client, ledger: Ledger, place: Place) -> dict[str, set[bool]]:
    """What is possible with a row; every set must have one member only."""
    pk, gone = {"pk": place.row.pk}, {"pk": place.deleted.pk}
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


HREF = re.compile(r'<a [^>]*href="([^"#]+)"')


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.ENTERPRISE, Role.EXPERT, Role.TOWN, Role.COUNTY_CHECK, Role.LEADER])
def test_no_link_that_is_shown_leads_to_a_refusal(role: Role) -> None:
    """From the work bench through navigation, lists and rows, three clicks deep."""
    place = Place(ledger_of("enterprise-years"))
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
