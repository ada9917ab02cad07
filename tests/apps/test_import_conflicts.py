"""A row that somebody else changed meanwhile: the preview says of each field what was, what is, and who did it."""

from decimal import Decimal
from typing import Any

import pytest

from spectown.enterprises.models import Enterprise
from spectown.lists.importing import conflicts, services
from spectown.lists.services.records import change
from tests.apps.import_world import World, enterprises, line, sent, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def world() -> World:
    return World()


def changed(world: World, firm: Enterprise, **values: Any) -> None:
    firm.refresh_from_db()
    change(ledger=enterprises(), pk=firm.pk, values=values, version=firm.version, by=world.office)


def conflict(world: World, data: bytes) -> dict[str, Any]:
    run = sent(world.county, data)
    (row,) = run.preview["conflict"]
    assert run.counts["conflict"] == 1
    return dict(row)


def test_each_field_says_whose_change_it_is(world: World) -> None:
    firm = world.firm(1, contact="李四", capital=Decimal("5.00"), name="甲厂")
    data = workbook([line(firm, 联系人="王五", 名称="甲工厂")])
    changed(world, firm, contact="赵六")
    changed(world, firm, capital=Decimal("12345.60"))
    row = conflict(world, data)
    told = {cell[0]: (cell[1:], said) for cell, said in zip(row["cells"], row["told"], strict=True)}
    assert told["名称"] == (["甲厂", "甲工厂"], conflicts.OURS)
    assert told["联系人"][0] == ["赵六", "王五"]
    assert told["联系人"][1].startswith(world.office.name)
    assert told["联系人"][1].endswith(conflicts.BOTH)
    assert told["注册资本"][0] == ["12,345.60 万元", "5.00 万元"]
    assert told["注册资本"][1].endswith(conflicts.THEIRS)
    assert "只改“名称”“联系人”" in row["advice"]
    assert "注册资本" not in row["advice"]


def test_a_row_that_the_person_did_not_touch(world: World) -> None:
    firm = world.firm(1, contact="李四")
    data = workbook([line(firm)])
    changed(world, firm, contact="赵六")
    row = conflict(world, data)
    assert "您没有改这一行" in row["advice"]


def test_steps_that_the_log_does_not_hold(world: World) -> None:
    firm = world.firm(1, contact="李四")
    data = workbook([line(firm, 联系人="王五")])
    Enterprise.objects.update(contact="赵六", version=3)  # by hand, past the log
    row = conflict(world, data)
    assert (row["told"], row["who"]) == ([""], "")
    assert "联系人" in row["advice"]


def test_the_marked_copy_says_the_same(world: World) -> None:
    firm = world.firm(1, contact="李四")
    data = workbook([line(firm, 联系人="王五")])
    changed(world, firm, contact="赵六")
    run = sent(world.county, data)
    copy, _ = services.marked(run=run, by=world.county)
    assert copy[:2] == b"PK"
    firm.refresh_from_db()
    assert (firm.contact, firm.version) == ("赵六", 2)


def test_queries_do_not_grow_with_conflicts(world: World, django_assert_max_num_queries: Any) -> None:
    firms = [world.firm(n, contact="李四") for n in range(30)]
    data = workbook([line(firm, 联系人="王五") for firm in firms])
    for firm in firms:
        changed(world, firm, contact="赵六")
    with django_assert_max_num_queries(90):
        run = sent(world.county, data)
    assert run.counts["conflict"] == 30
