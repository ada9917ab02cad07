"""The what-if page: a moved threshold shows who comes out otherwise; nothing is stored."""

import pytest
from django.test import Client
from django.urls import reverse

from spectown.accounts.models import User
from spectown.web.rounds.rulesshown import plain
from tests.round_world import World, world

pytestmark = pytest.mark.django_db


def ask(here: World, **said: str) -> tuple[int, str]:
    client = Client()
    client.force_login(User.objects.get(pk=here.office.person))
    answer = client.get(reverse("rounds:whatif", args=[here.round.pk]), said)
    return answer.status_code, answer.content.decode()


def test_the_page_offers_every_threshold_in_force() -> None:
    here = world()
    status, shown = ask(here)
    assert status == 200
    assert "标准条件:现为" in shown
    assert "1 份申报书" in shown


def test_a_moved_threshold_changes_the_known_town() -> None:
    here = world()
    shown = ask(here, threshold="criterion:chain_partners:standard", value="8")[1]
    assert "结论或位次变化的共 1 个" in shown
    assert "待定" in shown
    assert "还有" in shown  # the reasons that the row has no room for
    assert "没有变化" in ask(here, threshold="criterion:chain_partners:standard", value="9")[1]
    assert here.fresh().rules.rules == here.case.rules.rules


@pytest.mark.parametrize("said", [{"threshold": "x", "value": "3"}, {"threshold": "", "value": "3"}])
def test_without_a_threshold_the_page_asks_for_one(said: dict[str, str]) -> None:
    status, shown = ask(world(), **said)
    assert status == 422
    assert "请选择要试算的门槛" in shown


def test_wrong_numbers() -> None:
    here = world()
    _, shown = ask(here)
    key = "criterion:leading_enterprises:standard"
    assert f'value="{key}"' in shown
    assert "应为大于 0 的数,现为“约三”" in ask(here, threshold=key, value="约三")[1]


def test_weights_must_add_up() -> None:
    here = world()
    sheet = here.fresh().rules.rules.sheet
    weights = {f"weight-{item.code}": plain(item.weight) for item in sheet}
    assert ask(here, scope="cases", **weights)[0] == 200
    status, shown = ask(here, scope="cases", **{**weights, "weight-heritage": "50"})
    assert status == 422
    assert "权重合计应为 100,现为 140" in shown
