"""Pages of schemes: a draft from the copy to its approval, weights in three ways, nothing typed is lost."""

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.core.evaluation.drafting import TOTAL, place_of
from spectown.core.evaluation.yearreading import clauses_of
from spectown.evaluation.models import Evaluation, Scheme
from spectown.evaluation.schemes import in_force, planned
from spectown.organisations.actors import Actor
from tests import factories
from tests.apps.evaluation.world import YEAR, World
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db
WEIGHTS = [30, 5, 15, 12, 10, 8, 10, 10]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all tests of the module."""
    with kept_rows(django_db_blocker):
        made = World(towns=4)
        for ref in clauses_of([made.plan.evaluation[0], {"clause": "二(一)"}]):
            factories.ClauseFactory.create(version=made.plan, ref=ref, level=2)
        made.begin()
        made.go("freeze")
        yield made


@pytest.fixture
def world(built: World, db: None) -> World:
    return deepcopy(built)


def client_of(by: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.person))
    return client


def posted(client: Client, name: str, /, *args: Any, **data: Any) -> tuple[int, str]:
    """Status and text of a POST."""
    answer = client.post(reverse(f"evaluation:{name}", args=args), data)
    return answer.status_code, answer.content.decode()


def shown(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"evaluation:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def begun(client: Client) -> Scheme:
    said = {"source": f"plan-{planned()[0]['year']}", "year": YEAR + 1, "reason": "会议议定"}
    assert posted(client, "scheme_start", **{**said, "year": YEAR})[0] == 422, "that year is frozen"
    assert posted(client, "scheme_start", **said)[0] == 302
    return Scheme.objects.get()


def values(client: Client, name: str, *args: Any) -> dict[str, Any]:
    """What a form has when it is opened."""
    form = client.get(reverse(f"evaluation:{name}", args=args)).context["form"]
    return {field.html_name: field.value() for field in form if field.value() not in (None, "", False)}


def test_from_the_copy_to_a_new_evaluation(world: World) -> None:
    office, leader = client_of(world.office), client_of(world.leader)
    draft = begun(office)
    text = shown(office, "draft", draft.pk)
    for words in ("建议值", "下级合计 100", "提请审定", "与抄来的方案没有不同"):
        assert words in text
    form = office.get(reverse("evaluation:draft_weights", args=[draft.pk, TOTAL])).context["form"]
    codes = [field.html_name for field in form.rows]
    typed = {**dict(zip(codes, WEIGHTS, strict=True)), "basis": "会议议定", "edition": "0"}
    assert posted(office, "draft_weights", draft.pk, TOTAL, **typed)[0] == 302
    assert "本稿改动" in shown(office, "draft", draft.pk)
    status, text = posted(office, "draft_weights", draft.pk, TOTAL, **{**typed, "basis": "晚一步"})
    assert (status, "刚被他人改动" in text, "晚一步" in text) == (422, True, True), "nothing typed is lost"
    assert 'name="edition" value="1"' in text, "told, it can be saved as it stands"
    text = shown(leader, "draft_trial", draft.pk)
    for words in ("试算", "按 2025 年度冻结的数据", "不是评估结果", "名义权重", "示例0专业镇"):
        assert words in text
    assert posted(office, "draft_move", draft.pk, "send", reason="会议议定")[0] == 302
    assert office.get(reverse("evaluation:draft_weights", args=[draft.pk, TOTAL])).status_code == 404
    assert posted(leader, "draft_move", draft.pk, "approve", reason="同意")[0] == 302
    county = client_of(world.fill)
    assert "本市审定" in shown(county, "schemes")
    assert "本稿改动" in shown(county, "draft", draft.pk)
    trial = county.get(reverse("evaluation:draft_trial", args=[draft.pk]))
    assert trial.status_code == 404, "ranks that are not public yet"
    assert posted(office, "begin", year=YEAR + 1)[0] == 302
    made = Evaluation.objects.get(year=YEAR + 1)
    assert made.scheme == in_force(YEAR + 1)
    assert place_of(made.scheme, "产业规模").node["weight"] == 30
    assert "占总分" in shown(office, "scheme", YEAR + 1)


def test_weights_by_comparing_and_by_data(world: World) -> None:
    office = client_of(world.office)
    draft = begun(office)
    at = (draft.pk, "产业规模")
    text = shown(office, "draft_weights", *at)
    for words in ("采用等权", "采用熵权法", "采用CRITIC 法", "按 2025 年度冻结的数据"):
        assert words in text
    assert "采用层次分析法" not in text
    assert posted(office, "draft_pairs", *at, p0="3", edition="0")[0] == 302
    assert "还有 2 对没有比较" in shown(office, "draft_pairs", *at)
    assert posted(office, "draft_pairs", *at, p0="3", p1="-5", p2="5", edition="1")[0] == 302
    text = shown(office, "draft_pairs", *at)
    for words in ("前后不一致", "您填的是", "1/5", "最矛盾的两处"):
        assert words in text
    assert posted(office, "draft_pairs", *at, p0="3", p1="5", p2="2", edition="2")[0] == 302
    assert "前后一致" in shown(office, "draft_pairs", *at)
    before = Scheme.objects.get().content
    answer = office.get(reverse("evaluation:draft_weights", args=at), {"take": "ahp"})
    assert sum(float(field.value()) for field in answer.context["form"].rows) == pytest.approx(100)
    assert Scheme.objects.get().content == before, "looking takes nothing over"
    taken = {field.html_name: field.value() for field in answer.context["form"]}
    assert posted(office, "draft_weights", *at, **taken, edition="3")[0] == 302
    node = place_of(Scheme.objects.get().content, "产业规模").node
    assert ("层次分析法" in node["basis"], len(node["pairs"])) == (True, 3)


def test_the_tree_and_the_parts(world: World) -> None:
    office = client_of(world.office)
    pk = begun(office).pk
    said = values(office, "draft_node", pk, "quality_rate")
    assert (said["worst"], said["best"]) == (80, 100)
    status, text = posted(
        office, "draft_node", pk, "quality_rate", **{**said, "worst": "100", "clause": said["clause"]}
    )
    assert (status, "要填两个不同的界值" in text) == (422, True)
    moved = {**said, "parent": "创新能力", "order": "1", "dynamic": "40"}
    assert posted(office, "draft_node", pk, "quality_rate", **moved)[0] == 302
    place = place_of(Scheme.objects.get().content, "quality_rate")
    assert (place.parent, place.order, place.node["dynamic"]) == ("创新能力", 0, 0.4)
    renamed = {**values(office, "draft_node", pk, "质量品牌"), "code": "品牌建设"}
    assert posted(office, "draft_node", pk, "质量品牌", **renamed)[0] == 302
    new = {"code": "文化传承", "weight": "5", "parent": TOTAL, "order": "2", "clause": "二(一)"}
    assert posted(office, "draft_add", pk, "dimension", TOTAL, **new)[0] == 302
    assert "“文化传承”下还没有指标" in shown(office, "draft", pk)
    item = {"code": "exports", "weight": "100", "parent": "文化传承", "order": "1", "clause": "二(一)"}
    assert posted(office, "draft_add", pk, "indicator", "文化传承", **{**item, "normalisation": "target"})[0] == 422
    assert posted(office, "draft_add", pk, "indicator", "文化传承", **item)[0] == 302
    assert "出口" in shown(office, "draft_trial", pk), "not frozen: as it stands now, and said"
    assert posted(office, "draft_remove", pk, "output")[0] == 302
    assert place_of(Scheme.objects.get().content, "output"), "the ties hang on it"
    assert posted(office, "draft_remove", pk, "文化传承")[0] == 302
    general = values(office, "draft_part", pk, "general") | {"coverage": "70", "tie2": "", "days": "15"}
    assert posted(office, "draft_part", pk, "general", **general)[0] == 302
    lines = values(office, "draft_part", pk, "lines") | {"commend_at": "25", "slow_indicator": ""}
    assert posted(office, "draft_part", pk, "lines", **{**lines, "commend_at": "250"})[0] == 422
    assert posted(office, "draft_part", pk, "lines", **lines)[0] == 302
    made = Scheme.objects.get().content
    assert (made["scheme"]["coverage"], made["scheme"]["ties"], made["reply"]["days"]) == (0.7, ["output"], 15)
    assert (made["consequences"]["commend"]["share"], "slow" in made["consequences"]) == (0.25, False)
    text = shown(office, "draft", pk)
    for words in ("70%", "品牌建设", "表扬线"):
        assert words in text


def _rows(client: Client, pk: int, name: str) -> dict[str, Any]:
    formset = client.get(reverse("evaluation:draft_part", args=[pk, name])).context["formset"]
    said = {field.html_name: field.value() for form in formset for field in form if field.value() not in (None, "")}
    return said | {field.html_name: field.value() for field in formset.management_form}


def test_tables_of_a_draft(world: World) -> None:
    office = client_of(world.office)
    pk = begun(office).pk
    bands = _rows(office, pk, "bands") | {"r-0-low": "75", "r-4-name": "很差", "r-4-low": "10", "r-3-DELETE": "on"}
    status, text = posted(office, "draft_part", pk, "bands", **{**bands, "r-1-low": "很多"})
    assert (status, "很多" in text) == (422, True)
    assert posted(office, "draft_part", pk, "bands", **bands)[0] == 302
    formset = office.get(reverse("evaluation:draft_part", args=[pk, "vetoes"])).context["formset"]
    assert formset.forms[-1]["clause"].field.choices[0][0] == "", "an empty row must stay empty in a browser"
    vetoes = _rows(office, pk, "vetoes") | {"r-2-label": "欠薪", "r-2-clause": "四(五)"}
    assert posted(office, "draft_part", pk, "vetoes", **vetoes)[0] == 302
    items = _rows(office, pk, "items") | {"r-0-points": "2"}
    assert posted(office, "draft_part", pk, "items", **items)[0] == 302
    made = Scheme.objects.get().content
    assert [band["low"] for band in made["scheme"]["bands"]] == [75, 55, 40, 10]
    assert [veto["code"] for veto in made["vetoes"]] == ["falsified", "accident", "veto1"]
    assert (made["items"][0]["points"], made["items"][0]["code"]) == (2, "honours")


def test_the_tree_goes_to_excel_and_back(world: World) -> None:
    office = client_of(world.office)
    pk = begun(office).pk
    content = office.get(reverse("evaluation:draft_export", args=[pk])).content
    assert "没有改动任何一项" in sent_book(office, pk, content, edition=0)[1], "as it came"
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book.active
    assert sheet is not None
    cells = {(sheet.cell(row, 2).value, sheet.cell(row, 4).value): row for row in range(1, sheet.max_row + 1)}
    output, other = cells["output", "产业规模"], cells["above_scale", "产业规模"]
    sheet.cell(output, 5).value, sheet.cell(other, 5).value = "很多", 5
    sheet.cell(other, 6).value = "掷骰子"
    status, text = sent_book(office, pk, saved(book), edition=0)
    assert (status, f"第 {output} 行的层内权重应是数,现为“很多”" in text, "“掷骰子”没有这一种" in text) == (
        422,
        True,
        True,
    )
    sheet.cell(output, 5).value, sheet.cell(output, 10).value, sheet.cell(other, 6).value = 70, 25, "极差"
    assert sent_book(office, pk, saved(book), edition=0)[0] == 302
    made = Scheme.objects.get().content
    assert place_of(made, "output").node == {
        **place_of(in_force(YEAR + 1) or {}, "output").node, "weight": 70, "dynamic": 0.25,
    }  # fmt: skip
    assert place_of(made, "above_scale").node["normalisation"] == "minmax"
    assert sent_book(office, pk, b"nothing", edition=1)[0] == 422


def test_a_scheme_of_categories_from_the_form_to_its_evaluation(world: World) -> None:
    for number, (code, label) in enumerate((("manufacturing", "制造业"), ("agriculture", "特优农业"))):
        factories.CategoryFactory.create(version=world.plan, code=code, label=label, order=number)
    office, year = client_of(world.office), YEAR + 1
    said = {"source": f"plan-{planned()[0]['year']}", "year": year, "reason": "会议议定", "scope": "new"}
    status, text = posted(office, "scheme_start", **said)
    assert (status, text.count("新的类别方案要填这一项")) == (422, 4)  # at two fields and above the form
    assert posted(office, "scheme_start", **said, label="农业", categories=["agriculture"])[0] == 302
    draft = Scheme.objects.get()
    assert (draft.code, draft.content["categories"]) == ("agriculture", ["agriculture"])
    form = values(office, "draft_part", draft.pk, "general") | {"label": "特优农业类"}
    assert posted(office, "draft_part", draft.pk, "general", **{**form, "categories": []})[0] == 422
    assert posted(office, "draft_part", draft.pk, "general", **form)[0] == 302
    content = office.get(reverse("evaluation:draft_export", args=[draft.pk])).content
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book["适用类别"]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    sheet.cell(rows["manufacturing"], 3).value = "也许"
    status, text = sent_book(office, draft.pk, saved(book), edition=1)
    assert (status, f"“适用类别”第 {rows['manufacturing']} 行" in text) == (422, True)
    sheet.cell(rows["manufacturing"], 3).value, sheet.cell(rows["agriculture"], 3).value = "是", None
    assert sent_book(office, draft.pk, saved(book), edition=1)[0] == 302
    assert Scheme.objects.get().content["categories"] == ["manufacturing"]
    sheet.cell(rows["agriculture"], 3).value = "是"
    assert sent_book(office, draft.pk, saved(book), edition=2)[0] == 302
    text = shown(office, "draft", draft.pk)
    assert "适用类别</dt><dd" in text.replace("\n", "")
    assert "制造业、特优农业" in text
    assert "4 个镇" in shown(office, "draft_trial", draft.pk) or "名次变动" in shown(office, "draft_trial", draft.pk)
    assert posted(office, "draft_move", draft.pk, "send", reason="会议议定")[0] == 302
    assert posted(client_of(world.leader), "draft_move", draft.pk, "approve", reason="同意")[0] == 302
    assert "制造业、特优农业" in shown(office, "schemes")
    posted(office, "begin", year=year, code="agriculture")
    made = Evaluation.objects.keyed(f"{year}-agriculture").get()
    assert made.name == f"{year}年度市级专业镇评估(特优农业类)"
    assert "制造业、特优农业" in shown(office, "scheme", made.key)
    posted(office, "begin", year=year, code="evaluation")
    assert "没有单独方案的所有类别(制造业、特优农业另有方案)" in shown(office, "scheme", year)
    text = shown(office, "list")
    assert f"{year}(特优农业类)</a>" in text
    # A later version ends it: the same scheme, whose name and categories stay.
    said |= {"source": f"own-{made.key}", "year": year + 1, "scope": "agriculture"}
    assert posted(office, "scheme_start", **said)[0] == 302
    end = Scheme.objects.get(year=year + 1)
    assert (end.code, end.content["label"]) == ("agriculture", "特优农业类")
    form = values(office, "draft_part", end.pk, "general") | {"ended": "on"}
    assert posted(office, "draft_part", end.pk, "general", **form)[0] == 302
    posted(office, "draft_move", end.pk, "send", reason="会议议定")
    posted(client_of(world.leader), "draft_move", end.pk, "approve", reason="同意")
    assert in_force(year + 1, "agriculture") is None
    assert ">停用<" in shown(office, "schemes")


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sent_book(client: Client, pk: int, content: bytes, edition: int) -> tuple[int, str]:
    file = SimpleUploadedFile("方案.xlsx", content)
    return posted(client, "draft_upload", pk, file=file, edition=edition)


def test_pages_cost_the_same_however_much_was_changed(world: World) -> None:
    office = client_of(world.office)
    draft = begun(office)
    counts = []
    for steps in (0, 12):
        factories.SchemeStepFactory.create_batch(steps, scheme=draft, made_by=draft.made_by)
        factories.SchemeFactory.create_batch(steps // 4, year=YEAR + 3)
        found = []
        for name, args in (("draft", [draft.pk]), ("schemes", [])):
            office.get(reverse(f"evaluation:{name}", args=args))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                office.get(reverse(f"evaluation:{name}", args=args))
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 30
    stranger = factories.client_for(Role.DEPARTMENT, unit=factories.UnitFactory.create())
    assert stranger.get(reverse("evaluation:draft", args=[draft.pk])).status_code == 404
