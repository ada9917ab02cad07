"""Changes to towns: change, event about the town, refusal."""

import datetime
import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor, NotAllowed
from spectown.towns import services
from spectown.towns.enums import Level
from spectown.towns.models import LevelRecord, Town
from spectown.towns.services import Award
from tests import factories

pytestmark = [pytest.mark.data, pytest.mark.django_db]
DAY = datetime.date(2024, 6, 1)


@pytest.fixture
def office() -> Actor:
    return factories.actor()


@pytest.fixture
def town() -> Town:
    factories.CategoryFactory.create(code="agriculture", version__is_current=True)
    return factories.TownFactory.create(leading_industry="陶瓷")


def facts(town: Town, **changes: Any) -> dict[str, Any]:
    return {
        "town": town,
        "leading_industry": town.leading_industry,
        "category": town.category,
        "operator": town.operator,
        "reason": "办公室会议纪要",
    } | changes


def event() -> Event:
    return Event.objects.latest("seq")


def test_change_facts(town: Town, office: Actor) -> None:
    changed = services.change_facts(**facts(town, category="agriculture", leading_industry="黄小米"), by=office)
    assert (changed.category, changed.leading_industry) == ("agriculture", "黄小米")
    assert (event().action, event().object_type, event().object_id) == ("town.change", "towns.town", str(town.pk))
    assert event().before == {"category": "manufacturing", "leading_industry": "陶瓷"}
    assert event().after == {"category": "agriculture", "leading_industry": "黄小米"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "没有任何改动"),
        ({"category": "unknown"}, "没有这个类别"),
        ({"leading_industry": "黄小米", "reason": " "}, "理由"),
    ],
)
def test_change_facts_refuses(town: Town, office: Actor, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        services.change_facts(**facts(town, **changes), by=office)
    assert not Event.objects.exists()
    town.refresh_from_db()
    assert (town.category, town.leading_industry) == ("manufacturing", "陶瓷")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICE])
def test_only_the_office(town: Town, role: Role) -> None:
    by = factories.actor(role)
    with pytest.raises(NotAllowed):
        services.change_facts(**facts(town, leading_industry="黄小米"), by=by)
    with pytest.raises(NotAllowed):
        services.add_alias(town=town, name="别名", source="报道", by=by)
    with pytest.raises(NotAllowed):
        services.add_level(town=town, award=Award(Level.CITY, DAY, "文件"), by=by)
    alias = factories.TownAliasFactory.create(town=town)
    with pytest.raises(NotAllowed):
        services.end_alias(alias=alias, until=DAY, reason="改称", by=by)


def test_alias(town: Town, office: Actor) -> None:
    alias = services.add_alias(town=town, name=" 太行 陶瓷镇 ", source="日报", since=DAY, by=office)
    assert alias.name == "太行陶瓷镇"
    assert (event().action, event().after["name"]) == ("town.alias_add", "太行陶瓷镇")
    ended = services.end_alias(alias=alias, until=DAY, reason="改称", by=office)
    assert ended.valid_to == DAY
    assert (event().action, event().object_id) == ("town.alias_end", str(town.pk))
    with pytest.raises(Refused, match="停用"):
        services.end_alias(alias=alias, until=DAY, reason="改称", by=office)


def test_alias_refusals(town: Town, office: Actor) -> None:
    other = factories.TownAliasFactory.create(valid_from=DAY)
    for name in (other.name, other.town.name, town.name):
        with pytest.raises(Refused, match="名称或别名"):
            services.add_alias(town=town, name=name, source="日报", by=office)
    with pytest.raises(Refused, match="别名和出处"):
        services.add_alias(town=town, name="新名", source=" ", by=office)
    with pytest.raises(Refused, match="早于"):
        services.end_alias(alias=other, until=DAY - datetime.timedelta(days=1), reason="改称", by=office)
    with pytest.raises(Refused, match="理由"):
        services.end_alias(alias=other, until=DAY, reason="", by=office)
    assert not Event.objects.exists()


def test_level_ends_the_one_before(town: Town, office: Actor) -> None:
    first = factories.LevelRecordFactory.create(town=town, level=Level.POTENTIAL)
    record = services.add_level(town=town, award=Award(Level.CITY, DAY, "长政发〔2024〕1号"), by=office)
    first.refresh_from_db()
    assert first.valid_to == DAY - datetime.timedelta(days=1)
    assert (record.version, record.clause_ref) == (None, "")
    assert event().action == "town.level"
    assert event().after == {
        "level": "city",
        "valid_from": "2024-06-01",
        "document": "长政发〔2024〕1号",
        "clause_ref": "",
    }


def test_level_refusals(town: Town, office: Actor) -> None:
    factories.LevelRecordFactory.create(town=town, level=Level.CITY, valid_from=DAY)
    cases = (
        (Award(Level.CITY, DAY + datetime.timedelta(days=1), "文件"), "已是市级"),
        (Award(Level.PROVINCE, DAY, "文件"), "应晚于"),
        (Award(Level.PROVINCE, DAY + datetime.timedelta(days=1), " "), "文件"),
        (Award(Level.PROVINCE, DAY + datetime.timedelta(days=1), "文件", "九(九)"), "没有条款"),
    )
    for award, message in cases:
        with pytest.raises(Refused, match=message):
            services.add_level(town=town, award=award, by=office)
    assert LevelRecord.objects.count() == 1
    assert not Event.objects.exists()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(Level), st.dates(DAY, DAY + datetime.timedelta(days=60))), max_size=6))
def test_level_history_never_overlaps(awards: list[tuple[Level, datetime.date]]) -> None:
    town, by = factories.TownFactory.create(), factories.actor()
    given_levels = 0
    for level, since in awards:
        try:
            services.add_level(town=town, award=Award(level, since, "文件"), by=by)
        except Refused:
            continue
        given_levels += 1
    history = list(town.levels.order_by("valid_from"))
    assert len(history) == given_levels == Event.objects.filter(object_id=str(town.pk), action="town.level").count()
    for earlier, later in itertools.pairwise(history):
        assert earlier.valid_to == later.valid_from - datetime.timedelta(days=1)
        assert earlier.level != later.level
    assert not history or history[-1].valid_to is None
