"""Workers as processes of their own, on the database of the test run."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

PATIENCE = 90.0  # many workers on two busy cores
Worker = subprocess.Popen[bytes]
Start = Callable[..., Worker]


def address() -> str:
    """The database of this test run, as DATABASE_URL."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    who = f"{database['USER']}:{quote(database['PASSWORD'])}"
    return f"postgres://{who}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def launched(*arguments: str, module: str = "tests.apps.job_process", **more: str) -> Worker:
    """A worker; `more` goes into its environment."""
    env = {**os.environ, "DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "config.settings", **more}
    return subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=settings.BASE_DIR, env=env)


def until(true: Callable[[], Any]) -> None:
    """Wait until it is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
