"""What validation finds, and what could not be checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spectown.core.periods import Period


class Severity(StrEnum):
    """An error must be put right; a warning needs a reason."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {"error": "错误", "warning": "提醒"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a value does not keep: `town` is its place in the panel; the message tells both figures."""

    rule: str
    severity: Severity
    town: int
    indicator: str
    period: Period
    message: str

    @property
    def key(self) -> str:
        """By which a written reason is kept."""
        return f"{self.rule}:{self.indicator}"


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule that could not be applied to these towns, and why: no silence is taken for right."""

    rule: str
    indicator: str
    reason: str
    towns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """All that was found; `done`: how many times a rule was applied to a town."""

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    done: int


def errors(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Sentences of the condition `no_errors`; () = it holds."""
    return tuple(each.message for each in findings if each.severity == Severity.ERROR)


def unexplained(findings: Sequence[Finding], reasons: Mapping[str, str]) -> tuple[str, ...]:
    """Sentences of the condition `warnings_explained`; `reasons`: written ones by key."""
    return tuple(
        f"{each.message}请写明理由。"
        for each in findings
        if each.severity == Severity.WARNING and not reasons.get(each.key, "").strip()
    )
