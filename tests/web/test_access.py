"""Role × URL: one table decides (access.yaml), and every address of the project must stand in it."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings
from django.urls import URLPattern, get_resolver, reverse

from spectown.accounts.permissions import PERMISSIONS, Role
from spectown.web import errors
from tests.web.quick import known_people
from tests.web.world import ANONYMOUS, LOGIN, WHO, WITHOUT_ROLE, World

TABLE: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("access.yaml").read_text("utf-8"))
FORBIDDEN, NOT_FOUND, WRONG_METHOD = 403, 404, 405
METHODS = ("get", "post")


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    name: str
    open_to: Any
    args: str = ""
    get: int | None = None
    post: int | None = None
    get_by: dict[str, int] = field(default_factory=dict)
    post_by: dict[str, int] = field(default_factory=dict)
    foreign: dict[str, list[str]] = field(default_factory=dict)

    def is_open(self, who: str) -> bool:
        """True where the page itself is open to this kind of person."""
        if self.open_to == "public":
            return True
        if self.open_to == "login":
            return who != ANONYMOUS
        return who in (Role.values if self.open_to == "all" else self.open_to)

    def expected(self, who: str, method: str) -> set[int]:
        """Statuses that are right for the own object."""
        allowed = getattr(self, method)
        if self.is_open(who):
            exceptions: dict[str, int] = getattr(self, f"{method}_by")
            return {WRONG_METHOD if allowed is None else exceptions.get(who, allowed)}
        if who == ANONYMOUS:
            return {LOGIN}
        # Which of the two refusals comes first is the view's affair.
        return {FORBIDDEN} | ({WRONG_METHOD} if allowed is None else set())

    def expected_foreign(self, who: str, method: str, open_to: list[str]) -> set[int]:
        """Statuses that are right for the object of others, which only `open_to` may open."""
        named = getattr(self, method) is not None
        if self.is_open(who) and named and who not in open_to:
            return {NOT_FOUND}
        return self.expected(who, method)


LINES = [Line(name, **line) for name, line in TABLE.items()]


def names() -> Iterator[str]:
    """All URL names of the project, with their namespaces."""

    def walk(patterns: list[Any], namespace: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{namespace}{pattern.name}"
            else:
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, inner)

    return walk(get_resolver().url_patterns, "")


def test_every_address_has_its_decision() -> None:
    found = list(names())
    assert sorted(set(found) - TABLE.keys()) == [], "addresses without a line in access.yaml"
    assert sorted(TABLE.keys() - set(found)) == [], "lines in access.yaml without an address"
    assert len(found) == len(set(found)), "a URL name is used twice"


def test_table_names_only_known_roles() -> None:
    words = {"public", "login", "all"}
    for line in LINES:
        roles = [] if line.open_to in list(words) else line.open_to
        assert set(roles) | {*chain(*line.foreign.values())} | set(line.get_by) | set(line.post_by) <= set(WHO), (
            line.name
        )


def test_every_role_has_permissions() -> None:
    assert set(PERMISSIONS) == set(Role)


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    """One world for all lines: every request is rolled back by itself."""
    folder = tmp_path_factory.mktemp("media")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        known_people(patch)
        patch.setattr(errors, "_error", lambda _request, status, *_: HttpResponse(status=status))  # thousands of them
        patch.setattr(logging.getLogger("django.request"), "disabled", True)
        # Sessions in cookies, which are put back after each request, spare two queries of each.
        with override_settings(MEDIA_ROOT=folder, SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
            yield World(), folder
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_access(line: Line, made: tuple[World, Path], settings: Any) -> None:
    world, settings.MEDIA_ROOT = made
    wrong = []
    for method in METHODS:
        for who in WHO:
            found = world.status(who, method, reverse(line.name, kwargs=world.args[line.args]))
            if found not in line.expected(who, method):
                wrong.append((who, method, line.args, found, line.expected(who, method)))
            for name, open_to in line.foreign.items():
                found = world.status(who, method, reverse(line.name, kwargs=world.args[name]))
                expected = line.expected_foreign(who, method, open_to)
                if found not in expected:
                    wrong.append((who, method, name, found, expected))
    assert wrong == []


@pytest.mark.parametrize("who", [ANONYMOUS, WITHOUT_ROLE])
def test_table_itself_closes_the_inner_pages(who: str) -> None:
    inner = [
        line for line in LINES if line.name.split(":")[0] in {"workbench", "plans", "towns", "system", "certification"}
    ]
    assert inner
    assert not any(line.is_open(who) for line in inner)
