"""The filters of a list: what is offered, what the address chose, the condition on the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from spectown.lists.choosing.links import Chip, without
from spectown.lists.choosing.ranges import bounds
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.kinds import Kind
from spectown.lists.references import reference_of

EMPTY = "-"  # value of 未填
MOST_OPTIONS = 500
RANGES = frozenset({Kind.YEAR, Kind.DATE, Kind.DECIMAL, Kind.PERCENT, Kind.INTEGER})


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a filter can take."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the bar.

    `kind`: choice, flag, reference (`options`, repeated parameter `param`) or range (parameters `{param}_from`,
    `{param}_to`; `type` is year, date, decimal or integer; `low`, `high` as written). `options` is empty where a
    reference has too many rows to offer; `complete` where they are all there are. `problem`: why
    the address chooses nothing.
    """

    name: str
    label: str
    param: str
    kind: str
    condition: Q
    options: tuple[Option, ...] = ()
    values: tuple[str, ...] = ()
    type: str = ""
    unit: str = ""
    low: str = ""
    high: str = ""
    problem: str = ""
    complete: bool = False

    @property
    def active(self) -> bool:
        """True where the address uses it."""
        return bool(self.values or self.low or self.high)

    def chips(self, params: QueryDict) -> list[Chip]:
        """One chip per chosen value or limit."""
        labels = {option.value: option.label for option in self.options}
        chips = [Chip(f"{self.label}:{labels.get(v, v)}", without(params, self.param, v)) for v in self.values]
        for word, text, end in (("≥", self.low, "from"), ("≤", self.high, "to")):
            if text:
                chips.append(Chip(f"{self.label} {word} {text}{self.unit}", without(params, f"{self.param}_{end}")))
        return chips


def filters_of(ledger: Ledger, params: QueryDict) -> tuple[Filter, ...]:
    """The filters of a list with what the address chose; other references too where the address names one of them."""
    named = [b.name for b in ledger.bound if b.kind == Kind.REFERENCE and any(params.getlist(b.name))]
    return tuple(_filter(ledger.by_name[name], params) for name in dict.fromkeys([*ledger.filters, *named]))


def _filter(bound: BoundColumn, params: QueryDict) -> Filter:
    if bound.kind in RANGES:
        return _range(bound, params)
    chosen = tuple(dict.fromkeys(value for value in params.getlist(bound.name) if value))
    offered = {**_offered(bound, chosen), **({EMPTY: "未填"} if _may_be_empty(bound) else {})}
    unknown = [value for value in chosen if value not in offered]
    problem = f"筛选“{bound.label}”没有“{unknown[0][:40]}”这一项,所以没有选出任何行。请重新选择。" if unknown else ""
    few = len(offered) <= MOST_OPTIONS
    return Filter(
        name=bound.name,
        label=bound.label,
        param=bound.name,
        kind={Kind.FLAG: "flag", Kind.REFERENCE: "reference"}.get(bound.kind, "choice"),
        condition=Q(pk__in=()) if unknown else _among(bound, chosen),
        options=tuple(Option(v, label, v in chosen) for v, label in offered.items() if few or v in chosen),
        values=chosen,
        problem=problem,
        complete=few and bound.kind == Kind.REFERENCE and _all_offered(bound),
    )


def _all_offered(bound: BoundColumn) -> bool:
    model: Any = bound.field.related_model
    return reference_of(model).options is not None


def _may_be_empty(bound: BoundColumn) -> bool:
    return bool(bound.field.null or (bound.field.blank and bound.kind != Kind.FLAG))


def _offered(bound: BoundColumn, chosen: Iterable[str]) -> dict[str, str]:
    if bound.kind == Kind.FLAG:
        return {"1": "是", "0": "否"}
    if bound.kind != Kind.REFERENCE:
        return {code: label for label, code in bound.choices.items() if code}
    model: Any = bound.field.related_model
    if _all_offered(bound):
        rows = model._default_manager.values_list("pk", "name")[: MOST_OPTIONS + 1]
        return {str(pk): name for pk, name in rows}
    wanted = {int(value) for value in chosen if value.isdecimal() and value.isascii() and len(value) < 16}
    return {str(pk): label for pk, label in reference_of(model).labels(wanted).items()}


def _among(bound: BoundColumn, chosen: tuple[str, ...]) -> Q:
    if not chosen:
        return Q()
    if bound.kind == Kind.FLAG:
        return Q() if len(chosen) == 2 else Q(**{bound.name: chosen[0] == "1"})
    empty = Q(**{f"{bound.name}__isnull": True}) if bound.field.null else Q(**{bound.name: ""})
    values = [value for value in chosen if value != EMPTY]
    condition = Q(**{f"{bound.field.attname}__in": values}) if values else Q()
    if len(values) == 1:
        condition = Q(**{bound.field.attname: values[0]})
    return condition | empty if EMPTY in chosen else condition


def _range(bound: BoundColumn, params: QueryDict) -> Filter:
    low, high = (params.get(f"{bound.name}_{end}", "").strip() for end in ("from", "to"))
    condition, problem = bounds(bound, low, high)
    return Filter(
        name=bound.name,
        label=bound.label,
        param=bound.name,
        kind="range",
        condition=condition,
        type={Kind.YEAR: "year", Kind.DATE: "date", Kind.INTEGER: "integer"}.get(bound.kind, "decimal"),
        unit=bound.unit,
        low=low,
        high=high,
        problem=problem,
    )
