from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from spectown.core.officialdoc.blocks import Cell, Figure, Heading, Table
from spectown.core.officialdoc.check import check
from spectown.core.officialdoc.tree import Attachment, Document, Head, Imprint, Signature
from tests.officialdoc_samples import DAY, OFFICE, SAMPLES, notice

WRONG: dict[str, tuple[str, Callable[[Document], Document]]] = {
    "no title": ("标题", lambda d: replace(d, title=" ")),
    "title with a full stop": ("标题", lambda d: replace(d, title="通知。")),
    "no head": ("发文机关标志", lambda d: replace(d, head=None)),
    "no number": ("发文字号", lambda d: replace(d, head=Head((OFFICE,)))),
    "number without year": ("发文字号", lambda d: replace(d, head=Head((OFFICE,), number="长专镇办3号"))),
    "copy number": ("份号", lambda d: replace(d, head=Head((OFFICE,), number="长办〔2026〕3号", copy_number="1"))),
    "secrecy": ("密级和保密期限", lambda d: replace(d, head=Head((OFFICE,), number="长办〔2026〕3号", secrecy="保密"))),
    "urgency": ("紧急程度", lambda d: replace(d, head=Head((OFFICE,), number="长办〔2026〕3号", urgency="急"))),
    "recipient": ("主送机关", lambda d: replace(d, recipients=("市统计局、",))),
    "no text": ("正文", lambda d: replace(d, body=())),
    "level": ("正文", lambda d: replace(d, body=(Heading(5, "五级"),))),
    "figure": ("正文", lambda d: replace(d, body=(Figure(b"", "jpg", ""),))),
    "no signature": ("发文机关署名", lambda d: replace(d, signature=None)),
    "no date": ("成文日期", lambda d: replace(d, signature=Signature((OFFICE,), None))),
    "annex": ("附件1", lambda d: replace(d, attachments=(Attachment("名单。"),))),
    "printed without printer": ("印发机关", lambda d: replace(d, imprint=Imprint(printed_on=DAY))),
    "printed too early": ("印发日期", lambda d: replace(d, imprint=Imprint((), OFFICE, date(2026, 1, 1)))),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_whole(name: str) -> None:
    assert check(SAMPLES[name]()) == []


@pytest.mark.parametrize("name", WRONG)
def test_names_the_part(name: str) -> None:
    part, change = WRONG[name]
    assert part in {reason.part for reason in check(change(notice()))}


@pytest.mark.parametrize(
    "rows",
    [(("一",),), (("一", "二", "三"),), ((Cell("一", rows=2), "二"),), ((Cell("一", rows=2), "二"), ("三", "四"))],
)
def test_rows_must_fill_the_table(rows: tuple[tuple[str | Cell, ...], ...]) -> None:
    reasons = check(replace(notice(), body=(Table((1, 1), (), rows, caption="汇总"),)))
    assert [reason.part for reason in reasons] == ["正文的表“汇总”"]


def test_spanning_cells_fill_it() -> None:
    rows = ((Cell("一", rows=2), "二"), ("三",), (Cell("四", columns=2),))
    assert check(replace(notice(), body=(Table((1, 1), (), rows),))) == []
