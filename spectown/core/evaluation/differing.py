"""Where a sealed result and a new computation part, in words: stage, town, indicator, both values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spectown.core.evaluation.sealing import canonical

STAGES = {"first": "初算", "final": "终算"}
LISTS = {"commended": "表扬名单", "supervised": "督办名单"}
WORDS = {
    "score": "得分", "rank": "名次", "rank_low": "名次区间", "rank_high": "名次区间", "p_top": "进前列的可能",
    "p_bottom": "落后列的可能", "coverage": "覆盖", "band": "等次", "why": "未排名的原因", "noise": "临界",
    "points": "加减分", "gain": "进步分", "raw": "原值", "value": "得分", "weight": "权重",
    "weights": "权重",
    "variance": "名次变动的来源",
    "without": "去掉指标后的名次变动",
}  # fmt: skip


def differences(sealed: Any, made: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """Where a sealed result and a new one part, the raw values first: town, indicator, both figures."""
    found = sorted(_differing(sealed, made, ()), key=lambda each: each[0][-1:] != ("raw",))
    said = [_said(path, old, new, names) for path, old, new in found]
    return said or ["result.json 的排列与重算不同。"] * (canonical(sealed) != canonical(made))


def _differing(old: Any, new: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*new, *old]):
            yield from _differing(old.get(key), new.get(key), (*path, str(key)))
    elif _named(old) and _named(new):
        yield from _differing(_by_name(old), _by_name(new), path)
    elif old != new:
        yield path, old, new


def _named(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(e, Mapping) and e.keys() & _KEYS for e in value)


_KEYS = {"name", "code", "indicator", "town"}


def _by_name(rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    return {"/".join(str(row[key]) for key in ("name", "code", "indicator", "town", "line") if key in row): row
            for row in rows}  # fmt: skip


def _said(path: tuple[str, ...], old: Any, new: Any, names: Mapping[str, str]) -> str:
    stage = next((STAGES[part] for part in path[:1] if part in STAGES), "")
    words = [LISTS.get(part) or WORDS.get(part) or names.get(part) or part
             for part in path[bool(stage) :] if part not in _SILENT]  # fmt: skip
    place = "“" + "”的“".join(words) + "”" if words else ""
    return f"result.json {stage}{place}:封存为 {_short(old)},重算为 {_short(new)}。"


_SILENT = {"outcome", "board", "rows", "breakdown", "parts"}


def _short(value: Any) -> str:
    text = "没有" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
