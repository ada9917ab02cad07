"""The criteria of a plan as validated, dated data: what plans/<plan>/criteria.yaml and categories.yaml hold.

These are pydantic dataclasses, so the same declarations are the schema of the YAML: an unknown key, a
threshold of zero or a criterion twice is refused with its place. A threshold that the plan does not give
is absent, never zero (方案 二 「等领域」).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass

from spectown.core.certification.answers import FIGURES
from spectown.core.certification.outcomes import Path

_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True, str_min_length=1)
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class CriteriaError(ValueError):
    """The criteria data cannot be used; `problems` says where and why, one line each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("认定条件数据有误:" + ";".join(self.problems))


class Kind(StrEnum):
    """What has to be looked at for a criterion."""

    FIGURE = "figure"
    COUNT = "count"
    EVIDENCE = "evidence"
    JUDGEMENT = "judgement"


class CheckName(StrEnum):
    """Which check of this package decides a criterion."""

    OUTPUT = "output"
    AT_LEAST = "at_least"
    COUNTY = "county"
    ORIGIN = "origin"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True, config=_STRICT)
class Threshold:
    """A number of the plan with its unit, its dates (both inclusive) and the sentence it stands in."""

    value: Annotated[Decimal, Field(gt=0)]
    unit: str
    valid_from: date
    clause: str
    quote: str
    valid_until: date | None = None
    path: Path | None = None

    def applies(self, on: date, path: Path) -> bool:
        """Tell whether the threshold is in force on a day and belongs to a path."""
        in_time = self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)
        return in_time and self.path in (None, path)


@dataclass(frozen=True, slots=True, config=_STRICT)
class Category:
    """A field of industry (产业类别); without thresholds the office still owes the decision."""

    code: Code
    label: str
    aliases: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    seen: str | None = None


@dataclass(frozen=True, slots=True, config=_STRICT)
class Criterion:
    """One checkable item of a clause.

    `field` is the answer it looks at, `figures` are answers shown beside it that never decide,
    `soft` marks 「原则上」, `judge` says who judges, `ask` and `example` are shown in the form.
    """

    code: Code
    clause: str
    title: str
    quote: str
    kind: Kind
    check: CheckName
    paths: Annotated[tuple[Path, ...], Field(min_length=1)]
    ask: str
    field: Code | None = None
    figures: tuple[Code, ...] = ()
    noun: str | None = None
    soft: bool = False
    judge: str = "评审专家"
    example: str | None = None
    thresholds: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True, config=_STRICT)
class Decision:
    """Who owes a decision where the plan is silent, and the clause that says so."""

    owner: str
    clause: str
    quote: str


@dataclass(frozen=True, slots=True, config=_STRICT)
class PathRule:
    """Label and source of a path."""

    code: Path
    label: str
    clause: str
    quote: str


@dataclass(frozen=True, slots=True, config=_STRICT)
class ClauseHeading:
    """Heading of a clause, used as a section of the form."""

    clause: str
    heading: str


@dataclass(frozen=True, slots=True, config=_STRICT)
class Factor:
    """A priority factor (优先评定): counted in `field`, by default `honour_<code>`."""

    code: Code
    label: str
    unit: str
    field: Code | None = None


@dataclass(frozen=True, slots=True, config=_STRICT)
class Priority:
    """The priority factors; they order applications and never decide."""

    clause: str
    valid_from: date
    quote: str
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True, config=_STRICT)
class CriteriaSet:
    """All criteria of one plan."""

    plan: str
    title: str
    valid_from: date
    decision: Decision
    paths: Annotated[tuple[PathRule, ...], Field(min_length=1)]
    clauses: tuple[ClauseHeading, ...]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    priority: Priority
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    valid_until: date | None = field(default=None)

    @model_validator(mode="after")
    def _is_consistent(self) -> "CriteriaSet":
        problems = list(_inconsistencies(self))
        if problems:
            raise ValueError(";".join(problems))
        return self

    def category(self, code: str) -> Category:
        """Return the category with a code; an unknown code is a category without a threshold."""
        return next((each for each in self.categories if each.code == code), Category(code="other", label=code))

    def heading(self, clause: str) -> str:
        """Return the heading of a clause, or the clause itself."""
        return next((each.heading for each in self.clauses if each.clause == clause), clause)

    def on_path(self, path: Path) -> tuple[Criterion, ...]:
        """Return the criteria that a path asks for, in the order of the plan."""
        return tuple(each for each in self.criteria if path in each.paths)


def threshold_of(thresholds: Iterable[Threshold], on: date, path: Path) -> Threshold | None:
    """Return the latest threshold in force on a day for a path; None if there is none."""
    in_force = [each for each in thresholds if each.applies(on, path)]
    return max(in_force, key=lambda each: each.valid_from, default=None)


def criteria_from_mapping(criteria: Mapping[str, Any], categories: Mapping[str, Any] | None = None) -> CriteriaSet:
    """Validate the parsed criteria.yaml and categories.yaml of one plan, apart or as one merged mapping.

    Raises CriteriaError with the place of every problem.
    """
    merged = {**criteria, **({"categories": categories.get("categories", ())} if categories else {})}
    try:
        return _ADAPTER.validate_python(merged)
    except ValidationError as error:
        raise CriteriaError(_problem_lines(error)) from error


def _problem_lines(error: ValidationError) -> Iterable[str]:
    for each in error.errors(include_url=False):
        yield f"{'.'.join(str(part) for part in each['loc']) or '全文'}:{each['msg']}"


def _inconsistencies(data: CriteriaSet) -> Iterable[str]:
    groups: dict[str, list[str]] = {
        "条件代码": [each.code for each in data.criteria],
        "类别代码": [each.code for each in data.categories],
        "优先因素代码": [each.code for each in data.priority.factors],
        "路径代码": [each.code for each in data.paths],
    }
    for name, codes in groups.items():
        yield from (f"{name}重复:{code}" for code, count in Counter(codes).items() if count > 1)
    known = {rule.code for rule in data.paths}
    for each in data.criteria:
        if not known.issuperset(each.paths):
            yield f"条件 {each.code} 用了未定义的路径"
        if each.check in (CheckName.AT_LEAST, CheckName.COUNTY) and not each.thresholds:
            yield f"条件 {each.code} 没有标准数值"
        if each.field not in _FIELDS_OF_CHECK[each.check]:
            yield f"条件 {each.code} 的填报项 {each.field} 不适用于检查 {each.check}"
    shown = [each.figures for each in data.criteria]
    counted = [(each.field,) for each in data.priority.factors if each.field]
    for name in {name for names in (*shown, *counted) for name in names} - FIGURES:
        yield f"没有名为 {name} 的数值填报项"


_FIELDS_OF_CHECK: Mapping[CheckName, frozenset[str | None]] = {
    CheckName.OUTPUT: frozenset({"output_wan"}),
    CheckName.AT_LEAST: frozenset(FIGURES),
    CheckName.COUNTY: frozenset({"counties"}),
    CheckName.ORIGIN: frozenset({"traditional_origin"}),
    CheckName.JUDGED: frozenset({None}),
}
_ADAPTER = TypeAdapter(CriteriaSet)
