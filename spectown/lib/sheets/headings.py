"""Finds the heading row of a sheet, and with it which column holds what and where the rows begin and end."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from spectown.core.units import is_unit, power_between
from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.sheets.body import body_of
from spectown.lib.sheets.marks import Merge
from spectown.lib.sheets.scan import letters_of
from spectown.lib.sheets.sheet import OWN_SHEETS, Sheet

SEARCHED = 30
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_BRACKET = re.compile(r"^(.+?)[(\[【]([^()\[\]【】]*)[)\]】]$")
_UNIT_LINE = re.compile(r"(?<!填报)(?<!申报)单位:((?:千|百|万|百万|千万|亿)?元)(?=$|[^\u4e00-\u9fff]|日期|填|审|制)")
_SLASH = re.compile(r"^(.+?)[/:,、]([^/:,、]+)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that is expected: its field, its heading without the unit, and other headings it is known by."""

    field: str
    text: str
    unit: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False  # the column must be there; whether its cells must be filled is another question
    key: bool = False
    ours: bool = False  # the template itself hides this column: nobody needs to be told


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was found: its place in the frame, its letters in the file, heading and unit as written."""

    index: int
    letters: str
    heading: str
    unit: str


@dataclass(frozen=True, slots=True)
class Located:
    """The rows below the headings: `frame` has one text column per field found, and "_row", the row in the file."""

    sheet: str
    number: int
    heading_row: int
    columns: dict[str, Column]
    frame: pl.DataFrame
    merges: tuple[Merge, ...]
    notices: tuple[str, ...]
    first_column: int | None


class HeadingsError(WorkbookRefusedError):
    """The headings cannot be used; `problems` has one sentence each, the text is all of them."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("".join(self.problems))


def locate_in(sheets: Sequence[Sheet], expected: Sequence[Heading]) -> Located:
    """Locate the one sheet that has the headings; the other sheets are named in a notice."""
    names = _names(expected)
    sheets = [sheet for sheet in sheets if sheet.name not in OWN_SHEETS] or sheets
    scores = [_best_row(sheet, names)[1] for sheet in sheets]
    best = max(scores, default=0)
    candidates = [sheet for sheet, score in zip(sheets, scores, strict=True) if score == best and best]
    if len(candidates) > 1:
        listed = "”“".join(sheet.name for sheet in candidates)
        raise HeadingsError([f"表“{listed}”都有同样的标题行,一次只能导入一张,请把其余的移到别的文件后重新上传。"])
    located = locate(candidates[0] if candidates else sheets[0], expected)
    others = [sheet.name for sheet in sheets if sheet.name != located.sheet]
    said = (f"只读取了表“{located.sheet}”,没有读取“{'”“'.join(others)}”。",) if others else ()
    return replace(located, notices=located.notices + said)


def locate(sheet: Sheet, expected: Sequence[Heading]) -> Located:
    """Find the headings in the first rows of a sheet; raises HeadingsError for missing, doubled or foreign ones."""
    names = _names(expected)
    row, score = _best_row(sheet, names)
    if not score:
        wanted = "、".join(heading.text for heading in expected if heading.required) or expected[0].text
        raise HeadingsError([f"表“{sheet.name}”的前 {SEARCHED} 行中没有找到标题行,应有这些列:{wanted}。请用模板填写。"])
    found, unknown = _match(sheet, row, names)
    problems = _problems(sheet, row, expected, found)
    if problems:
        raise HeadingsError(problems)
    columns = {field: places[0] for field, places in found.items()}
    keys = [heading.field for heading in expected if heading.key and heading.field in columns]
    body = body_of(sheet.frame, row, {field: column.index for field, column in columns.items()}, keys)
    said = [f"{text}没有识别,不导入。" for text in unknown]
    said += [
        f"“{columns[h.field].heading}”按{columns[h.field].unit}读取,换算为{h.unit}。"
        for h in expected
        if _converted(h, columns)
    ]
    said += _hidden(sheet, [columns[h.field] for h in expected if h.ours and h.field in columns])
    merges = tuple(merge for merge in sheet.merges if merge.bottom > row + 1)
    return Located(
        sheet.name,
        sheet.number,
        row + 1,
        columns,
        body.frame,
        merges,
        (*sheet.notices, *said, *body.notices),
        sheet.first_column,
    )


def _hidden(sheet: Sheet, ours: Sequence[Column]) -> list[str]:
    known = {column.index + (sheet.first_column or 1) for column in ours}
    places = [column for column in sheet.hidden if column not in known]
    return [f"有 {len(places)} 处隐藏列({'、'.join(map(letters_of, places))}),同样会读取。"] if places else []


def _converted(heading: Heading, columns: dict[str, Column]) -> bool:
    return heading.field in columns and bool(power_between(columns[heading.field].unit, heading.unit))


def plain(heading: str) -> str:
    """Return a heading without blanks, marks of required columns and differences of width and case."""
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", heading)).lower()
    return text.strip("*★※")


def split(heading: str) -> tuple[str, str]:
    """Return heading and what stands in brackets behind it: split("产值(万元)") == ("产值", "万元")."""
    text = plain(heading)
    match = _BRACKET.match(text) or _SLASH.match(text)
    return (match[1].strip("*★※"), match[2]) if match else (text, "")


def _names(expected: Sequence[Heading]) -> dict[str, Heading]:
    return {plain(name): heading for heading in expected for name in (heading.text, *heading.aliases)}


def _lookup(text: str, names: dict[str, Heading]) -> tuple[Heading | None, str]:
    whole, (base, bracket) = names.get(plain(text)), split(text)
    return (whole, "") if whole else (names.get(base), bracket)


def _best_row(sheet: Sheet, names: dict[str, Heading]) -> tuple[int, int]:
    scores = [
        len({heading.field for text in values if text and (heading := _lookup(text, names)[0])})
        for values in sheet.frame.head(SEARCHED).iter_rows()
    ]
    best = max(scores, default=0)
    return (scores.index(best), best) if best else (0, 0)


def _match(sheet: Sheet, row: int, names: dict[str, Heading]) -> tuple[dict[str, list[Column]], list[str]]:
    found: dict[str, list[Column]] = {}
    unknown, above = [], _unit_above(sheet, row)
    for index, text in enumerate(sheet.frame.row(row)):
        if not text or not text.strip():
            continue
        heading, bracket = _lookup(text, names)
        shown = _BLANKS.sub(" ", text).strip()
        column = Column(index, sheet.letters(index), shown, bracket if heading and is_unit(bracket) else "")
        if heading is None:
            unknown.append(f"{_place(column, row)}“{shown}”")
            continue
        unit = column.unit or (above if above and heading.unit.endswith("元") else heading.unit)
        found.setdefault(heading.field, []).append(Column(index, column.letters, shown, unit))
    return found, unknown


def _unit_above(sheet: Sheet, row: int) -> str:
    """The unit of money that a line above the headings states for all columns that name none; "" = none."""
    lines = ("|".join(text for text in values if text) for values in sheet.frame.head(row).iter_rows())
    found = [match[1] for line in lines if (match := _UNIT_LINE.search(plain(line)))]
    return found[-1] if found else ""


def _place(column: Column, row: int) -> str:
    return f"{column.letters}{row + 1}" if column.letters else f"第 {row + 1} 行第 {column.index + 1} 列"


def _problems(sheet: Sheet, row: int, expected: Sequence[Heading], found: dict[str, list[Column]]) -> list[str]:
    problems = []
    missing = [heading.text for heading in expected if heading.required and heading.field not in found]
    if missing:
        problems.append(f"表“{sheet.name}”第 {row + 1} 行的标题缺少“{'”“'.join(missing)}”,请补上这些列或用模板填写。")
    for heading in expected:
        columns = found.get(heading.field, [])
        if len(columns) > 1:
            places = "、".join(f"{_place(column, row)}“{column.heading}”" for column in columns)
            problems.append(f"“{heading.text}”有重复的列:{places},请只保留一列。")
        elif columns and power_between(columns[0].unit, heading.unit) is None:
            problems.append(
                f"{_place(columns[0], row)}“{columns[0].heading}”的单位是{columns[0].unit},应为"
                f"{heading.unit or '不带单位'},请换算后修改标题。"
            )
    return problems
