"""Choosing rows of a list: filters, search, order, paging; every row exactly once, none of others."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from spectown.accounts.permissions import Role
from spectown.enterprises.models import Enterprise
from spectown.lists.choosing import choose
from spectown.lists.registry import ledger_of
from tests import factories
from tests.apps.enterprise_rows import LEDGER, enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_smoke() -> None:
    ledger = ledger_of("enterprises")
    t = factories.TerritoryFactory.create()
    actor = factories.actor(Role.OFFICE)
    for n in range(120):
        enterprise(territory=t, capital=None if n % 3 == 0 else Decimal(n % 7), name=f"沁州{n}小米公司")
    for sort in ("", "capital", "-capital", "name", "-name", "nope"):
        seen, turn = [], {}
        for _ in range(4):
            c = choose(ledger, actor, {"sort": sort, "territory": str(t.pk), "q": "小米", **turn})
            seen += [r.pk for r in c.rows]
            if not c.next_url: break
            turn = {"after": c.page.after}
        assert len(seen) == len(set(seen)) == 120, (sort, len(seen))
