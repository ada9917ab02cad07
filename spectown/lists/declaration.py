"""How a list is declared: a model and this; pages, forms and workbooks follow (docs/reference/lists.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.lists.kinds import Kind, MoneyField, kind_of
from spectown.towns.models import Town

if TYPE_CHECKING:
    import polars as pl

    from spectown.lists.models import ListRow
    from spectown.organisations.actors import Actor


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Type, label, hint, limits and choices come from the model field; here stands what it cannot say.

    `shown`: on the list page unless the reader chooses otherwise. `total`: summed. `locked`: shown in the workbook,
    not changed by it. `unit`: of the figure; 万元 for money. `sortable`: the list page may be ordered by it (needs an
    index in a list with `large`). `lights`: codes that are shown as lights (灯), each with what it means; the list page
    says it in a legend. `stepped`: written only by the list's own steps (services.records.step), so locked too; a
    workbook that says otherwise is refused. `single`: each row has its own, so many rows are never given one value.
    `names`: of a text with several names, 、 between them: the many-to-many field with the rows that they mean, which
    the list's own app keeps (lists.derived); the form offers them by name, the filter goes by the rows. `among`: which
    rows of the other table are offered, by form and workbook; whether another one will do is for the list's own rules.
    """

    name: str
    unit: str = ""
    example: str = ""
    hint: str = ""
    clause: str = ""
    shown: bool = True
    total: bool = False
    locked: bool = False
    stepped: bool = False
    single: bool = False
    sortable: bool = True
    width: int = 0
    lights: tuple[tuple[str, str], ...] = ()
    names: str = ""
    among: Q | None = None

    def __post_init__(self) -> None:
        """What only steps write is not filled in."""
        if self.stepped:
            object.__setattr__(self, "locked", True)


@dataclass(frozen=True, slots=True)
class Rule:
    """One check across columns: `fine` is true or null where the row is in order; the fault stands at `column`."""

    column: str
    fine: pl.Expr
    reason: str


BEFORE = "old:"  # in the expressions of Ledger.moves, before the name of a column: its value before the change


@dataclass(frozen=True, slots=True)
class BoundColumn:
    """A column together with its model field."""

    column: Column
    field: models.Field[Any, Any]
    kind: Kind

    @property
    def name(self) -> str:
        """Name of the model field."""
        return self.column.name

    @property
    def label(self) -> str:
        """Heading without the unit."""
        return str(self.field.verbose_name)

    @property
    def unit(self) -> str:
        """Unit of the figure; empty where there is none."""
        if self.column.unit:
            return self.column.unit
        return "万元" if isinstance(self.field, MoneyField) else "%" if self.kind == Kind.PERCENT else ""

    @property
    def heading(self) -> str:
        """Heading with the unit: 注册资本(万元)."""
        return f"{self.label}({self.unit})" if self.unit else self.label

    @property
    def required(self) -> bool:
        """True where a row cannot stand without it."""
        return not self.field.blank and not self.field.has_default() and self.kind != Kind.FLAG

    @property
    def hint(self) -> str:
        """What to fill in, for the form and the note in the workbook."""
        return self.column.hint or str(self.field.help_text)

    @property
    def cell_hint(self) -> str:
        """The same for a cell of a workbook."""
        return f"几个用“、”隔开。{self.hint}" if self.column.names else self.hint

    @property
    def choices(self) -> Mapping[str, str]:
        """Stored code by label."""
        return {str(label): str(code) for code, label in self.field.flatchoices}

    @property
    def named(self) -> models.Field[Any, Any] | None:
        """The many-to-many field with the rows that the text names (Column.names)."""
        return self.field.model._meta.get_field(self.column.names) if self.column.names else None  # type: ignore[return-value]

    @property
    def refers_to(self) -> Any:
        """Model of the rows that the column names, one or several; None for all other columns."""
        named = self.named
        return (named if named is not None else self.field).related_model

    @property
    def limits(self) -> tuple[Any, Any]:
        """Smallest and largest value allowed; None = no limit."""
        low = [v.limit_value for v in self.field.validators if isinstance(v, MinValueValidator)]
        high = [v.limit_value for v in self.field.validators if isinstance(v, MaxValueValidator)]
        return (max(low) if low else None), (min(high) if high else None)

    @property
    def numeric(self) -> bool:
        """True for figures: right-aligned, may be summed."""
        return self.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT}


@dataclass(frozen=True)
class Ledger:
    """One list (清单).

    `counter`: measure word of a row (户, 个, 项). `clauses`: where the plan asks for it. `tasks`: numbers of the ten
    tasks it feeds; their lead units may maintain it. `prefix`: of the row numbers. `identities`: column names that
    tell a row apart, tried in order after the number; a row of a file that meets none is new. `filters`: columns of
    the filter bar. `search`: text columns that the search box looks into. `enterprise`: path from a row to its
    enterprise ("" = none), by which an enterprise's own people see it. `correctable`: columns that they may correct
    themselves. `large`: may reach a million rows, so it has
    a search index and is sorted only by indexed columns. `follows`: which of territory and town a row takes from the
    row named by `parent` ("" = by `enterprise`), see lists.following; those columns are locked. `entered_by`: stepped
    column that holds the unit of whoever adds a row. `successor`: reference to the row that a deleted one was merged
    into; such a row is not restored, its address leads on. `moves`: rules on changes of a row (columns, and BEFORE +
    column): what breaks one needs a written reason; a workbook has no place for it, so there it is a fault. `about`:
    one sentence for empty pages and instructions. `permission`: whoever holds it maintains the list, whatever tasks
    they lead. `sees`: which rows an actor reads, instead of the rule of territory and town; None = nothing.
    `changing`: only rows for which this holds are changed in the list (in a workbook the `moves` say so). `menu`: has
    a line of its own in the navigation; other lists are reached from the overview.
    """

    slug: str
    model: type[ListRow]
    label: str
    counter: str
    prefix: str
    clauses: tuple[str, ...]
    tasks: tuple[int, ...]
    columns: tuple[Column, ...]
    about: str
    search: tuple[str, ...]
    identities: tuple[tuple[str, ...], ...] = ()
    filters: tuple[str, ...] = ()
    order: tuple[str, ...] = ("-pk",)
    rules: tuple[Rule, ...] = ()
    moves: tuple[Rule, ...] = ()
    enterprise: str = ""
    correctable: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    entered_by: str = ""
    permission: str = "list.change"
    sees: Callable[[Actor], Q | None] | None = None
    changing: Q = field(default_factory=Q)
    parent: str = ""
    successor: str = ""
    large: bool = False
    icon: str = "list"
    menu: bool = True
    sample: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def bound(self) -> tuple[BoundColumn, ...]:
        """The columns with their model fields, in order."""
        fields = [(column, self.model._meta.get_field(column.name)) for column in self.columns]
        return tuple(BoundColumn(column, found, kind_of(found)) for column, found in fields)  # type: ignore[arg-type]

    @cached_property
    def town_column(self) -> str:
        """Column by which the rows of a town are chosen."""
        return next((b.name for b in self.bound if b.named is not None and b.refers_to is Town), "town")

    @property
    def followed(self) -> str:
        """The reference from whose row territory and town are taken (`follows`)."""
        return self.parent or self.enterprise

    @cached_property
    def by_name(self) -> Mapping[str, BoundColumn]:
        """The columns by the name of their field."""
        return {bound.name: bound for bound in self.bound}

    def number(self, pk: int) -> str:
        """编号 of a row: QY0000123. It is the row's own key in workbooks and never changes."""
        return f"{self.prefix}{pk:07d}"

    def pk(self, number: str) -> int | None:
        """The row that a 编号 means; None where it is none of this list."""
        digits = number.strip().upper().removeprefix(self.prefix)
        return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) < 16 else None

    @cached_property
    def bulk(self) -> tuple[BoundColumn, ...]:
        """Columns of which many rows may get one value: not what tells rows apart, nor what is a row's own."""
        apart = {names[0] for names in self.identities} | {"name", "title"}
        return tuple(b for b in self.bound if not (b.column.locked or b.column.single or b.name in apart))

    @property
    def title(self) -> str:
        """Title of page and workbook: 企业清单; 问题台账 is one already."""
        return self.label if self.label.endswith("台账") else f"{self.label}清单"
