"""The table of a list page: headings that sort, one line per row, sums. Cells are plain text; see web-patterns.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from spectown.lists.choosing import Choice, Filter
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.kinds import Kind
from spectown.lists.models import ListRow
from spectown.web.lights import light
from spectown.web.lists.found import list_url
from spectown.web.lists.words import Labels, figure, labels_of, words
from spectown.web.selects import search_keys

NONE = '<span class="none">未填</span>'
ON_PHONE = 3  # facts beside the name
STATES = ("stage", "state", "chain_role")  # what matters most of several choices
SHORT = 12  # width up to which text stays in one line
ONE_LINE = frozenset(Kind) - {Kind.TEXT, Kind.REFERENCE}
TITLES = ("name", "title")
DATED = frozenset({Kind.DATE, Kind.YEAR})


@dataclass(frozen=True, slots=True)
class Head:
    """One heading. `url` orders by it; `sorted` is ascending, descending or empty."""

    text: str
    css: str
    url: str = ""
    sorted: str = ""

    @property
    def html(self) -> SafeString:
        """The text; it may go on in a second line before the unit."""
        return mark_safe(escape(self.text).replace("(", "<wbr>("))  # noqa: S308  # escaped


@dataclass(frozen=True, slots=True)
class Line:
    """One row: `cells` are its table cells after the first; `is_demo` where the title itself does not say it."""

    pk: int
    url: str
    title: str
    is_demo: bool
    cells: SafeString


@dataclass(frozen=True, slots=True)
class Grid:
    """What the table shows; `sums` are (opening tag, text), empty without a summed column on the page."""

    heads: list[Head]
    lines: list[Line]
    sums: list[tuple[SafeString, str]]


def title_column(ledger: Ledger) -> BoundColumn | None:
    """The column that names a row; None where its name is made of several."""
    return next((ledger.by_name[name] for name in TITLES if name in ledger.by_name), None)


def prepare(choice: Choice) -> None:
    """Fetch what names and cells refer to together with the rows."""
    references = [b.name for b in choice.ledger.bound if b.kind == Kind.REFERENCE and b.name not in choice.named]
    if references:
        choice.queryset = choice.queryset.select_related(*references)
    elif choice.ledger.large:
        choice.queryset = choice.queryset.only(*_read(choice))


def _read(choice: Choice) -> set[str]:
    """Columns that the table needs; the others of a wide row cost as much again."""
    bound = {str(b.field.attname) for b in choice.ledger.bound if b in choice.columns or b.column.total}
    sorted_by = {choice.sort.name} if choice.sort.name else set()
    return bound | sorted_by | {"is_demo"} | {name for name in TITLES if name in choice.ledger.by_name}


def grid(choice: Choice, sums: dict[str, Decimal | int] | None) -> Grid:
    """The table of a page."""
    title = title_column(choice.ledger)
    columns = [column for column in choice.columns if column is not title]
    opens = _opens(columns)
    base = list_url(choice.ledger)
    labels = {**labels_of([c for c in columns if c.kind != Kind.REFERENCE], []), **choice.named}
    first = _head(choice, title, title.label) if title else Head(choice.ledger.label, "")
    return Grid(
        heads=[first, *(_head(choice, column, column.heading) for column in columns)],
        lines=[_line(base, row, columns, opens, labels) for row in choice.rows],
        sums=_sums(columns, opens, sums),
    )


def _head(choice: Choice, column: BoundColumn, text: str) -> Head:
    css = "num" if column.numeric else ""
    if not choice.sortable(column):
        return Head(text, css)
    order = ("descending" if choice.sort.down else "ascending") if choice.sort.name == column.name else ""
    return Head(text, css, choice.sort_url(column), order)


def _opens(columns: Sequence[BoundColumn]) -> list[SafeString]:
    kept = _for_phones(columns)
    return [
        format_html(
            '<td class="{}{}" data-label="{}">',
            "num" if column.numeric else _wrapping(column),
            "" if column.name in kept else " phone-hide",
            column.heading,
        )
        for column in columns
    ]


def _wrapping(column: BoundColumn) -> str:
    return "" if column.kind in ONE_LINE or 0 < column.column.width <= SHORT else "long"


def _for_phones(columns: Sequence[BoundColumn]) -> set[str]:
    """The few facts that matter most: whose, in which state, how much or until when."""
    town = [c.name for c in columns if c.name == "town"]
    choices = [c.name for c in columns if c.kind == Kind.CHOICE]
    states = [name for name in STATES if name in choices] + choices
    said = [c for c in columns if c.kind == Kind.CHOICE and c.column.locked and not c.column.stepped]
    derived = [c.name for c in said]  # what the system says: a light
    dated = [c for c in columns if c.column.total or (c.kind in DATED and not c.column.locked)]
    amounts = [c.name for c in sorted(dated, key=lambda c: c.kind == Kind.YEAR)]  # a day says more than a year
    ranked = [*town, *states[:1], *derived, *amounts[:1], *(c.name for c in columns)]
    return set(list(dict.fromkeys(ranked))[:ON_PHONE])


def _line(base: str, row: ListRow, columns: Sequence[BoundColumn], opens: Sequence[SafeString], labels: Labels) -> Line:
    """Written here and not in the template: five hundred cells there take 6 ms, here 1."""
    texts = [_cell(row, column, labels) for column in columns]
    cells = "".join([f"{open_}{text or NONE}</td>" for open_, text in zip(opens, texts, strict=True)])
    title = str(row)
    is_marked = row.is_demo and "演示" not in title
    return Line(row.pk, f"{base}{row.pk}/", title, is_marked, mark_safe(cells))  # noqa: S308  # escaped above


def _cell(row: ListRow, column: BoundColumn, labels: Labels) -> str:
    text = _text(row, column, labels)
    return light(getattr(row, column.name), text) if column.column.lights and text else escape(text)


def _text(row: ListRow, column: BoundColumn, labels: Labels) -> str:
    if column.kind == Kind.REFERENCE:
        return _named(row, column, labels)
    return words(column, getattr(row, column.name), labels)


def _named(row: ListRow, column: BoundColumn, labels: Labels) -> str:
    """What a row refers to: by the options of the filter where these name all, else the row fetched with it."""
    number = getattr(row, column.field.attname)
    if number is None:
        return ""
    known = labels.get(column.name, {}).get(number)
    return str(getattr(row, column.name)) if known is None else known


def legend(columns: Sequence[BoundColumn]) -> list[tuple[str, str, str]]:
    """Level, word and meaning of the lights on the page."""
    return [
        (level, words(column, level, labels_of([column], [])), meaning)
        for column in columns
        for level, meaning in column.column.lights
    ]


def options_of(each: Filter) -> SafeString:
    """The options of a drop-down; written here, since the template takes 3 ms for all of a page."""
    first = each.values[0] if each.values else None
    keys = _keys if each.kind == "reference" else _none
    return mark_safe(  # noqa: S308  # escaped
        "".join(
            f'<option value="{escape(option.value)}"{" selected" if option.value == first else ""}'
            f"{keys(option.label)}>{escape(option.label)}</option>"
            for option in each.options
        )
    )


def _keys(label: str) -> str:
    return f' data-keys="{escape(search_keys(label))}"'


def _none(label: str) -> str:
    return ""


def ticks(choice: Choice) -> SafeString:
    """One box for each column that can be shown."""
    shown = {column.name for column in choice.columns}
    boxes = (
        f'<label><input type="checkbox" name="cols" value="{column.name}"'
        f"{' checked' if column.name in shown else ''}>{escape(column.heading)}</label>"
        for column in choice.ledger.bound
    )
    return mark_safe("".join(boxes))  # noqa: S308  # escaped


def _sums(
    columns: Sequence[BoundColumn], opens: Sequence[SafeString], sums: dict[str, Decimal | int] | None
) -> list[tuple[SafeString, str]]:
    if not any(column.column.total for column in columns):
        return []
    texts = ["" if sums is None or c.name not in sums else figure(Decimal(sums[c.name])) for c in columns]
    return list(zip(opens, texts, strict=True))
