"""Inspections and research visits: checklists as data, the cap, what is not filled in."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import yaml

from spectown.core.supervision.settings import SettingsFault
from spectown.core.supervision.visits import Item, cap_refusals, read_visit_settings, unanswered, visit_settings_on
from tests.core.supervision.data import PLAN

RAW: list[dict[str, Any]] = yaml.safe_load((PLAN / "supervision.yaml").read_text("utf-8"))["inspections"]


def test_checklists_of_the_plan() -> None:
    found = read_visit_settings(RAW)
    settings = visit_settings_on(found, date(2026, 11, 26))
    assert settings is found[0]
    assert visit_settings_on(found, date(2020, 1, 1)) is None
    first = settings.checklists["after_title"]
    assert (first.kind, first.whole[-1].text, len(first.whole)) == ("inspection", "其他情况", len(first.items) + 1)
    assert all(item.clause for each in settings.checklists.values() for item in each.items)


@pytest.mark.parametrize(
    ("counts", "reason", "said"),
    [
        ({"甲": 1, "乙": 0}, "", ""),
        ({"甲": 2, "乙": 0}, "", "甲(2 次)"),
        ({"甲": 2, "乙": 3}, "", "甲(2 次)、乙(3 次)"),
        ({"甲": 2}, "群众举报", ""),
    ],
)
def test_cap(counts: dict[str, int], reason: str, said: str) -> None:
    found = "".join(cap_refusals(counts, 2, reason))
    assert said in found
    assert bool(found) == bool(said)


def test_what_is_not_filled_in() -> None:
    items = [Item("a", "甲项"), Item("b", "乙项"), Item("other", "其他情况")]
    assert unanswered(items, {"某镇": ["a", "b"]}) == ()
    assert unanswered(items, {"某镇": ["a"], "另一镇": []}) == ("某镇还有 1 项没有填写。", "另一镇还有 2 项没有填写。")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda g: g.update(cap=0), "cap"),
        (lambda g: g["checklists"].append(g["checklists"][0]), "重复"),
        (lambda g: g["checklists"][0].update(kind="mood"), "kind"),
        (lambda g: g["checklists"][0]["items"].append({"code": "other", "text": "x"}), "other"),
        (lambda g: g["checklists"][0].update(items=[]), "为空"),
        (lambda g: g.pop("clause"), "缺少"),
    ],
)
def test_settings_that_cannot_be_used(change: Any, said: str) -> None:
    group = deepcopy(RAW[0])
    change(group)
    with pytest.raises(SettingsFault, match=said):
        read_visit_settings([group])
