"""New rounds and the form of the rules: typed, kept, refused in Chinese, published by a second person."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.models import User
from spectown.organisations.actors import Actor
from spectown.rounds.models import LateEntry, Round
from spectown.web.rounds.rulesdraft import draft_of
from spectown.web.rounds.rulesparts import known_of
from tests.factories import RulesVersionFactory
from tests.recommendation_world import ready
from tests.round_world import World, world

pytestmark = pytest.mark.django_db


def browser(by: Actor) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=by.person))
    return found


def typed(round_: Round) -> dict[str, Any]:
    """The form as a browser would send it unchanged."""
    draft = draft_of(round_.rules_versions.order_by("-number")[0].rules, known_of(round_.version))
    data: dict[str, Any] = {"revision": Round.objects.get(pk=round_.pk).revision}
    for name, value in draft.items():
        if name in ("materials", "sheet"):
            for number, row in enumerate(value):
                data |= {f"{name}-{number}-{key}": cell for key, cell in row.items()}
        elif name in ("terms", "sources"):
            data |= {f"{name.removesuffix('s')}-{key}": cell for key, _, cell in value}
        else:
            data[name] = value
    return data


def test_a_round_begins_with_the_plans_sample() -> None:
    here = world()
    said = {"name": "第二批", "kind": "first", "opens": "2026-12-01", "closes": "2026-12-31"}
    wrong = browser(here.office).post(reverse("rounds:create"), {**said, "closes": "2026-11-01"})
    assert wrong.status_code == 422
    assert "截止日早于开始日" in wrong.content.decode()
    answer = browser(here.office).post(reverse("rounds:create"), said)
    made = Round.objects.get(name="第二批")
    assert answer["Location"] == reverse("rounds:rules", args=[made.pk])
    assert made.rules_versions.get().rules.publicity_days == 5
    assert "已有名为" in browser(here.office).post(reverse("rounds:create"), said).content.decode()
    own = browser(here.office).get(reverse("rounds:round", args=[made.pk])).content.decode()
    assert "不能由拟定人自己" in own


def test_on_a_phone_only_the_part_that_was_changed_stays_open() -> None:
    here = world()
    url = reverse("rounds:rules", args=[here.round.pk])
    parts = r'<details class="card fold" open id="(\w+)"( data-keep)?>'

    def kept(text: str) -> dict[str, bool]:
        return {name: bool(keep) for name, keep in re.findall(parts, text)}

    plain = kept(browser(here.office).get(url).content.decode())
    assert set(plain) == {"criteria", "materials", "sheet", "terms", "sources"}
    assert not any(plain.values())
    added = kept(browser(here.office).post(url, typed(here.round) | {"add": "sheet"}).content.decode())
    assert [name for name, keep in added.items() if keep] == ["sheet"]
    wrong = typed(here.round) | {"sheet-0-weight": "viel"}
    assert all(kept(browser(here.office).post(url, wrong).content.decode()).values())


def test_saving_unchanged_changes_nothing() -> None:
    here = world()
    answer = browser(here.office).post(reverse("rounds:rules", args=[here.round.pk]), typed(here.round))
    assert answer.status_code == 302
    assert here.round.rules_versions.count() == 1


def test_a_change_of_published_rules_is_a_new_version_for_a_second_person() -> None:
    here = world()
    url = reverse("rounds:rules", args=[here.round.pk])
    data = typed(here.round) | {"sheet-0-weight": "20", "reason": "突出历史传承"}
    saved = browser(here.office).post(url, data, follow=True).content.decode()
    assert "权重合计应为100,现为110" in saved
    data = typed(here.round) | {"sheet-1-weight": "5"}
    saved = browser(here.office).post(url, data, follow=True).content.decode()
    assert "可以由另一人发布" in saved
    assert "由“10”改为“20”" in saved
    newest = here.round.rules_versions.order_by("-number")[0]
    assert (newest.number, newest.published_at) == (2, None)
    publish = reverse("rounds:round_move", args=[here.round.pk, "change_open"])
    browser(here.office).post(publish, {"reason": "改权重"})
    newest.refresh_from_db()
    assert newest.published_at is None
    browser(here.second).post(publish, {"reason": "改权重"})
    newest.refresh_from_db()
    assert newest.published_at is not None


def test_rows_are_added_and_taken_out_without_saving() -> None:
    here = world()
    url = reverse("rounds:rules", args=[here.round.pk])
    more = browser(here.office).post(url, typed(here.round) | {"add": "materials"}).content.decode()
    assert 'name="materials-8-name"' in more
    fewer = browser(here.office).post(url, typed(here.round) | {"remove": "materials-7"}).content.decode()
    assert 'name="materials-7-name"' not in fewer
    assert here.round.rules_versions.count() == 1


def test_a_new_row_gets_a_code_of_its_own() -> None:
    here = world()
    url = reverse("rounds:rules", args=[here.round.pk])
    row = {
        "code": "",
        "name": "承诺书",
        "clause": "二",
        "required": "yes",
        "forms": "pdf",
        "max_mb": "5",
        "expires": "",
    }
    data = typed(here.round) | {f"materials-8-{key}": value for key, value in row.items()} | {"reason": "加承诺书"}
    assert browser(here.office).post(url, data).status_code == 302
    newest = here.round.rules_versions.order_by("-number")[0].rules
    assert (newest.materials[8].code, newest.materials[8].name) == ("item_1", "承诺书")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("opens", "2026-02-31", "申报开始日应为日期"),
        ("total", "三", "总名额应为 1 到 10000 的整数,现为“三”"),
        ("counties", "壶关县两个", "分县(区)名额“壶关县两个”应为"),
        ("sheet-0-weight", "-1", "评分表第1行的权重应为大于 0"),
        ("pass_score", "NaN", "及格分应为大于等于 0、不超过 100 的数"),
        ("term-examination", "", "期限“形式审查”应为"),
        ("materials-0-name", "", "材料第1行的名称没有填写"),
        ("revision", "1", "又修改过规则"),
    ],
)
def test_faults_are_said_in_chinese_and_nothing_typed_is_lost(name: str, value: str, message: str) -> None:
    here = world()
    here.round.refresh_from_db()
    Round.objects.filter(pk=here.round.pk).update(revision=7)
    data = typed(here.round) | {"priority": "first", "reason": "试", name: value}
    answer = browser(here.office).post(reverse("rounds:rules", args=[here.round.pk]), data)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert '<option value="first" selected>' in answer.content.decode()
    assert here.round.rules_versions.count() == 1


def test_a_late_exception_is_recorded() -> None:
    here = world()
    url = reverse("rounds:late", args=[here.round.pk])
    later = timezone.localdate() + datetime.timedelta(days=60)
    said = {"unit": here.case.unit_id, "until": later.isoformat(), "reason": "暴雨"}
    for wrong in ({"unit": ""}, {"until": "2026-02-31"}, {"reason": " "}):
        browser(here.office).post(url, said | wrong)
    assert not LateEntry.objects.exists()
    browser(here.office).post(url, said)
    assert LateEntry.objects.get().until == later
    shown = browser(here.office).get(reverse("rounds:round", args=[here.round.pk])).content.decode()
    assert "暴雨" in shown


def newer(here: World) -> None:
    content = here.fresh().rules.content | {"correction_rounds": 5}
    RulesVersionFactory.create(
        round=here.round,
        number=2,
        content=content,
        published_at=timezone.now(),
        published_by=User.objects.get(pk=here.second.person),
    )


def test_a_case_is_moved_to_newer_rules_explicitly() -> None:
    here = world()
    here.fill()
    here.go("hand_in", here.fills)
    here.go("county_submit", here.checks)
    url = reverse("rounds:case_rules", args=[here.case.pk])
    assert "没有更新的已发布规则" in browser(here.office).post(url, {"reason": "x"}, follow=True).content.decode()
    newer(here)
    shown = browser(here.office).get(reverse("rounds:case", args=[here.case.pk])).content.decode()
    assert "补正次数:由“2”改为“5”" in shown
    browser(here.office).post(url, {"reason": "公平起见"})
    assert here.fresh().rules.number == 2


def test_quotas_of_categories_and_the_criteria_are_changed_on_the_form() -> None:
    here = world()
    url = reverse("rounds:rules", args=[here.round.pk])
    data = typed(here.round) | {"fields": "没有这一类 2", "reason": "分类别"}
    wrong = browser(here.office).post(url, data)
    assert wrong.status_code == 422
    assert "没有名为“没有这一类”的类别" in wrong.content.decode()
    data |= {"fields": "制造业 2\n特优农业 3", "criteria": ["chain_partners", "output"]}
    assert browser(here.office).post(url, data).status_code == 302
    newest = here.round.rules_versions.order_by("-number")[0]
    assert newest.rules.quota.fields == {"manufacturing": 2, "agriculture": 3}
    assert newest.rules.criteria == ("output", "chain_partners")
    assert "制造业 2" in browser(here.office).get(url).content.decode()
    everything = list(known_of(here.round.version).criteria)
    again = typed(here.round) | {"criteria": everything, "reason": "全部核对"}
    browser(here.office).post(url, again)
    assert here.round.rules_versions.order_by("-number")[0].rules.criteria == ()


def test_what_the_province_asks_for_is_changed_on_the_form() -> None:
    here = ready()
    url = reverse("rounds:rules", args=[here.round.pk])
    assert browser(here.office).post(url, typed(here.round)).status_code == 302
    assert here.round.rules_versions.count() == 1
    heading = known_of(here.round.version).figures["output_wan"]
    data = typed(here.round) | {
        "least": f"{heading} 100000",
        "held_years": "2",
        "standard_path": "",
        "reason": "省通知",
    }
    assert browser(here.office).post(url, data).status_code == 302
    asked = here.round.rules_versions.order_by("-number")[0].rules.province
    assert asked is not None
    assert (asked.held_years, asked.standard_path, asked.least) == (2, False, {"output_wan": 100000})
