"""The filters of a list: what is offered, what the address chose, the condition on the rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from spectown.lists.choosing.links import Chip, without
from spectown.lists.choosing.offers import MOST_OPTIONS, Offer, all_offered, offers_of
from spectown.lists.choosing.ranges import bounds
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.kinds import Kind
from spectown.lists.references import reference_of
from spectown.lists.scope import visible
from spectown.organisations.actors import Actor

EMPTY = "-"  # value of 未填
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
    `{param}_to`; `type` is year, date, decimal or integer; `low`, `high` as written). `options`: what the actor's rows
    can have, empty where a reference has too many rows to offer. `names`: of all rows of a reference by number, empty
    where they are too many. `problem`: why the address chooses nothing.
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
    names: Mapping[int, str] = field(default_factory=dict)

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


def filters_of(ledger: Ledger, params: QueryDict, actor: Actor) -> tuple[Filter, ...]:
    """The filters of a list with what the address chose; other references too where the address names one of them."""
    named = [b.name for b in ledger.bound if b.refers_to and any(params.getlist(b.name))]
    names = list(dict.fromkeys([*ledger.filters, *named]))
    offers = offers_of(ledger, names, actor)
    return tuple(_filter(ledger, ledger.by_name[n], params, actor, offers.get(n, {})) for n in names)


def _filter(ledger: Ledger, bound: BoundColumn, params: QueryDict, actor: Actor, offers: Mapping[str, Offer]) -> Filter:
    if bound.kind in RANGES:
        return _range(bound, params)
    chosen = tuple(dict.fromkeys(value for value in params.getlist(bound.name) if value))
    known = {**_known(bound, chosen, offers), **({EMPTY: "未填"} if _may_be_empty(bound) else {})}
    shown = _shown(ledger, bound, known, chosen, actor, offers)
    unknown = [value for value in chosen if value not in shown]
    problem = f"筛选“{bound.label}”没有“{unknown[0][:40]}”这一项,所以没有选出任何行。请重新选择。" if unknown else ""
    return Filter(
        name=bound.name,
        label=bound.label,
        param=bound.name,
        kind="reference" if bound.refers_to else "flag" if bound.kind == Kind.FLAG else "choice",
        condition=Q(pk__in=()) if unknown else (_naming if bound.column.names else _among)(bound, chosen),
        options=tuple(Option(v, label, v in chosen) for v, label in shown.items()),
        values=chosen,
        problem=problem,
        names=_names(bound, known),
    )


def _shown(
    ledger: Ledger,
    bound: BoundColumn,
    known: Mapping[str, str],
    chosen: Collection[str],
    actor: Actor,
    offers: Mapping[str, Offer],
) -> dict[str, str]:
    """What is offered, and what was chosen beyond it where the actor has rows of it (a firm in a town elsewhere)."""
    if len(known) > MOST_OPTIONS:
        return {v: label for v, label in known.items() if v in chosen}
    strange = {value for value, offer in offers.items() if not offer.own}
    beyond = strange & set(chosen)
    if beyond:
        rows = visible(ledger, actor).filter(**{f"{bound.name}__in": beyond})
        strange -= {str(pk) for pk in rows.order_by().values_list(bound.name, flat=True).distinct()}
    return {v: label for v, label in known.items() if v not in strange}


def _names(bound: BoundColumn, known: Mapping[str, str]) -> dict[int, str]:
    if bound.kind != Kind.REFERENCE or len(known) > MOST_OPTIONS or not all_offered(bound):
        return {}
    return {int(value): label for value, label in known.items() if value != EMPTY}


def _may_be_empty(bound: BoundColumn) -> bool:
    return bool(bound.field.null or (bound.field.blank and bound.kind != Kind.FLAG))


def _known(bound: BoundColumn, chosen: Iterable[str], offers: Mapping[str, Offer]) -> dict[str, str]:
    if bound.kind == Kind.FLAG:
        return {"1": "是", "0": "否"}
    if all_offered(bound) or (bound.kind == Kind.TEXT and not bound.refers_to):
        return {value: offer.label for value, offer in offers.items()}
    if not bound.refers_to:
        return {code: label for label, code in bound.choices.items() if code}
    wanted = {int(value) for value in chosen if value.isdecimal() and value.isascii() and len(value) < 16}
    return {str(pk): label for pk, label in reference_of(bound.refers_to).labels(wanted).items()}


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


def _naming(bound: BoundColumn, chosen: tuple[str, ...]) -> Q:
    """Rows whose text names one of these, or (未填) nothing."""
    values = [value for value in chosen if value != EMPTY]
    through: Any = getattr(bound.field.model, bound.column.names).through
    mine, other = bound.field.model._meta.model_name, bound.refers_to._meta.model_name
    named = through.objects.filter(**{f"{other}__in": values}).values(str(mine))
    condition = Q(pk__in=named) if values else Q()
    return condition | Q(**{bound.name: ""}) if EMPTY in chosen else condition


def at_town(ledger: Ledger, town: int) -> Q:
    """Rows of a town: those that stand there, or name it among others."""
    column = ledger.by_name.get(ledger.town_column)
    return _naming(column, (str(town),)) if column and column.column.names else Q(town=town)


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
