"""A recommendation to the province: selection, decision by the rules, package, letter, the province's answer."""

import hashlib
import zipfile
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from spectown.accounts.models import User
from spectown.jobs.models import Job
from spectown.jobs.worker import run_waiting
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.enums import NoteKind
from spectown.rounds.models import Case, DueDocument, RecommendationPackage, Title
from spectown.rounds.services import notes
from tests.recheck_world import decided, title_of, titled
from tests.recommendation_world import asked, known, ready, recommended
from tests.round_world import DAY, World
from tests.web.test_deciding import queries

pytestmark = pytest.mark.django_db


def client(by: Actor) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=by.person))
    return found


def shown(by: Actor, here: World) -> str:
    answer = client(by).get(reverse("deciding:recommendation", args=[here.round.pk]))
    assert answer.status_code == 200
    return unescape(str(answer.content.decode()))


def other(here: World, name: str = "沁县") -> Title:
    """Another title of whose figures nothing is known yet."""
    return titled(name, f"市级〔2026〕{Title.objects.count() + 1:03}号")


def test_only_who_meets_the_rules_can_be_asked() -> None:
    here = ready()
    title = other(here)
    text = shown(here.office, here)
    assert "没有县(区)审核通过的申报数据" in text
    assert "建议值" in text
    assert "通知勾选的专业镇申报" in text
    Title.objects.filter(pk=title.pk).update(granted_on=timezone.localdate() - 30 * DAY)
    assert "通知勾选的专业镇申报" not in shown(here.office, here)  # nobody is left to tick
    with pytest.raises(Refused, match="须持有满 1 年"):
        asked(here, title)
    url = reverse("deciding:recommendation", args=[here.round.pk])
    assert client(here.office).post(url, {"title": [title.pk]}).status_code == 422
    assert client(here.leader).post(url, {"title": [title.pk]}).status_code == 403


def test_missing_figures_are_no_failure() -> None:
    here = ready()
    title = other(here)
    assert "尚缺数据或判断" in shown(here.office, here)
    assert [case.town for case in asked(here, title)] == [title.town]


@pytest.mark.data
def test_what_nobody_has_judged_since_a_recheck_is_no_bar() -> None:
    here = ready()
    title = other(here)
    known(here, title, judged=False)
    text = shown(here.office, here)
    assert "标准条件为“待定”" in text
    assert "暂不能推荐" not in text
    assert [case.town for case in asked(here, title)] == [title.town]


def test_a_path_that_is_not_met_and_figures_too_small_are_a_bar() -> None:
    here = ready()
    title = other(here)
    known(here, title, output_wan="20000", chain_partners="3")
    assert "暂不能推荐" in shown(here.office, here)
    with pytest.raises(Refused, match="推荐须不少于 10"):
        asked(here, title)


def test_whoever_is_asked_begins_anew_with_the_name_of_before() -> None:
    here = ready()
    title = other(here)
    known(here, title)
    assert "符合推荐条件" in shown(here.office, here)
    url = reverse("deciding:recommendation", args=[here.round.pk])
    assert client(here.office).post(url, {"title": [title.pk]}).status_code == 302
    made = Case.objects.get(town=title.town)
    assert (made.state, made.steps.get().label) == ("draft", "通知申报")
    assert client(here.office).post(url, {"title": [title.pk]}).status_code == 422


def test_the_leading_group_cannot_recommend_against_the_rules() -> None:
    here = ready()
    Title.objects.update(granted_on=timezone.localdate() - 30 * DAY)
    with pytest.raises(Refused, match="须持有满 1 年"):
        recommended(here)
    assert here.fresh().state == "proposed"
    Title.objects.update(granted_on=timezone.localdate() - 900 * DAY)
    assert decided(here, "recommend", "产业链完整。").state == "recommended"


def test_the_package_is_made_with_sources_bundles_and_hashes() -> None:
    here = ready()
    assert recommended(here).state == "recommended"
    assert Job.objects.get(kind="rounds.package").args == {"round": here.round.pk}
    run_waiting()
    assert Job.objects.get(kind="rounds.package").error == ""
    kept = RecommendationPackage.objects.get()
    text = shown(here.leader, here)
    assert "推荐材料(1个).zip" in text
    answer = client(here.office).get(reverse("deciding:package", args=[here.round.pk, kept.pk]))
    packed = zipfile.ZipFile(BytesIO(b"".join(answer)))
    names = packed.namelist()
    assert names == ["推荐情况表.xlsx", "01_壶关县专业镇/申报材料汇编.pdf", "文件清单.txt"]
    listed = packed.read("文件清单.txt").decode("utf-8-sig")
    assert all(hashlib.sha256(packed.read(name)).hexdigest() in listed for name in names[:2])
    book = load_workbook(BytesIO(packed.read(names[0])))
    summary = [cell.value for cell in book["推荐情况表"][4]]
    row = [cell.value for cell in book["推荐情况表"][3]]
    assert "壶关县专业镇" in row + summary
    assert 120000 in row + summary
    sources = [[cell.value for cell in line] for line in book["数据来源"].iter_rows()]
    output = next(line for line in sources if line[1] and "产值(万元)" in str(line[1]))
    version = here.fresh().versions.get()
    assert output[3] == "县(区)填报"
    assert output[5] == User.objects.get(pk=here.fills.person).name
    assert output[8] == version.sha256
    pages = PdfReader(BytesIO(packed.read(names[1])))
    assert "目录" in "".join(page.extract_text() for page in pages.pages[:2])


@pytest.mark.data
def test_two_decisions_of_a_meeting_make_one_package_and_one_letter() -> None:
    here = ready()
    second = ready("沁县", "市级〔2026〕002号", here)
    recommended(here)
    recommended(second)
    assert Job.objects.filter(kind="rounds.package").count() == 1
    run_waiting()
    assert len(RecommendationPackage.objects.get().versions) == 2
    due = DueDocument.objects.filter(kind="recommendation_letter").earliest("pk")
    assert "起草推荐函" in shown(here.office, here)
    assert client(here.office).post(reverse("rounds:draft", args=[due.case_id, due.pk])).status_code == 302
    documents = {row.document for row in DueDocument.objects.filter(kind="recommendation_letter")}
    assert len(documents) == 1
    letter = documents.pop()
    assert letter.title == "关于推荐壶关县专业镇等2个专业镇参加2026年度省级专业镇遴选的函"
    assert not letter.receipts.exists()
    facts = letter.facts
    assert facts["towns"][0]["output"] == "120000"
    assert [row["town"] for row in facts["towns"]] == ["壶关县专业镇", "沁县专业镇"]
    assert facts["towns"][0]["leaders"] == 2
    assert "起草推荐函" not in shown(here.office, here)


def test_the_province_awards_and_the_city_title_gives_way() -> None:
    here = ready()
    recommended(here)
    with pytest.raises(Refused, match="登记省级文件"):
        here.go("province_yes", here.office)
    notes.write(case=here.fresh(), kind=NoteKind.PROVINCE, text="晋专镇〔2026〕3号", by=here.office)
    assert here.go("province_yes", here.office).state == "province_awarded"
    assert title_of(here).state == "superseded"
    province = Title.objects.get(level="province")
    assert province.record.document == "晋专镇〔2026〕3号"
    public = Client().get(reverse("public:towns")).content.decode()
    assert province.number in public


def test_declined_by_the_province_the_city_title_stays() -> None:
    here = ready()
    recommended(here)
    here.go("province_no", here.office, "名额有限")
    assert title_of(here).state == "valid"


def test_queries_do_not_grow_with_the_titles() -> None:
    here = ready()
    url = reverse("deciding:recommendation", args=[here.round.pk])
    before = queries(here.office, url)
    for name in ("沁县", "黎城县", "平顺县"):
        known(here, other(here, name))
    assert queries(here.office, url) == before
