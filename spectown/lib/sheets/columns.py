"""What a column of a list may hold: one Spec per field."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

import polars as pl

from spectown.lib.sheets.headings import Heading

Lookup = Callable[[pl.Series], pl.Series]


class Kind(StrEnum):
    """How the text of a column is understood."""

    TEXT = "text"
    CODE = "code"  # 统一社会信用代码
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"  # stored in percent points: 35% is 35
    DATE = "date"
    YEAR = "year"
    CHOICE = "choice"  # text -> stored code
    REFERENCE = "reference"  # text -> primary key
    FLAG = "flag"  # 是 / 否


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One column: field of the frame, heading in the file, and what is right for it.

    `unit` is the unit of the stored number (a file whose heading or cell says otherwise is converted). `choices` maps
    labels to stored codes. `references` maps names to primary keys, or is a function from distinct cleaned texts to
    keys (null = unknown). `pattern` is a regular expression the cleaned text must match, `hint` says it in Chinese.
    """

    field: str
    heading: str
    kind: Kind = Kind.TEXT
    required: bool = False
    key: bool = False  # rows are told apart by it; a totals row has nothing here
    column_required: bool | None = None  # whether the column must be in the file; None: as `required`
    aliases: tuple[str, ...] = ()
    unit: str = ""
    max_length: int | None = None
    minimum: Decimal | int | date | None = None
    maximum: Decimal | int | date | None = None
    decimals: int = 2
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    references: Mapping[str, int] | Lookup = dataclasses.field(default_factory=dict)
    pattern: str = ""
    hint: str = ""
    multiline: bool = False

    @property
    def expected(self) -> Heading:
        """What to look for in the heading row."""
        must = self.required if self.column_required is None else self.column_required
        unit = self.unit or ("%" if self.kind is Kind.PERCENT else "")
        return Heading(self.field, self.heading, unit, self.aliases, must or self.key, self.key)


def headings_of(specs: Sequence[Spec]) -> list[Heading]:
    """Return what locate() looks for."""
    return [spec.expected for spec in specs]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A column after checking: typed values (null where blank or faulty) and a reason per faulty cell."""

    values: pl.Series
    reasons: pl.Series
    notices: tuple[str, ...] = ()


def no_reasons(length: int) -> pl.Series:
    """Return a column of reasons without any."""
    return pl.repeat(None, length, dtype=pl.String, eager=True)


def patched(whole: pl.Series, places: pl.Series, part: pl.Series) -> pl.Series:
    """Return `whole` with the values of `part` at `places`; `Series.scatter` alone would change `whole` itself."""
    return whole.clone().scatter(places, part) if len(places) else whole
