"""Whatever is edited in a workbook: after the import the list equals it, and the same file changes nothing more."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.enterprises.models import Enterprise
from tests.apps.import_world import HEAD, World, applied, code, line, sent, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.data]

FIRMS = 3
CAPITAL = st.none() | st.decimals(0, 10**6, places=2).map(float)
CONTACT = st.none() | st.sampled_from(("张三", "李四", "O'Neil", '引"号', "王 五"))
EDIT = st.fixed_dictionaries({}, optional={"注册资本(万元)": CAPITAL, "联系人": CONTACT})
EDITS = st.dictionaries(st.integers(0, FIRMS - 1), EDIT, max_size=FIRMS)
NEW = st.lists(st.tuples(st.booleans(), CAPITAL, CONTACT), max_size=3)


def added(number: int, coded: bool, capital: float | None, contact: str | None) -> list[Any]:
    """A new row; one without a code is a farm, known by its name and place."""
    kind = "企业" if coded else "家庭农场"
    return [None, code(100 + number) if coded else None, f"新户{number}", "甲县", kind, capital, contact, None]


def as_told(row: list[Any]) -> tuple[Any, ...]:
    values = dict(zip(HEAD, row, strict=True))
    capital = values["注册资本(万元)"]
    return (
        values["名称"],
        values["统一社会信用代码"] or "",
        values["主体类型"],
        None if capital is None else Decimal(str(capital)).quantize(Decimal("0.01")),
        values["联系人"] or "",
    )


def as_stored(firm: Enterprise) -> tuple[Any, ...]:
    return (firm.name, firm.code or "", firm.get_kind_display(), firm.capital, firm.contact)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS, NEW, st.randoms(use_true_random=False))
def test_the_list_becomes_the_workbook(edits: dict[int, dict[str, Any]], new: list[Any], chance: Any) -> None:
    with transaction.atomic():
        world = World()
        firms = [world.firm(n, contact="原", capital=Decimal("5.00")) for n in range(FIRMS)]
        rows = [line(firm, **edits.get(n, {})) for n, firm in enumerate(firms)]
        rows = [[float(v) if isinstance(v, Decimal) else v for v in row] for row in rows]
        rows += [added(n, *row) for n, row in enumerate(new)]
        chance.shuffle(rows)
        run = sent(world.county, workbook(rows))
        assert (run.faults, run.counts["new"]) == ([], len(new))
        if run.counts["new"] or run.counts["changed"]:
            assert run.state == "ready"
            run = applied(run, world.county)
        assert run.state == ("done" if run.counts["new"] or run.counts["changed"] else "same")
        assert {as_stored(firm) for firm in Enterprise.objects.all()} == {as_told(row) for row in rows}
        again = sent(world.county, workbook([*rows]))
        assert (again.counts["unchanged"], again.counts["new"], again.counts["changed"]) == (len(rows), 0, 0)
        transaction.set_rollback(True)
