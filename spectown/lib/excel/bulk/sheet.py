"""What a large workbook looks like: its columns, headings, rules and instructions, without the rows."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "text", "long", "code", "choice", "reference", "integer", "year", "decimal", "percent", "date", "moment", "flag"
]
NUMBERS: frozenset[str] = frozenset({"integer", "year", "decimal", "percent"})
DATES: frozenset[str] = frozenset({"date", "moment"})
Bound = int | float | Decimal | date
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class BulkColumn:
    """One column.

    `field` names the column of the frames; `heading` carries its unit; `width` in characters; `hint` becomes the
    note of the heading. `options` make a drop-down, `strict` refuses other values (columns with equal options share
    one list). `minimum` and `maximum` bound numbers and dates; for text `maximum` is the most characters. A `locked`
    column cannot be changed in the rows that exist when the sheet is protected. `total` sums the column.
    """

    field: str
    heading: str
    kind: Kind = "text"
    width: float = 14
    decimals: int = 2
    hint: str = ""
    options: tuple[str, ...] | None = None
    strict: bool = True
    minimum: Bound | None = None
    maximum: Bound | None = None
    locked: bool = False
    hidden: bool = False
    total: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class BulkSheet:
    """One sheet: `title` over all columns, `meta` on one line below it, the heading, the body, and what belongs to it.

    `instructions` are the rows of the second sheet 填写说明 (the first is its heading). `properties` are stored in the
    file beside `rows`, `heading_row` and `first_row`. `spare_rows` are empty, unlocked rows for new entries.
    `totals` adds the row 合计. `frozen` columns stay in view.
    """

    name: str
    title: str
    columns: tuple[BulkColumn, ...]
    meta: tuple[str, ...] = ()
    instructions: tuple[tuple[str, ...], ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    protect: bool = False
    spare_rows: int = 0
    totals: bool = False
    frozen: int = 1
    paper: Literal["A3", "A4"] = "A4"

    @property
    def tab(self) -> str:
        """The name as Excel allows it: at most 31 characters, none of []:*?/\\, no quote at either end."""
        return self.name.translate(_FORBIDDEN).strip(" '")[:31].strip(" '") or "表"

    @property
    def heading_row(self) -> int:
        """Number of the row of headings, counted from 1."""
        return 2 + bool(self.meta)

    @property
    def first_row(self) -> int:
        """Number of the first row of the body, counted from 1."""
        return self.heading_row + 1
