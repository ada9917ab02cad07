"""Pages of a case: who sees what, uploading, correcting, examining, documents due."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader, PdfWriter

from spectown.accounts.models import User
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, CorrectionItem, DueDocument, ItemVerdict, Material, Round, StampedScan
from spectown.rounds.services import materials
from spectown.rounds.services.printing import code_of, keep_print
from spectown.web.rounds.printed import print_of
from tests.factories import CaseFactory, RulesVersionFactory, StepFactory
from tests.round_world import DAY, PDF, World, world
from tests.web.test_deciding import queries

pytestmark = pytest.mark.django_db


def browser(by: Actor) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=by.person))
    return found


def text(by: Actor, name: str, *args: Any, query: str = "") -> str:
    return browser(by).get(reverse(f"rounds:{name}", args=args) + query).content.decode()


def sent() -> World:
    here = world()
    here.fill()
    here.go("hand_in", here.fills)
    here.go("county_submit", here.checks)
    return here


def examined(**wrong: str) -> World:
    here = sent()
    here.go("examine", here.office)
    here.judge_all(**wrong)
    return here


def test_the_county_uploads_and_sees_how_far_it_is() -> None:
    here = world()
    shown = text(here.fills, "case", here.case.pk)
    assert "必交 6 项,已齐 0 项" in shown
    assert "还没有上传“申报书(加盖公章)”。" in shown
    sent_file = {"file": SimpleUploadedFile("申报书.pdf", PDF)}
    answer = browser(here.fills).post(reverse("rounds:put", args=[here.case.pk, "application"]), sent_file)
    assert answer["Location"].endswith("#material-application")
    shown = text(here.fills, "case", here.case.pk)
    assert "必交 6 项,已齐 1 项" in shown
    assert "申报书.pdf" in shown


def test_a_refused_file_says_why() -> None:
    here = world()
    url = reverse("rounds:put", args=[here.case.pk, "application"])
    wrong = browser(here.fills).post(url, {"file": SimpleUploadedFile("申报书.docx", b"x")}, follow=True)
    assert "内容不是 DOCX" in wrong.content.decode()
    assert "请先选择文件。" in browser(here.fills).post(url, follow=True).content.decode()
    date = {"file": SimpleUploadedFile("申报书.pdf", PDF), "expires_on": "2026-02-31"}
    assert "没有“2026-02-31”这一天" in browser(here.fills).post(url, date, follow=True).content.decode()
    assert not Material.objects.exists()


def test_moves_go_through_the_table_with_reasons_beside_disabled_buttons() -> None:
    here = sent()
    assert browser(here.office).get(reverse("rounds:case", args=[here.case.pk])).status_code == 200
    url = reverse("rounds:case_move", args=[here.case.pk, "examine"])
    browser(here.office).post(url)
    assert here.fresh().state == "formal_check"
    shown = text(here.office, "case", here.case.pk)
    assert "项没有审查" in shown
    refused = browser(here.office).post(reverse("rounds:case_move", args=[here.case.pk, "accept"]), follow=True)
    assert "没有审查" in refused.content.decode()
    assert browser(here.office).post(reverse("rounds:case_move", args=[here.case.pk, "x"])).status_code == 404


def test_the_office_judges_item_by_item_and_goes_on_to_the_next() -> None:
    here = sent()
    here.go("examine", here.office)
    url = reverse("rounds:check", args=[here.case.pk])
    shown = browser(here.office).get(url)
    assert "申报书(加盖公章).pdf" in shown.content.decode()
    assert "frame-src 'self'" in shown["Content-Security-Policy"]
    answer = browser(here.office).post(url, {"item": "material:application", "verdict": "fine", "note": ""})
    assert "item=material%3Acounty_opinion" in answer["Location"]
    wrong = browser(here.office).post(url, {"item": "material:plan", "verdict": "incomplete", "note": " "})
    assert wrong.status_code == 422
    assert "请写明是什么问题" in wrong.content.decode()
    browser(here.office).post(reverse("rounds:check_fields", args=[here.case.pk]))
    assert set(ItemVerdict.objects.exclude(item="material:application").values_list("verdict", flat=True)) == {"fine"}
    assert not ItemVerdict.objects.filter(item__startswith="material:").exclude(item="material:application").exists()


def test_a_field_is_corrected_with_its_answer() -> None:
    here = examined(field__output_wan="与年报不符")
    here.go("request_correction", here.office)
    shown = text(here.fills, "case", here.case.pk)
    assert "与年报不符" in shown
    assert 'name="output_wan"' in shown
    url = reverse("rounds:answer", args=[here.case.pk])
    said = {"item": "field:output_wan", "text": "按年报改", "output_wan": "约两千"}
    assert "读不懂" in browser(here.fills).post(url, said, follow=True).content.decode()
    browser(here.fills).post(url, {**said, "output_wan": "43000"})
    item = CorrectionItem.objects.get()
    assert (item.answer, here.fresh().application.output_wan) == ("按年报改", 43000)
    closed = browser(here.fills).post(url, {"item": "field:chain_partners", "text": "x"}, follow=True)
    assert closed.status_code == 200
    assert "只能" in closed.content.decode() or "没有开放补正" in closed.content.decode()


def locked_pdf() -> bytes:
    writer, stream = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.encrypt("密码")
    writer.write(stream)
    return stream.getvalue()


def test_a_pdf_that_nobody_can_open_is_no_material() -> None:
    here = world()
    url = reverse("rounds:put", args=[here.case.pk, "application"])
    wrong = ((b"%PDF-1.7 broken", "PDF 已损坏"), (PDF[:300], "PDF 已损坏"), (locked_pdf(), "PDF 设有密码"))
    for content, said in wrong:
        answer = browser(here.fills).post(url, {"file": SimpleUploadedFile("申报书.pdf", content)}, follow=True)
        assert f"“申报书.pdf”打不开:{said}" in answer.content.decode()
    assert not Material.objects.exists()


def test_the_office_does_not_see_what_the_county_is_at() -> None:
    here = examined(material__plan="缺一年")
    here.go("request_correction", here.office)
    url = reverse("rounds:put", args=[here.case.pk, "plan"])
    browser(here.fills).post(url, {"file": SimpleUploadedFile("新规划.pdf", PDF + b"2")})
    new = Material.objects.get(item="plan", replaced_at__isnull=True)
    assert "新规划.pdf" in text(here.fills, "case", here.case.pk)
    assert "新规划.pdf" not in text(here.office, "case", here.case.pk)
    file = reverse("rounds:material", args=[here.case.pk, new.pk])
    assert browser(here.office).get(file).status_code == 404
    opened = browser(here.fills).get(file)
    assert b"".join(opened) == PDF + b"2"
    assert opened["X-Content-Type-Options"] == "nosniff"
    here.go("hand_in_correction", here.fills)
    here.go("submit_correction", here.checks)
    assert "新规划.pdf" in text(here.office, "case", here.case.pk)
    assert "与上一版的差异(1 处)" in text(here.office, "case", here.case.pk)


def test_a_document_due_is_begun_once_with_what_the_case_knows() -> None:
    here = examined(material__plan="缺第二年的支持政策")
    here.go("request_correction", here.office)
    due = DueDocument.objects.get()
    assert "补正通知" in text(here.office, "case", here.case.pk)
    url = reverse("rounds:draft", args=[here.case.pk, due.pk])
    answer = browser(here.office).post(url)
    due.refresh_from_db()
    assert due.document is not None
    assert answer["Location"] == reverse("documents:edit", args=[due.document.pk])
    facts = due.document.facts
    assert facts["defects"][0]["detail"] == "缺第二年的支持政策"
    assert facts["town"] == "壶关旱地蔬菜专业镇"
    assert facts["due"]
    again = browser(here.office).post(url)
    assert again["Location"] == reverse("documents:document", args=[due.document.pk])


@pytest.mark.parametrize("kind", ["accept", "reject"])
def test_facts_of_acceptance_and_rejection(kind: str) -> None:
    here = examined(**({"material__plan": "缺一年"} if kind == "reject" else {}))
    here.go(kind, here.office, "材料不全")
    due = DueDocument.objects.get()
    browser(here.office).post(reverse("rounds:draft", args=[here.case.pk, due.pk]))
    due.refresh_from_db()
    assert due.document is not None
    facts = due.document.facts
    if kind == "accept":
        assert facts["case_number"].startswith("SL")
    else:
        assert facts["reasons"][0]["reason"] == "产业发展规划和支持政策不全:缺一年"


def test_the_workbench_shows_what_waits() -> None:
    here = sent()
    home = reverse("workbench:home")
    assert "认定批次中待办的申报" in browser(here.office).get(home).content.decode()
    assert "认定批次中待办的申报" not in browser(here.fills).get(home).content.decode()


def test_rules_wait_on_the_workbench_for_a_second_person() -> None:
    here = world()
    RulesVersionFactory.create(round=here.round, number=2)
    Round.objects.update(changed_by=here.office.person)
    home = reverse("workbench:home")
    assert "待发布的批次规则" in browser(here.second).get(home).content.decode()
    assert "待发布的批次规则" not in browser(here.office).get(home).content.decode()


def test_entering_a_round() -> None:
    here = world()
    Case.objects.all().delete()
    shown = text(here.fills, "enter", here.round.pk)
    assert "壶关旱地蔬菜专业镇" in shown
    url = reverse("rounds:enter", args=[here.round.pk])
    answer = browser(here.fills).post(url, {"application": here.case.application_id})
    made = Case.objects.get()
    assert answer["Location"] == reverse("rounds:case", args=[made.pk])
    again = browser(here.fills).post(url, {"application": here.case.application_id}, follow=True)
    assert "已经进入本批次" in again.content.decode()


def test_queries_of_the_round_page_do_not_grow(django_assert_num_queries: Any) -> None:
    here = sent()
    client, url = browser(here.office), reverse("rounds:round", args=[here.round.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for case in CaseFactory.create_batch(8, rules=here.fresh().rules, state="submitted", sent_at=here.fresh().sent_at):
        StepFactory.create(case=case, state="submitted")
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_a_scan_quotes_the_code_of_its_version() -> None:
    here = sent()
    version = here.fresh().versions.get()
    code = version.sha256[:10].upper()
    code = f"{code[:5]}-{code[5:]}"
    assert code in text(here.fills, "case", here.case.pk)
    url = reverse("rounds:put_scan", args=[here.case.pk])

    def put(quoted: str, by: Actor, name: str = "盖章.pdf") -> str:
        said = {"code": quoted, "file": SimpleUploadedFile(name, PDF)}
        return browser(by).post(url, said, follow=True).content.decode()

    assert "没有短码为“00000-00000”的版本" in put("00000-00000", here.fills)
    assert "没有保存" not in put(f" {code.lower()} ", here.checks)
    scan = StampedScan.objects.get()
    assert (scan.version, scan.code, scan.name) == (version, code, "盖章.pdf")
    said = {"code": code, "file": SimpleUploadedFile("盖章.pdf", PDF)}
    assert browser(here.office).post(url, said).status_code == 403
    opened = browser(here.office).get(reverse("rounds:scan", args=[here.case.pk, scan.pk]))
    assert b"".join(opened) == PDF


def test_the_print_of_a_version_has_contents_in_list_order_and_its_code() -> None:
    here = sent()
    version = here.fresh().versions.get()
    name, content = print_of(version)
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    assert name == "壶关旱地蔬菜专业镇申报材料(第1版).pdf"
    assert code_of(version) in pages[0]
    order = [pages[0].index(item) for item in ("申报书", "县(区)政府推荐意见", "产业发展规划和支持政策")]
    assert order == sorted(order)
    assert "主导产业" in pages[1]
    first, second = (keep_print(version=version, name=name, content=content, by=here.fills) for _ in range(2))
    assert first == second
    answer = browser(here.office).post(reverse("rounds:print", args=[here.case.pk, 1]))
    assert answer["Location"] == reverse("rounds:print_file", args=[here.case.pk, 1])


def corrected(here: World, *items: str) -> None:
    """Asked to correct these materials, corrected, and judged again."""
    here.judge_all(**{f"material__{item}": "缺一页" for item in items})
    here.go("request_correction", here.office)
    later = timezone.localdate() + 100 * DAY
    for item in items:
        content = PDF + item.encode() + bytes([here.fresh().versions.count()])
        materials.put(case=here.fresh(), item=item, name="补正.pdf", content=content, by=here.fills, expires_on=later)
    here.go("hand_in_correction", here.fills)
    here.go("submit_correction", here.checks)
    here.judge_all(material__plan="仍缺")


def test_queries_of_a_case_do_not_grow_with_its_corrections_and_versions() -> None:
    here = sent()
    here.go("examine", here.office)
    url = reverse("rounds:case", args=[here.case.pk])
    corrected(here, "plan")
    before = {by.person: queries(by, url) for by in (here.office, here.fills)}
    corrected(here, "plan", "brands", "output_proof")
    assert {by.person: queries(by, url) for by in (here.office, here.fills)} == before
