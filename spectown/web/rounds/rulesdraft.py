"""The form of the rules of a round: what stands in its inputs, from the rules or as typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict

from spectown.core.rounds.rulefaults import terms_of
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.words import RoundKind
from spectown.web.rounds.rulesparts import Known, part_draft, part_typed
from spectown.web.rounds.rulesshown import plain
from spectown.web.rounds.words import TERMS

MOST_ROWS = 60
MATERIAL = ("code", "name", "clause", "required", "max_mb", "expires")
SHEET = ("code", "title", "clause", "weight", "max_points")
SINGLE = (
    *("opens", "closes", "total", "per_county", "per_field", "counties", "size", "minimum", "pass_score"),
    *("priority", "visit", "correction_rounds", "publicity_days", "validity_years", "reason"),
)
SOURCES = {
    "window": "申报期限",
    "quota": "名额",
    "materials": "材料清单",
    "panel": "专家评审",
    "sheet": "评分表",
    "pass_score": "及格分",
    "priority": "优先评定",
    "visit": "实地核查",
    "criteria": "核对的条件",
    "province": "省级推荐条件",
    "correction_rounds": "补正次数",
    "publicity_days": "公示期",
    "validity_years": "有效期",
    "terms": "办理期限",
}
Draft = dict[str, Any]


def draft_of(rules: Rules, known: Known) -> Draft:
    """What the inputs show for the rules as they are."""
    quota, panel, score = rules.quota, rules.panel, rules.pass_score
    single = {
        "opens": rules.window.opens.isoformat(),
        "closes": rules.window.closes.isoformat(),
        "total": quota.total or "",
        "per_county": quota.per_county or "",
        "per_field": quota.per_field or "",
        "counties": "\n".join(f"{name} {limit}" for name, limit in quota.counties.items()),
        "size": panel.size if panel else "",
        "minimum": panel.minimum if panel else "",
        "pass_score": "" if score is None else plain(score),
        "priority": rules.priority.value,
        "visit": rules.visit.value,
        "correction_rounds": rules.correction_rounds,
        "publicity_days": rules.publicity_days,
        "validity_years": rules.validity_years,
        "reason": "",
    }
    return {
        **{name: str(value) for name, value in single.items()},
        **part_draft(rules, known),
        "materials": [_material(each) for each in rules.model_dump(mode="json")["materials"]],
        "sheet": [
            {**each.model_dump(), "weight": plain(each.weight), "max_points": plain(each.max_points)}
            for each in rules.sheet
        ],
        "terms": [(name, label, str(rules.terms.get(name, ""))) for name, label in _terms(rules.kind)],
        "sources": [(name, label, rules.sources.get(name, "")) for name, label in SOURCES.items()],
    }


def _material(each: dict[str, Any]) -> dict[str, Any]:
    flags = {name: "yes" if each[name] else "" for name in ("required", "expires")}
    return {**each, **flags, "max_mb": str(each["max_mb"])}


def _terms(kind: RoundKind) -> Iterator[tuple[str, str]]:
    needed = terms_of(kind)
    yield from ((name, label) for name, label in TERMS.items() if name in needed)


def draft_from(post: QueryDict, kind: RoundKind) -> Draft:
    """What was typed; a row is added or taken out where a button of the form asks for it."""
    draft: Draft = {name: post.get(name, "").strip() for name in SINGLE} | part_typed(post)
    draft["materials"] = [
        {**row, "forms": post.getlist(f"materials-{n}-forms")} for n, row in _rows(post, "materials", MATERIAL)
    ]
    draft["sheet"] = [row for _, row in _rows(post, "sheet", SHEET)]
    draft["terms"] = [(name, label, post.get(f"term-{name}", "").strip()) for name, label in _terms(kind)]
    draft["sources"] = [(name, label, post.get(f"source-{name}", "").strip()) for name, label in SOURCES.items()]
    _add_or_remove(draft, post)
    return draft


def _rows(post: QueryDict, table: str, names: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number in range(MOST_ROWS):
        if f"{table}-{number}-code" in post:
            yield number, {name: post.get(f"{table}-{number}-{name}", "").strip() for name in names}


def _add_or_remove(draft: Draft, post: QueryDict) -> None:
    if (table := post.get("add")) in ("materials", "sheet") and len(draft[table]) < MOST_ROWS:
        names = MATERIAL if table == "materials" else SHEET
        draft[table].append({**dict.fromkeys(names, ""), "forms": ["pdf"], "required": "yes", "max_mb": "20"})
    table, _, number = post.get("remove", "").partition("-")
    if table in ("materials", "sheet") and number.isascii() and number.isdigit() and int(number) < len(draft[table]):
        del draft[table][int(number)]


def is_only_rows(post: QueryDict) -> bool:
    """True where the form was sent only to add or take out a row; nothing is saved then."""
    return "add" in post or "remove" in post
