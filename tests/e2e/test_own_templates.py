"""Own templates by the real LibreOffice: text, pages, the fonts of our own PDF, the word across drafts."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from spectown.core.documentkinds.example import example
from spectown.core.documentkinds.starter import starter
from spectown.core.officialdoc.geometry import Face
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.fonts import installed
from spectown.lib.officialdoc.own.across import across
from spectown.lib.officialdoc.own.fill import fill_template
from spectown.lib.officialdoc.own.soffice import as_pdf
from tests.kinds_of_documents import KINDS

pytestmark = pytest.mark.e2e

KIND = KINDS["list_notice"]


@pytest.fixture
def office(settings: Any) -> None:
    """Debian's place of LibreOffice."""
    settings.SOFFICE = Path("/usr/bin/soffice")


def test_a_filled_starter_as_pdf(office: None) -> None:
    facts = example(KIND) | {"serial": "长专镇办〔2026〕1号"}
    word = fill_template(render_docx(starter(KIND, "某市专业镇发展领导小组办公室")), KIND, facts)
    made = across(as_pdf(word), "草稿")
    pages = PdfReader(BytesIO(made)).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    for said in ("长专镇办〔2026〕1号", "小米精深加工项目", "潞州区人民政府", "2026年11月26日", "草稿"):
        assert said in text, said
    assert "{{" not in text
    assert float(pages[0].mediabox.width) == pytest.approx(595.3, abs=1)
    used = {str(font["/BaseFont"]).rpartition("+")[2] for page in pages for font in _fonts(page)}
    families = {family.replace(" ", "") for face in Face for family in installed().families(face)}
    assert any(name.startswith(family) for name in used for family in families), used


def _fonts(page: Any) -> list[Any]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]
