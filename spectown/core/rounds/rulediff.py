"""Differences of two versions of the rules of a round, line by line, for whoever has to read them (规则差异)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spectown.core.rounds.rules import Rules

_LABELS = {
    "kind": "批次类型",
    "level": "级别",
    "criteria_version": "认定条件版本",
    "window": "申报期限",
    "opens": "开始",
    "closes": "截止",
    "quota": "名额",
    "total": "总数",
    "per_county": "每县(区)",
    "per_field": "每类别",
    "counties": "分县(区)",
    "fields": "分类别",
    "materials": "材料",
    "name": "名称",
    "title": "名称",
    "clause": "条款",
    "required": "必交",
    "forms": "文件类型",
    "max_mb": "大小上限(MB)",
    "expires": "须填有效期",
    "panel": "专家",
    "size": "人数",
    "minimum": "最少评分人数",
    "sheet": "评分表",
    "weight": "权重",
    "max_points": "满分",
    "pass_score": "及格分",
    "priority": "优先评定的用法",
    "outliers": "离群分口径",
    "fewest": "最少分数个数",
    "deviations": "偏离倍数",
    "gap": "最小差距",
    "visit": "实地核查",
    "criteria": "核对的条件",
    "province": "省级推荐条件",
    "held_years": "市级称号已持有(年)",
    "standard_path": "须符合标准条件",
    "least": "至少",
    "correction_rounds": "补正次数",
    "publicity_days": "公示期(工作日)",
    "validity_years": "有效期(年)",
    "terms": "期限(工作日)",
    "sources": "依据",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that differs; `before` or `after` None: the line is new, or gone. `path` is stable, `label` Chinese."""

    path: str
    label: str
    before: str | None
    after: str | None

    @property
    def sentence(self) -> str:
        """The difference in Chinese."""
        if self.before is None:
            return f"{self.label}:新增“{self.after}”"
        if self.after is None:
            return f"{self.label}:删去“{self.before}”"
        return f"{self.label}:由“{self.before}”改为“{self.after}”"


def differences(old: Rules, new: Rules) -> tuple[Difference, ...]:
    """Every line that differs, in the order of the new rules, then what is gone. Items of lists go by their code."""
    before, after = (dict(_lines(rules.model_dump(mode="json"), (), ())) for rules in (old, new))
    paths = [*after, *(path for path in before if path not in after)]
    labels = {path: label for lines in (before, after) for path, (label, _) in lines.items()}
    texts = [{path: text for path, (_, text) in lines.items()} for lines in (before, after)]
    found = (Difference(path, labels[path], texts[0].get(path), texts[1].get(path)) for path in paths)
    return (*(each for each in found if each.before != each.after), *_orders(old, new))


def _orders(old: Rules, new: Rules) -> Iterator[Difference]:
    """The same items in another order."""
    lists = (
        ("materials", [each.code for each in old.materials], [each.code for each in new.materials]),
        ("sheet", [each.code for each in old.sheet], [each.code for each in new.sheet]),
    )
    for name, before, after in lists:
        if before != after and sorted(before) == sorted(after):
            yield Difference(f"{name}.order", f"{_LABELS[name]}·次序", "、".join(before), "、".join(after))


Line = tuple[str, tuple[str, str]]


def _lines(value: Any, path: tuple[str, ...], labels: tuple[str, ...]) -> Iterator[Line]:
    """Leaves of a dumped model: dotted path -> (label, text); an empty leaf is no line."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _lines(inner, (*path, str(name)), (*labels, _LABELS.get(str(name), str(name))))
    elif isinstance(value, Sequence) and value and isinstance(value[0], Mapping):
        for item in value:
            inner = {name: each for name, each in item.items() if name != "code"}
            title = str(item.get("name") or item.get("title"))
            yield from _lines(inner, (*path, item["code"]), (*labels, title))
    elif value not in (None, [], ""):
        yield ".".join(path), ("·".join(labels), _text(value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
