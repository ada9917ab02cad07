"""Decision table, decision of a case, publicity, objections, titles; the public side of them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.models import User
from spectown.organisations.actors import Actor
from spectown.rounds.models import Objection, PublicityEntry, Title
from spectown.rounds.services import objections
from tests.round_course import beside, hall, later, objected, proposed, published, signed, studied
from tests.round_world import PDF, World

pytestmark = pytest.mark.django_db


def client(by: Actor) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=by.person))
    return found


def page(by: Actor, name: str, *args: Any) -> str:
    answer = client(by).get(reverse(f"deciding:{name}", args=args))
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(by: Actor, name: str, *args: Any, **data: Any) -> Any:
    return client(by).post(reverse(f"deciding:{name}", args=args), data)


def queries(by: Actor, url: str) -> int:
    browser = client(by)
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(url).status_code == 200
    return len(seen)


def test_the_table_shows_what_the_rules_come_to() -> None:
    one = hall()
    studied(one)
    studied(beside(one, "上党区"), "heritage_product")
    shown = page(one.office, "table", one.round.pk)
    assert "壶关县专业镇" in shown
    assert "标准条件:尚不符合条件" in shown
    assert "拟认定 1" in shown
    assert "拟不予认定 1" in shown
    assert "名额" in shown


def test_the_table_needs_twelve_queries_whatever_the_number_of_cases() -> None:
    one = hall()
    studied(one)
    url = reverse("deciding:table", args=[one.round.pk])
    before = queries(one.leader, url)
    studied(beside(one, "上党区"))
    assert queries(one.leader, url) == before <= 12


def test_the_office_proposes_on_the_page() -> None:
    here = hall()
    case = studied(here)
    answer = post(here.office, "case_propose", case.pk, proposal="certify", reasons="")
    assert answer.status_code == 422
    assert "请写明拟定意见的理由" in answer.content.decode()
    answer = post(here.office, "case_propose", case.pk, proposal="certify", reasons="符合标准条件\n材料齐全")
    assert answer.status_code == 302
    assert here.fresh().decisions.get().reasons == ["符合标准条件", "材料齐全"]


def test_a_refused_decision_loses_nothing_that_was_typed() -> None:
    here = hall()
    case = proposed(here)
    answer = post(here.leader, "case_decide", case.pk, choice="certify", meeting="第2次会议", **{"vote-0": "for"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "不足应到3人的法定比例" in shown
    assert 'value="第2次会议"' in shown
    assert '<option value="for" selected>' in shown
    votes = {f"vote-{n}": "for" for n in range(3)}
    assert post(here.leader, "case_decide", case.pk, choice="certify", meeting="第2次会议", **votes).status_code == 302
    assert here.fresh().state == "approved"


def test_most_vote_alike_and_some_do_not() -> None:
    here = hall(4)
    case = proposed(here)
    data = {"choice": "certify", "meeting": "第2次会议", "vote-rest": "for", "vote-1": "absent", "vote-2": "against"}
    shown = post(here.leader, "case_decide", case.pk, **{**data, "choice": ""}).content.decode()
    assert '<option value="absent" selected>' in shown
    assert post(here.leader, "case_decide", case.pk, **data).status_code == 302
    votes = here.fresh().decisions.get().votes.order_by("pk").values_list("name", "ballot")
    assert list(votes) == [("张0", "for"), ("张2", "against"), ("张3", "for")]


def test_nothing_can_be_ticked_before_the_publicity_is_over() -> None:
    here = in_publicity()
    assert "认定勾选的专业镇" not in page(here.office, "publicity", here.round.pk)
    with later(20):
        assert "认定勾选的专业镇" in page(here.office, "publicity", here.round.pk)


def test_what_has_no_standard_is_asked_for_on_the_page() -> None:
    here = hall()
    here.case.application.category = "wellness"
    here.case.application.save()
    case = studied(here)
    assert "主导产业年产值:标准和依据" in page(here.office, "case", case.pk)
    data = {"criterion": "output", "outcome": "met", "answer": "按 1 亿元掌握"}
    assert post(here.office, "case_rule", case.pk, **data).status_code == 302
    assert "按 1 亿元掌握" in page(here.leader, "case", case.pk)


def in_publicity() -> World:
    here = hall()
    proposed(here)
    signed(here, "certify")
    published(here)
    return here


def test_the_office_puts_up_and_certifies() -> None:
    here = hall()
    case = proposed(here)
    signed(here, "certify")
    data = {"case": case.pk, "title": "公示", "contact": "0355-2000000"}
    assert post(here.office, "publicity", here.round.pk, **{**data, "contact": ""}).status_code == 422
    assert post(here.office, "publicity", here.round.pk, **data).status_code == 302
    early = post(here.office, "publicity", here.round.pk, case=case.pk, certify=1)
    assert "还没有期满" in early.content.decode()
    with later(20):
        assert post(here.office, "publicity", here.round.pk, case=case.pk, certify=1).status_code == 302
        title = Title.objects.get()
        assert title.number in page(here.fills, "titles")
        listed = Client().get(reverse("public:towns")).content.decode()
        assert title.number in listed
        assert f"至 {title.valid_to}" in listed
        assert title.number in Client().get(reverse("public:town", args=[title.town.code])).content.decode()


def test_anybody_objects_and_finds_the_answer() -> None:
    here = in_publicity()
    entry = PublicityEntry.objects.get()
    shown = Client().get(reverse("public:publicity", args=[entry.publicity_id])).content.decode()
    assert "壶关县专业镇" in shown
    assert "0355-2000000" in shown
    url = reverse("public:objection", args=[entry.pk])
    assert url in shown
    missing = Client().post(url, {"name": "王小明"})
    assert missing.status_code == 422
    assert "请填写联系方式" in missing.content.decode()
    assert "请附证明材料" in missing.content.decode()
    files = [SimpleUploadedFile(f"证明{n}.pdf", PDF) for n in range(2)]
    data = {"name": "王小明", "contact": "138", "text": "产值不实", "evidence": files}
    answer = Client(REMOTE_ADDR="203.0.113.9").post(url, data, follow=True)
    made = Objection.objects.get()
    text = answer.content.decode()
    assert (made.files.count(), made.receipt in text, "王小明" in text) == (2, True, False)
    assert "请记下或截图保存" in text
    assert [url for url, _status in answer.redirect_chain] == [reverse("public:objection_state")]
    assert made.receipt not in Client().get(reverse("public:objection_state"), {"code": made.receipt}).content.decode()
    objections.move(objection=made, code="accept", by=here.second)
    objections.move(objection=made, code="dismiss", by=here.second, reason="已核", answer="经核对,产值均在本县。")
    state = Client().post(reverse("public:objection_state"), {"code": made.receipt.lower()}).content.decode()
    assert "经核对,产值均在本县。" in state
    assert "异议不成立" in state
    assert Client().post(reverse("public:objection_state"), {"code": "AAAA"}).status_code == 404


def test_a_bad_file_is_told_in_place() -> None:
    in_publicity()
    url = reverse("public:objection", args=[PublicityEntry.objects.get().pk])
    data = {"name": "王小明", "contact": "138", "text": "不实", "evidence": [SimpleUploadedFile("a.pdf", b"MZ...")]}
    answer = Client().post(url, data)
    assert answer.status_code == 422
    assert "内容不是 PDF 文件" in answer.content.decode()
    assert Objection.objects.count() == 0


def test_nobody_objects_when_it_is_over() -> None:
    in_publicity()
    url = reverse("public:objection", args=[PublicityEntry.objects.get().pk])
    with later(30):
        assert Client().get(url).status_code == 404


def test_the_form_is_guarded_against_other_sites() -> None:
    in_publicity()
    url = reverse("public:objection", args=[PublicityEntry.objects.get().pk])
    assert Client(enforce_csrf_checks=True).post(url, {}).status_code == 403


def test_the_office_handles_an_objection() -> None:
    here = in_publicity()
    made = objected(here)
    assert made.receipt in page(here.office, "objections")
    shown = page(here.office, "objection", made.pk)
    assert "产值把外县企业算了进去" in shown
    file = made.files.get()
    answer = client(here.office).get(reverse("deciding:evidence", args=[made.pk, file.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PDF
    assert post(here.office, "objection_move", made.pk, "accept").status_code == 302
    assert "不能由拟定人" in page(here.office, "objection", made.pk)
    refused = post(here.second, "objection_move", made.pk, "dismiss", reason="已核")
    assert (refused.status_code, "给异议人的答复" in refused.content.decode()) == (422, True)
    done = post(here.second, "objection_move", made.pk, "dismiss", reason="已核", answer="产值属实")
    assert done.status_code == 302
    assert "产值属实" in page(here.office, "objection", made.pk)


@pytest.mark.parametrize("name", ["objections", "titles"])
def test_lists_need_the_same_queries_for_more_rows(name: str) -> None:
    from tests.factories import ObjectionFactory, TitleFactory

    here = in_publicity()
    entry = PublicityEntry.objects.get()
    ObjectionFactory.create(entry=entry)
    TitleFactory.create()
    url = reverse(f"deciding:{name}")
    before = queries(here.office, url)
    ObjectionFactory.create_batch(3, entry=entry)
    TitleFactory.create_batch(3)
    assert queries(here.office, url) == before


def test_public_publicity_needs_the_same_queries_for_more_towns() -> None:
    one = hall()
    two = beside(one, "上党区")
    for here in (one, two):
        proposed(here)
        signed(here, "certify")
    published(one)
    url = reverse("public:publicity", args=[PublicityEntry.objects.get().publicity_id])

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(url).status_code == 200
        return len(seen)

    before = count()
    entry = PublicityEntry.objects.get()
    PublicityEntry.objects.create(publicity=entry.publicity, case=two.case, version=two.case.versions.get())
    assert count() == before
