"""One kind of document as its YAML says it (plans/<plan>/documents/<kind>.yaml)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from spectown.core.officialdoc.blocks import Align
from spectown.core.officialdoc.tree import Format


class Strict(BaseModel):
    """A mapping without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FactType(StrEnum):
    """What a fact is; MONEY is in 万元, YUAN in 元."""

    TEXT = "text"
    LONG = "long"  # several paragraphs, one a line
    DATE = "date"
    NUMBER = "number"
    COUNT = "count"
    MONEY = "money"
    YUAN = "yuan"
    PERCENT = "percent"
    FLAG = "flag"
    LIST = "list"  # texts
    ROWS = "rows"  # mappings of the facts in `of`
    CELLS = "cells"  # rows of texts, as many in each row as the list fact `across` has headings


FIGURES = (FactType.NUMBER, FactType.COUNT, FactType.MONEY, FactType.YUAN, FactType.PERCENT)


class Fact(Strict):
    """One fact that a kind needs. One that is not required may be null: it prints as 未报, or is left out by `when`.

    A figure that is not required may also be 不适用 or 待核. `across`: of CELLS, the list fact with the headings.
    `indicator`: of a column, the indicator of monitoring from which a draft takes it; `jobs@year`: its 同比.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    type: FactType = FactType.TEXT
    required: bool = True
    hint: str = ""
    sample: Any = None
    of: tuple[Fact, ...] = ()
    across: str = ""
    indicator: str = ""


class Column(Strict):
    """One column of a table: its heading, share of the width and the text of a cell (`row` is the row)."""

    label: str
    text: str
    width: float = 1.0
    align: Align = Align.CENTER


class Table(Strict):
    """A table of the rows of a fact; `total` is one row of cell texts below them ('' = empty).

    Of a fact of CELLS there are no columns: headings and cells are facts, widths follow from their texts.
    """

    rows: str
    columns: tuple[Column, ...] = ()
    across: str = ""  # of CELLS: the list fact with the headings
    caption: str = ""
    unit: str = ""
    total: tuple[str, ...] = ()
    row_mm: float = 0.0
    size_pt: float | None = None


def _plain(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class Cell(Strict):
    """A cell of a form; it may span several places."""

    text: str
    columns: int = 1
    rows: int = 1
    align: Align | None = None


AnyCell = Annotated[Cell, BeforeValidator(_plain)]


class Repeated(Strict):
    """A row of a form that stands once for each row of a fact (`row`, counted by `number`)."""

    each: str
    cells: tuple[AnyCell, ...] = Field(min_length=1)


class Grid(Strict):
    """A form: rows of cells (a text, or a mapping), for sheets to be filled in by hand."""

    widths: tuple[float, ...] = Field(min_length=1)
    rows: tuple[Repeated | tuple[AnyCell, ...], ...] = Field(min_length=1)
    row_mm: float = 12.0
    size_pt: float | None = None


class Chart(Strict):
    """Bars, one a row: drawn sorted as given, the value beside each bar; `low` and `high` draw an interval."""

    rows: str
    label: str
    value: str
    caption: str
    unit: str = ""
    low: str = ""
    high: str = ""
    absent: str = "未报"  # what stands for a value that is null
    line: str = ""  # a value at which a line is drawn across (threshold)


class Block(Strict):
    """One block of text. Exactly one of its leading keys says what it is; a plain text is a paragraph."""

    text: str = ""
    heading: int | None = Field(None, ge=1, le=4)
    lead: str = ""
    labelled: str = ""
    gap: int = Field(0, ge=0, le=20)
    align: Align | None = None
    indent: bool = True
    big: bool = False  # the face of a title, and its size unless `size` says another
    size: float | None = Field(None, ge=8, le=72)  # pt, for 证书
    table: Table | None = None
    grid: Grid | None = None
    chart: Chart | None = None
    each: str = ""  # fact with rows or texts: `do` once for each, as `item`, counted by `number`
    when: str = ""  # an expression: `do` where it is true, `other` where it is not
    do: tuple[AnyBlock, ...] = ()
    other: tuple[AnyBlock, ...] = ()


AnyBlock = Annotated[Block, BeforeValidator(_plain)]
Block.model_rebuild()


class Annex(Strict):
    """An annex; `when` false leaves it out. Without body it is only named. `each`: one for each text of a list fact."""

    title: str
    body: tuple[AnyBlock, ...] = ()
    landscape: bool = False
    when: str = ""
    each: str = ""


class Kind(Strict):
    """One kind of document.

    `code`: 机关代字 of its 发文字号, "" = without one. `area`: where it arises. `order`: its place (ordering.py).
    `superior`: goes to a superior organ, so 签发人 is named. `copies`, `recipients`: texts used where the facts name
    none. `mark`: 发文机关标志 where that is not the organs (工作简报). `receipt`: receivers confirm (签收). `source`:
    whose wording it is (建议文本 where the plan prescribes none). `signed` false: no name and date below (a sheet
    that persons sign).
    """

    kind: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    about: str
    area: str
    order: int = Field(default=0, ge=0)
    clauses: tuple[str, ...] = ()
    source: str = ""
    format: Format = Format.DOCUMENT
    code: str = ""
    mark: str = ""
    superior: bool = False
    signed: bool = True
    stamped: bool = True
    frame: bool = False
    receipt: bool = False
    facts: tuple[Fact, ...] = ()
    title: str
    recipients: tuple[str, ...] = ()
    body: tuple[AnyBlock, ...] = Field(min_length=1)
    annexes: tuple[Annex, ...] = ()
    copies: tuple[str, ...] = ()
    note: str = ""
