"""Small condition trees, evaluated with three truth values and a trace of what decided.

A fact that nobody has reported yet is *unknown*, not false: a tree with unknown facts is decided only if
every way of filling them would give the same answer (Kleene's strong logic). So a decided result never
flips when a missing fact arrives; docs/algorithms/pre-certification.md says why that matters.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = bool | int | Decimal | str | date
Facts = Mapping[str, Value | None]


class Truth(StrEnum):
    """The three truth values."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class Operator(StrEnum):
    """How a fact is compared with a fixed value; 「以上」 is AT_LEAST and includes the number itself."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    EQUAL = "=="
    NOT_EQUAL = "!="


@dataclass(frozen=True, slots=True)
class Compare:
    """Leaf: `field operator value`; unknown while the field is missing."""

    field: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class OneOf:
    """Leaf: the field is one of the values; unknown while it is missing."""

    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """Leaf: the field has been reported. Unknown (never false) while missing: it may still come."""

    field: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; true when there are no parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; false when there are no parts."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Leaf = Compare | OneOf | Given
Condition = Leaf | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Trace:
    """What a condition came to: its truth, the value seen (leaves only) and the traces of its parts."""

    condition: Condition
    truth: Truth
    value: Value | None = None
    parts: tuple["Trace", ...] = ()

    def deciding_leaves(self) -> tuple["Trace", ...]:
        """Leaves that made the result what it is: the false ones of a false "all", and so on."""
        if isinstance(self.condition, Leaf):
            return (self,)
        inherits = isinstance(self.condition, Not)
        return tuple(
            leaf for part in self.parts if inherits or part.truth is self.truth for leaf in part.deciding_leaves()
        )


def negation(truth: Truth) -> Truth:
    """Kleene's "not"."""
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}[truth]


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Kleene's "and": false if any is false, else unknown if any is unknown, else true."""
    seen = set(truths)
    return next((truth for truth in (Truth.FALSE, Truth.UNKNOWN) if truth in seen), Truth.TRUE)


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Kleene's "or": true if any is true, else unknown if any is unknown, else false."""
    seen = set(truths)
    return next((truth for truth in (Truth.TRUE, Truth.UNKNOWN) if truth in seen), Truth.FALSE)


def evaluate(condition: Condition, facts: Facts) -> Trace:
    """Evaluate a condition tree.

    Raises TypeError if a fact cannot be compared with the value it is compared with (a text with a number).
    """
    match condition:
        case Compare() | OneOf() | Given():
            value = facts.get(condition.field)
            return Trace(condition, _leaf_truth(condition, value), value)
        case All(parts):
            traces = tuple(evaluate(part, facts) for part in parts)
            return Trace(condition, conjunction(trace.truth for trace in traces), parts=traces)
        case AnyOf(parts):
            traces = tuple(evaluate(part, facts) for part in parts)
            return Trace(condition, disjunction(trace.truth for trace in traces), parts=traces)
        case Not(part):
            trace = evaluate(part, facts)
            return Trace(condition, negation(trace.truth), parts=(trace,))


def fields_of(condition: Condition) -> frozenset[str]:
    """Names of all facts the condition looks at."""
    match condition:
        case All(parts) | AnyOf(parts):
            return frozenset[str]().union(*(fields_of(part) for part in parts))
        case Not(part):
            return fields_of(part)
        case Compare(field=field) | OneOf(field=field) | Given(field=field):
            return frozenset({field})


def _leaf_truth(leaf: Leaf, value: Value | None) -> Truth:
    if value is None:
        return Truth.UNKNOWN
    match leaf:
        case Given():
            return Truth.TRUE
        case OneOf(values=values):
            return _truth(any(_same_kind(value, each) and value == each for each in values))
        case Compare(operator=operator, value=other):
            if not _same_kind(value, other):
                raise TypeError(f"{leaf.field}: {value!r} cannot be compared with {other!r}")
            return _truth(_COMPARISONS[operator](value, other))


def _truth(holds: bool) -> Truth:
    return Truth.TRUE if holds else Truth.FALSE


def _same_kind(one: Value, other: Value) -> bool:
    return _kind(one) is _kind(other)


def _kind(value: Value) -> type:
    if isinstance(value, bool | str | date):
        return type(value)
    return Decimal


_COMPARISONS: Mapping[Operator, Callable[..., bool]] = {
    Operator.AT_LEAST: lambda a, b: a >= b,
    Operator.MORE_THAN: lambda a, b: a > b,
    Operator.AT_MOST: lambda a, b: a <= b,
    Operator.LESS_THAN: lambda a, b: a < b,
    Operator.EQUAL: lambda a, b: a == b,
    Operator.NOT_EQUAL: lambda a, b: a != b,
}
