"""The result of a pre-certification, with its reasons; page, command and workbook print the same objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from spectown.core.certification.answers import Answers, Judgement
from spectown.core.certification.criteria import Category, CriteriaSet, Criterion, PathRule
from spectown.core.certification.outcomes import NeedKind, Outcome, Overall, Path
from spectown.core.conditions import Truth

Shown = Decimal | int | str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What a check looks at: the answers, the criteria, and the day `on` whose thresholds are in force."""

    answers: Answers
    criteria: CriteriaSet
    category: Category | None
    on: date


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is still needed on a path (还差什么); `gap` is how much more, in `unit`."""

    kind: NeedKind
    criterion: str
    clause: str
    path: Path
    field: str
    message: str
    gap: Decimal | None = None
    unit: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the item for JSON."""
        return {
            "criterion": self.criterion,
            "clause": self.clause,
            "path": self.path.value,
            "kind": self.kind.value,
            "field": self.field,
            "gap": jsonable(self.gap),
            "unit": self.unit,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """What one criterion came to on one path, why, and what it still needs.

    `quote` is the sentence of the plan that decides (the threshold's own sentence where there is one),
    `figures` are the supporting figures shown beside a judgement, by field code.
    """

    criterion: Criterion
    path: Path
    outcome: Outcome
    message: str
    clause: str
    quote: str
    value: Shown | None = None
    threshold: Decimal | None = None
    unit: str | None = None
    evidence: str | None = None
    judgement: Judgement | None = None
    figures: Mapping[str, Decimal | int | None] | None = None
    needs: tuple[Need, ...] = ()
    warning: str | None = None

    @property
    def truth(self) -> Truth:
        """The finding as a truth value: everything still open is unknown."""
        return {Outcome.MET: Truth.TRUE, Outcome.UNMET: Truth.FALSE}.get(self.outcome, Truth.UNKNOWN)

    def as_dict(self) -> dict[str, Any]:
        """Return the finding for JSON."""
        return {
            "clause": self.clause,
            "criterion": self.criterion.code,
            "title": self.criterion.title,
            "kind": self.criterion.kind.value,
            "path": self.path.value,
            "outcome": self.outcome.value,
            "value": jsonable(self.value),
            "threshold": jsonable(self.threshold),
            "unit": self.unit,
            "message": self.message,
            "quote": self.quote,
            "evidence": self.evidence,
            "figures": {name: jsonable(value) for name, value in (self.figures or {}).items()},
            "judged_by": self.judgement.by if self.judgement else None,
        }


@dataclass(frozen=True, slots=True)
class PriorityFinding:
    """One priority factor (优先评定): held, not held, or not reported (None). It never decides."""

    code: str
    label: str
    clause: str
    field: str
    value: Decimal | int | None
    held: bool | None
    message: str

    def as_dict(self) -> dict[str, Any]:
        """Return the factor for JSON."""
        return {
            "code": self.code,
            "label": self.label,
            "clause": self.clause,
            "field": self.field,
            "value": jsonable(self.value),
            "held": self.held,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class PathResult:
    """What one path came to, with all it still needs."""

    rule: PathRule
    overall: Overall
    findings: tuple[Finding, ...]
    missing: tuple[Need, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many criteria came to each outcome."""
        return {each: sum(finding.outcome is each for finding in self.findings) for each in Outcome}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The answer to 「这个集群够不够条件,还差什么」.

    `missing` is the shortest list: that of the path `nearest`. `warnings` are sentences for the applicant.
    """

    overall: Overall
    paths: Mapping[Path, PathResult]
    nearest: Path
    missing: tuple[Need, ...]
    priority: tuple[PriorityFinding, ...]
    warnings: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, standard path first."""
        return tuple(finding for path in self.paths.values() for finding in path.findings)

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON (docs/reference/application.md)."""
        return {
            "overall": self.overall.value,
            "paths": {path.value: self._path_dict(result) for path, result in self.paths.items()},
            "findings": [each.as_dict() for each in self.findings],
            "missing": [each.as_dict() for each in self.missing],
        }

    def _path_dict(self, result: PathResult) -> dict[str, Any]:
        return {
            "overall": result.overall.value,
            "label": result.rule.label,
            "clause": result.rule.clause,
            "counts": {outcome.value: count for outcome, count in result.counts.items()},
            "missing": [each.as_dict() for each in result.missing],
            "priority": [each.as_dict() for each in self.priority],
            "warnings": list(self.warnings),
        }


def jsonable(value: Shown | None) -> int | float | str | bool | list[str] | None:
    """Turn a value into JSON: a whole Decimal as integer, others as float (form figures fit exactly)."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return list(value)
    return value
