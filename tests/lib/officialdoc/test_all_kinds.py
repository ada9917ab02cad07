"""Every kind of the plan as .docx and as PDF: samples, nothing that may be missing, long names, one row and forty."""

from io import BytesIO
from typing import Any

import docx
import pytest

from spectown.core.documentkinds.building import build
from spectown.core.documentkinds.common import all_facts, sample
from spectown.core.documentkinds.model import Fact, FactType, Kind
from spectown.core.officialdoc.tree import Document
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.fonts import font_set
from spectown.lib.officialdoc.pdf import render_pdf
from tests.kinds_of_documents import KINDS
from tests.pdf_positions import pages, pieces, rules, text_of

NOTO = font_set([])
LONG = "长治市上党区太行山东麓传统特色手工艺品与非物质文化遗产数字化融合发展示范专业镇甲"
MOST_PAGES = {"application_notice": 9, "annual_plan": 8, "certificate": 1, "expert_sheet": 1, "reminder": 1}
MOST_PAGES["recheck_notice"] = 5  # three of text; each of its two annexes begins a page
MOST_PAGES |= {"monthly_report": 6, "quarterly_report": 5}  # annexes of key figures and of those who answer
ONE_PAGE = ("certificate", "expert_sheet")


def rendered(document: Document) -> tuple[int, bytes]:
    """Pages of the PDF and the file; the .docx can be read again and has its title."""
    word = docx.Document(BytesIO(render_docx(document)))
    assert document.title.replace("\n", "") in "".join("".join(p.text.split("\n")) for p in word.paragraphs)
    pdf = render_pdf(document, fonts=NOTO).data
    return len(pages(pdf)), pdf


def given(kind: Kind) -> dict[str, Any]:
    return {"serial": "长专镇办〔2026〕3号"} | sample(kind)


def lengthened(fact: Fact, value: Any) -> Any:
    """The sample of a fact with every name in it as long as names get."""
    if fact.type is FactType.TEXT and value is not None:
        return LONG
    if fact.type is FactType.ROWS and value:
        inner = {each.name: each for each in fact.of}
        return [{name: lengthened(inner[name], old) for name, old in row.items()} for row in value]
    return value


@pytest.mark.parametrize("name", sorted(KINDS))
def test_samples_are_rendered(name: str) -> None:
    count, pdf = rendered(build(KINDS[name], given(KINDS[name])))
    text = text_of(pdf)
    assert 1 <= count <= MOST_PAGES.get(name, 4)
    assert "None" not in text
    assert "{{" not in text


@pytest.mark.parametrize("name", sorted(KINDS))
def test_without_anything_that_may_be_missing(name: str) -> None:
    kind = KINDS[name]
    required = {fact.name for fact in all_facts(kind) if fact.required}
    _, pdf = rendered(build(kind, {key: value for key, value in given(kind).items() if key in required}))
    assert "None" not in text_of(pdf)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_very_long_names(name: str) -> None:
    kind = KINDS[name]
    assert len(LONG) == 40
    facts = {fact.name: lengthened(fact, given(kind).get(fact.name)) for fact in kind.facts if fact.name != "serial"}
    count, pdf = rendered(build(kind, given(kind) | facts))
    assert count <= 30
    assert LONG in text_of(pdf) or kind.kind in ("free_notice", "list_notice", "newsletter")


@pytest.mark.parametrize("name", ONE_PAGE)
def test_a_sheet_with_a_very_long_town_stays_one_page(name: str) -> None:
    count, pdf = rendered(build(KINDS[name], given(KINDS[name]) | {"town": LONG}))
    assert count == 1
    assert LONG in text_of(pdf)


@pytest.mark.parametrize("name", sorted(KINDS))
@pytest.mark.parametrize("rows", [1, 40])
def test_one_row_and_forty(name: str, rows: int) -> None:
    kind = KINDS[name]
    listed = [f for f in kind.facts if f.type in (FactType.ROWS, FactType.CELLS) and f.sample]
    facts = {fact.name: [fact.sample[at % len(fact.sample)] for at in range(rows)] for fact in listed}
    count, _ = rendered(build(kind, given(kind) | facts))
    assert count == 1 or name not in ONE_PAGE or rows == 40
    assert count <= 20


@pytest.mark.parametrize("name", ["recommendation_letter", "reminder"])
def test_letters_have_the_geometry_of_a_letter(name: str) -> None:
    """10.1: mark 30 mm from the edge, double lines of 170 mm, no 签发人, no page number on the first page."""
    first = pages(render_pdf(build(KINDS[name], given(KINDS[name]) | {"signers": ["赵某某"]}), fonts=NOTO).data)[0]
    mark = max(pieces(first), key=lambda piece: piece.size)
    assert mark.baseline - 0.88 * mark.size * 25.4 / 72 == pytest.approx(30, abs=0.1)
    lines = sorted(rule.y for rule in rules(first) if rule.length == pytest.approx(170, abs=0.1))
    assert len(lines) == 4
    assert 297 - lines[-1] == pytest.approx(20, abs=0.1)
    assert "签发人" not in first.extract_text()
    assert "—" not in first.extract_text()


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_keeps_to_the_page_of_the_standard(name: str) -> None:
    """5.1: A4, 版心 156 × 225 mm: sections of the .docx read back, and where each piece of text stands in the PDF."""
    document = build(KINDS[name], given(KINDS[name]))
    for section in docx.Document(BytesIO(render_docx(document))).sections:
        sides = sorted(round(side.mm) for side in (section.page_width, section.page_height))
        assert sides == [210, 297]
    for page in pages(render_pdf(document, fonts=NOTO).data):
        width, height = (float(side) * 25.4 / 72 for side in (page.mediabox.width, page.mediabox.height))
        assert sorted((round(width), round(height))) == [210, 297]
        if width < height:
            body = [p for p in pieces(page) if p.size == pytest.approx(16, abs=0.1) and "—" not in p.text]
            assert all(27.9 <= piece.x <= 184.1 for piece in body), [p for p in body if not 27.9 <= p.x <= 184.1]
            assert all(25 <= piece.baseline <= 262.5 for piece in body), [p.baseline for p in body]
