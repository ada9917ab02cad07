"""The ways back: returned and answered anew, frozen anew, published and corrected; nothing of before is lost."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from spectown.accounts.models import User
from spectown.core.evaluation.sealing import unseal
from spectown.core.evaluation.verifying import verify
from spectown.evaluation.matters import evaluation_matters
from spectown.evaluation.models import Confirmation, Package, Publication, Reply, Result
from spectown.evaluation.services import replying
from spectown.evaluation.standing import result_row, snapshot_row, undecided, units_to_answer
from spectown.lib.refusal import Refused
from spectown.monitoring.models import Cell
from spectown.organisations.actors import Actor
from spectown.outbox.models import Message
from tests.apps.evaluation.world import YEAR, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: object, tmp_path: object) -> World:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]  # the fixture of pytest-django
    return World(draws=40)


def everybody_agrees(world: World) -> None:
    for _, check in world.people:
        replying.confirm(evaluation=world.evaluation, by=check)


def to_final(world: World) -> None:
    everybody_agrees(world)
    world.go("close_replies", "finalise")


def published(world: World) -> Publication:
    """Decided, signed, published; the edition."""
    world.decide_all(applies=True)
    world.go("sign", by=world.leader)
    world.go("publish")
    found = world.evaluation.edition
    assert found is not None
    return found


def content(package: Package) -> bytes:
    with package.file.open() as file:
        return bytes(file.read())


def read(by: Actor | None, name: str, *args: object, status: int = 200, **query: object) -> str:
    client = Client()
    if by is not None:
        client.force_login(User.objects.get(pk=by.person))
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def test_returned_and_only_the_replies_taken_up_again(world: World) -> None:
    world.to_replies()
    reply = world.sent("output", 99999)
    replying.move_reply(reply=reply, code="refuse", by=world.office, reason="没有依据")
    world.confirm_rest()
    world.go("close_replies", "finalise")
    before, old = world.ranks(), world.result()
    with pytest.raises(Refused, match="退回须写明理由"):
        world.go("send_back", by=world.leader)
    assert world.go("send_back", by=world.leader, reason="意见答复不当") == "returned"
    assert Message.objects.filter(receiver_id=world.office.person, facts__state="returned").exists()
    page = read(world.office, "evaluation:process", YEAR)
    assert "意见答复不当" in page
    assert "已退回,待重新办理" in read(world.leader, "evaluation:league", YEAR)
    for code in ("reopen_replies", "reopen_freeze"):
        with pytest.raises(Refused, match="须写明理由"):
            world.go(code)
    with pytest.raises(Refused, match="现在不能答复"):
        replying.move_reply(reply=reply, code="reconsider", by=world.office, reason="x")
    assert world.go("reopen_replies", reason="按退回意见重新答复") == "replies"
    assert len(units_to_answer(world.evaluation)) == 3  # what was said in the first round closes no second one
    assert result_row(world.evaluation, "final") is None
    copy = replying.move_reply(reply=reply, code="reconsider", by=world.office, reason="材料第 2 页属实")
    copy.refresh_from_db()
    assert copy.raised_at == reply.raised_at
    assert (copy.state, copy.renews, copy.sha256) == ("sent", reply, reply.sha256)
    with pytest.raises(Refused, match="已在重新答复"):
        replying.move_reply(reply=reply, code="reconsider", by=world.office, reason="x")
    replying.move_reply(reply=copy, code="accept", by=world.office, reason="属实", after=reply.asked)
    reply.refresh_from_db()
    assert (reply.state, reply.answer) == ("refused", "没有依据")
    page = read(world.fill, "evaluation:replies", YEAR)
    assert "已重新答复,这件留存" in page
    assert "材料第 2 页属实(原答复:未采纳,没有依据)" in page
    with pytest.raises(Refused, match="还有 3 个单位"):
        world.go("close_replies")
    to_final(world)
    assert Confirmation.objects.count() == 5
    assert world.ranks() != before
    assert undecided(world.result())  # decisions belong to one result
    edition = published(world)
    opened = unseal(content(edition.package))
    assert [(r["accepted"], r["answer"]) for r in opened.parts["replies.json"]] == [(True, "属实")]
    assert verify(content(edition.package)).faults == ()
    old.refresh_from_db()
    page = read(world.office, "evaluation:league", YEAR, result=old.pk)
    assert "这是第 1 轮的终算结果,已被后来的结果取代" in page
    assert f"?result={old.pk}" in read(world.office, "evaluation:process", YEAR)
    assert "已被后来的结果取代" not in read(world.fill, "evaluation:league", YEAR, result=old.pk)  # the public one


@pytest.mark.data
def test_a_published_result_is_corrected_by_a_second_edition(world: World) -> None:
    world.to_replies()
    kept = world.sent("output", 99999)
    replying.move_reply(reply=kept, code="accept", by=world.office, reason="属实", after=Decimal(99999))
    world.confirm_rest()
    world.go("close_replies", "finalise")
    first = published(world)
    matters = evaluation_matters(first.made_at.date())
    assert matters
    with pytest.raises(Refused, match="当前角色不能更正"):
        world.go("correct", reason="数据有误")
    world.go("correct", by=world.leader, reason="统计局更正就业数")
    # What is public stays public, marked, while everything is done again; nothing is proposed from it.
    assert "统计局更正就业数" in read(None, "public:evaluation", YEAR)
    assert evaluation_matters(first.made_at.date()) == []
    assert world.go("reopen_freeze", reason="就业数须重新冻结") == "draft"
    Cell.objects.filter(town=world.towns[1], indicator__code="jobs").update(number=Decimal(4000))
    world.go("freeze")
    assert "公布的第 1 版正在更正" in read(world.fill, "evaluation:process", YEAR)
    assert "正在更正" in read(world.fill, "evaluation:league", YEAR)
    world.go("compute", "open_replies")
    snapshot = snapshot_row(world.evaluation)
    assert (snapshot.number, snapshot.participants.count(), world.evaluation.round) == (2, 6, 2)
    assert "更正中的数" in read(world.fill, "evaluation:town", YEAR, "demo-0")
    assert "这是公布的第 1 版" in read(world.fill, "evaluation:town", YEAR, "demo-1")
    page = read(world.fill, "evaluation:replies", YEAR)
    assert "以前各次冻结的意见" in page
    assert "当时采纳更正为 99,999,来源数据没有相应改正" in page
    with pytest.raises(Refused, match="属于以前的一轮"):
        replying.move_reply(reply=kept, code="reconsider", by=world.office, reason="x")
    to_final(world)
    world.decide_all(applies=True)
    world.go("sign", by=world.leader)
    world.go("send_back", by=world.leader, reason="签错了")  # signed, not yet public
    world.go("finalise")
    second = published(world)
    assert (second.number, second.reason, second.package.number) == (2, "统计局更正就业数", 3)
    one, two = content(first.package), content(second.package)
    assert verify(one).faults == verify(two).faults == ()
    manifest = unseal(two).manifest
    assert (manifest["edition"], manifest["replaces"]) == (2, verify(one).digest)
    assert manifest["correction"] == "统计局更正就业数"
    public = read(None, "public:evaluation", YEAR)
    assert "更正理由:统计局更正就业数" in public
    assert second.package.sha256 in public
    assert "已被更正" in read(None, "public:evaluation", YEAR, edition=1)
    read(None, "public:evaluation", YEAR, edition=3, status=404)
    page = read(world.office, "evaluation:process", YEAR)
    assert "公布的各版" in page
    assert ("已有终算,留存对照" in page, ">有效<" in page) == (True, False)
    again = {m.town: m.occasion for m in evaluation_matters(second.made_at.date())}
    both = {m.town: m.occasion for m in matters if m.town in again}
    assert both
    assert {town: again[town] for town in both} == both  # one occasion a town and year over all editions
    assert Result.objects.count() == 5
    assert Reply.objects.get().state == "accepted"
    for rows, change in ((Publication.objects.all(), {"reason": "x"}), (Package.objects.all(), {"sha256": "x"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
