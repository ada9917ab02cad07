"""What a plan document is once it has been read: plain frozen records, ranges index into `SourceText.text`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """`unreadable`: something could not be read; `odd`: it was read, and the plan itself is peculiar there."""

    UNREADABLE = "unreadable"
    ODD = "odd"


class Comparator(StrEnum):
    """How a figure of the plan binds."""

    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "="
    RANGE = "range"
    APPROX = "approx"


class MarkStyle(StrEnum):
    """How the responsible units are written."""

    BRACKET_VERBS = "bracket_verbs"  # (A牵头,B、C按职责分工负责)
    BRACKET_LABELS = "bracket_labels"  # (牵头单位:A;配合单位:B)
    BRACKET_LIST = "bracket_list"  # 〔A、B,各县(区)政府〕
    LABELLED_LINES = "labelled_lines"  # 牵头单位:A / 责任单位:B on their own lines
    HEADING_UNIT = "heading_unit"  # (一)市工信局:负责… ; 一、某管委会牵头工作(8项)
    SENTENCE_SUBJECT = "sentence_subject"  # 省链长办会同省商务厅…
    TABLE_ROW = "table_row"  # columns 牵头单位 / 责任单位


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about the document; `start:end` may be empty when it concerns the whole."""

    severity: Severity
    message: str
    clause: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered passage; `text == source[start:end]` is its own text, without that of its children."""

    id: str
    parent: str | None
    level: int
    style: str
    number: str
    heading: str
    text: str
    start: int
    end: int
    children: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement of who is responsible; unit names are as printed, without blanks."""

    style: MarkStyle
    raw: str
    start: int
    end: int
    clause: str | None
    leads: tuple[str, ...]
    participants: tuple[str, ...]
    collective: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A clause (or table row) that carries at least one unit mark; sets are unions over its marks, in order."""

    number: str
    title: str
    clause: str | None
    text: str
    leads: tuple[str, ...]
    participants: tuple[str, ...]
    collective: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that binds: a target (with `level`, `year`) or a threshold. `values` are in `unit`."""

    subject: str
    level: str
    comparator: Comparator
    values: tuple[Decimal, ...]
    unit: str
    year: int | None
    soft: bool
    clause: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Member:
    """One row of the leading group: `post` as printed; `unit` is the body of the first office."""

    role: str
    name: str
    post: str
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Town:
    """One row of the list of towns (or parks, clusters) with the county it lies in."""

    number: int | None
    name: str
    county: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the document; `rows` hold cells without surrounding blanks, the heading row included."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A document within the file: the notice, the plan itself, an annex. `prefix` opens its clause ids."""

    kind: str
    prefix: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """Everything found. `text` is the text that all ranges index into; for .txt it is the decoded file."""

    text: str
    source_format: str
    title: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    signed_date: date | None = None
    published_date: date | None = None
    disclosure: str | None = None
    parts: tuple[Part, ...] = ()
    clauses: tuple[Clause, ...] = ()
    targets: tuple[Quantity, ...] = ()
    thresholds: tuple[Quantity, ...] = ()
    tasks: tuple[Task, ...] = ()
    members: tuple[Member, ...] = ()
    towns: tuple[Town, ...] = ()
    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = ()
    marks_count: int = field(default=0)

    def as_dict(self, *, with_text: bool = False) -> dict[str, Any]:
        """Return the JSON form of docs/reference/plan-document.schema.json; the full text only when asked."""
        data: dict[str, Any] = _plain(asdict(self))
        if not with_text:
            del data["text"]
        return data

    def walk(self) -> tuple[Clause, ...]:
        """Return all clauses in reading order."""
        return tuple(_walk(self.clauses))


def _walk(clauses: tuple[Clause, ...]) -> list[Clause]:
    found: list[Clause] = []
    stack = list(reversed(clauses))
    while stack:
        clause = stack.pop()
        found.append(clause)
        stack.extend(reversed(clause.children))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
