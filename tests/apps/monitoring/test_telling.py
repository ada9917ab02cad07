"""What a county and a bureau hear, each once; a bureau that says nothing."""

import datetime
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from spectown.accounts.models import User
from spectown.core.monitoring.course import SETTLED
from spectown.core.periods import of_code
from spectown.monitoring.models import Cell
from spectown.monitoring.pivot import ALL, Ask, Axis, behind, pivot
from spectown.monitoring.reach import asked_cells
from spectown.monitoring.services.certifying import answer
from spectown.monitoring.silence import look
from spectown.monitoring.telling import ARRIVED, CELL, answered, arrived
from spectown.organisations.actors import Actor
from spectown.outbox.models import Message
from spectown.outbox.registry import Rendered, Untrue
from tests.apps.monitoring.world import CLOSES, OPENS, World, on
from tests.kept_rows import kept_rows

OCTOBER = of_code("2026-10")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all tests of the module."""
    with kept_rows(django_db_blocker):
        yield World()


@pytest.fixture
def begun(built: World, db: None) -> World:
    return deepcopy(built)


@pytest.fixture
def world(begun: World) -> World:
    with on(OPENS):
        begun.sent()
    return begun


def told(kind: str, user: int | None) -> list[Message]:
    return list(Message.objects.filter(kind=kind, receiver=User.objects.get(pk=user)).order_by("pk"))


def test_a_county_hears_of_another_figure_and_of_a_cell_given_back(world: World) -> None:
    bureau, county = world.bureaus["tongji"], world.fill.person
    with on(OPENS):
        answer(cell=world.cell("output"), code="differ", by=bureau, raw="120", reason="联网直报数")
        answer(cell=world.cell("sales"), code="bureau_return", by=bureau, reason="与上月差距大")
        answer(cell=world.cell("profit"), code="agree", by=bureau)
        found = told(CELL, county)
        assert len(found) == 2
        words = [each for each in answered(found).values() if isinstance(each, Rendered)]
        assert "核定数 120万元,以核定数为准" in words[0].text
        assert "请核对后重报" in words[1].text
        assert "与上月差距大" in words[1].text
        answer(cell=world.cell("output"), code="agree", by=bureau)
        assert isinstance(answered(found)[found[0].pk], Untrue), "the bureau changed its mind"


@pytest.mark.data
def test_a_bureau_hears_once_a_day_that_figures_came(world: World) -> None:
    bureau = world.bureaus["tongji"]
    with on(OPENS):
        world.sent(1)
        (message,) = told(ARRIVED, bureau.person)
        words = arrived([message])[message.pk]
        assert isinstance(words, Rendered)
        assert "2 个镇" in words.text
        for number in (0, 1):
            for item, cell in asked_cells(world.sheet(number)):
                if cell is not None:
                    answer(cell=cell, code="agree", by=world.bureaus[item.source])
        assert isinstance(arrived([message])[message.pk], Untrue)


@pytest.mark.data
def test_a_bureau_that_says_nothing_is_reminded_and_then_counts_as_agreed(world: World) -> None:
    """Sent on Tuesday 3 November; five working days end on Tuesday 10 November."""
    bureau = world.bureaus["tongji"]
    with on(OPENS):
        answer(cell=world.cell("output"), code="agree", by=bureau)
    nine, eleven = datetime.date(2026, 11, 9), datetime.date(2026, 11, 11)
    with on(nine):
        assert [look(nine), look(nine)] == [0, 0]
        soon = [each for each in told(ARRIVED, bureau.person) if each.facts["by"]]
        assert [each.facts["by"] for each in soon] == ["2026-11-10"], "once for that day"
    with on(eleven):
        silent = look(eleven)
        assert silent == Cell.objects.filter(state="deemed").count() == len(asked_cells(world.sheet())) - 1
        assert look(eleven) == 0
        cell = world.cell("sales")
        assert (cell.state in SETTLED, cell.get_state_display()) == (False, "视同无异议")
        assert "5 个工作日内没有答复" in cell.versions.latest("revision").reason
        answer(cell=cell, code="differ", by=bureau, raw="90", reason="迟到的核定")
        assert world.cell("sales").counts.shown == "90", "a late answer is still an answer"
        assert world.go("accept", world.office) == "accepted"


def test_what_is_not_sent_stands_in_no_sum_that_others_read(begun: World) -> None:
    world = begun
    outside = (world.office, world.bureaus["tongji"])

    def total(by: Actor, rows: Axis) -> str:
        found = pivot(Ask(rows, Axis.INDICATOR, ("output", "output_per_job"), (OCTOBER,)), by)
        return found.figures[ALL, "output"].value.shown

    with on(OPENS):
        world.filled(output="100")
        world.filled(1, output="200")
        for axis in (Axis.CATEGORY, Axis.TOWN):
            assert [total(by, axis) for by in outside] == ["未报", "未报"], "kept sums and cells alike"
            assert total(world.fill, axis) == "300", "the county sees its own"
        for code, by in (("hand_in", world.fill), ("check", world.check), ("send", world.check)):
            world.go(code, by)
        for axis in (Axis.CATEGORY, Axis.TOWN):
            assert [total(by, axis) for by in outside] == ["100", "100"]
        ask = Ask(Axis.TOWN, Axis.INDICATOR, ("output_per_job",), (OCTOBER,))
        seen = behind(ask, ALL, "output_per_job", world.office).values_list("town", "indicator__code")
        assert set(seen) == {(world.towns[0].pk, code) for code in ("output", "jobs", "output_per_job")}
        world.go("send_back", world.office, reason="核对", values={"cells": ["tax"], "again_on": CLOSES})
        assert total(world.office, Axis.CATEGORY) == "100", "what was sent once keeps counting"
