"""方案体检."""

import pytest
from django.urls import reverse

from tests.factories import SeatFactory, client_for
from tests.web.plan_rows import small_plan

pytestmark = pytest.mark.django_db


def test_findings_are_grouped_counted_and_advised() -> None:
    plan = small_plan()
    SeatFactory.create(version=plan.version, post__unit__name="统计局")
    words = client_for().get(reverse("plans:checkup")).content.decode()
    assert "有席位、无任务的成员单位" in words
    assert "统计局" in words
    assert "在责任清单中明确其职责" in words
    assert "没有发现问题的项目" in words
