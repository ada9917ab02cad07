"""Pages of supervision notices: proposals, writing, one notice, what the unit fills in, list, workbook, burden."""

import datetime
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.organisations.actors import Actor
from spectown.organisations.models import Unit
from spectown.supervision.models import Extension, Notice, NoticeReport, SetAside, Work
from tests import factories
from tests.notice_world import DEADLINE, ISSUED, World, fresh, on
from tests.round_world import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[World]:
    with on(ISSUED):
        yield World()


def browser(by: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.person))
    return client


def text(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


FORM = {
    "title": "沁州黄小米专业镇建设进度较慢",
    "said": "2个项目都亮红灯",
    "plan_due": "2026-12-04",
    "deadline": "2026-12-31",
    "contact": "张三",
    "phone": "0355-1",
    "figure": "",
    "problems-0-matter": "精深加工",
    "problems-0-detail": "落后60个百分点",
    "demands-0-text": "报赶工计划",
    "demands-0-due": "2026-12-04",
    "demands-1-text": "",
    "demands-1-due": "",
    "evidence-0-item": "精深加工",
    "evidence-0-planned": "",
    "evidence-0-actual": "1200万元",
    "evidence-0-source": "月报",
    "evidence-0-link": "javascript:alert(1)",
}


def typed(world: World, **over: str) -> dict[str, str]:
    return {**FORM, "unit": str(world.county.pk), "affected": str(world.body.pk), "town": str(world.town.pk), **over}


def test_from_a_proposal_to_a_draft(world: World) -> None:
    client = browser(world.office)
    page = text(client, "notices:proposals")
    assert "沁州黄小米专业镇建设进度较慢" in page
    assert "一并提出,不单独督办" in page
    assert "界线在评估方案的“结果运用”中" in page
    address = f"{reverse('notices:write')}?occasion={world.proposal().matter.occasion}"
    form = client.get(address).context["form"]
    assert (form["unit"].value(), form["town"].value()) == (world.county.pk, world.town.pk)
    assert ("red_projects@" + f"town:{world.town.pk}", "红灯项目数") in form.fields["figure"].choices
    answer = client.post(address, typed(world, figure=f"red_projects@town:{world.town.pk}"))
    notice = Notice.objects.get()
    assert answer["Location"] == reverse("notices:notice", args=[notice.pk])
    assert (notice.trigger, notice.keys[0]) == ("slow", f"town:{world.town.pk}")
    assert notice.evidence[0]["link"] == ""
    assert [d.text for d in notice.demands.all()] == ["报赶工计划"]
    assert "已有督办通知书" in text(client, "notices:proposals")
    assert client.get(address).status_code == 200  # still there, with what stands against it
    gone = client.get(f"{reverse('notices:write')}?occasion=nothing")
    assert gone["Location"] == reverse("notices:proposals")


def test_proposals_stand_ten_a_page(world: World) -> None:
    town = {"territory": world.town.territory, "light": "red", "light_reason": "进度严重滞后:", "unit": world.county}
    factories.ProjectFactory.create_batch(11, **town)
    client = browser(world.office)
    first, second = (client.get(reverse("notices:proposals"), {"page": number}) for number in (1, 2))
    assert [len(each.context["standing"].object_list) for each in (first, second)] == [10, 2]
    assert "共 12 项,第 1 / 2 页" in first.content.decode()


def test_setting_aside(world: World) -> None:
    client = browser(world.office)
    address = f"{reverse('notices:aside')}?occasion={world.proposal().matter.occasion}"
    client.post(address, {"reason": ""})
    assert not SetAside.objects.exists()
    client.post(address, {"reason": "刚约谈"})
    assert "已定不督办:刚约谈" in text(client, "notices:proposals")


def test_faults_of_the_form_keep_what_was_typed(world: World) -> None:
    client = browser(world.office)
    wrong = typed(world, **{"plan_due": "2027-01-01", "demands-0-due": "", "affected": str(world.county.pk)})
    answer = client.post(reverse("notices:write"), wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "报整改结果期限早于报整改方案期限" in page
    assert "落后60个百分点" in page
    assert "确认单位不能是被督办单位自己" in page
    answer = client.post(reverse("notices:write"), typed(world, **{"demands-0-due": "", "problems-0-detail": ""}))
    assert "整改要求第 1 行:请写明要求和期限" in answer.content.decode()
    assert "存在问题第 1 行" in answer.content.decode()
    own = client.post(reverse("notices:write"), typed(world, figure="own"))
    assert "请填写自定数据的名称" in own.content.decode()
    assert not Notice.objects.exists()


def test_more_rows_are_added_without_saving(world: World) -> None:
    answer = browser(world.office).post(reverse("notices:write"), typed(world, add="demands"))
    assert answer.status_code == 200
    assert "demands-3-text" in answer.content.decode()
    assert "报赶工计划" in answer.content.decode()
    assert not Notice.objects.exists()


def test_a_draft_is_changed_and_its_typed_figure_kept(world: World) -> None:
    client, notice = browser(world.office), world.begun()
    own = {
        "figure": "own",
        "figure_label": "开工项目",
        "figure_unit": "个",
        "figure_better": "up",
        "figure_before": "0",
    }
    answer = client.post(reverse("notices:edit", args=[notice.pk]), typed(world, **own))
    assert answer.status_code == 302
    assert fresh(notice).figure.label == "开工项目"
    assert client.get(reverse("notices:edit", args=[notice.pk])).context["form"]["figure"].value() == "own"
    client.post(reverse("supervision:move", args=[notice.work_id, "submit"]))
    assert fresh(notice).work.state == "checking"
    assert client.get(reverse("notices:edit", args=[notice.pk])).status_code == 302


def test_the_whole_way_through_the_pages(world: World) -> None:
    """Written, checked, signed, received, planned, extended, reported, verified, confirmed, closed."""
    office, second, leader = (browser(by) for by in (world.office, world.second, world.leader))
    fills, checks, affected = (browser(by) for by in (world.fills, world.checks, world.affected))
    with on(ISSUED):
        notice = world.begun()

    def go(client: Client, code: str, **data: str) -> None:
        assert client.post(reverse("supervision:move", args=[notice.work_id, code]), data).status_code == 302

    with on(ISSUED):
        go(office, "submit")
        go(second, "check")
        go(leader, "issue")
        assert "长专镇办督" in text(checks, "notices:notice", notice.pk)
        go(checks, "receipt")
        plan = {"text": "倒排工期", "person": "李某", "until": "2026-12-31"}
        assert fills.post(reverse("notices:plan", args=[notice.pk]), plan).status_code == 302
        go(checks, "plan")
    assert fresh(notice).work.state == "rectifying"
    with on(datetime.date(2026, 12, 30)):
        checks.post(
            reverse("supervision:extension", args=[notice.work_id]), {"new": "2027-01-29", "reason": "设备晚到"}
        )
        asked = Extension.objects.get()
        office.post(reverse("supervision:extension_decide", args=[notice.work_id, asked.pk, "grant"]))
    assert fresh(notice).work.deadline == datetime.date(2027, 1, 29)
    with on(datetime.date(2027, 1, 20)):
        file = SimpleUploadedFile("许可证.pdf", PDF, "application/pdf")
        fills.post(reverse("notices:put", args=[notice.pk]), {"file": file})
        said = {"text": "都已完成", "percent": "100", "result_1": "已报", "result_2": "已开工"}
        fills.post(reverse("notices:report", args=[notice.pk]), said)
        assert "还没有报送" in text(checks, "notices:notice", notice.pk)
        assert "都已完成" not in text(second, "notices:notice", notice.pk)
        go(checks, "report")
    with on(datetime.date(2027, 1, 25)):
        go(second, "verify")
        go(affected, "confirm")
        assert "起草销号通知" in text(office, "notices:notice", notice.pk)
        answer = office.post(reverse("notices:close_out", args=[notice.pk]))
    assert answer["Location"] == reverse("documents:edit", args=[fresh(notice).closing_id])
    assert fresh(notice).work.state == "closed"
    sent = NoticeReport.objects.get().files.get()
    answer = affected.get(reverse("notices:file", args=[notice.pk, sent.pk]))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[arg-type]  # of a response, not of an async one


def test_whoever_saves_and_may_send_does_both(world: World) -> None:
    bureau = factories.actor(Role.DEPARTMENT)
    notice = world.issued(unit=Unit.objects.get(pk=bureau.unit_id))
    client = browser(bureau)
    client.post(reverse("supervision:move", args=[notice.work_id, "receipt"]))
    half = {"text": "倒排工期", "person": "", "until": "", "send": "plan"}
    answer = client.post(reverse("notices:plan", args=[notice.pk]), half)
    assert answer["Location"] == reverse("notices:plan", args=[notice.pk])
    whole = {**half, "person": "李某", "until": "2026-12-31"}
    client.post(reverse("notices:plan", args=[notice.pk]), whole)
    assert fresh(notice).work.state == "rectifying"
    client.post(reverse("notices:report", args=[notice.pk]), {"text": "做了一半", "percent": "50", "send": "progress"})
    assert (fresh(notice).work.percent, fresh(notice).work.state) == (50, "rectifying")
    wrong = client.post(reverse("notices:report", args=[notice.pk]), {"text": "x", "percent": "200"})
    assert wrong.status_code == 422


def test_two_people_at_once_are_told(world: World) -> None:
    notice = world.begun()
    world.go(notice, "submit", world.office)
    page = browser(world.second).get(reverse("notices:notice", args=[notice.pk]))
    third = factories.actor(unit=factories.UnitFactory.create(kind="office"))
    world.go(notice, "check", third)
    data = {"seen": str(page.context["seen"])}
    answer = browser(world.second).post(reverse("supervision:move", args=[notice.work_id, "check"]), data, follow=True)
    assert f"{third.name}" in answer.content.decode()


def test_pause_and_resume(world: World) -> None:
    notice, office = world.rectifying(), browser(world.office)
    with on(datetime.date(2026, 12, 1)):
        office.post(reverse("supervision:pause", args=[notice.work_id]), {"reason": "等待批复"})
        assert "恢复计时" in text(office, "notices:notice", notice.pk)
    with on(datetime.date(2026, 12, 8)):
        office.post(reverse("supervision:resume", args=[notice.work_id]))
    assert fresh(notice).work.deadline == datetime.date(2027, 1, 8)


def test_looking_again_needs_a_number(world: World) -> None:
    notice, office = world.rectifying(), browser(world.office)
    answer = office.post(reverse("notices:look", args=[notice.pk]), {"value": "约三个"}, follow=True)
    assert "“约三个”不是数字" in answer.content.decode()


def test_the_list_is_filtered_and_exported(world: World) -> None:
    notice = world.issued()
    factories.NoticeFactory.create(work__title="别的事")
    client = browser(world.office)
    rows = client.get(reverse("notices:list"), {"q": "小米", "year": "2026", "state": "issued"}).context["rows"]
    assert [row.pk for row in rows] == [notice.pk]
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("notices:export"), {"q": "小米"}).content))
    cells = [cell.value for cell in book.active[4]]  # type: ignore[index]
    assert cells[2:6] == [
        "沁州黄小米专业镇重点项目进度滞后问题",
        "领导小组办公室提出",
        "沁县人民政府",
        "沁州黄小米专业镇",
    ]
    assert "没有督办通知书" in text(browser(world.stranger), "notices:list")


def test_a_choice_of_notices_is_kept_as_a_view_like_that_of_any_list(world: World) -> None:
    late = world.issued()
    other = factories.NoticeFactory.create(sent=True, trigger="slow", issued_on=ISSUED, work__first_deadline=ISSUED)
    client, query = browser(world.office), "trigger=slow&sort=deadline"
    shown = client.get(reverse("notices:list"), {"sort": "deadline"}).context["items"]
    assert [item["row"] for item in shown] == [other, late]
    answer = client.post(
        reverse("lists:view_save", args=["notices"]), {"name": "进度慢的", "query": query, "shared": "1"}
    )
    assert answer["Location"] == f"{reverse('notices:list')}?{query}"
    page = text(client, "notices:list") + client.get(answer["Location"]).content.decode()
    assert "常用视图:进度慢的" in page
    assert [item["row"] for item in client.get(answer["Location"]).context["items"]] == [other]
    assert "共享</span>" in text(browser(world.leader), "notices:list")
    town = client.get(reverse("notices:list"), {"town": world.town.pk}).context["items"]
    assert [item["row"] for item in town] == [late]


def test_burden_is_shown_to_each(world: World) -> None:
    world.issued()
    with on(ISSUED):
        assert "沁县人民政府" in text(browser(world.leader), "notices:burden")
        assert "沁县人民政府" in text(browser(world.checks), "notices:burden")
        assert "沁县人民政府" not in text(browser(world.stranger), "notices:burden")


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    client = browser(world.office)
    factories.InstallationFactory.create()
    addresses = [reverse(f"notices:{name}") for name in ("list", "proposals", "burden", "export")]
    _more(world, 2)
    for address in addresses:
        client.get(address)
    before = [queries(client, address) for address in addresses]
    _more(world, 8)
    assert [queries(client, address) for address in addresses] == before
    assert before[0] <= 10


def _more(world: World, count: int) -> None:
    for _ in range(count):
        made = factories.NoticeFactory.create(
            sent=True,
            issued_on=timezone.localdate(),
            work__holder=world.county,
            work__first_deadline=DEADLINE,
        )
        factories.DemandFactory.create(notice=made)
        factories.ProjectFactory.create(light="red", unit=world.county, town=factories.TownFactory.create())
        Work.objects.filter(pk=made.work_id).update(town=world.town)


def waiting(by: Actor, day: datetime.date = ISSUED) -> dict[str, list[str]]:
    """Headings of the workbench with what waits there."""
    with on(day):
        found = browser(by).get(reverse("workbench:home")).context["waiting"]
    return {part.title: [item.title for item in part.items] for part in found}


def test_the_workbench_shows_the_ball(world: World) -> None:
    assert waiting(world.office)["督办建议"] == ["沁州黄小米专业镇建设进度较慢"]
    title, mine = "沁州黄小米专业镇重点项目进度滞后问题", "待办的督办通知书"
    notice = world.begun()
    assert waiting(world.office)[mine] == [title]
    assert mine not in waiting(world.second)
    world.go(notice, "submit", world.office)
    assert waiting(world.second)[mine] == [title]
    world.go(notice, "check", world.second)
    assert waiting(world.leader)[mine] == [title]
    with on(ISSUED):
        world.go(notice, "issue", world.leader)
    assert waiting(world.checks)[mine] == [title]
    assert mine not in waiting(world.fills)
    assert mine not in waiting(world.affected)
    with on(ISSUED):
        world.go(notice, "receipt", world.checks)
    assert waiting(world.fills)[mine] == [title]
    later = datetime.date(2027, 1, 29)
    with on(ISSUED):
        browser(world.checks).post(
            reverse("supervision:extension", args=[notice.work_id]), {"new": str(later), "reason": "设备晚到"}
        )
    assert waiting(world.office)["待答复的延期申请"] == [title]


def test_a_figure_whose_day_has_come_waits_for_the_office(world: World) -> None:
    notice = world.rectifying()
    world.reported(notice, datetime.date(2026, 12, 25))
    with on(datetime.date(2026, 12, 30)):
        world.go(notice, "verify", world.second)
        world.go(notice, "confirm", world.affected)
    assert "到期比对的督办成效" not in waiting(world.office, datetime.date(2027, 3, 29))
    assert "到期比对的督办成效" in waiting(world.office, datetime.date(2027, 3, 30))
    with on(datetime.date(2027, 3, 30)):
        browser(world.office).post(reverse("notices:look", args=[notice.pk]))
        assert "没有好转" in text(browser(world.leader), "notices:notice", notice.pk)
