"""Rows that stand for all tests of a module, each of which takes back what it changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def kept_rows(blocker: Any) -> Iterator[None]:
    """Around the `yield` of a module-scoped fixture; not where a test of the module needs real transactions.

    Rows only: uploads would stand in a folder that no test has. Give each test a `deepcopy` of what was made.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
