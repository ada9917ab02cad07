"""One choice of rows of a list: everything that its page, its export and its bulk edit need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import QueryDict

from spectown.lists.choosing import counting, paging
from spectown.lists.choosing.counting import Count
from spectown.lists.choosing.filters import Filter, filters_of
from spectown.lists.choosing.links import Chip, as_querydict, with_values, without
from spectown.lists.choosing.ordering import Sort, sort_of, sortable
from spectown.lists.choosing.searching import LONGEST, search
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.kinds import Kind
from spectown.lists.models import ListRow
from spectown.lists.scope import visible
from spectown.organisations.actors import Actor


@dataclass
class Choice:
    """Rows as an address asks for them; what costs a query is fetched when it is first read.

    `queryset`: all chosen rows, unordered (export, bulk edit); `plain`: the same rows found without the index of words,
    of which a sample is counted. `problems`: what in the address is not known, in
    Chinese; then no row is chosen.
    """

    ledger: Ledger
    params: QueryDict
    filters: tuple[Filter, ...]
    q: str
    sort: Sort
    size: int
    queryset: QuerySet[ListRow]
    plain: QuerySet[ListRow]
    problems: tuple[str, ...]
    few: bool

    @property
    def whole(self) -> bool:
        """True where this page shows all chosen rows."""
        return not self.page.before and not self.page.after

    @cached_property
    def columns(self) -> tuple[BoundColumn, ...]:
        """Columns to show, in their order: those of `cols=`, else those shown by default."""
        asked = {name for text in self.params.getlist("cols") for name in text.split(",")}
        found = tuple(bound for bound in self.ledger.bound if bound.name in asked)
        return found or tuple(bound for bound in self.ledger.bound if bound.column.shown)

    @cached_property
    def named(self) -> dict[str, dict[int, str]]:
        """Names by number of references whose filter offers all rows: a large list need not fetch them again."""
        return {f.name: dict(f.names) for f in self.filters if f.names} if self.ledger.large else {}

    @cached_property
    def page(self) -> paging.Page:
        """Rows and cursors of this page."""
        shown = [b.name for b in self.columns if b.kind == Kind.REFERENCE and b.name not in self.named]
        rows = self.queryset.select_related(*shown) if shown else self.queryset
        key = f"{self.ledger.slug}:{self.sort.param}"
        turn = {name: self.params.get(name, "") for name in ("after", "before")}
        return paging.cut(rows, self.sort, key, self.size, **turn)

    @property
    def rows(self) -> list[ListRow]:
        """Rows of this page."""
        return self.page.rows

    @cached_property
    def count(self) -> Count:
        """Number of all chosen rows; a search in a large list only estimates it (`counted` tells)."""
        if self.whole:
            return Count(len(self.rows), True)
        if self.ledger.large and self.q:
            return counting.glance(self.ledger, self.queryset, self._shown(), self.plain)
        return counting.count(self.ledger, self.queryset, few=self.few)

    @cached_property
    def counted(self) -> Count:
        """Number of all chosen rows, exact up to 10,000 whatever that costs: never while the page waits for it."""
        return counting.count(self.ledger, self.queryset, few=True)

    @property
    def count_url(self) -> str:
        """Address that counts exactly; empty where the count is exact already, or too large to be counted."""
        waits = not self.count.exact and self.count.value <= counting.LIMIT
        return with_values(self.params, {"count": "1"}) if waits else ""

    def _shown(self) -> counting.Shown:
        numbers = [row.pk for row in self.rows]
        if not numbers or self.sort.name or numbers != sorted(numbers, reverse=True):
            return counting.Shown(len(numbers))
        return counting.Shown(len(numbers), numbers[0], numbers[-1])

    @cached_property
    def sums(self) -> dict[str, Decimal | int] | None:
        """Sums of the summed columns over all chosen rows; None where these are too many (`choosing.sums`)."""
        if self.whole:
            return counting.sums_of(self.ledger, self.rows)
        if not self.count.exact or (self.ledger.large and self.q):
            return None
        return counting.sums(self.ledger, self.queryset)

    @cached_property
    def chips(self) -> list[Chip]:
        """The conditions in force, each with the address without it."""
        found = [Chip(f"搜索:{self.q}", without(self.params, "q"))] if self.q else []
        return found + [chip for each in self.filters for chip in each.chips(self.params)]

    @property
    def first_url(self) -> str:
        """Address of the first page; empty where this is it."""
        return with_values(self.params, {}) if self.page.before else ""

    @property
    def previous_url(self) -> str:
        """Address of the page before; empty where there is none."""
        return with_values(self.params, {"before": self.page.before}) if self.page.before else ""

    @property
    def next_url(self) -> str:
        """Address of the next page; empty where there is none."""
        return with_values(self.params, {"after": self.page.after}) if self.page.after else ""

    def sortable(self, bound: BoundColumn) -> bool:
        """True where a click on the heading orders the list."""
        return sortable(self.ledger, bound)

    def sort_url(self, bound: BoundColumn) -> str:
        """Address ordered by a column; a second click turns the direction round."""
        turned = self.sort.name == bound.name and not self.sort.down
        return with_values(self.params, {"sort": f"-{bound.name}" if turned else bound.name})

    def pks(self, limit: int) -> list[int]:
        """Numbers of the chosen rows, at most `limit` + 1: one more says that there are more."""
        return list(self.queryset.order_by("pk").values_list("pk", flat=True)[: limit + 1])


def choose(ledger: Ledger, actor: Actor, params: Mapping[str, str | Sequence[str]], *, deleted: bool = False) -> Choice:
    """Rows of a list that the actor may read, as the parameters of an address ask (docs/algorithms/list-pages.md)."""
    given = as_querydict(params)
    filters = filters_of(ledger, given, actor)
    text = given.get("q", "").strip()[:LONGEST]
    problems = tuple(each.problem for each in filters if each.problem)
    rows = visible(ledger, actor, deleted=deleted)
    for each in filters:
        rows = rows.filter(each.condition)
    sought, none = search(ledger, text, rows), Q(pk__in=())
    size = given.get("size", "")
    return Choice(
        ledger=ledger,
        params=given,
        filters=filters,
        q=text,
        sort=sort_of(ledger, given.get("sort", "")),
        size=int(size) if size in {str(allowed) for allowed in paging.SIZES} else paging.SIZES[0],
        queryset=rows.filter(none if problems else sought.condition),
        plain=rows.filter(none if problems else sought.plain),
        problems=problems,
        few=sought.few or bool(problems),
    )
