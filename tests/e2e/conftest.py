"""A real browser against the system as `make run` starts it: demonstration data, gunicorn, the real static files.

`page` is a fresh visitor at 1440 px; `new_page(width=390)` gives more of them, each with a session of its own.
A test fails when a page wrote an error to the console (a breach of the content security policy is one), a
script broke, or a request failed. A test that expects such a thing asserts it and empties `faults`.
Tests that would rather make their own rows use pytest-django's `live_server` and override `base_url` with it.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e import prepared
from tools.browser import WIDTHS, context_options, launch_options

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
START_SECONDS = 120.0
PATIENCE_MS = 10_000  # two busy cores
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not e2e"` leaves the browser alone; the demonstration comes last."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
    items.sort(key=_demonstrated)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Make the demonstration's data beside the first journeys."""
    if any(_demonstrated(item) for item in session.items):
        prepared.begin()


def _demonstrated(item: pytest.Item) -> bool:
    return "site" in getattr(item, "fixturenames", ())


@dataclass(frozen=True, slots=True)
class Site:
    """A running system of its own, with demonstration data: address, folder of its data, file of its log."""

    url: str
    data: Path
    log: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start the system once for all journeys, on a free port, and stop it at the end."""
    folder = tmp_path_factory.mktemp("site")
    prepared.take(folder)
    port = _free_port()
    site = Site(f"http://127.0.0.1:{port}", folder / "data", folder / "log")
    env = {**prepared.environment(folder), "PORT": str(port)}
    with site.log.open("wb") as log:
        command = [sys.executable, "-m", "config.manage", "start"]
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            _wait(site, server)
            yield site
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(site: Site, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < end:
        try:
            with urlopen(site.url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the system did not start; its log:\n{site.log.read_text('utf-8', 'replace')[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium for the whole run.

    Playwright's sync interface keeps an event loop in this thread, which makes Django refuse its database here;
    nothing of ours is async, so the refusal is switched off for as long as the browser runs.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


@pytest.fixture
def base_url(site: Site) -> str:
    """Return the address that `page.goto("/…")` starts from."""
    return site.url


@pytest.fixture
def faults() -> list[str]:
    """Return what went wrong in the browser so far."""
    return []


@pytest.fixture
def new_page(browser: Browser, base_url: str, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """Give visitors, each with a session of its own: `new_page()`, `new_page(width=390)`."""
    contexts: list[Any] = []

    def make(width: int = 1440) -> Page:
        context = browser.new_context(base_url=base_url, **context_options(width))
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        _listen(page, faults)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, "the browser reported:\n" + "\n".join(faults)


def _listen(page: Page, faults: list[str]) -> None:
    page.on("console", lambda m: faults.append(f"console: {m.text} ({m.location.get('url')})") if _bad(m) else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("requestfailed", lambda r: faults.append(f"request: {r.url} {r.failure}") if _failed(r) else None)


def _bad(message: Any) -> bool:
    return message.type in ("error", "warning")


def _failed(request: Any) -> bool:
    """Return whether a request failed, not: was given up for a download or another page."""
    return "ERR_ABORTED" not in (request.failure or "")


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Give one visitor at 1440 px."""
    return new_page()


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Give `shot(page, name)`: full-page pictures at 1440 and 390 px into SHOTS_DIR, nothing where it is not set."""

    def take(page: Page, name: str) -> None:
        folder = os.environ.get("SHOTS_DIR")
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": int(width), "height": height})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        if before:
            page.set_viewport_size(before)

    return take
