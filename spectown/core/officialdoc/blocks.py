"""Blocks of which the text of an official document consists. Frozen; text is never markup."""

from dataclasses import dataclass, field
from enum import StrEnum

from spectown.core.officialdoc.geometry import Face


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `face` None takes that of the block around it."""

    text: str
    face: Face | None = None


Text = str | tuple[Run, ...]


class Align(StrEnum):
    """Where a line stands between its edges."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One natural paragraph (自然段), by default indented by two characters."""

    text: Text
    indent: bool = True
    align: Align = Align.JUSTIFY
    face: Face = Face.FANGSONG
    size_pt: float | None = None  # None: 3号


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4: 一、/(一)/1./(1); `lead` is text that goes on in the same paragraph.

    `number` None prints no mark (the text has its own, or none is wanted).
    """

    level: int
    text: str
    number: int | None = None
    lead: Text = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label in 黑体, a colon and text that hangs behind it (纪要's 出席, 请假, 列席; 通知's 时间, 地点)."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty lines of the body's grid."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `columns` and `rows` are how many it spans, `align` None takes the column's."""

    text: Text
    columns: int = 1
    rows: int = 1
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table over the whole width. `widths` are shares; the rows of `head` repeat on every page.

    A place covered by a spanning cell above or to the left is left out of its row.
    """

    widths: tuple[float, ...]
    head: tuple[tuple[str | Cell, ...], ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    aligns: tuple[Align, ...] = ()  # one a column; empty: centred
    caption: str = ""
    unit: str = ""  # such as 单位:万元, above the right edge
    size_pt: float | None = None  # None: 小4号
    row_mm: float = 0.0  # least height of a row (forms to be filled in by hand)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture over the given width, centred, with its caption below and the words that replace it."""

    image: bytes = field(repr=False)
    format: str  # "svg" or "png"
    alt: str
    width_mm: float = 140.0
    caption: str = ""


Block = Paragraph | Heading | Labelled | Gap | Table | Figure
