"""For every test: no network beyond this machine, and hypothesis at the pace of a busy two-core machine."""

import gc
import ipaddress
import itertools
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.migrated import Kept
from tests.spent import pytest_terminal_summary as pytest_terminal_summary

hypothesis.settings.register_profile("desk", deadline=None)
# In CI the same examples every time: a failure there must be the change's own.
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, max_examples=40)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_collection_finish() -> None:
    """What stands by now stays to the end: not looking at it again takes a tenth off every run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


class NetworkUsedError(RuntimeError):
    """A test tried to reach another machine."""


def _check(host: object) -> None:
    try:
        outside = not ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        outside = host not in ("localhost", "", None, b"localhost")
    if outside:
        raise NetworkUsedError(f"tests must not use the network; this one tried {host}")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse connections and name look-ups other than loopback and unix sockets."""
    plain = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    look_up = socket.getaddrinfo

    def guarded(name: str) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if isinstance(address, tuple):
                _check(address[0])
            return plain[name](self, address)

        return connect

    def guarded_look_up(host: Any, *rest: Any, **options: Any) -> Any:
        _check(host)
        return look_up(host, *rest, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in plain:
            patch.setattr(socket.socket, name, guarded(name))
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(scope="session")
def kept_database(request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None) -> Kept | None:
    """The migrated database of an earlier run, for SQLite."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    folder = request.config.cache.mkdir("migrated") if request.config.cache else None
    return Kept(folder, database["TEST"]["NAME"]) if folder and database["ENGINE"].endswith("sqlite3") else None


@pytest.fixture(scope="session")
def django_db_keepdb(kept_database: Kept | None) -> bool:
    """A copy is used as it is; the run's folder goes at its end."""
    return kept_database is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(kept_database: Kept | None) -> None:
    """Before the database is made."""
    if kept_database:
        kept_database.take()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, kept_database: Kept | None) -> None:
    """After it was made."""
    if kept_database:
        kept_database.give()


@pytest.fixture(scope="session")
def all_media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the folders of `media` stand."""
    base = tmp_path_factory.mktemp("media")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def media(settings: Any, all_media: Iterator[Path]) -> None:
    """Give each test its own empty folder for uploads, made by whoever stores: `tmp_path` makes one every time.

    It looks through all that are there already, which took 4 ms a test.
    """
    settings.MEDIA_ROOT = next(all_media)


@pytest.fixture(autouse=True)
def own_plan(request: pytest.FixtureRequest) -> None:
    """What a plan says of monitoring is remembered by its number, which another test's plan may have had.

    Likewise whether the database holds demonstration data.
    """
    if request.node.get_closest_marker("django_db"):
        from spectown.accounts.models import Installation
        from spectown.monitoring import catalogue

        catalogue._read.cache_clear()
        Installation.forget()


@pytest.fixture(autouse=True)
def few_samples(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How much the ranks hang on is sampled sparsely where the database is the matter; core and browser take all."""
    if request.node.get_closest_marker("django_db") and not request.node.get_closest_marker("e2e"):
        from spectown.core.evaluation import sensitivity

        monkeypatch.setattr(sensitivity, "BASE", 32)


@pytest.fixture(autouse=True)
def own_addresses(request: pytest.FixtureRequest) -> Iterator[None]:
    """Addresses are remembered by the navigation: a test with an address table of its own begins and ends without."""
    if not request.node.get_closest_marker("urls"):
        yield
        return
    from spectown.web import nav

    remembered = nav.address
    remembered.cache_clear()
    yield
    remembered.cache_clear()
