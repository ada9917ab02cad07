"""Parts of the form of the rules that name things of the plan: categories, criteria, figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from spectown.certification.facts import criteria_of
from spectown.core.certification.fields import FieldKind, form_fields
from spectown.core.rounds.rules import Rules
from spectown.plans.models import PlanVersion

NUMBERS = (FieldKind.INTEGER, FieldKind.MONEY, FieldKind.PERCENT)


@dataclass(frozen=True, slots=True)
class Known:
    """What the plan of a round knows, label by code, in its order."""

    categories: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)


def known_of(version: PlanVersion) -> Known:
    """Categories, criteria and figures of the form."""
    criteria = criteria_of(version)
    figures = {each.code: each.heading for each in form_fields(criteria) if each.kind in NUMBERS}
    return Known(
        {each.code: each.label for each in criteria.categories},
        {each.code: f"{each.title}({each.clause})" for each in criteria.criteria},
        figures,
    )


def part_draft(rules: Rules, known: Known) -> dict[str, Any]:
    """What the inputs show for the rules as they are."""
    asked = rules.province
    return {
        "fields": _lines(rules.quota.fields, known.categories),
        "criteria": list(rules.criteria),
        "held_years": str(asked.held_years) if asked else "",
        "standard_path": "yes" if asked and asked.standard_path else "",
        "least": _lines(asked.least if asked else {}, known.figures),
    }


def _lines(limits: Mapping[str, Any], names: Mapping[str, str]) -> str:
    plain = {code: f"{value.normalize():f}" if isinstance(value, Decimal) else value for code, value in limits.items()}
    return "\n".join(f"{names.get(code, code)} {value}" for code, value in plain.items())


def part_typed(post: QueryDict) -> dict[str, Any]:
    """What was typed."""
    names = ("fields", "held_years", "standard_path", "least")
    return {**{name: post.get(name, "").strip() for name in names}, "criteria": post.getlist("criteria")}


def named_limits(text: str, names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Lines of `名称 数`: the line, the code (empty where nothing is called so), the number as typed."""
    codes = {label: code for code, label in names.items()} | {code: code for code in names}
    for line in text.splitlines():
        name, _, limit = line.strip().rpartition(" ")
        if line.strip():
            yield line.strip(), codes.get(name.strip(), ""), limit


def chosen(codes: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Ticked codes in the plan's order; all of them is the same as none, which means every criterion."""
    found = [code for code in names if code in codes]
    return [] if len(found) == len(names) else found
