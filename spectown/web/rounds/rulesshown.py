"""The rules of a round as people read them, each part with its source (建议值 or clause)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from spectown.core.rounds.rules import Rules
from spectown.web.rounds.words import FORMS, OFFICES_OWN, PRIORITIES, TERMS, VISITS


@dataclass(frozen=True, slots=True)
class Fact:
    """One rule: name, what it says, where it comes from."""

    label: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One item of the list of materials."""

    number: int
    name: str
    clause: str
    required: bool
    forms: str
    max_mb: int
    expires: bool


def source_of(rules: Rules, name: str) -> str:
    """Whose figure a rule is."""
    return rules.sources.get(name, OFFICES_OWN)


def facts_of(rules: Rules) -> list[Fact]:
    """All single rules in the order of a case's course."""
    window, quota, panel = rules.window, rules.quota, rules.panel
    limits = [f"总数 {quota.total} 个"] if quota.total else []
    limits += [f"每县(区) {quota.per_county} 个"] if quota.per_county else []
    limits += [f"每类别 {quota.per_field} 个"] if quota.per_field else []
    limits += [f"{name} {limit} 个" for name, limit in {**quota.counties, **quota.fields}.items()]
    lines = [
        ("window", "申报期限", f"{window.opens} 至 {window.closes}"),
        ("quota", "名额", "、".join(limits) or "不限"),
        *([("criteria", "核对的条件", f"只核对 {len(rules.criteria)} 条")] if rules.criteria else []),
        ("correction_rounds", "补正次数", f"最多 {rules.correction_rounds} 次"),
        ("panel", "专家评审", f"每件 {panel.size} 人,至少 {panel.minimum} 人评分" if panel else "不安排"),
        ("pass_score", "及格分", "不设" if rules.pass_score is None else f"{plain(rules.pass_score)} 分(满分 100)"),
        ("priority", "优先评定", PRIORITIES[rules.priority.value]),
        ("visit", "实地核查", VISITS[rules.visit.value]),
        ("publicity_days", "公示期", f"{rules.publicity_days} 个工作日" if rules.publicity_days else "不公示"),
        ("validity_years", "称号有效期", f"{rules.validity_years} 年"),
    ]
    return [Fact(label, value, source_of(rules, name)) for name, label, value in lines]


def province_facts(rules: Rules, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a recommendation asks for; `names`: of the figures, with their units."""
    asked = rules.province
    if asked is None:
        return [("条件", "市级称号有效,符合方案条件")]
    held = f"持有满 {asked.held_years} 年" if asked.held_years else "在有效期内"
    path = "须符合标准条件,放宽条件的不推荐" if asked.standard_path else "标准条件、放宽条件均可"
    least = [(names.get(field, field), f"不少于 {plain(value)}") for field, value in asked.least.items()]
    return [("市级称号", held), ("认定条件", path), *least]


def materials_of(rules: Rules) -> list[MaterialLine]:
    """The list of materials in its order."""
    return [
        MaterialLine(
            number,
            each.name,
            each.clause,
            each.required,
            "、".join(FORMS[f] for f in each.forms),
            each.max_mb,
            each.expires,
        )
        for number, each in enumerate(rules.materials, 1)
    ]


def terms_shown(rules: Rules) -> list[tuple[str, int]]:
    """Terms in working days, in the order of the course."""
    return [(label, rules.terms[name]) for name, label in TERMS.items() if name in rules.terms]


def plain(value: Decimal) -> str:
    """A decimal without trailing zeros."""
    return f"{value.normalize():f}"
