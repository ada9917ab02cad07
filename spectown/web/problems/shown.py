"""How likeness is said on the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spectown.core.supervision.alike import ASPECTS, Likeness
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem
from spectown.web.lists.found import row_url


@dataclass(frozen=True, slots=True)
class Alike:
    """One problem that looks like another, with why."""

    problem: Problem
    number: str
    url: str
    why: str


def alike_of(problem: Problem, likeness: Likeness, common: Sequence[str]) -> Alike:
    """The reasons in one sentence."""
    return Alike(problem, PROBLEMS.number(problem.pk), row_url(PROBLEMS, problem.pk), why(likeness, common))


def why(likeness: Likeness, common: Sequence[str]) -> str:
    """文字相同 62%(用地指标、厂房);条款、类别相同."""
    words = f"({'、'.join(common)})" if common else ""
    aspects = "、".join(ASPECTS[name] for name in likeness.shared)
    return f"文字相同 {likeness.text}%{words}" + (f";{aspects}相同" if aspects else "")
