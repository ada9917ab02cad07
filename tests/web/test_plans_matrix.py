"""责任矩阵: page, filter, workbook."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from spectown.accounts.permissions import Role
from spectown.web.plans.duties import matrix_of
from tests.factories import DutyFactory, EnterpriseFactory, TaskFactory, UnitFactory, client_for
from tests.web.plan_rows import HTMX, small_plan

pytestmark = pytest.mark.django_db


def test_marks_have_shape_and_word_and_names_are_of_today() -> None:
    small_plan()
    words = client_for().get(reverse("plans:matrix")).content.decode()
    assert '<span aria-hidden="true">●</span>牵头' in words
    assert "原文:甲旧局" in words
    assert "各县(区)政府" in words


def test_totals_count_each_duty_once() -> None:
    plan = small_plan()
    DutyFactory.create(task=TaskFactory.create(clause=plan.clause, version=plan.version, number=2), unit=plan.lead)
    matrix = matrix_of(plan.version)
    assert [row.tally.total for row in matrix.rows] == [2, 1, 1]
    assert [column.tally.total for column in matrix.columns] == [3, 1]
    assert matrix.rows[-1].unit.name == "各县(区)政府", "collectives come last"


def test_filter_by_unit_includes_its_collectives() -> None:
    plan = small_plan()
    words = client_for().get(reverse("plans:matrix"), {"unit": plan.county.code}, headers=HTMX).content.decode()
    assert "各县(区)政府" in words
    assert "甲新局" not in words
    assert "<html" not in words


def test_own_unit_is_offered() -> None:
    plan = small_plan()
    mine = client_for(Role.DEPARTMENT, unit=plan.lead)
    assert f"?unit={plan.lead.code}" in mine.get(reverse("plans:matrix")).content.decode()
    assert "只看本单位" not in client_for().get(reverse("plans:matrix")).content.decode()


def test_a_unit_without_duties_is_told_so_and_an_unknown_one_is_404() -> None:
    small_plan()
    idle = UnitFactory.create(name="统计局")
    client, address = client_for(), reverse("plans:matrix")
    assert "既不牵头也不配合" in client.get(address, {"unit": idle.code}).content.decode()
    assert client.get(address, {"unit": "nobody"}).status_code == 404
    assert client.get(reverse("plans:matrix_export"), {"unit": "nobody"}).status_code == 404


def test_export_needs_its_permission() -> None:
    small_plan()
    assert client_for(Role.TOWN).get(reverse("plans:matrix_export")).status_code == 403


def test_export_has_title_rows_totals_and_no_formula() -> None:
    plan = small_plan()
    DutyFactory.create(task=plan.task, unit=UnitFactory.create(name="=1+1", order=0))
    response = client_for().get(reverse("plans:matrix_export"))
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sheet["A1"].value == "某市专业镇责任矩阵"
    assert any("● 牵头、○ 配合、△ 按职责分工" in text for text in cells)
    assert "甲新局(原文:甲旧局)" in cells
    assert "合计" in cells
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "'=1+1" in cells


def test_export_of_an_idle_unit_is_an_empty_table() -> None:
    small_plan()
    idle = UnitFactory.create()
    assert client_for().get(reverse("plans:matrix_export"), {"unit": idle.code}).status_code == 200


def test_every_task_shows_the_lists_that_feed_it() -> None:
    small_plan()
    office = client_for(Role.OFFICE)
    EnterpriseFactory.create()
    for address in ("/plan/matrix/", "/plan/"):
        text = office.get(address).content.decode()
        assert "企业清单 1 户" in text, address
        assert "/lists/town-policies/" in text, address
    assert "企业清单" not in client_for(Role.EXPERT).get("/plan/matrix/").content.decode()
