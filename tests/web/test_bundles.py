"""会议包 and evidence bundle: made as a job, every figure with its source, kept with its hash."""

import datetime
import zipfile
from copy import deepcopy
from io import BytesIO

import docx
import pytest
from django.conf import settings as ours
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.certification.enums import State
from spectown.documents.models import Bundle
from spectown.jobs.models import Job
from spectown.jobs.worker import run_waiting
from spectown.lib.bundles.slides import slides
from spectown.lib.bundles.tables import Meeting, Section, Source
from spectown.plans.folder import read_folder
from spectown.plans.models import PlanVersion
from spectown.towns.management.commands.load_plan import load
from spectown.web.bundles.meeting import meeting_of
from tests import factories
from tests.enterprise_factories import EnterpriseFactory
from tests.kept_rows import kept_rows
from tests.project_factories import ProjectFactory

pytestmark = pytest.mark.django_db
URL = reverse("bundles:list")


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with kept_rows(django_db_blocker):
        yield made()


@pytest.fixture
def world(built, db):
    return deepcopy(built)


def made():
    load(read_folder(ours.PLAN_DIR))
    town = factories.TownFactory.create(name="某样镇", territory=factories.TerritoryFactory.create())
    factories.LevelRecordFactory.create(town=town)
    for n in range(12):
        ProjectFactory.create(name=f"项目{n}", town=town, territory=town.territory)
    return town


def ask(month="2026-10", agenda="通报进度\n\n 研究问题 "):
    client = factories.client_for(Role.OFFICE)
    assert client.post(reverse("bundles:meeting"), {"month": month, "agenda": agenda}).status_code == 302
    run_waiting()
    job = Job.objects.latest("pk")
    assert job.error == ""
    return client


@pytest.mark.data
def test_three_files_with_the_same_sections(world):
    client = ask()
    bundle = Bundle.objects.get()
    assert bundle.title in client.get(URL).content.decode()
    got = client.get(reverse("bundles:file", args=[bundle.pk]))
    archive = zipfile.ZipFile(BytesIO(got.content))
    word, book, deck = (archive.read(f"{bundle.title}.{form}") for form in ("docx", "xlsx", "pptx"))
    sheets = load_workbook(BytesIO(book))
    names = [
        "总的情况",
        "亮灯项目",
        "未报月报",
        "三个一批",
        "目标与实际",
        "专业镇",
        "预审",
        "评估排名",
        "各镇指标",
        "各镇亮灯项目",
        "各镇清单",
    ]
    assert sheets.sheetnames == names
    for sheet in sheets:
        assert "来源:" in sheet["A3"].value
        assert "截至" in sheet["A3"].value
    text = "".join(p.text for p in docx.Document(BytesIO(word)).paragraphs)
    assert all(name in text for name in names[:8])
    assert "1.通报进度2.研究问题" in text
    assert "通报月报报送情况" not in text
    assert "尚无已公布的评估结果" in text
    pages = Presentation(BytesIO(deck)).slides
    assert len(pages) <= 8
    for page in list(pages)[1:]:
        assert any("来源:" in shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
    assert Event.objects.filter(action="bundle.make").exists()


@pytest.mark.data
def test_figures_are_those_of_the_pages(world):
    found = {s.name: s for s in meeting_of(factories.actor(Role.OFFICE), "2026-10", lambda *_: None).sections}
    (town,) = [row for row in found["专业镇"].rows if row[0] == world.name]
    assert town[6] is None  # no enterprise reported its output: not 0
    assert "在调度的12个项目中" in found["亮灯项目"].summary
    rates = {row[0]: (row[2], row[3]) for row in found["三个一批"].rows}
    assert set(rates) == {"开工率", "投产率", "达效率"}
    for section in found.values():
        assert section.source.path.startswith("/")


def test_queries_do_not_grow(world, django_assert_max_num_queries):
    actor = factories.actor(Role.OFFICE)
    with django_assert_max_num_queries(90):
        meeting_of(actor, "2026-10", lambda *_: None)
    for n in range(30):
        ProjectFactory.create(name=f"更多{n}", town=world, territory=world.territory)
        factories.LevelRecordFactory.create(town=factories.TownFactory.create())
    with django_assert_max_num_queries(90):
        meeting_of(actor, "2026-10", lambda *_: None)


def test_every_town_has_its_page(world):
    EnterpriseFactory.create(town=world, territory=world.territory)
    archive = zipfile.ZipFile(BytesIO(ask().get(reverse("bundles:file", args=[Bundle.objects.get().pk])).content))
    title = Bundle.objects.get().title
    meeting = meeting_of(factories.actor(Role.OFFICE), "2026-10", lambda *_: None)
    (page,) = [page for page in meeting.towns if page.name == world.name]
    figures = {row[0]: row[1] for row in page.sections[0].rows}
    assert (figures["市场主体"], figures["在调度的重大项目"], figures["年度计划投资"]) == (1, 12, None)
    assert figures["完成年度计划"] == "没有年度计划"
    paths = [str(row[-1]) for section in page.sections for row in section.rows]
    client = factories.client_for(Role.OFFICE)
    assert [path for path in paths if client.get(path).status_code != 200] == []
    document = docx.Document(BytesIO(archive.read(f"{title}.docx")))
    assert world.name in "".join(p.text for p in document.paragraphs if "pageBreakBefore" in p._p.xml or p.text)
    cells = {cell.text for table in document.tables for cell in table._cells}
    assert {"在调度的重大项目", "重大项目清单"} <= cells
    book = load_workbook(BytesIO(archive.read(f"{title}.xlsx")))
    rows = list(book["各镇指标"].iter_rows(values_only=True))
    assert (world.name, "在调度的重大项目", 12) in [row[:3] for row in rows]
    deck = Presentation(BytesIO(archive.read(f"{title}(各专业镇).pptx")))
    assert len(deck.slides) == 2 * len(meeting.towns)
    for slide in deck.slides:
        assert any("来源:" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.parametrize("agenda", ["", " \n ", "\n".join("项" * 10), "长" * 61])
def test_an_agenda_that_does_not_fit_is_told(agenda):
    answer = factories.client_for(Role.OFFICE).post(URL + "meeting/", {"month": "2026-10", "agenda": agenda})
    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_slides_are_at_most_eight():
    source = Source("清单", "/a/", datetime.date(2026, 10, 31))
    many = [Section(f"表{n}", ("甲",), (("x" * 300,),) * 20, source, "说明。", (10,), slide=(0,)) for n in range(20)]
    deck = Presentation(BytesIO(slides(Meeting("会", "办", source.day, ("一",), many))))
    assert len(deck.slides) == 8


@pytest.mark.parametrize("month", ["", "2026-13", "abc"])
def test_a_wrong_month_is_told(month):
    client = factories.client_for(Role.OFFICE)
    assert client.post(reverse("bundles:meeting"), {"month": month, "agenda": "一项"}).status_code == 422
    assert not Job.objects.exists()


def test_evidence_of_an_application(settings):
    load(read_folder(settings.PLAN_DIR))
    version = PlanVersion.objects.get(is_current=True)
    application = factories.ApplicationFactory.create(town_name="某专业镇", version=version)
    file = factories.EvidenceFileFactory.create(application=application, name="证明.pdf")
    factories.EvidenceFileFactory.create(
        application=application, name="移除的.pdf", removed_at=timezone.now(), removed_by=file.uploaded_by
    )
    type(application).objects.filter(pk=application.pk).update(state=State.CHECKED, **checked())
    client = factories.client_for(Role.OFFICE)
    assert client.post(reverse("bundles:evidence", args=[application.pk])).status_code == 302
    run_waiting()
    bundle = Bundle.objects.get()
    text = PdfReader(BytesIO(client.get(reverse("bundles:file", args=[bundle.pk])).content)).pages[0].extract_text()
    assert "证明.pdf" in text
    assert "移除的" not in text
    assert bundle.digest[:5].upper() in text


def checked():
    now = timezone.now()
    one, two = factories.UserFactory.create(), factories.UserFactory.create()
    return {"submitted_at": now, "submitted_by": one, "checked_at": now, "checked_by": two}


def test_a_changed_file_is_not_served():
    bundle = factories.BundleFactory.create()
    bundle.file.save("b.zip", ContentFile(b"other"))
    client = factories.client_for(Role.OFFICE)
    got = client.get(reverse("bundles:file", args=[bundle.pk]), follow=True)
    assert "校验值不符" in got.content.decode()
