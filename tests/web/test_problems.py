"""问题台账 on the pages: each role finds its own step, and only that."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from spectown.accounts.permissions import Role
from spectown.organisations.actors import Actor
from spectown.supervision.models import Problem
from spectown.supervision.services.common import join, make_common
from spectown.supervision.services.moves import last_step
from tests import factories
from tests.apps.supervision.problem_world import Town
from tests.apps.supervision.test_problems import PDF

pytestmark = pytest.mark.django_db
SAID = {"title": "二期厂房用地指标不足", "text": "厂房扩建拿不到地", "kind": "land"}


def client(town: Town, by: Actor) -> Client:
    unit = factories.UnitFactory._meta.model.objects.get(pk=by.unit_id)
    assert by.role is not None
    return factories.client_for(by.role, unit=unit)


def text(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def row(problem: Problem) -> str:
    return reverse("lists:row", args=["problems", problem.pk])


def move(problem: Problem, code: str) -> str:
    return reverse("problems:move", args=[problem.pk, code])


def post(browser: Client, problem: Problem, code: str, **values: object) -> int:
    work = Problem.objects.select_related("work").get(pk=problem.pk).work
    assert work is not None
    return browser.post(move(problem, code), {"seen": last_step(work), **values}).status_code


def fields(page: str) -> list[str]:
    main = page[page.index("<main") :]
    return [n for n in re.findall(r'name="(\w+)"', main) if n != "csrfmiddlewaretoken"]


def test_from_raising_to_solved() -> None:
    town = Town()
    firm, office, land = (client(town, by) for by in (town.firm, town.office, town.land_people[0]))
    new = reverse("problems:raise")
    assert new in text(firm, reverse("lists:list", args=["problems"]))
    assert fields(text(firm, new)) == ["title", "text", "kind", "papers", "shown"]
    paper = SimpleUploadedFile("红线图.pdf", PDF, "application/pdf")
    assert firm.post(new, {**SAID, "papers": [paper]}).status_code == 302
    problem = Problem.objects.get()
    assert "红线图.pdf" in text(firm, row(problem))
    assert "待分办的问题" in text(office, reverse("workbench:home"))
    page = text(office, move(problem, "route"))
    assert "“用地”问题建议由市规划和自然资源局承办" in page
    assert list(dict.fromkeys(fields(page)))[:4] == ["unit", "due_on", "helpers", "reason"]
    assert f'<option value="{town.land.pk}" data-keys' in page.replace(" selected", "")
    assert post(office, problem, "route", unit=town.land.pk, due_on="2099-01-04") == 302
    assert "分办给本单位的问题" in text(land, reverse("workbench:home"))
    assert post(land, problem, "accept") == 302
    assert post(land, problem, "answer", answer="") == 422
    assert post(land, problem, "answer", answer="明年再安排") == 302
    assert "已答复、待确认是否解决的问题" in text(firm, reverse("workbench:home"))
    assert post(firm, problem, "reopen") == 422
    assert post(firm, problem, "reopen", reason="等不到明年") == 302
    assert post(land, problem, "answer", answer="本月调剂 20 亩") == 302
    assert post(firm, problem, "confirm") == 302
    page = text(firm, row(problem))
    assert "确认已解决" in page
    assert "明年再安排" in page  # the first answer stays in the course
    assert "等不到明年" in page


def test_alike_ones_are_shown_before_posting() -> None:
    town = Town()
    first = town.raised()
    town.raised(by=town.enterprise("第二陶瓷")[1])
    firm, new = client(town, town.firm), reverse("problems:raise")
    answer = firm.post(new, {**SAID, "title": "二期厂房用地指标还是不足"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"WT{first.pk:07d}" in page
    assert "文字相同" in page
    assert "另有 1 件相像的问题" in page
    assert "第二陶瓷" not in page
    assert Problem.objects.count() == 2
    again = firm.post(new, {**SAID, "title": "二期厂房用地指标还是不足", "shown": str(first.pk)})
    assert again.status_code == 302
    assert Problem.objects.count() == 3


def test_who_comes_second_is_told_and_keeps_what_was_written() -> None:
    town = Town()
    problem = town.step(town.routed(), "accept", town.land_people[0])
    browser, seen = client(town, town.land_people[1]), last_step(problem.work)
    town.step(problem, "reassign", town.office, values={"unit": town.power}, reason="归能源")
    town.step(problem, "reassign", town.office, values={"unit": town.land}, reason="还是归自然资源")
    town.step(problem, "accept", town.land_people[0])
    answer = browser.post(move(problem, "answer"), {"seen": seen, "answer": "我写的答复"})
    assert answer.status_code == 422
    assert "我写的答复" in answer.content.decode()
    assert f"{town.land_people[0].name}" in answer.content.decode()


def test_refusing_takes_the_problem_off_the_units_pages() -> None:
    town = Town()
    problem = town.routed()
    land = client(town, town.land_people[0])
    answer = land.post(move(problem, "refuse"), {"seen": last_step(problem.work), "reason": "归能源"}, follow=True)
    assert answer.status_code == 200
    assert land.get(row(problem)).status_code == 404
    office = text(client(town, town.office), row(problem))
    assert "市规划和自然资源局已不予受理" in office
    assert '<p class="last-said"><b>不予受理</b>:归能源 ' in office  # why, where the next step is decided


def test_common_problems_are_proposed_named_and_joined_by_the_office() -> None:
    town = Town()
    alike = [
        town.raised(by=by, clause="三(九)") for by in (town.firm, *(town.enterprise(f"第{n}窑")[1] for n in "二三"))
    ]
    office = client(town, town.office)
    page = text(office, reverse("problems:common"))
    assert "3 件,3 个提出人" in page
    assert page.count('name="member"') == 3
    members = [problem.pk for problem in alike]
    answer = office.post(reverse("problems:common_sort"), {"member": members, "action": "name"})
    assert text(office, answer["Location"]).count("第") >= 2
    made = office.post(
        answer["Location"], {"title": "陶瓷用地指标不足", "text": "", "kind": "land", "clause": "三(九)"}
    )
    assert made.status_code == 302
    common = Problem.objects.get(nature="common")
    assert "并入的问题(3 件)" in text(office, made["Location"])
    assert "现在没有相像的问题" in text(office, reverse("problems:common"))
    page = text(client(town, town.firm), row(alike[0]))
    assert f"WT{common.pk:07d} 陶瓷用地指标不足" in page
    assert "第二窑" not in page
    assert client(town, town.firm).get(row(common)).status_code == 404
    new = town.raised(by=town.enterprise("第四窑")[1], clause="三(九)")
    assert "可并入" in text(office, reverse("problems:common"))
    office.post(reverse("problems:common_sort"), {"member": [new.pk], "common": common.pk, "action": "join"})
    assert Problem.objects.get(pk=new.pk).common == common


def test_the_clock_of_a_problem_is_that_of_all_dated_work() -> None:
    town = Town()
    problem, office = town.routed(), client(town, town.office)
    clock = reverse("supervision:pause", args=[problem.work_id])
    office.post(clock, {"reason": ""})
    assert Problem.objects.get().work.paused_on is None  # type: ignore[union-attr]  # every problem has its work
    assert office.post(clock, {"reason": "等省里批复"})["Location"].endswith(f"/{problem.work_id}/")
    assert "起暂停计时" in text(office, row(problem))
    office.post(reverse("supervision:resume", args=[problem.work_id]))
    page = text(office, row(problem))
    assert "已交办 0 天" in page
    assert "等省里批复" in page  # 期限 keeps the pause


def test_pages_cost_the_same_however_many_problems(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    town = Town()
    firms = [town.enterprise(f"第{n}窑")[1] for n in range(4)]
    for by in firms:
        town.raised(by=by, clause="三(九)")
    office = client(town, town.office)
    urls = [reverse("problems:common"), reverse("workbench:home"), reverse("lists:list", args=["problems"])]
    common = make_common(
        values={**SAID, "title": "共"}, members=list(Problem.objects.select_related("work")[:2]), by=town.office
    )
    urls.append(row(common))
    few = [queries(office, url) for url in urls]
    for by in firms * 2:
        town.raised(by=by, clause="三(九)")
    more = Problem.objects.filter(state="raised", nature="open").select_related("work")[:4]

    join(common=common, members=list(more), by=town.office)
    for url, most in zip(urls, few, strict=True):
        with django_assert_max_num_queries(most):
            office.get(url)


def queries(browser: Client, url: str) -> int:

    browser.get(url)
    with CaptureQueriesContext(connection) as seen:
        browser.get(url)
    return len(seen)


def test_another_role_is_told_whose_turn_it_is() -> None:
    town = Town()
    problem = town.routed()
    answer = client(town, town.office).get(move(problem, "reassign"))
    assert answer.status_code == 200
    assert client(town, town.power_person).get(move(problem, "accept")).status_code == 404
    told = client(town, town.firm).get(move(problem, "confirm"), follow=True).content.decode()
    assert "只有“已答复”时才能确认解决" in told
    leader = factories.client_for(Role.LEADER)
    assert leader.get(move(problem, "route")).status_code == 403


def test_each_role_is_asked_what_is_not_known_of_it() -> None:
    town, new = Town(), reverse("problems:raise")
    far = {"territory": town.town.territory_id, "origin": "visit", "clause": "三(九)"}
    local, whole = {"enterprise": "第一陶瓷", "origin": "county"}, ["clause", "enterprise", "territory", "town"]
    for by, asked, values in (
        (town.town_body, ["town", "enterprise", "chain"], {"town": town.town.pk}),
        (town.county, ["enterprise", "town", "chain", "origin", "source"], local),
        (town.land_people[0], whole, far),
        (town.office, whole, {"origin": "office"}),
    ):
        browser = client(town, by)
        found = fields(text(browser, new))
        assert set(asked) <= set(found)
        sent = {"title": f"{by.role}的问题", "kind": "finance", **values}
        assert browser.post(new, sent).status_code == 302, by.role
        problem = Problem.objects.latest("pk")
        assert problem.raiser_id == by.unit_id
        assert by.role == Role.OFFICE or problem.territory == town.town.territory
    assert browser.post(new, {**sent, "title": "别的事", "clause": "九(九)"}).status_code == 422
