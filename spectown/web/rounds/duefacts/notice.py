"""Facts of the notice (申报通知) of a round, from the rules in force."""

from __future__ import annotations

from typing import Any

from spectown.core.rounds.ruleparts import Material
from spectown.core.rounds.rules import Rules
from spectown.web.rounds.words import FORMS


def application(rules: Rules, contact: str) -> dict[str, Any]:
    """Window, quota, terms and materials; place, telephone, years of the figures and copies are the drafter's."""
    found: dict[str, Any] = {
        "year": rules.window.closes.year,
        "deadline": rules.window.closes,
        "publicity_days": rules.publicity_days,
        "contact": contact,
        "materials": [_row(each) for each in rules.materials],
    }
    found |= {"quota": rules.quota.per_county} if rules.quota.per_county else {}
    return found | ({"correction_days": rules.terms["correction"]} if "correction" in rules.terms else {})


def _row(each: Material) -> dict[str, str]:
    forms = "、".join(FORMS[form] for form in each.forms)
    demand = f"{'必交' if each.required else '有的提供'}，{forms}文件{'，写明有效期' if each.expires else ''}"
    return {"material": each.name, "demand": demand, "criterion": f"方案{each.clause}"}
