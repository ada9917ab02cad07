"""Pages of the review: pool, panel, progress for the office; declaration, sheet, photos for the expert."""

import datetime
from typing import Any

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
from spectown.plans.folder import mapping
from spectown.rounds.models import Case, Draw, Expert, Score, Seat, VisitNote
from spectown.rounds.services import declaring, scoring, seating
from tests.criteria import FOLDER
from tests.factories import EnterpriseFactory, ExpertSeatFactory, actor
from tests.review_world import SEED, SOURCE, Review, accepted, reviewing

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
SECRET = "旱地蔬菜"  # the leading industry: stands in the material only; the town is called differently below


def client(by: Actor) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=by.person))
    return found


def url(name: str, *args: Any) -> str:
    return reverse(f"experts:{name}", args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def seated(found: Review) -> tuple[Seat, Client]:
    """A seat that has declared, and its expert's browser."""
    seat = found.seats()[0]
    declaring.declare(seat=seat, by=found.by(seat))
    seat.refresh_from_db()
    return seat, client(found.by(seat))


def sheet_of(found: Review, points: str = "80", reason: str = "有据") -> dict[str, str]:
    codes = [item.code for item in found.case.rules.rules.sheet]
    return {f"points_{c}": points for c in codes} | {f"reason_{c}": reason for c in codes} | {"comment": "好"}


def test_before_the_declaration_only_name_and_county() -> None:
    found = reviewing()
    application = found.case.application
    application.town_name = "壶关示例专业镇"
    application.save()
    seat = found.seats()[0]
    browser = client(found.by(seat))
    shown = text(browser.get(url("seat", seat.pk)))
    assert "壶关示例专业镇" in shown
    assert "壶关县" in shown
    assert SECRET not in shown
    assert "申报书(加盖公章)" not in shown
    material = found.case.materials.first()
    assert material
    assert browser.get(url("file", seat.pk, "material", material.pk)).status_code == 404
    assert browser.get(url("sheet", seat.pk)).status_code == 404
    assert SECRET not in text(browser.get(url("mine")))


def test_declaring_opens_the_material_and_recusing_closes_the_case() -> None:
    found = reviewing()
    first, second = found.seats()[:2]
    browser = client(found.by(first))
    shown = text(browser.post(url("declare", first.pk), follow=True))
    assert "历史传承厚重" in shown
    assert "申报书(加盖公章)" in shown
    material = found.case.materials.first()
    assert material
    file = browser.get(url("file", first.pk, "material", material.pk))
    assert b"".join(file).startswith(b"%PDF")  # type: ignore[arg-type]  # a streaming answer
    assert file["X-Content-Type-Options"] == "nosniff"
    other = client(found.by(second))
    other.post(url("recuse", second.pk), {"reason": "持股"})
    assert other.get(url("seat", second.pk)).status_code == 404
    assert found.seats()[-1].draw.how == "reserve"


def test_wrong_points_come_back_with_everything_typed() -> None:
    found = reviewing()
    seat, browser = seated(found)
    typed = sheet_of(found, "八十分", "说明很长的理由") | {"submit": "1"}
    answer = browser.post(url("seat", seat.pk), typed)
    assert answer.status_code == 422
    assert 'value="八十分"' in text(answer)
    assert "说明很长的理由" in text(answer)
    assert "的分数应为数字" in text(answer)
    assert '<li><a href="#points_heritage">' in text(answer)
    assert "下列各项的分数没有保存" not in text(browser.get(url("seat", seat.pk)))
    assert Score.objects.filter(seat=seat, reason="说明很长的理由").count() == 8


def test_typing_is_saved_by_and_by() -> None:
    found = reviewing()
    seat, browser = seated(found)
    answer = browser.post(
        url("seat", seat.pk), {"points_market": "70", "reason_market": "销路稳"}, headers={"HX-Request": "true"}
    )
    assert "已自动保存" in text(answer)
    assert (Score.objects.get().points, Score.objects.get().reason) == (70, "销路稳")


def test_blind_until_submitted() -> None:
    found = reviewing()
    first, second = found.seats()[:2]
    found.score(second, "37")
    seat, browser = seated(found)
    assert seat.pk == first.pk
    assert "专家1" not in text(browser.get(url("seat", seat.pk)))  # 37 alone may stand in a token or a time
    shown = text(browser.post(url("seat", seat.pk), sheet_of(found) | {"submit": "1"}, follow=True))
    assert "评分已提交" in shown
    assert "专家1:37" in shown
    assert second.expert.user.name not in shown


def test_a_newer_version_is_shown_with_its_difference() -> None:
    found = reviewing()
    seat, browser = seated(found)
    found.newer()
    shown = text(browser.get(url("seat", seat.pk)))
    assert "申报内容有了第 2 版" in shown
    assert "321" in shown
    browser.post(url("confirm", seat.pk))
    assert "申报内容有了第 2 版" not in text(browser.get(url("seat", seat.pk)))


def test_where_no_visit_is_planned_nobody_is_asked_for_photos() -> None:
    found = reviewing()
    seat, browser = seated(found)
    office = Client()
    office.force_login(User.objects.get(pk=found.office.person))
    for page in (browser.get(url("seat", seat.pk)), office.get(url("panel", found.case.pk))):
        assert "本件不安排实地核查" in text(page)
        assert 'name="photos"' not in text(page)
    given = {"text": "车间在用", "visited_on": timezone.localdate().isoformat(), "signers": "王五"}
    sent = [(browser, url("note", seat.pk)), (office, url("case_note", found.case.pk))]
    for sender, address in sent:  # a page that was open before it was decided
        answer = sender.post(address, given | {"photos": SimpleUploadedFile("一.png", PNG)})
        assert answer.status_code == 422
        assert "没有核查记录可登记" in text(answer)
    assert not VisitNote.objects.exists()
    Case.objects.update(visit=True)
    assert 'name="photos"' in text(browser.get(url("seat", seat.pk)))


def test_photos_of_a_visit() -> None:
    found = reviewing()
    Case.objects.update(visit=True)
    seat, browser = seated(found)
    today = timezone.localdate().isoformat()
    photos = [SimpleUploadedFile("一.png", PNG), SimpleUploadedFile("二.png", b"MZ")]
    given = {"text": "车间在用", "visited_on": today, "signers": "王五", "photos": photos}
    answer = browser.post(url("note", seat.pk), given)
    assert answer.status_code == 422
    assert "内容不是 PNG" in text(answer)
    assert "车间在用" in text(answer)
    note = VisitNote.objects.get()
    assert note.signers == f"{seat.expert.user.name}、王五"
    shown = browser.get(url("file", seat.pk, "note", note.pk))
    assert b"".join(shown) == PNG  # type: ignore[arg-type]  # a streaming answer


def test_the_printed_sheet() -> None:
    found = reviewing()
    version = found.case.round.version
    version.documents = {"expert_sheet": mapping(FOLDER, "documents/expert_sheet.yaml")}
    version.digest = "with-sheet"
    version.save()
    seat, browser = seated(found)
    scoring.save(seat=seat, typed={"market": scoring.Typed("70", False, "销路稳")}, by=found.by(seat))
    answer = browser.get(url("sheet", seat.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_the_office_draws_and_sees_who_must_stay_away() -> None:
    found = accepted()
    browser = client(found.office)
    refused = browser.post(url("draw", found.case.pk), {"seed": SEED, "source": ""})
    assert refused.status_code == 422
    assert SEED in text(refused)
    shown = text(browser.post(url("draw", found.case.pk), {"seed": SEED, "source": SOURCE}, follow=True))
    assert "按记录复算,结果一致" in shown
    assert "是申报县(区)壶关县的人员" in shown
    assert Draw.objects.get().seed == SEED


def test_the_office_chooses_only_from_those_who_may() -> None:
    found = accepted()
    browser = client(found.office)
    shown = text(browser.get(url("panel", found.case.pk)))
    assert found.own.expert.user.name not in shown
    chosen = [each.expert.pk for each in found.people[:5]]
    browser.post(url("pick", found.case.pk), {"experts": chosen, "reason": "仅有的专家"})
    assert {seat.expert_id for seat in found.seats()} == set(chosen)
    own = browser.post(url("pick", found.case.pk), {"experts": [found.own.expert.pk], "reason": "熟悉"})
    assert own.status_code == 422


def test_the_office_replaces_and_gives_back() -> None:
    found = reviewing()
    first, second = found.seats()[:2]
    found.score(first)
    browser = client(found.office)
    browser.post(url("reopen", found.case.pk, first.pk), {"reason": "误填"})
    first.refresh_from_db()
    assert first.submitted_at is None
    browser.post(url("release", found.case.pk, second.pk), {"reason": "出差"})
    assert len(found.seats()) == 5


def test_progress_tells_who_stands_out() -> None:
    found = reviewing()
    seats = found.seats()
    for points, seat in zip(("80", "81", "80", "82", "20"), seats, strict=True):
        found.score(seat, points)
    shown = text(client(found.office).get(url("progress", found.case.round_id)))
    assert "应有评分 5 份,已提交 5 份" in shown
    assert f'<span class="text-alarm">{seats[4].expert.user.name}</span>' in shown
    assert "68.60" in shown


def test_the_pool_is_kept_on_pages() -> None:
    found = accepted()
    firm = EnterpriseFactory.create(name="某食品有限公司")
    newcomer = actor(Role.EXPERT)
    browser = client(found.office)
    given = {"user": newcomer.person, "unit": "长治学院", "former_units": "甲厂\n乙所", "enterprises": firm.name}
    assert browser.post(url("create"), given | {"enterprises": "没有这户"}).status_code == 422
    browser.post(url("create"), given)
    made = Expert.objects.get(user_id=newcomer.person)
    assert (made.former_units, list(made.enterprises.all())) == (["甲厂", "乙所"], [firm])
    assert "长治学院" in text(browser.get(url("list")))
    browser.post(url("edit", made.pk), {"unit": "长治医学院", "former_units": "", "enterprises": ""})
    browser.post(url("take_out", made.pk), {"reason": "调离"})
    made.refresh_from_db()
    assert (made.unit, made.active) == ("长治医学院", False)
    browser.post(url("bring_back", made.pk), {"reason": "返回"})
    made.refresh_from_db()
    assert made.active


def test_the_work_bench_names_what_waits_for_the_expert() -> None:
    found = accepted()
    seating.draw(case=found.case, seed=SEED, source=SOURCE, by=found.office)
    seat = found.seats()[0]
    shown = text(client(found.by(seat)).get(reverse("workbench:home")))
    assert "请您评审的申报" in shown
    assert url("seat", seat.pk) in shown


def queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert browser.get(address).status_code == 200
    return len(caught)


def test_queries_do_not_grow() -> None:
    found = reviewing()
    seat, expert = seated(found)
    office = client(found.office)
    places = [(office, url("list")), (office, url("progress", found.case.round_id)), (expert, url("mine"))]
    places += [(expert, reverse("workbench:home")), (office, url("panel", found.case.pk))]
    before = [queries(browser, address) for browser, address in places]
    for _ in range(3):
        more = {"draw__case__round": found.case.round, "draw__case__rules": found.case.rules}
        state = {"draw__case__state": "expert_review", "draw__case__sent_at": timezone.now()}
        other = ExpertSeatFactory.create(expert=seat.expert, **more, **state)
        ExpertSeatFactory.create(draw=other.draw, declared_at=timezone.now() - datetime.timedelta(days=1))
    assert [queries(browser, address) for browser, address in places] == before
