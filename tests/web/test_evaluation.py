"""Pages of the yearly evaluation: a year through the browser, who sees what when, nothing changed by looking."""

import datetime
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.models import User
from spectown.core.evaluation.verifying import verify
from spectown.core.policykinds import KINDS, read_policy_kinds
from spectown.evaluation.models import Evaluation, Reply, Result
from spectown.evaluation.services import beginning
from spectown.evaluation.standing import snapshot_row, taken
from spectown.evaluation.telling import step_told
from spectown.ledgers.enums import MeasureKind
from spectown.ledgers.models import TownPolicy
from spectown.monitoring.models import Cell
from spectown.organisations.actors import Actor
from spectown.outbox.models import Message
from spectown.plans.folder import mapping
from spectown.web.evaluation.drawn import moved, slopes, strip
from spectown.web.evaluation.linesshown import lines_shown
from spectown.web.evaluation.past import Place
from spectown.web.evaluation.pathshown import clauses_above, serves
from tests import factories
from tests.apps.evaluation.world import PDF, YEAR, World
from tests.core.evaluation.years import scheme
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all tests of the module."""
    with kept_rows(django_db_blocker):
        yield World()


@pytest.fixture
def world(built: World, db: None) -> World:
    return deepcopy(built)


def browser(by: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.person))
    return client


def text(client: Client, name: str, *args: Any, status: int = 200) -> str:
    answer = client.get(reverse(f"evaluation:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


def press(client: Client, name: str, *args: Any, **data: Any) -> str:
    """Post, follow, and read what the page says then."""
    return client.post(reverse(f"evaluation:{name}", args=args), data, follow=True).content.decode()


def test_a_year_through_the_pages(world: World) -> None:
    office, leader = browser(world.office), browser(world.leader)
    fill, check = browser(world.fill), browser(world.check)
    assert "还没有年度评估" in text(office, "list")
    assert "已建立2025年度市级专业镇评估" in press(office, "begin", year="2025")
    assert press(office, "begin", year="二〇二五").count("四位数的年份") == 1
    page = press(office, "entries", YEAR, town=world.towns[5].pk, code="honours", amount="2", reason="省政府表彰")
    assert "已登记" in page
    assert '<td data-label="依据">省政府表彰</td>' in page
    for code in ("freeze", "compute", "open_replies"):
        assert "已" in press(office, "move", YEAR, code)
    assert "还有 3 个单位没有确认或提出意见" in text(office, "process", YEAR)
    told = Message.objects.filter(kind="evaluation.step").values_list("receiver_id", flat=True)
    assert set(told) == {person.person for pair in world.people for person in pair}
    assert "占总分" in text(fill, "scheme", YEAR)
    # The county: its own town only, each figure with its source; another's and the league stay closed.
    text(fill, "league", YEAR, status=404)
    text(fill, "town", YEAR, "demo-1", status=404)
    page = text(fill, "town", YEAR, "demo-0")
    assert "由清单得出" in page
    assert page.count("提出意见</a>") == 28
    value = world.value("output")
    behind = text(fill, "figure", YEAR, value.pk)
    cell = Cell.objects.filter(town=world.towns[0], indicator__code="output").latest("ordinal")
    assert reverse("evaluation:figure", args=[YEAR, value.pk]) in page
    assert fill.get(link := reverse("monitoring:value", args=[cell.pk]), follow=True).status_code == 200
    assert link in behind
    assert cell.counts.shown in behind
    text(fill, "figure", YEAR, world.value("output", 1).pk, status=404)
    address = reverse("evaluation:object", args=[YEAR, value.pk])
    assert link in fill.get(address).content.decode()
    asked = str((value.now or 0) * 5)
    for number in ("0", "9" * 20):  # more than a database holds, too
        upload = SimpleUploadedFile("报表.pdf", PDF, "application/pdf")
        typed = {"which": "now", "asked": asked, "text": "漏报两户", "page": number, "file": upload}
        assert fill.post(address, typed).status_code == 422
    upload = SimpleUploadedFile("报表.pdf", PDF, "application/pdf")
    sent = {"which": "now", "asked": asked, "text": "漏报两户", "page": "2", "file": upload}
    assert "请本单位审核人审核后提出" in fill.post(address, sent, follow=True).content.decode()
    reply = Reply.objects.get()
    assert "没有意见" in text(office, "replies", YEAR)  # not sent yet
    assert "已提出意见" in press(check, "reply_move", YEAR, reply.pk, "send")
    file = office.get(reverse("evaluation:reply_file", args=[YEAR, reply.pk]))
    assert b"".join(file.streaming_content) == PDF  # type: ignore[attr-defined]  # a FileResponse
    assert f'value="{Decimal(asked).normalize():f}"' in text(
        office, "replies", YEAR
    )  # as a person writes it, without zeros behind
    assert "写明更正后的数" in press(office, "reply_move", YEAR, reply.pk, "accept", **{f"r{reply.pk}-reason": "属实"})
    said = {f"r{reply.pk}-reason": "属实", f"r{reply.pk}-after": asked}
    assert "已采纳" in press(office, "reply_move", YEAR, reply.pk, "accept", **said)
    assert Message.objects.filter(kind="evaluation.reply").count() == 2
    for _, person in world.people[1:]:
        assert "已确认本单位" in press(browser(person), "confirm", YEAR)
    for code in ("close_replies", "finalise"):
        press(office, "move", YEAR, code)
    page = text(office, "league", YEAR)
    assert f"初算 {world.ranks('first')['示例0专业镇']}" in page
    assert "临界" in page
    assert "当前角色不能审定" not in text(leader, "process", YEAR)
    assert "件临界事项没有决定" in press(leader, "move", YEAR, "sign")
    assert step_told(Message.objects.filter(receiver_id=world.leader.person))
    page = text(leader, "decisions", YEAR)
    answer = leader.post(reverse("evaluation:decisions", args=[YEAR]), {"town": "示例0专业镇", "line": "commend"})
    assert answer.status_code == 422
    for case in leader.get(reverse("evaluation:decisions", args=[YEAR])).context["cases"]:
        data = {"town": case["call"].town, "line": case["call"].line, "applies": "0", "reason": "区间过宽,暂不适用"}
        assert "已记下" in press(leader, "decisions", YEAR, **data)
    assert "已审定" in press(leader, "move", YEAR, "sign")
    for code in ("publish", "follow"):
        press(office, "move", YEAR, code)
    assert "结果运用" in text(office, "process", YEAR)
    # Everybody now: the league, the public page, the package that verifies itself.
    assert "示例1专业镇" in text(fill, "league", YEAR)
    public = Client().get(reverse("public:evaluation", args=[YEAR])).content.decode()
    package = Evaluation.objects.get().package
    assert package.sha256 in public
    assert reverse("public:evaluation", args=[YEAR]) in Client().get(reverse("public:towns")).content.decode()
    content = b"".join(Client().get(reverse("public:evaluation_package", args=[YEAR])).streaming_content)  # type: ignore[attr-defined]  # a FileResponse
    assert verify(content).faults == ()
    page = text(fill, "town", YEAR, "demo-0")
    assert f"原 {int(value.now or 0):,}" in page
    assert "改进路径" in page
    assert "改进路径" not in text(fill, "town", YEAR, "demo-1")


def test_the_playground_never_touches_the_official_result(world: World) -> None:
    world.to_replies()
    before = {row.pk: row.content for row in Result.objects.all()}
    office = browser(world.office)
    assert "权重与方案相同" in text(office, "playground", YEAR)
    weights = {f"w{n}": "0" for n in range(8)} | {"w3": "100"}
    page = office.get(reverse("evaluation:playground", args=[YEAR]), weights, headers={"hx-request": "true"})
    told = page.content.decode()
    assert "的名次与正式结果不同" in told
    assert "<html" not in told
    assert "权重与方案相同" in office.get(reverse("evaluation:playground", args=[YEAR]), {"w0": "一"}).content.decode()
    zeros = {f"w{n}": "0" for n in range(8)}
    assert office.get(reverse("evaluation:playground", args=[YEAR]), zeros).status_code == 200
    assert {row.pk: row.content for row in Result.objects.all()} == before
    text(browser(world.fill), "playground", YEAR, status=404)


def test_queries_do_not_grow_with_the_towns(world: World) -> None:
    """Pages of an evaluation: the same number of queries for six towns and, frozen anew, for nine."""
    world.to_replies()
    before = _queries(world)
    for number in range(6, 9):
        town = factories.TownFactory.create(name=f"示例{number}专业镇", responsible_unit=world.counties[0])
        factories.LevelRecordFactory.create(town=town, level="city", valid_from=datetime.date(2023, 3, 31))
    Evaluation.objects.update(state="computed")
    world.go("unfreeze", reason="漏了三个镇")
    world.go("freeze", "compute", "open_replies")
    assert snapshot_row(world.evaluation).participants.count() == 9
    assert _queries(world) == before


def _queries(world: World) -> dict[str, int]:
    client, found = browser(world.office), {}
    for name in ("list", "process", "league", "replies", "decisions", "playground", "trend", "town"):
        args = [] if name == "list" else [YEAR, "demo-0"] if name == "town" else [YEAR]
        client.get(reverse(f"evaluation:{name}", args=args))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"evaluation:{name}", args=args)).status_code == 200
        found[name] = len(asked)
    return found


def test_everything_as_a_workbook(world: World) -> None:
    evaluation, said = world.begin(), {"amount": Decimal(2), "reason": "省政府表彰"}
    beginning.enter(evaluation=evaluation, town=world.towns[5], code="honours", by=world.office, **said)
    world.go("freeze", "compute", "open_replies")
    world.sent("output", 99999)
    content = browser(world.office).get(reverse("evaluation:export", args=[YEAR])).content
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == [
        "名次",
        "名次取决于什么",
        "分项得分",
        "冻结的数据",
        "评估方案",
        "加减分和否决",
        "意见和答复",
        "临界决定",
    ]
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"示例0专业镇", "主导产业产值", "漏报两户", 99999, "获国家级、省级表彰", "省政府表彰"} <= cells
    assert {"表扬线以内的可能", "权重引起的名次变动", "去掉“主导产业产值”"} <= cells
    assert f"SHA-256 {snapshot_row(world.evaluation).sha256}" in cells
    page = text(browser(world.office), "town", YEAR, "demo-5")
    assert "省政府表彰" in page
    assert "合计 2 分,已计入得分" in page
    assert "抽样中在表扬线以内的占" in page
    assert "去掉一项指标,名次变多少" in text(browser(world.office), "league", YEAR)
    assert "在督办线以后的占" in text(browser(world.office), "decisions", YEAR)
    assert len(taken(snapshot_row(world.evaluation)).figures) == 6 * 28


def test_policies_match_the_change_and_not_the_town() -> None:
    """A change finds the clause of its indicator, then of its dimension; a measure serves by its kind or its words."""
    root = scheme().scheme.root
    leaf = scheme().scheme.indicators[0]
    assert clauses_above(root, leaf.code)[:1] == [leaf.clause][: bool(leaf.clause)]
    assert clauses_above(root, "nothing") == []
    said = {"title": "十条措施", "measure": "第1条"}
    kinds = read_policy_kinds(mapping(Path(settings.PLAN_DIR), "policies.yaml")["policies"])
    innovation = TownPolicy(kind="innovation", **said)
    funds = TownPolicy(kind="funds", **said | {"measure": "有效专利每件奖 1 万元"})
    assert serves(innovation, "研发强度", "三(三)", kinds)
    assert not serves(innovation, "研发强度", "三(六)", kinds)
    assert serves(funds, "有效专利", "", kinds)
    assert not serves(funds, "研发强度", "三(三)", kinds)
    assert tuple(MeasureKind.values) == KINDS


def test_drawings() -> None:
    found = strip(2, 4, 3, 10)
    assert found is not None
    assert (found.begin, found.width, found.mark) == (10, 30, 25)
    assert strip(None, None, None, 10) is None
    one, five, other = (Place(rank, code, other=code != "a") for rank, code in ((1, "a"), (5, "a"), (2, "b")))
    chart = slopes({"甲": {2025: one, 2026: five}, "乙": {2026: one}, "丙": {}}, [2025, 2026])
    broken = slopes({"甲": {2025: one, 2026: other}}, [2025, 2026]).lines[0]
    assert (len(broken.lines), len(broken.dots), broken.move) == (2, 2, "")  # no line joins ranks of two schemes
    assert [(line.name, line.rank, line.move, line.way) for line in chart.lines] == [
        ("甲", 5, "↓4", "down"),
        ("乙", 1, "新", ""),
    ]
    assert [float(n) for n in chart.lines[0].lines[0].replace(",", " ").split()] == [34, 46, 244, 142]
    assert [line.move for line in slopes({"甲": {2026: one}}, [2026]).lines] == [""]
    assert (moved(3), moved(0)) == ("↑3", "")


def test_lines_say_which_values_are_suggestions() -> None:
    own = scheme().consequences
    rules = replace(own, commend=replace(own.commend, share=0.2, least=55, source="建议值,方案没有规定"))
    found = {line.label: line for line in lines_shown(rules, {"project_progress": "年度投资完成率"})}
    assert found["表扬:名次"].said == "综合榜前 20%"
    least = found["表扬:最低得分"]
    assert (least.said, least.suggested) == ("得分不低于 55 分,低于的名次再前也不表扬", True)
    assert not replace(least, source="市委会议纪要第 3 号").suggested
