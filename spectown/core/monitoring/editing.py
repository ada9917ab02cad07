"""Changing an entry of the catalogue, of the forms, of the rules: what is a new version, from when, what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spectown.core.faults import plainly as in_words
from spectown.core.periods import Every, Period, containing, moved, of_code

LABELS: Mapping[str, str] = {
    "name": "名称",
    "definition": "口径",
    "group": "分组",
    "clause": "条款",
    "kind": "性质",
    "every": "报送频率",
    "source": "来源单位",
    "since": "起始期",
    "until": "最后一期",
    "unit": "计量单位",
    "direction": "方向",
    "obtained": "取得方式",
    "derivation": "取数办法",
    "formula": "公式",
    "missing": "缺数时",
    "decimals": "小数位数",
    "warn": "警戒",
    "good": "较好",
    "categories": "适用类别",
    "signed": "可以为负",
    "suggested": "建议指标",
    "filled_by": "由谁填报",
    "window": "填报时间",
    "groups": "分组和指标",
    "footer": "表末",
    "silence": "核定期限",
    "together": "合并的月数",
    "severity": "轻重",
    "says": "提示的话",
    "indicators": "指标",
    "left": "左边",
    "operator": "关系",
    "right": "右边",
    "against": "与什么相比",
    "low": "下限",
    "high": "上限",
    "percent": "百分之几",
    "floor": "最小变动",
    "tolerance": "允许误差",
    "score": "偏离倍数",
    "peers": "最少镇数",
    "log": "按量级比",
    "months": "只在这些月份",
    "off": "停用",
    "opens": "开始",
    "due": "到期",
    "closes": "截止",
}
VERSIONED = (
    "definition", "unit", "kind", "obtained", "formula", "derivation", "missing", "decimals", "signed", "categories",
)  # fmt: skip
CORRECTED = ("name", "group", "clause", "source", "direction", "warn", "good", "suggested")
BOUNDS = ("low", "high", "percent", "floor", "tolerance", "score", "peers")
OTHER_WORDS = {
    "indicators.yaml": "指标目录",
    "reportforms.yaml": "报表",
    "checks.yaml": "校验规则",
    "filled": "填报",
    "derived": "由清单得出",
    "computed": "按公式计算",
    "count": "期末个数",
    "obtained": "取得方式",
}
DEFAULTS: Mapping[str, Any] = {
    "direction": "none",
    "obtained": "filled",
    "missing": "any",
    "decimals": 0,
    "signed": False,
    "suggested": True,
    "off": False,
    "log": True,
    "months": [],
    "silence": 0,
    "together": 0,
}
Entry = Mapping[str, Any]


def put(entry: Entry, changes: Entry) -> dict[str, Any]:
    """The entry with these items; one that is empty or the default is left out, as in the files."""
    whole = {**entry, **changes}
    said = {name: value for name, value in whole.items() if value not in (None, "", [], ())}
    return {name: value for name, value in said.items() if name in entry or DEFAULTS.get(name) != value}


def differing(before: Entry, after: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
    """Items that read differently, by their Chinese words, for the log."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    left, right = ({LABELS.get(n, n): each.get(n) for n in names if n in each} for each in (before, after))
    return left, right


def version_refusals(entry: Entry, changed: Entry, taken: Period | None) -> list[str]:
    """Why an entry cannot be followed by this one: `taken` is the last period that was opened with the code."""
    since, begun = of_code(str(changed["since"])), of_code(str(entry["since"]))
    every = Every(str(entry["every"]))
    if since.every != every:
        return [f"起始期应是一个{every.label},如 {begun.code}。"]
    if since < begun:
        return [f"起始期应不早于现行版本的起始期 {begun.label}。"]
    refusals = not_backwards(since, taken)
    same = {k: v for k, v in entry.items() if k != "since"} == {k: v for k, v in changed.items() if k != "since"}
    return [*refusals, "没有改动任何一项。"] if same else refusals


def not_backwards(since: Period, taken: Period | None) -> list[str]:
    """Periods that were opened keep the version with which they were."""
    if taken is None or since > taken:
        return []
    return [f"{taken.label}已经开期,已开的期不改;请从以后的期开始。"]


def taken_next(since: Period, every: Every, taken: Period | None) -> Period:
    """The first period that a change may begin with: after all that was opened, not before the version itself."""
    if taken is None or taken < since:
        return since
    return moved(containing(taken, every), 1)


def end_refusals(entry: Entry, until: Period, taken: Period | None) -> list[str]:
    """Why an entry cannot end with this period."""
    begun = of_code(str(entry["since"]))
    if until < begun:
        return [f"最后一期不应早于起始期 {begun.label}。"]
    if taken is not None and until < taken:
        return [f"{taken.label}已经开期,最后一期不能更早。"]
    return []


def plainly(said: str) -> str:
    """A fault of the files in the words of the pages."""
    text = in_words(said, {**LABELS, **OTHER_WORDS})
    return text.replace("definition(口径)", "口径").replace("口径(口径)", "口径")
