"""目标: actual, verdict, past year."""

import pytest
from django.urls import reverse

from tests.factories import LevelRecordFactory, TargetFactory, client_for
from tests.web.plan_rows import small_plan

pytestmark = pytest.mark.django_db


def test_targets_show_actual_verdict_and_past_year() -> None:
    small_plan()
    LevelRecordFactory.create()
    words = client_for().get(reverse("plans:targets")).content.decode()
    assert "≥ 30 个" in words
    assert "还差 29 个" in words
    assert "目标年已过" in words
    assert "≥ 10 亿元" in words


def test_a_target_that_is_not_counted_says_so() -> None:
    plan = small_plan()
    TargetFactory.create(clause=plan.chapter, level="", year=None, subject="就业")
    words = client_for().get(reverse("plans:targets")).content.decode()
    assert "系统不统计" in words
    assert "没有实际数" in words
