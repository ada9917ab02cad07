"""Every component stands in the gallery in its states, renders without undefined variables, and is documented."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from spectown.accounts.permissions import Role
from spectown.organisations.actors import PUBLIC
from spectown.web.context import Shell
from spectown.web.gallery import samples
from tests import factories

pytestmark = [pytest.mark.urls("tests.web.test_shell"), pytest.mark.django_db]
ROOT = Path(settings.BASE_DIR)
COMPONENTS = sorted(f.stem for f in (ROOT / "spectown/templates/components").glob("*.html"))
GALLERY = (ROOT / "spectown/templates/gallery/gallery.html").read_text()
LAYOUTS = "".join(f.read_text() for f in (ROOT / "spectown/templates/layout").glob("*.html"))


@pytest.fixture
def shown() -> str:
    client = factories.client_for(Role.SYSTEM_ADMIN)
    return client.get("/system/gallery/").content.decode()


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_is_shown_and_documented(name: str) -> None:
    tag = re.compile(rf"<c-{name}[\s>/]")
    inside = "".join((ROOT / f"spectown/templates/components/{n}.html").read_text() for n in COMPONENTS if n != name)
    assert tag.search(GALLERY + LAYOUTS + inside)
    assert f"`c-{name}`" in (ROOT / "docs/reference/web-patterns.md").read_text()


def test_gallery_is_for_the_system_administrator_only() -> None:
    assert factories.client_for(Role.SYSTEM_ADMIN).get("/system/gallery/").status_code == 200
    assert factories.client_for(Role.OFFICE).get("/system/gallery/").status_code == 404


def test_every_component_tag_was_drawn(shown: str) -> None:
    assert "<c-" not in shown
    assert "{{" not in shown
    assert "None" not in shown


STATES = ("未报", "不适用", "待核", "12.35 亿元", "5,000 万元", "正常", "临期", "滞后", "逾期", "未起算", "无人待办")
OUTCOMES = ("满足", "不满足", "待定", "需专家判断", "缺数据", "符合条件", "尚不符合")


@pytest.mark.parametrize("words", STATES + OUTCOMES)
def test_state_is_said_in_words(shown: str, words: str) -> None:
    assert words in shown


def test_ids_are_unique_and_described_by_exists(shown: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', shown)
    twice = {i for i in ids if ids.count(i) > 1}
    assert {i for i in twice if not i.startswith("id_")} == set()  # the sample form stands there twice
    for described in re.findall(r'aria-describedby="([^"]+)"', shown):
        assert set(described.split()) <= set(ids)


def test_faulty_form_keeps_what_was_typed_and_links_to_the_field(shown: str) -> None:
    assert "已填的内容不会丢失" in shown
    assert 'value="约两千"' in shown
    assert '<a href="#id_output">上年度主导产业产值:' in shown


def test_pager_keeps_to_the_query() -> None:
    request = RequestFactory().get("/", {"q": "镇", "page": "2"})
    request.actor = PUBLIC  # type: ignore[attr-defined]
    context = {**samples.context(QueryDict("page=2")), "title": "组件", "crumbs": [], "shell": Shell(request)}
    drawn = render_to_string("gallery/gallery.html", context, request)
    assert "第 2 / 13 页" in drawn
    assert 'href="?q=%E9%95%87&amp;page=3"' in drawn


def test_icons_exist(shown: str) -> None:
    sprite = (ROOT / "spectown/static/icons.svg").read_text()
    templates = "".join(f.read_text() for f in (ROOT / "spectown/templates").rglob("*.html"))
    used = set(re.findall(r"icons\.svg#([\w-]+)", shown)) | set(re.findall(r'<c-icon name="([\w-]+)"', templates))
    assert used
    assert {name for name in used if f'id="{name}"' not in sprite} == set()
