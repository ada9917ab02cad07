"""What must hold for every text: nothing is lost between writing and reading, nothing is guessed."""

import string
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from spectown.lib.excel.escape import plain_text, safe_text
from spectown.lib.sheets import codes, dates, numbers
from spectown.lib.sheets.cleaning import tidy
from spectown.lib.sheets.plain import read_plain
from spectown.lib.sheets.scan import letters_of, place_of

WRITINGS = [
    "{0:%Y-%m-%d}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}.{0.month}.{0.day}",
    "{0:%Y%m%d}",
]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]
ALPHABET = st.sampled_from(codes.ALPHABET)
ANY_CODE = st.one_of(
    st.text(string.ascii_uppercase + string.digits, min_size=17, max_size=19),
    st.builds(
        lambda head, tail: head + tail,
        st.text("0123456789", min_size=8, max_size=8),
        st.text(ALPHABET, min_size=10, max_size=10),
    ),
)
VALID = st.builds(
    lambda head, tail: head + tail + uscc.calc_check_digit(head + tail),
    st.text("0123456789", min_size=8, max_size=8),
    st.text(ALPHABET, min_size=9, max_size=9),
)
MONEY = st.decimals(min_value=-(10**14), max_value=10**14, places=2, allow_nan=False)


@given(st.lists(st.one_of(ANY_CODE, VALID), min_size=1))
def test_codes_are_judged_like_stdnum(texts: list[str]) -> None:
    assert codes.is_valid(pl.Series(texts)).tolist() == [
        uscc.is_valid(text) and text == uscc.compact(text) for text in texts
    ]


@given(VALID, st.integers(0, 17), ALPHABET)
def test_one_wrong_character_is_always_found(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    assert codes.is_valid(pl.Series([wrong])).tolist() == [wrong == code]


@given(MONEY, st.sampled_from(["{}", "{:,}", "{}万元", " {} ", "{}0"]))
def test_numbers_come_back_exactly(number: Decimal, writing: str) -> None:
    values, reasons = numbers.parse(pl.Series([writing.format(number)]), "万元", "万元", 2)
    assert (values.to_list(), reasons.to_list()) == ([number], [None])


@given(MONEY)
def test_numbers_in_yuan_are_scaled_exactly(number: Decimal) -> None:
    values, reasons = numbers.parse(pl.Series([str(number)]), "元", "万元", 6)
    assert (values.to_list(), reasons.to_list()) == ([number / 10_000], [None])


@given(st.text())
def test_numbers_are_read_or_refused_but_never_raise(text: str) -> None:
    values, reasons = numbers.parse(pl.Series([text]), "万元", "万元", 2)
    assert values.is_null().to_list() == reasons.is_not_null().to_list()


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(WRITINGS))
def test_days_come_back(day: date, writing: str) -> None:
    values, reasons = dates.parse(pl.Series([writing.format(day)]))
    assert (values.to_list(), reasons.to_list()) == ([day], [None])


@given(st.integers(20_000, 79_999))
def test_numbers_of_date_cells_come_back(serial: int) -> None:
    assert dates.parse(pl.Series([str(serial)]))[0].to_list() == [date(1899, 12, 30) + timedelta(days=serial)]


@given(st.text())
def test_dates_are_read_or_refused_but_never_raise(text: str) -> None:
    values, reasons = dates.parse(pl.Series([text]))
    assert values.is_null().to_list() == reasons.is_not_null().to_list()


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_tidy_text_undoes_the_escaping_of_export(text: str) -> None:
    assert tidy(pl.Series([safe_text(text)])).to_list() == [text] == [plain_text(safe_text(text))]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1c\x1d\x1e\x1f")))
def test_tidy_text_stays_tidy(text: str) -> None:
    once = tidy(pl.Series([text])).to_list()[0] or ""
    assert once == once.strip()
    assert "  " not in once


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_references_come_back(column: int, row: int) -> None:
    assert place_of(f"{letters_of(column)}{row}") == (column, row)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6).map(str.strip)


@settings(max_examples=50)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(ENCODINGS))
def test_rows_of_csv_keep_their_place(rows: list[list[str]], encoding: str) -> None:
    text = "甲,乙,丙\n" + "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    frame = read_plain(text.encode(encoding), "表.csv")[0].frame
    assert [[cell or "" for cell in row] for row in frame.rows()] == [["甲", "乙", "丙"], *rows]
