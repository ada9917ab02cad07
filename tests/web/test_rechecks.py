"""A recheck on the pages: who is due, the draw that anybody repeats, county and office, titles, documents due."""

import hashlib
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.documents.kinds import kind_in
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.enums import NoteKind
from spectown.rounds.models import Case, DueDocument, RecheckSample, Round, Title
from spectown.rounds.services import rounds, titles
from spectown.towns.models import LevelRecord
from tests.factories import LevelRecordFactory, TitleFactory, actor
from tests.recheck_world import called, decided, noted, recheck_round, reported, title_of, titled
from tests.round_course import later
from tests.round_world import DAY, World, plan
from tests.web.test_deciding import queries

pytestmark = pytest.mark.django_db
DRAW = {"seed": "2026311-385", "source": "11月6日在市政府网站公布", "share": "50"}


def client(by: Actor) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=by.person))
    return found


def shown(by: Actor, url: str) -> str:
    answer = client(by).get(url)
    assert answer.status_code == 200
    return unescape(str(answer.content.decode()))


def office_of(titles: int = 3) -> tuple[Any, Any, list[Title]]:
    """Several titles and an open recheck round."""
    made = [titled("沁县", "市级〔2023〕001号")]
    unit = made[0].town.responsible_unit
    for number in range(2, titles + 1):
        town = TitleFactory.create(number=f"市级〔2023〕{number:03}号", valid_to=timezone.localdate() + 900 * DAY).town
        town.territory, town.responsible_unit = unit.territory, unit
        town.save()
    office = actor(Role.OFFICE)
    return recheck_round(plan(), office, actor(Role.OFFICE)), office, list(Title.objects.order_by("number"))


def test_the_office_draws_and_anybody_repeats_it() -> None:
    round_, office, _titles = office_of()
    url = reverse("deciding:recheck", args=[round_.pk])
    answer = client(office).post(url, {**DRAW, "source": ""})
    assert answer.status_code == 422
    assert 'value="2026311-385"' in answer.content.decode()
    assert client(office).post(url, DRAW).status_code == 302
    made = RecheckSample.objects.get()
    text = unescape(Client().get(reverse("public:sample", args=[made.pk])).content.decode())
    assert "按记录复算,结果一致" in text
    keys = dict(re.findall(r"(市级〔2023〕\d{3}号)</td>.*?([0-9a-f]{64})", text))
    for number in ("市级〔2023〕001号", "市级〔2023〕002号", "市级〔2023〕003号"):
        assert keys[number] == hashlib.sha256(f"2026311-385\nrecheck 沁县\n{number}".encode()).hexdigest()
    assert made.result["drawn"]["沁县"] == sorted(keys, key=lambda each: keys[each])[:2]
    assert "抽中" in shown(office, url)
    assert "抽样记录" in Client().get(reverse("public:publicities")).content.decode()


def test_a_record_that_was_changed_is_seen() -> None:
    round_, office, _titles = office_of()
    client(office).post(reverse("deciding:recheck", args=[round_.pk]), DRAW)
    made = RecheckSample.objects.get()
    made.result["drawn"]["沁县"] = made.result["drawn"]["沁县"][::-1]
    made.save()
    assert "结果不一致" in Client().get(reverse("public:sample", args=[made.pk])).content.decode()


def test_the_office_calls_and_county_and_work_bench_know() -> None:
    round_, office, titles = office_of()
    url = reverse("deciding:recheck", args=[round_.pk])
    assert client(office).post(url, {"title": []}).status_code == 422
    assert "到期应复核的称号" not in shown(office, reverse("workbench:home"))
    Title.objects.filter(pk=titles[0].pk).update(valid_to=timezone.localdate() + 30 * DAY)
    assert "到期应复核的称号" in shown(office, reverse("workbench:home"))
    assert re.search(rf'value="{titles[0].pk}" checked', shown(office, url))
    assert client(office).post(url, {"title": [titles[0].pk]}).status_code == 302
    case = Case.objects.get()
    assert "填报中" in shown(office, url)
    assert "到期应复核的称号" not in shown(office, reverse("workbench:home"))
    assert client(office).post(url, {"title": [titles[0].pk]}).status_code == 422
    assert DueDocument.objects.get(case=case).kind == "recheck_notice"


def test_whoever_was_called_sees_until_when_to_report() -> None:
    here = called()
    url = reverse("rounds:case", args=[here.case.pk])
    closes = here.case.rules.rules.window.closes
    assert f"限 {closes} 前" in shown(here.fills, url)
    assert f"至{closes}" in shown(here.office, reverse("deciding:recheck", args=[here.round.pk]))
    until = closes + 9 * DAY
    rounds.allow_late(round_=here.round, unit=here.case.unit, until=until, reason="会期晚", by=here.office)
    assert f"限 {until} 前" in shown(here.fills, url)
    with later(60):
        assert "已超期" in shown(here.fills, url)


def test_after_the_window_nobody_is_drawn_and_settled_ones_show_how_they_ended() -> None:
    here = called()
    reported(here)
    here.judge_all()
    here.go("pass_phase", here.office)
    decided(here, "keep")
    Round.objects.update(state="deciding")
    text = shown(here.office, reverse("deciding:recheck", args=[here.round.pk]))
    assert "保留称号</a></td>" in text
    assert "申报已经截止" in text
    assert 'name="seed"' not in text


def test_queries_of_the_recheck_page_do_not_grow() -> None:
    round_, office, titles = office_of(2)
    url = reverse("deciding:recheck", args=[round_.pk])
    client(office).post(url, DRAW)
    client(office).post(url, {"title": [titles[0].pk]})
    before = queries(office, url)
    for number in range(5, 9):
        town = TitleFactory.create(number=f"市级〔2023〕{number:03}号").town
        town.responsible_unit = titles[0].town.responsible_unit
        town.save()
    client(office).post(url, {"title": list(Title.objects.values_list("pk", flat=True))})
    assert Case.objects.count() == 6
    assert queries(office, url) == before


def test_before_it_is_sent_the_office_sees_no_figure_of_a_recheck() -> None:
    here = called()
    application = here.fresh().application
    application.output_wan = 98765
    application.save()
    url = reverse("rounds:case", args=[here.case.pk])
    assert "98765" in shown(here.fills, url).replace(",", "")
    assert "98765" not in shown(here.office, url).replace(",", "")


def rectified() -> World:
    here = called()
    reported(here)
    here.judge_all(material__output_proof="与统计数据不一致")
    here.go("second", here.office, "产值证明不实")
    here.judge_all(material__output_proof="与统计数据不一致")
    noted(here, NoteKind.STATEMENT, here.checks)
    here.go("end_second", here.office)
    decided(here, "rectify", "产值证明与统计数据不一致。")
    return here


def test_the_county_reports_what_it_has_put_right_on_its_page() -> None:
    here = rectified()
    url = reverse("rounds:case", args=[here.case.pk])
    text = shown(here.fills, url)
    assert "第 1 次整改" in text
    assert "整改情况报告" in text
    post = client(here.fills).post
    assert post(reverse("rounds:note", args=[here.case.pk]), {"kind": "rectified", "text": "已更正"}).status_code == 302
    answer = {"item": "material:output_proof", "text": "数据无误,口径说明见附件"}
    assert post(reverse("rounds:answer", args=[here.case.pk]), answer).status_code == 302
    assert here.go("report_rectified", here.checks).state == "rectification_check"
    assert "整改期限已暂停计时" in shown(here.office, url)
    assert "逐项审查" in shown(here.office, url)
    decision = reverse("deciding:case", args=[here.case.pk])
    assert "按规则得出" not in shown(here.leader, decision)  # nothing is proposed while its county has a term
    assert client(here.leader).get(reverse("deciding:table", args=[here.round.pk])).status_code == 404


def test_what_the_rules_come_to_is_shown_while_it_is_studied() -> None:
    here = called()
    reported(here)
    here.judge_all()
    here.go("pass_phase", here.office)
    assert "按规则得出" in shown(here.office, reverse("deciding:case", args=[here.case.pk]))


def test_every_document_of_a_recheck_begins_with_facts_that_its_kind_knows() -> None:
    here = rectified()
    with_decision(here)
    for due in DueDocument.objects.filter(case=here.case, document__isnull=True).order_by("pk"):
        url = reverse("rounds:draft", args=[here.case.pk, due.pk])
        assert client(here.office).post(url).status_code == 302
        due.refresh_from_db()
        assert due.document is not None
        kind = kind_in(here.round.version, due.kind)
        names = {fact.name: fact for fact in kind.facts}
        given = due.document.facts
        assert set(given) <= set(names)
        for name, value in given.items():
            if name in names and names[name].of:
                assert value
                assert all(set(row) <= {column.name for column in names[name].of} for row in value)
    notice, withdrawal = (
        DueDocument.objects.filter(case=here.case, kind=kind).earliest("pk").document
        for kind in ("recheck_notice", "withdrawal_decision")
    )
    assert notice.facts["towns"][0]["town"] == "壶关县专业镇"
    assert withdrawal.facts["findings"][0]["finding"] == "期满未整改"
    assert withdrawal.facts["heard"] == "县政府表示没有新的意见"


def with_decision(here: World) -> None:
    """Not put right: withdrawn."""
    with later(150):
        here.go("not_rectified", here.office, "期满未整改")
        noted(here, NoteKind.STATEMENT, here.office, "县政府表示没有新的意见。")
        decided(here, "revoke", "期满未整改。")


def test_a_title_is_moved_by_hand_only_where_nothing_else_moves_it() -> None:
    here = called()
    title = title_of(here)
    url = reverse("deciding:title", args=[title.pk])
    assert "登记主动退出" in shown(here.office, url)
    assert "登记主动退出" not in shown(here.fills, url)
    post = client(here.office).post
    assert post(reverse("deciding:title_move", args=[title.pk, "withdraw"])).status_code == 404
    give_up = reverse("deciding:title_move", args=[title.pk, "give_up"])
    post(give_up, {"reason": "产业调整"})
    assert title_of(here).state == "valid"
    post(give_up, {"reason": "产业调整", "document": "壶政函〔2026〕9号"})
    title = title_of(here)
    assert (title.state, title.record.valid_to) == ("given_up", timezone.localdate() - DAY)
    assert title.ended_reason == "壶政函〔2026〕9号:产业调整"


def test_a_title_does_not_expire_while_its_recheck_is_on_its_way() -> None:
    here = called()
    Title.objects.update(valid_to=timezone.localdate() - DAY)
    title = title_of(here)
    assert "复核正在办理" in shown(here.office, reverse("deciding:title", args=[title.pk]))
    client(here.office).post(reverse("deciding:title_move", args=[title.pk, "expire"]), {"reason": "期满"})
    assert title_of(here).state == "valid"
    Case.objects.update(state="revoked_finally")
    client(here.office).post(reverse("deciding:title_move", args=[title.pk, "expire"]), {"reason": "期满"})
    title = title_of(here)
    assert (title.state, title.record.valid_to) == ("expired", timezone.localdate() - DAY)


def test_a_level_that_was_published_before_gets_its_title() -> None:
    here = called()
    record = LevelRecordFactory.create(level="city", valid_from=timezone.localdate() - 900 * DAY, document="附件2")
    assert "补登" in shown(here.office, reverse("deciding:titles"))
    answer = client(here.office).post(reverse("deciding:adopt"), {"record": record.pk, "valid_to": ""})
    assert answer.status_code == 302
    made = Title.objects.get(record=record)
    assert (made.state, made.valid_to, made.granted_on) == ("valid", None, record.valid_from)
    client(here.office).post(reverse("deciding:adopt"), {"record": record.pk})
    assert Title.objects.filter(town=record.town).count() == 1


def withdrawn() -> World:
    """Rectified in vain: the title is gone."""
    here = rectified()
    with_decision(here)
    return here


def test_a_title_that_has_ended_shows_when_and_no_validity() -> None:
    here = withdrawn()
    title = title_of(here)
    last, ended = f"{title.valid_to:%Y-%m-%d}", f"{title.record.valid_to:%Y-%m-%d}"
    pages = [
        reverse("deciding:title", args=[title.pk]),
        reverse("deciding:titles"),
        reverse("towns:town", args=[title.town.code]),
    ]
    for url in pages:
        text = shown(here.office, url)
        assert last not in text
        assert ended in text


def public_list() -> str:
    return unescape(Client().get(reverse("public:towns")).content.decode())


def test_from_the_day_of_its_withdrawal_on_nobody_is_shown_the_level() -> None:
    here = rectified()
    town = title_of(here).town
    with later(150):
        assert town.name in public_list()
    with_decision(here)
    with later(150):
        assert town.name not in public_list()
        assert Client().get(reverse("public:town", args=[town.code])).status_code == 404
        assert "未定级" in shown(here.office, reverse("towns:town", args=[town.code]))


def test_a_title_given_up_on_its_first_day_is_not_listed_either() -> None:
    here = called()
    title = title_of(here)
    LevelRecord.objects.update(valid_from=timezone.localdate())
    assert title.town.name in public_list()
    move = reverse("deciding:title_move", args=[title.pk, "give_up"])
    client(here.office).post(move, {"reason": "登记有误", "document": "壶政函〔2026〕9号"})
    assert title_of(here).state == "given_up"
    assert title.town.name not in public_list()
    assert title.town.name not in Client().get("/").content.decode()


def test_the_office_notes_when_the_plaque_was_handed_over() -> None:
    here = called()
    title, today = title_of(here), timezone.localdate()
    page, url = reverse("deciding:title", args=[title.pk]), reverse("deciding:plaque", args=[title.pk])
    wrong = {
        "": "请填写授牌日期",
        "2026-02-30": "没有“2026-02-30”这一天",
        f"{title.granted_on - DAY}": "不能早于授予日期",
        f"{today + DAY}": "不能晚于今天",
    }
    for text, said in wrong.items():
        assert said in client(here.office).post(url, {"plaque_on": text}, follow=True).content.decode()
    assert title_of(here).plaque_on is None
    client(here.office).post(url, {"plaque_on": f"{today - DAY}"})
    client(here.office).post(url, {"plaque_on": f"{today}"})
    town = title.town.code
    assert shown(here.office, page).count('name="plaque_on"') == 1
    assert 'name="plaque_on"' not in shown(here.leader, page)
    assert f'"text-nowrap">{today}</td>' in shown(here.leader, reverse("deciding:titles"))
    assert f"{today} 授牌" in shown(here.leader, reverse("towns:town", args=[town]))
    assert f"{today} 授牌" in Client().get(reverse("public:town", args=[town])).content.decode()
    assert Event.objects.filter(action="title.plaque").order_by("seq").last().before == {"plaque_on": f"{today - DAY}"}


def test_no_plaque_after_the_last_day_of_a_title() -> None:
    here = withdrawn()
    title = title_of(here)
    with later(150):
        with pytest.raises(Refused, match="最后有效日"):
            titles.hand_over_plaque(title=title, on=title.record.valid_to + DAY, by=here.office)
        assert titles.hand_over_plaque(title=title, on=title.record.valid_to, by=here.office).plaque_on


def test_the_leading_group_reads_the_appeal_where_it_decides() -> None:
    here = withdrawn()
    with later(150):
        here.go("appeal", here.checks, "产值口径与统计部门核定的一致")
        url = reverse("deciding:case", args=[here.case.pk])
        text = shown(here.leader, url)
        assert "产值口径与统计部门核定的一致" in text
        assert "县政府表示没有新的意见。" in text
        assert "申诉成立" in text
        assert "驳回申诉" in text
        assert "驳回申诉" not in shown(here.office, url)


def test_a_document_that_names_all_of_a_round_waits_once() -> None:
    round_, office, titles = office_of(3)
    bench, url = reverse("workbench:home"), reverse("deciding:recheck", args=[round_.pk])
    client(office).post(url, {"title": [titles[0].pk]})
    before = queries(office, bench)
    client(office).post(url, {"title": [each.pk for each in titles[1:]]})
    (part,) = (each for each in client(office).get(bench).context["waiting"] if each.title == "待起草的认定公文")
    notices = [each for each in part.items if each.title.startswith("复核通知")]
    assert [each.title for each in notices] == [f"复核通知:{titles[0].town.name}等 3 个专业镇"]
    assert part.total == len(part.items)
    assert queries(office, bench) == before
