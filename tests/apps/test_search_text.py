"""The searched text: one row and whole columns give the same; initials as people type them."""

from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.enterprises.models import Enterprise
from spectown.lists.searchable import LONGEST, initials, search_text, search_texts
from tests.apps.enterprise_rows import LEDGER

ANY = st.characters(blacklist_categories=("Cs", "Cc"))
NAMES = st.text(alphabet=ANY | st.sampled_from("长治银行重庆子沁 (()ABΣß\n\t"), max_size=40)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("长治市沁州黄小米(集团)有限公司", "czsqzhxmjtyxgs"),
        ("长治银行", "czyh"),
        ("长子县", "zzx"),
        ("重庆长城", "cqcc"),
        ("abc 股份", "abc gf"),
        ("", ""),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def text_of(name: str | None) -> str:
    row: Any = SimpleNamespace(name=name, code="91140400DE00000013")
    return search_text(LEDGER, row)


@given(st.lists(st.none() | NAMES, max_size=12))
def test_whole_columns_give_the_text_of_each_row(names: list[str | None]) -> None:
    frame = pl.DataFrame({"name": names, "code": ["x"] * len(names)}, schema={"name": pl.String, "code": pl.String})
    assert search_texts(LEDGER, frame).to_list() == [text_of(name) for name in names]


def test_text_is_lower_case_without_codes_and_double_blanks() -> None:
    row = Enterprise(name=" 长治 ABC  公司 ", code="91140400DE00000013")
    assert search_text(LEDGER, row) == "长治 abc 公司 cz abc gs"
    assert text_of("ABC ltd") == "abc ltd"


def test_text_fits_its_column() -> None:
    assert len(text_of("长" * 2000)) == LONGEST
