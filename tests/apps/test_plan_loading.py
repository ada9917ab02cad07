"""A plan folder becomes a version: this city's, another city's, twice, changed, and broken."""

import datetime
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from spectown.audit.models import Event
from spectown.core.checkup import Kind
from spectown.core.evaluation.yearreading import read_year_schemes
from spectown.core.monitoring.plandata import read_plan_data
from spectown.core.plandiff import Change, compare
from spectown.documents.kinds import kinds_of
from spectown.organisations.actors import Actor
from spectown.organisations.models import Incumbency, Unit
from spectown.organisations.services import substitute
from spectown.plans.enums import DutyKind
from spectown.plans.facts import clause_texts
from spectown.plans.folder import FolderFault, read_folder
from spectown.plans.models import CalendarDay, CalendarYear, Clause, Duty, PlanVersion
from spectown.towns.facts import counts_by_level, plan_checkup
from spectown.towns.management.commands.load_plan import load
from spectown.towns.models import Town

pytestmark = pytest.mark.django_db

CHANGZHI = Path(settings.BASE_DIR) / "plans" / "changzhi-2023"
LINJIANG = Path(__file__).parent / "cities" / "linjiang"


def duties(task: int, kind: DutyKind) -> list[str]:
    rows = Duty.objects.filter(task__number=task, kind=kind, task__version__is_current=True)
    return list(rows.values_list("unit__name", flat=True))


@pytest.mark.data
def test_the_citys_plan_becomes_rows() -> None:
    folder = read_folder(CHANGZHI)
    loaded, towns = load(folder)
    version = PlanVersion.objects.get(pk=loaded.version.pk)
    assert loaded.is_new
    assert read_plan_data(version.monitoring) == read_plan_data(folder.monitoring)
    assert read_year_schemes(version.evaluation) == read_year_schemes(folder.evaluation)
    assert not loaded.notices
    assert (version.tasks.count(), version.seats.count(), towns) == (10, 48, 10)
    assert (version.targets.count(), version.thresholds.count()) == (3, 5)
    assert duties(8, DutyKind.LEAD) == ["市招商中心"]
    assert duties(9, DutyKind.LEAD) == ["市规划和自然资源局", "市能源局", "市生态环境局", "市金融办"]
    assert duties(10, DutyKind.COLLECTIVE) == ["各县(区)政府"]
    assert not Unit.objects.filter(reviewed=False).exists()


def test_every_clause_shows_its_sentence() -> None:
    version = load(read_folder(CHANGZHI))[0].version
    for clause in version.clauses.all():
        assert version.source_text[clause.start : clause.end] == clause.text
    for target in version.targets.all():
        assert version.source_text[target.start : target.end] == target.text


@pytest.mark.data
def test_loading_twice_changes_nothing() -> None:
    load(read_folder(CHANGZHI))
    events = Event.objects.count()
    again, towns = load(read_folder(CHANGZHI))
    assert not again.is_new
    assert towns == 0
    assert PlanVersion.objects.count() == 1
    assert Event.objects.count() == events


def test_territory_and_responsible_body_are_two_things() -> None:
    load(read_folder(CHANGZHI))
    town = Town.objects.get(name="高新区信创专业镇")
    assert town.territory is not None
    assert town.responsible_unit is not None
    assert (town.territory.name, town.responsible_unit.name) == ("潞州区", "长治高新区管委会")


def test_renamed_units_are_found_by_their_old_name_and_shown_by_the_days_name() -> None:
    load(read_folder(CHANGZHI))
    unit = Unit.objects.get(code="jinjian")
    assert unit.name == "金融监管总局长治监管分局"
    assert unit.name_on(datetime.date(2023, 3, 31)) == "中国银保监会长治监管分局"
    duty = Duty.objects.get(unit=unit, task__number=9)
    assert duty.printed_name == "中国银保监会长治监管分局"


def test_another_city_needs_only_another_folder() -> None:
    loaded, towns = load(read_folder(LINJIANG))
    assert (loaded.version.city, towns) == ("临江市", 2)
    assert duties(1, DutyKind.LEAD) == ["市工信局"]
    assert set(duties(1, DutyKind.PARTICIPANT)) == {"市商务局"}
    assert duties(2, DutyKind.LEAD) == ["市商务局"]
    assert any("市商务局" in notice for notice in loaded.notices)
    assert PlanVersion.objects.current() == loaded.version
    assert counts_by_level(timezone.localdate())["市级"] == 2


@pytest.mark.data
def test_a_changed_folder_is_a_new_version_that_can_be_compared(tmp_path: Path) -> None:
    first = load(read_folder(LINJIANG))[0].version
    folder = tmp_path / "linjiang"
    shutil.copytree(LINJIANG, folder)
    text = folder / "方案.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("6个以上", "8个以上"), encoding="utf-8")
    second = load(read_folder(folder))[0].version
    assert (second.number, second.is_current) == (2, True)
    assert not PlanVersion.objects.get(pk=first.pk).is_current
    changed = [c for c in compare(clause_texts(first), clause_texts(second)) if c.change is not Change.SAME]
    assert [(c.change, c.after.ref if c.after else "") for c in changed] == [(Change.CHANGED, "一")]


@pytest.mark.data
def test_a_new_version_does_not_undo_a_substitution(tmp_path: Path) -> None:
    version = load(read_folder(CHANGZHI))[0].version
    post = version.seats.get(printed_name="王灵恩").post
    office = Actor(user_id=None, name="测试", permissions=frozenset(["post.change"]))  # type: ignore[list-item]
    substitute(
        post=post, person="李 明", title="", since=datetime.date(2025, 5, 6), document="长政任〔2025〕3号", by=office
    )
    folder = tmp_path / "changzhi"
    shutil.copytree(CHANGZHI, folder)
    (folder / "note.yaml").write_text("x: 1")
    load(read_folder(folder))
    assert [i.person for i in Incumbency.objects.filter(post=post).order_by("pk")] == ["王灵恩", "李明"]
    incumbent = post.incumbent_on(datetime.date(2025, 5, 5))
    assert incumbent is not None
    assert incumbent.person == "王灵恩"


def test_check_up_of_the_citys_plan() -> None:
    version = load(read_folder(CHANGZHI))[0].version
    findings = plan_checkup(version, datetime.date(2026, 11, 23))
    subjects = {kind: [f.subject for f in findings if f.kind is kind] for kind in Kind}
    assert {"市统计局", "市税务局", "长治海关"} <= set(subjects[Kind.MEMBER_WITHOUT_DUTY])
    assert set(subjects[Kind.COUNTY_WITHOUT_TOWN]) == {"长子县", "壶关县", "黎城县", "沁源县"}
    assert len(subjects[Kind.TOWN_WITHOUT_THRESHOLD]) == 4
    assert len(subjects[Kind.JOINT_LEAD]) == 8
    assert len(subjects[Kind.TARGET_PAST]) == 2
    assert "主导产业年产值" in subjects[Kind.FIGURE_WITHOUT_SUPPLIER]


def test_the_calendar_says_which_years_are_provisional() -> None:
    load(read_folder(CHANGZHI))
    assert list(CalendarYear.objects.filter(provisional=True).values_list("year", flat=True)) == [2027]
    assert CalendarDay.objects.get(day="2026-02-14").kind == "workday"
    assert CalendarDay.objects.get(day="2026-10-01").kind == "holiday"


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("plan.yaml", "code: x\n", "plan.yaml"),
        ("plan.yaml", "[1, 2]", "plan.yaml"),
        ("plan.yaml", "code: [", "plan.yaml"),
        ("plan.yaml", "code: x\ncity: y\nsource: 没有.txt\n", "没有.txt"),
        ("organisation.yaml", "units:\n  - {code: a, kind: bureau, names: [甲], territory: '1'}\n", "属地"),
        ("organisation.yaml", "units:\n  - {code: a, kind: bureau, names: [甲], typo: 1}\n", "typo"),
        ("方案.txt", "没有条款", "读不出条款"),
        ("indicators.yaml", "indicators:\n  - {code: output}\n", "indicators.yaml 中 indicators 的第 1 条.output."),
        ("indicators.yaml", "indicator: []\n", "indicators.yaml 的最外层只应有 indicators,现有 indicator"),
        ("reportforms.yaml", "forms: 月报\n", "reportforms.yaml 的 forms 应为列表"),
        ("checks.yaml", "checks:\n  - {code: a, kind: guess}\n", "checks.yaml 中 checks 的第 1 条.a."),
        ("evaluation.yaml", "evaluation:\n  - {year: 2025}\n", "evaluation.yaml 的第 1 组:.*scheme"),
        ("evaluation.yaml", "schemes: []\n", "evaluation.yaml 的最外层只应有 evaluation"),
        ("evaluation.yaml", (CHANGZHI / "evaluation.yaml").read_text("utf-8"), "indicators.yaml 中没有指标"),
    ],
)
def test_a_broken_folder_names_file_and_place_and_loads_nothing(
    tmp_path: Path, file: str, content: str, said: str
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(LINJIANG, folder)
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(FolderFault, match=said):
        load(read_folder(folder))
    assert not PlanVersion.objects.exists()
    assert not Clause.objects.exists()


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(FolderFault, match="不存在"):
        read_folder(Path("/nowhere"))


def test_kinds_of_documents_are_loaded_with_the_plan(tmp_path: Path) -> None:
    version = load(read_folder(CHANGZHI))[0].version
    assert set(version.documents) == {path.stem for path in (CHANGZHI / "documents").glob("*.yaml")}
    assert kinds_of(version)["supervision_notice"].code == "长专镇办督"
    folder = tmp_path / "changzhi"
    shutil.copytree(CHANGZHI, folder)
    file = folder / "documents" / "supervision_notice.yaml"
    file.write_text(file.read_text("utf-8").replace("长专镇办督", "长专督"), encoding="utf-8")
    second = load(read_folder(folder))[0].version
    assert (second.number, kinds_of(second)["supervision_notice"].code) == (2, "长专督")
    assert kinds_of(version)["supervision_notice"].code == "长专镇办督"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("kind: other\nlabel: 函\nabout: 函\narea: 公文\ntitle: 函\nbody: [文]\n", "应与文件名 letter 相同"),
        ("kind: letter\nlabel: 函\n", "documents/letter.yaml"),
        ("kind: [letter", "documents/letter.yaml 不是可读的 YAML"),
        ("- 函", "documents/letter.yaml 的最外层应为键值对"),
    ],
)
def test_a_faulty_kind_names_its_file(tmp_path: Path, content: str, said: str) -> None:
    folder = tmp_path / "linjiang"
    shutil.copytree(LINJIANG, folder)
    (folder / "documents").mkdir()
    (folder / "documents" / "letter.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(FolderFault, match=said):
        read_folder(folder)
