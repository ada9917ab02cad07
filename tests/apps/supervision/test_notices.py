"""A notice from its trigger to 销号 and every way aside: documents, evidence, clock, who may, what is counted."""

import datetime
import json
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.documents import services as documents
from spectown.documents.models import Concern, OfficialDocument, Receipt
from spectown.documents.services.moves import PaperSignature
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.supervision.facts import Facts
from spectown.supervision.lighting import relight
from spectown.supervision.models import Notice, NoticeFigure, SetAside, Work
from spectown.supervision.notices.burden import burden_of, burdens
from spectown.supervision.notices.evidence import digest, is_whole
from spectown.supervision.notices.matters import weighed
from spectown.supervision.services import closing, moves, notices, rectifying, terms
from spectown.supervision.settings import settings_of
from tests import factories
from tests.kept_rows import kept_rows
from tests.notice_world import DEADLINE, ISSUED, World, fresh, on

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all tests of the module."""
    with kept_rows(django_db_blocker):
        yield World()


@pytest.fixture
def world(built: World, db: None) -> Iterator[World]:
    with on(ISSUED):
        yield deepcopy(built)


def said(found: Any) -> dict[str, str]:
    return {p.matter.key: "".join(p.against) for p in found}


def test_a_slow_town_is_proposed_with_its_projects_as_evidence(world: World) -> None:
    found = weighed(ISSUED)
    town, projects = f"town:{world.town.pk}", {f"project:{p.pk}" for p in world.projects}
    assert [p.matter.key for p in found if p.stands] == [town]
    matter = next(p.matter for p in found if p.stands)
    assert (matter.unit, matter.count, matter.total, set(matter.covers)) == (world.county.pk, 2, 2, projects)
    assert {line.item for line in matter.evidence} == {"精深加工", "仓储物流"}
    assert all("一并提出" in said(found)[key] for key in projects)


def test_what_has_an_open_notice_is_not_proposed_again(world: World) -> None:
    proposal = world.proposal()
    matter = proposal.matter
    about = {"trigger": "slow", "keys": (matter.key, *matter.covers), "occasion": matter.occasion}
    notice = world.begun(**about)
    assert all(
        "已有督办通知书《沁州黄小米专业镇重点项目进度滞后问题》(拟稿)" in text
        for text in said(weighed(ISSUED)).values()
    )
    with pytest.raises(Refused, match="已有一件督办通知书"):
        world.begun(**about)
    world.go(notice, "discard", world.office, "另行约谈")
    assert [p.matter.key for p in weighed(ISSUED) if p.stands] == [matter.key]


@pytest.mark.data
def test_what_was_set_aside_is_not_proposed_again(world: World) -> None:
    with pytest.raises(Refused, match="请写明不督办的理由"):
        notices.set_aside(proposal=world.proposal(), reason=" ", by=world.office)
    notices.set_aside(proposal=world.proposal(), reason="上周刚约谈", by=world.office)
    assert "已定不督办:上周刚约谈" in said(weighed(ISSUED))[f"town:{world.town.pk}"]
    with pytest.raises(Refused, match="已定不督办"):
        notices.set_aside(proposal=world.proposal(), reason="再说", by=world.office)
    assert SetAside.objects.count() == 1
    assert Event.objects.filter(action="notice.set_aside").count() == 1


def test_a_measure_that_stays_red_is_proposed_after_five_days(world: World) -> None:
    work = factories.WorkFactory.create(running=True, kind="measure", light="red", light_why="逾期")
    factories.LightChangeFactory.create(work=work, on=datetime.date(2026, 11, 2), light="yellow")
    factories.LightChangeFactory.create(work=work, on=datetime.date(2026, 11, 16), light="red")
    factories.LightChangeFactory.create(work=work, on=datetime.date(2026, 11, 17), light="red", rule="report")
    assert "已持续 4 个工作日" in said(weighed(datetime.date(2026, 11, 20)))[f"measure:{work.pk}"]
    assert said(weighed(datetime.date(2026, 11, 23)))[f"measure:{work.pk}"] == ""


@pytest.mark.data
def test_from_draft_to_closed(world: World) -> None:
    notice = world.issued()
    document = notice.document
    assert document is not None
    assert (document.state, document.signer) == ("issued", world.leader.name)
    assert document.number.endswith("1号")
    assert set(document.files.values_list("form", flat=True)) == {"docx", "pdf"}
    assert Concern.objects.filter(document=document, object_type="supervision.notice").exists()
    assert document.facts["demands"][1]["due"] == "2026-12-31"
    assert (notice.work.state, notice.work.anchored_on, notice.work.started_on) == ("issued", DEADLINE, ISSUED)
    assert NoticeFigure.objects.get().before == Decimal(2)
    plan = rectifying.Plan("倒排工期", "李某(副县长)", DEADLINE)
    with on(ISSUED):
        rectifying.write_plan(notice=notice, plan=plan, by=world.fills)
        world.go(notice, "receipt", world.checks)
        assert Receipt.objects.get().received_by_id == world.checks.user_id
        world.go(notice, "plan", world.checks)
    report = world.reported(notice, datetime.date(2026, 12, 25))
    report.refresh_from_db()
    assert report.is_final
    assert (fresh(notice).work.percent, fresh(notice).work.anchored_on, fresh(notice).work.light) == (100, None, "none")
    with on(datetime.date(2026, 12, 30)):
        world.go(notice, "verify", world.second)
        world.go(notice, "confirm", world.affected)
        made = closing.draft_close_out(notice=fresh(notice), by=world.office)
    assert fresh(notice).work.ended_on == datetime.date(2026, 12, 30)
    assert made.facts["notice_number"] == document.number
    assert [row["done"] for row in made.facts["results"]] == ["已报计划", "12月25日开工"]
    assert made.facts["verifiers"] == [f"{world.second.name}(领导小组办公室)"]


def test_did_it_help(world: World) -> None:
    notice = world.rectifying()
    world.reported(notice, datetime.date(2026, 12, 25))
    with on(datetime.date(2026, 12, 30)):
        world.go(notice, "verify", world.second)
        world.go(notice, "confirm", world.affected)
    figure = NoticeFigure.objects.get()
    assert figure.look_on == datetime.date(2027, 3, 30)
    with on(datetime.date(2027, 3, 29)), pytest.raises(Refused, match="约定 2027-03-30 比对"):
        notices.look_again(notice=notice, value=None, by=world.office)
    world.projects[0].light = "green"
    world.projects[0].save()
    with on(datetime.date(2027, 3, 30)):
        found = notices.look_again(notice=notice, value=Decimal(99), by=world.office)
    assert (found.before, found.after) == (Decimal(2), Decimal(1))


def test_evidence_is_frozen_and_proves_itself(world: World) -> None:
    notice = world.begun()
    with on(ISSUED):
        world.go(notice, "submit", world.office)
    notice = fresh(notice)
    assert digest(notice.frozen) == notice.frozen_sha256
    content = json.loads(notice.frozen)
    assert content["evidence"][0]["actual"] == "1200万元"
    assert (content["taken_on"], content["taken_by"]) == ("2026-11-23", world.office.name)
    with pytest.raises(Refused, match="不能修改"):
        notices.change(notice=notice, draft=world.draft(said="别的"), by=world.office)
    Notice.objects.filter(pk=notice.pk).update(frozen=notice.frozen.replace("1200", "6000"))
    assert not is_whole(fresh(notice))


def test_what_goes_back_is_changed_and_sent_again_with_the_same_document(world: World) -> None:
    notice = world.begun()
    world.go(notice, "submit", world.office)
    first = fresh(notice)
    with pytest.raises(Refused, match="不能由前一步的同一人"):
        world.go(notice, "check", world.office)
    world.go(notice, "back_to_draft", world.second, "补一条要求")
    assert fresh(notice).document.state == "returned"  # type: ignore[union-attr]
    demands = (*world.draft().demands, ("报周进度", DEADLINE))
    notices.change(notice=fresh(notice), draft=world.draft(demands=demands), by=world.office)
    world.go(notice, "submit", world.office)
    world.go(notice, "check", world.second)
    world.go(notice, "leader_return", world.leader, "期限太短")
    world.go(notice, "submit", world.office)
    again = fresh(notice)
    assert OfficialDocument.objects.count() == 1
    assert len(again.document.facts["demands"]) == 3  # type: ignore[union-attr]
    assert again.frozen_sha256 != first.frozen_sha256 or again.frozen == first.frozen


def test_what_was_signed_on_paper_is_noted(world: World) -> None:
    notice = world.begun()
    world.go(notice, "submit", world.office)
    world.go(notice, "check", world.second)
    with pytest.raises(Refused, match="还没有在登记簿中印发"):
        world.go(notice, "issued_on_paper", world.second)
    signature = PaperSignature("赵某某", Work.objects.get().since, "签批件 2026-031")
    documents.sign_on_paper(document=fresh(notice).document, signature=signature, by=world.second)  # type: ignore[arg-type]
    world.go(notice, "issued_on_paper", world.second)
    assert fresh(notice).work.state == "issued"


@pytest.mark.data
def test_gaps_are_named(world: World) -> None:
    notice = notices.begin(draft=notices.Draft(title="某事"), by=world.office)
    with pytest.raises(Refused, match=r"还没有写明被督办单位、触发情形、存在问题、整改要求、报整改方案期限"):
        world.go(notice, "submit", world.office)
    with pytest.raises(Refused, match="请填写督办事由"):
        notices.begin(draft=notices.Draft(title=" "), by=world.office)
    with pytest.raises(Refused, match="确认单位不能是被督办单位自己"):
        world.go(world.begun(affected=world.county), "submit", world.office)
    with pytest.raises(NotAllowed):
        notices.begin(draft=notices.Draft(title="某事"), by=world.checks)


@pytest.mark.data
def test_nobody_is_told_of_a_day_that_is_over(world: World) -> None:
    notice = world.begun()
    world.go(notice, "submit", world.office)
    world.go(notice, "check", world.second)
    with on(datetime.date(2026, 12, 5)):
        with pytest.raises(Refused, match="报整改方案期限 2026-12-04 已过,请退回修改期限"):
            world.go(notice, "issue", world.leader)
        world.go(notice, "leader_return", world.leader, "改期限")
        with pytest.raises(Refused, match="已过,请先改期限"):
            world.go(notice, "submit", world.office)


def test_the_cap_asks_for_a_reason(world: World) -> None:
    for _ in range(4):
        factories.NoticeFactory.create(
            sent=True, issued_on=datetime.date(2026, 3, 2), work__holder=world.county, work__first_deadline=DEADLINE
        )
    gone = factories.NoticeFactory.create(sent=True, issued_on=datetime.date(2026, 3, 2), work__holder=world.county)
    Work.objects.filter(pk=gone.work_id).update(state="withdrawn", anchored_on=None)
    notice = world.begun()
    with on(ISSUED), pytest.raises(Refused, match="今年已有 4 件督办通知书,达到上限 4 件"):
        world.go(notice, "submit", world.office)
    notices.change(notice=notice, draft=world.draft(excess_reason="市领导批示"), by=world.office)
    with on(ISSUED):
        world.go(notice, "submit", world.office)
    assert burden_of(world.county.pk, ISSUED).notices == 4
    assert burdens(2026, ISSUED)[world.county.pk].is_full
    assert burden_of(world.county.pk, datetime.date(2027, 1, 4)).notices == 0


def test_demands_are_counted(world: World) -> None:
    world.issued()
    assert (burdens(2026, ISSUED)[world.county.pk].notices, burdens(2026, ISSUED)[world.county.pk].demands) == (1, 2)


def test_only_the_unit_the_office_and_the_affected_do_their_part(world: World) -> None:
    notice = world.issued()
    with pytest.raises(Refused, match="没有这件工作,或者它不归您看"):
        world.go(notice, "receipt", world.stranger)
    with pytest.raises(Refused, match="当前角色不能签收"):
        world.go(notice, "receipt", world.fills)
    with pytest.raises(Refused, match="当前状态"):
        world.go(notice, "plan", world.checks)
    world.go(notice, "receipt", world.checks)
    with pytest.raises(Refused, match="整改方案还没有写明整改措施、整改责任人、计划完成日期"):
        world.go(notice, "plan", world.checks)
    with pytest.raises(Refused, match="整改方案由被督办单位"):
        rectifying.write_plan(notice=notice, plan=rectifying.Plan("x", "y", DEADLINE), by=_filler(world))


def _filler(world: World) -> Any:
    """Somebody of the unit that confirms, with the permission to fill in."""
    return factories.actor(Role.COUNTY_FILL, unit=world.body)


def test_a_result_needs_every_demand_and_a_file(world: World) -> None:
    notice = world.rectifying()
    with pytest.raises(Refused, match="还没有填写整改情况"):
        world.go(notice, "report", world.checks)
    rectifying.write_report(notice=notice, report=rectifying.Report("做了一半", {1: "已报"}, 40), by=world.fills)
    with pytest.raises(Refused, match=r"第 2 条要求还没有写明完成情况。还没有上传佐证材料。"):
        world.go(notice, "report", world.checks)
    world.go(notice, "progress", world.checks)
    assert (fresh(notice).work.state, fresh(notice).work.percent) == ("rectifying", 40)
    with pytest.raises(Refused, match="还没有填写整改情况"):
        world.go(notice, "progress", world.checks)


def test_a_sent_report_is_never_changed(world: World) -> None:
    notice = world.rectifying()
    made = world.reported(notice, datetime.date(2026, 12, 1))
    file = made.files.get()
    for change in (
        lambda: rectifying.write_report(notice=notice, report=rectifying.Report("改口"), by=world.fills),
        lambda: rectifying.remove_file(notice=notice, file=file.pk, by=world.fills),
    ):
        with pytest.raises(Refused):
            change()
    assert made.files.count() == 1


@pytest.mark.data
def test_a_file_is_taken_out_of_a_draft_only(world: World) -> None:
    notice = world.rectifying()
    with pytest.raises(Refused, match="的类型不能上传"):
        rectifying.put_file(notice=notice, name="x.exe", content=b"MZ", by=world.fills)
    kept = rectifying.put_file(notice=notice, name="图.pdf", content=b"%PDF-1.4\n%%EOF", by=world.fills)
    with pytest.raises(Refused, match="已经上传过"):
        rectifying.put_file(notice=notice, name="又名.pdf", content=b"%PDF-1.4\n%%EOF", by=world.fills)
    rectifying.remove_file(notice=notice, file=kept.pk, by=world.fills)
    with pytest.raises(Refused, match="没有这个文件"):
        rectifying.remove_file(notice=notice, file=kept.pk, by=world.fills)


def test_days_with_the_office_are_given_back(world: World) -> None:
    notice = world.rectifying()
    world.reported(notice, datetime.date(2026, 12, 29))
    with on(datetime.date(2027, 1, 8)):
        world.go(notice, "not_verified", world.second, "材料看不清")
    work = fresh(notice).work
    assert (work.state, work.percent) == ("rectifying", None)
    assert work.deadline == datetime.date(2027, 1, 12)  # two working days were left on 29 December
    assert [(p.since, p.until) for p in work.pauses.all()] == [(datetime.date(2026, 12, 29), datetime.date(2027, 1, 8))]


@pytest.mark.data
def test_what_was_overdue_stays_overdue(world: World) -> None:
    notice = world.rectifying()
    world.reported(notice, datetime.date(2027, 1, 5))
    with on(datetime.date(2027, 1, 8)):
        world.go(notice, "not_verified", world.second, "没有开工")
    work = fresh(notice).work
    assert (work.deadline, work.light) == (DEADLINE, "yellow")


def test_not_confirmed_goes_back_too(world: World) -> None:
    notice = world.rectifying()
    world.reported(notice, datetime.date(2026, 12, 25))
    with on(datetime.date(2026, 12, 28)):
        world.go(notice, "verify", world.second)
        with pytest.raises(Refused, match="由确认单位"):
            world.go(notice, "confirm", world.office)
        world.go(notice, "not_confirmed", world.affected, "路没有修好")
    assert fresh(notice).work.state == "rectifying"


def test_an_extension_is_asked_in_time_and_decided_by_the_office(world: World) -> None:
    notice = world.rectifying()
    later = datetime.date(2027, 1, 29)
    with on(datetime.date(2026, 12, 30)):
        asked = terms.ask_extension(work=notice.work, new=later, reason="设备晚到", by=world.checks)
        terms.decide_extension(extension=asked, code="grant", by=world.office)
    assert (fresh(notice).work.deadline, fresh(notice).work.first_deadline) == (later, DEADLINE)
    with on(datetime.date(2027, 2, 1)), pytest.raises(Refused, match="已经过了"):
        terms.ask_extension(work=fresh(notice).work, new=datetime.date(2027, 2, 26), reason="再晚", by=world.checks)


def test_the_light_goes_up_by_steps(world: World) -> None:
    notice = world.rectifying()
    calendar = Facts(notice.work, world.office).calendar
    levels = []
    for day in (
        datetime.date(2026, 12, 1),
        datetime.date(2026, 12, 29),
        datetime.date(2027, 1, 4),
        datetime.date(2027, 1, 7),
    ):
        work = fresh(notice).work
        relight([work], settings_of(day), calendar, day)
        levels.append(fresh(notice).work.light)
    assert levels == ["green", "blue", "yellow", "red"]


def test_withdrawn_after_receipt(world: World) -> None:
    notice = world.rectifying()
    with pytest.raises(Refused, match="当前角色不能撤销"):
        world.go(notice, "withdraw", world.office, "重复")
    world.go(notice, "withdraw", world.leader, "经核实与实际不符")
    work = fresh(notice).work
    assert (work.state, work.anchored_on, work.light) == ("withdrawn", None, "none")
    assert fresh(notice).issued_on == ISSUED
    assert Work.objects.visible_to(world.checks).filter(pk=work.pk).exists()
    assert burden_of(world.county.pk, ISSUED).notices == 0


def test_who_sees_which(world: World) -> None:
    draft, sent = world.begun(), world.issued()

    def seen(by: Any) -> set[int]:
        return set(Notice.objects.filter(work__in=Work.objects.visible_to(by)).values_list("pk", flat=True))

    assert seen(world.office) == {draft.pk, sent.pk}
    assert seen(world.leader) == seen(world.checks) == seen(world.fills) == seen(world.affected) == {sent.pk}
    assert seen(world.stranger) == set()
    world.go(draft, "submit", world.office)
    assert draft.pk not in seen(world.leader)
    world.go(draft, "check", world.second)
    assert draft.pk in seen(world.leader)


def test_moves_are_offered_with_what_stands_against_them(world: World) -> None:
    notice = world.begun(contact="")
    found = moves.open_moves(Facts(fresh(notice).work, world.office))
    assert [(move.code, why) for move, why in found] == [("submit", ["还没有写明联系人。"]), ("discard", [])]


def test_an_unread_report_is_read_first(world: World) -> None:
    work = factories.WorkFactory.create(running=True, kind="measure", light="red", light_why="逾期")
    factories.LightChangeFactory.create(work=work, on=datetime.date(2026, 10, 12), light="red")
    measure = factories.MeasureFactory.create(work=work)
    report = factories.ReportFactory.create(measure=measure)
    assert said(weighed(ISSUED))[f"measure:{work.pk}"] == ""
    Work.objects.filter(pk=report.work_id).update(state="sent")
    assert "还没有阅,请先阅报告" in said(weighed(ISSUED))[f"measure:{work.pk}"]
