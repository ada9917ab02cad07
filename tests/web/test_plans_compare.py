"""版本比较."""

import pytest
from django.urls import reverse

from spectown.core.plandiff import compare
from spectown.plans.facts import clause_texts
from spectown.web.plans.changes import KEEP, change_rows
from tests.factories import ClauseFactory, PlanVersionFactory, TaskFactory, client_for
from tests.web.plan_rows import small_plan

pytestmark = pytest.mark.django_db


def test_one_version_says_how_a_second_gets_here() -> None:
    small_plan()
    words = client_for().get(reverse("plans:compare")).content.decode()
    assert "目前只有一版方案" in words
    assert "load_plan" in words


def test_changed_wording_and_what_hangs_on_it() -> None:
    plan = small_plan()
    old = PlanVersionFactory.create()
    before = ClauseFactory.create(
        version=old, ref="一(一)", heading="实施品牌行动", text="实施品牌行动。打响老牌。(甲局牵头)"
    )
    TaskFactory.create(clause=before, title="旧任务")
    words = client_for().get(reverse("plans:compare")).content.decode()
    assert "<del>" in words
    assert "<ins>" in words
    assert "没有牵头单位" in words
    assert "甲新局牵头" in words
    same = client_for().get(reverse("plans:compare"), {"before": plan.version.pk, "after": plan.version.pk})
    assert "两边选的是同一版" in same.content.decode()


@pytest.mark.parametrize("bad", [{"before": "x"}, {"after": "999999"}, {"before": "1' or 1=1"}])
def test_a_version_that_does_not_exist_is_404(bad: dict[str, str]) -> None:
    small_plan()
    PlanVersionFactory.create()
    assert client_for().get(reverse("plans:compare"), bad).status_code == 404


def test_long_unchanged_stretches_are_cut() -> None:
    old, new = PlanVersionFactory.create(), PlanVersionFactory.create()
    ClauseFactory.create(version=old, ref="一", heading="", text=f"旧{'不变' * 200}尾")
    ClauseFactory.create(version=new, ref="一", heading="", text=f"新{'不变' * 200}尾")
    (row,) = change_rows(compare(clause_texts(old), clause_texts(new)), {}, {})
    kept = [piece.text for piece in row.pieces if piece.kind == "kept"]
    assert len("".join(kept)) <= 2 * KEEP + 2
