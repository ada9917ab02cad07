"""Two evaluations of one year: whose towns each has, what is refused, what pages, papers and packages say of each."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as project
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.models import User
from spectown.core.evaluation.verifying import verify
from spectown.core.evaluation.yearscheme import GENERAL
from spectown.evaluation import schemes
from spectown.evaluation.gathering import towns_of_year
from spectown.evaluation.matters import evaluation_matters
from spectown.evaluation.models import Evaluation, Scheme
from spectown.evaluation.papers import lists_of
from spectown.evaluation.services import beginning, moves, scheming
from spectown.evaluation.services.scheming import Scope
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.towns.models import Town
from spectown.web.bundles.ranking import ranking
from tests import factories
from tests.apps.evaluation.world import YEAR, World
from tests.evaluation_factories import plan_scheme

pytestmark = pytest.mark.django_db
FARMS = {"code": "farms", "label": "特优农业类", "categories": ["agriculture"]}
GENERALLY, OWN = f"{YEAR}年度市级专业镇评估", f"{YEAR}年度市级专业镇评估(特优农业类)"


class Two(World):
    """`take`: of which evaluation the helpers speak."""

    def __init__(self, **more: Any) -> None:
        super().__init__(draws=40, **more)
        self.year, self.code = YEAR, GENERAL
        self.plan_says({**plan_scheme(40), "year": YEAR - 1}, {**plan_scheme(40), "year": YEAR, **FARMS})

    def plan_says(self, *entries: dict[str, Any]) -> None:
        self.plan.evaluation = list(entries)
        self.plan.save()

    def take(self, code: str, year: int = YEAR) -> "Two":
        self.code, self.year = code, year
        return self

    @property
    def evaluation(self) -> Evaluation:
        return Evaluation.objects.get(year=self.year, code=self.code)

    def begin(self) -> Evaluation:
        return beginning.begin(year=self.year, code=self.code, by=self.office)

    def to_published(self) -> Evaluation:
        self.begin()
        self.go("freeze", "compute", "open_replies")
        Evaluation.objects.filter(pk=self.evaluation.pk).update(reply_until=datetime.date(2026, 1, 1))
        self.go("close_replies", "finalise")
        self.decide_all(applies=True)
        self.go("sign", by=self.leader)
        self.go("publish")
        return self.evaluation

    def names(self) -> set[str]:
        return {each.name for each in self.evaluation.snapshots.order_by("-number")[0].participants.all()}


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> Two:
    settings.MEDIA_ROOT = tmp_path
    return Two()


def read(by: Actor | None, name: str, /, *args: object, **query: object) -> str:
    client = Client()
    if by is not None:
        client.force_login(User.objects.get(pk=by.person))
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_town_is_in_exactly_one(world: Two) -> None:
    with pytest.raises(Refused, match="没有 2025 年度可用的评估方案"):
        beginning.begin(year=YEAR, code="unheard", by=world.office)
    with pytest.raises(Refused, match="没有 2024 年度"):  # not begun before its first year
        beginning.begin(year=YEAR - 1, code="farms", by=world.office)
    assert world.begin().name == GENERALLY
    assert world.take("farms").begin().name == OWN
    with pytest.raises(Refused, match=r"\(特优农业类\)已经建立"):
        world.begin()
    assert (world.evaluation.key, Evaluation.objects.keyed(f"{YEAR}-farms").get()) == ("2025-farms", world.evaluation)
    world.go("freeze")
    world.take(GENERAL).go("freeze")
    own, general = world.take("farms").names(), world.take(GENERAL).names()
    assert own == {"示例2专业镇", "示例5专业镇"}
    assert (own & general, own | general) == (set(), {town.name for town in world.towns})


@pytest.mark.data
def test_a_town_is_not_frozen_twice(world: Two) -> None:
    world.take("farms").begin()
    world.plan_says({**plan_scheme(40), "year": YEAR, **FARMS, "categories": ["agriculture", "tourism"]})
    with pytest.raises(Refused, match="适用类别已改"):
        world.go("freeze")
    beginning.adopt(evaluation=world.evaluation, by=world.office)
    world.go("freeze")
    world.plan_says({**plan_scheme(40), "year": YEAR - 1})  # loaded anew: no scheme of categories any more
    world.take(GENERAL).begin()
    with pytest.raises(Refused, match="示例2专业镇、示例5专业镇已在“2025年度市级专业镇评估"):
        world.go("freeze")
    world.take("farms").go("unfreeze", reason="不再单独评估")
    with pytest.raises(Refused, match="特优农业类”2025年度已停用"):
        world.go("freeze")
    world.take(GENERAL).go("freeze")
    assert len(world.names()) == 6


def start(world: Two, year: int = YEAR, **scope: Any) -> Scheme:
    source = schemes.in_force(year) or {}
    said = {"origin": "总方案", "reason": "会议议定"}
    return scheming.start(year=year, source=source, scope=Scope(**scope), by=world.office, **said)


def approve(world: Two, draft: Scheme) -> Scheme:
    draft.refresh_from_db()
    if draft.state == "draft":
        scheming.move(scheme=draft, code="send", by=world.office, reason="会议议定")
    return scheming.move(scheme=draft, code="approve", by=world.leader, reason="同意")


def test_a_scheme_of_categories_is_drafted_and_approved(world: Two) -> None:
    made = {"code": "makers", "label": "制造业类", "categories": ("manufacturing",)}
    with pytest.raises(Refused, match="须写明适用类别和简称"):
        start(world, code="makers", label="制造业类")
    draft = start(world, **made)
    assert [group["categories"] for group in draft.content["groups"]] == [
        ["manufacturing", "light_industry", "it_innovation"]
    ]
    assert str(draft) == f"2025年度起评估方案(制造业类)第 {draft.pk} 稿"
    with pytest.raises(Refused, match="已有一稿"):
        start(world, **made)
    other = start(world, code="others", label="其他类", categories=("agriculture", "tourism"))
    with pytest.raises(Refused, match="2025年度起,“特优农业类”和“其他类”都写了类别 agriculture"):
        scheming.move(scheme=other, code="send", by=world.office, reason="会议议定")
    approve(world, draft)
    assert list(schemes.all_in_force(YEAR)) == [GENERAL, "farms", "makers"]
    assert list(schemes.all_in_force(YEAR - 1)) == [GENERAL]
    assert schemes.new_code(["farms", "x"]) == "farms-2"
    assert towns_of_year(YEAR, world.take(GENERAL).begin().rules) == []  # both of its categories have their own


def test_a_frozen_year_stays_as_it_is(world: Two) -> None:
    late = start(world, code="makers", label="制造业类", categories=("manufacturing",))
    mine, general = start(world, **{**FARMS, "categories": ("agriculture", "tourism")}), start(world)
    for draft in (late, mine):
        scheming.move(scheme=draft, code="send", by=world.office, reason="会议议定")
    world.take("farms").begin()
    world.go("freeze")
    with pytest.raises(Refused, match=r"评估\(特优农业类\)已冻结数据"):
        approve(world, mine)
    assert "year_open" not in str(scheming.refusals(scheme=general, code="send", by=world.office, reason="x"))
    assert schemes.frozen_from(YEAR) is None  # the general scheme may still change
    world.take(GENERAL).begin()
    world.go("freeze")
    with pytest.raises(Refused, match="2025年度市级专业镇评估已冻结数据"):
        approve(world, late)  # its towns are in the general one


def test_both_results_are_told_apart(world: Two) -> None:
    documents = Path(project.BASE_DIR) / "plans" / "changzhi-2023" / "documents"
    kinds = ("evaluation_report", "commendation")
    world.plan.documents = {name: yaml.safe_load((documents / f"{name}.yaml").read_text("utf-8")) for name in kinds}
    world.plan.digest = "two"
    world.plan.save()
    world.take(GENERAL, YEAR - 1).to_published()
    general = world.take(GENERAL).to_published()
    both = {m.town: m.said for m in evaluation_matters(timezone.localdate())}
    own = world.take("farms").to_published()
    # Notices: of each what was published last, every town once.
    found = evaluation_matters(timezone.localdate())
    supervised = [set(lists_of(each.edition.result)[1]) for each in (general, own)]  # type: ignore[union-attr]  # both are public
    names = dict(Town.objects.values_list("pk", "name"))
    assert {names[m.town or 0] for m in found if m.said.startswith(f"{YEAR}年度评估:")} == supervised[0]
    assert {names[m.town or 0] for m in found if m.said.startswith(f"{YEAR}年度评估(特优农业类):")} == supervised[1]
    assert len(found) == len(supervised[0] | supervised[1]) >= len(both)
    # Package and papers.
    assert own.package is not None
    assert own.package.name == "2025年度评估(特优农业类)封存包.zip"
    with own.package.file.open() as file:
        verdict = verify(file.read())
    assert (verdict.faults, verdict.label, verdict.towns) == ((), "特优农业类", 2)
    world.go("follow")
    report = world.evaluation.report
    assert report is not None
    assert report.title == "长治市市级专业镇2025年度评估报告（特优农业类）"
    tables = ranking()
    assert [(each.name, len(each.rows)) for each in tables] == [("评估排名", 4), ("评估排名(特优农业类)", 2)]
    assert tables[1].summary == f"{OWN}(第1版):2个专业镇参评,2个列名次。"
    # Pages.
    listed = read(world.office, "evaluation:list")
    assert all(f">{name}<" in listed for name in (GENERALLY, OWN))
    assert OWN in read(None, "public:evaluation", own.key)
    assert "示例2专业镇" not in read(None, "public:evaluation", general.key)
    said = read(world.office, "evaluation:town", own.key, "demo-2")
    assert "上年按另一方案评估,名次不可直接比较" in said
    assert "另一方案" not in read(world.office, "evaluation:town", general.key, "demo-0")
    assert "2 个镇上年按另一方案评估" in read(world.office, "evaluation:league", own.key, by="gain")
    trend = read(world.fill, "evaluation:trend", own.key)
    assert trend.count("另一方案</div>") == 2
    assert "示例0专业镇" not in trend
    assert "另一方案" not in read(world.fill, "evaluation:trend", general.key)


def test_pages_do_not_ask_more_for_more_schemes_of_former_years(world: Two) -> None:
    world.begin()
    world.take("farms").begin()
    world.go("freeze", "compute")
    client = Client()
    client.force_login(User.objects.get(pk=world.office.person))

    def asked() -> list[int]:
        numbers = []
        for name in ("list", "schemes", "process", "scheme", "league"):
            args = [] if name in ("list", "schemes") else [world.evaluation.key]
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(f"evaluation:{name}", args=args)).status_code == 200
            numbers.append(len(queries))
        return numbers

    asked()
    before = asked()
    world.plan_says(*world.plan.evaluation, *({**plan_scheme(40), "year": year, "code": f"own-{year}",
                    "label": f"第{year}类", "categories": [f"c{year}"]} for year in range(2010, 2018)))  # fmt: skip
    for year in range(2010, 2018):
        factories.EvaluationFactory.create(year=year, code=f"own-{year}")
    assert asked() == before


@pytest.mark.data
def test_moves_of_a_year_wait_for_each_other(world: Two) -> None:
    world.begin()
    world.take("farms").begin()
    with CaptureQueriesContext(connection) as queries:
        moves.move(evaluation=world.evaluation, code="freeze", by=world.office)
    locks = [q["sql"] for q in queries if "FOR UPDATE" in q["sql"] and f'"year" = {YEAR}' in q["sql"]]
    assert bool(locks) is (connection.vendor == "postgresql")  # SQLite has one writer at a time
