"""A plan with three small kinds, and the people who make a document."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from spectown.accounts.permissions import Role
from spectown.organisations.actors import Actor
from spectown.organisations.enums import NameKind, UnitKind
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion
from tests import factories

NOTICE: dict[str, Any] = {
    "kind": "free_notice",
    "label": "通知",
    "about": "自由起草的通知。",
    "area": "公文",
    "code": "某专镇办",
    "facts": [
        {"name": "subject", "label": "事由"},
        {"name": "content", "label": "正文", "type": "long"},
        {"name": "amount", "label": "金额", "type": "money", "required": False},
        {"name": "steps", "label": "步骤", "type": "rows", "required": False, "of": [
            {"name": "step", "label": "步骤"}, {"name": "due", "label": "期限", "type": "date", "required": False},
        ]},
    ],
    "title": "关于{{ subject }}的通知",
    "body": ["{{ content }}"],
}  # fmt: skip
BRIEF: dict[str, Any] = {
    **{key: NOTICE[key] for key in ("about", "area", "facts", "body")},
    "kind": "brief",
    "label": "工作简报",
    "format": "纪要",
    "mark": "专业镇工作简报",
    "title": "{{ subject }}",
}
SHEET: dict[str, Any] = {**BRIEF, "kind": "sheet", "label": "评审表", "format": "表单", "mark": ""}
GUARDS = {  # of each database: its triggers with their tables, how they are lifted, how they are set again
    "sqlite": (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_frozen_%'",
        "DROP TRIGGER {0}",
        "{1}",
    ),
    "postgresql": (
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_frozen_truncate'",
        "ALTER TABLE {1} DISABLE TRIGGER {0}",
        "ALTER TABLE {1} ENABLE TRIGGER {0}",
    ),
}
FACTS = {"subject": "报送三季度进度", "content": "请于月底前报送。\n逾期通报。"}


@pytest.fixture
def office() -> Unit:
    unit: Unit = factories.UnitFactory.create(name="领导小组办公室", kind=UnitKind.OFFICE)
    factories.UnitNameFactory.create(unit=unit, name="某市专业镇发展领导小组办公室", kind=NameKind.FULL)
    return unit


@pytest.fixture
def plan(office: Unit) -> PlanVersion:
    kinds = {kind["kind"]: kind for kind in (NOTICE, BRIEF, SHEET)}
    made: PlanVersion = factories.PlanVersionFactory.create(is_current=True, documents=kinds)
    return made


@pytest.fixture
def drafter(office: Unit, plan: PlanVersion) -> Actor:
    return factories.actor(Role.OFFICE, unit=office)


@pytest.fixture
def checker(office: Unit) -> Actor:
    return factories.actor(Role.OFFICE, unit=office)


@pytest.fixture
def leader() -> Actor:
    return factories.actor(Role.LEADER)


@pytest.fixture(autouse=True, scope="session")
def issued_rows_can_be_flushed() -> Iterator[None]:
    """Tables are emptied after tests of whole transactions; what was issued refuses it (test_frozen).

    Several modules take this fixture in: whoever comes second finds it done.
    """
    operations: Any = connection.ops.__class__
    plain, (asked, lifted, again) = operations.sql_flush, GUARDS[connection.vendor]
    if plain.__name__ == "flush":
        yield
        return

    def flush(self: Any, *args: Any, **options: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute(asked)
            found = cursor.fetchall()
        emptied = plain(self, *args, **options)
        return [*(lifted.format(*row) for row in found), *emptied, *(again.format(*row) for row in found)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", flush)
        yield
