"""Columns whose text stands for something: choices, references, yes and no."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from spectown.lib.sheets.cleaning import folded
from spectown.lib.sheets.columns import Lookup, no_reasons

_SHOWN = 8
_FLAGS = {
    **dict.fromkeys(("是", "有", "√", "✓", "✔", "y", "yes", "1", "true", "对"), True),
    **dict.fromkeys(("否", "无", "×", "✗", "✘", "n", "no", "0", "false", "x", "没有", "不是"), False),
}


def choices(text: pl.Series, labels: Mapping[str, str]) -> tuple[pl.Series, pl.Series]:
    """Return stored codes; labels are compared without blanks, width and case."""
    mapped = _mapped(text, labels, pl.String())
    return mapped, _unknown(text, mapped, f"填的内容不在可选范围内,应为:{listed(list(labels))}。请从下拉列表中选择。")


def flags(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return yes and no."""
    distinct = text.drop_nulls().unique()
    table = dict(zip(distinct.to_list(), folded(distinct).to_list(), strict=True))
    found = {raw: _FLAGS[word] for raw, word in table.items() if word in _FLAGS}
    mapped = _replaced(text, found, pl.Boolean())
    return mapped, _unknown(text, mapped, "这一格应填“是”或“否”。")


def references(text: pl.Series, names: Mapping[str, int] | Lookup, heading: str) -> tuple[pl.Series, pl.Series]:
    """Return primary keys of what the names stand for; a name that stands for several is unknown."""
    if not isinstance(names, Mapping):
        distinct = text.drop_nulls().unique()
        keys = names(distinct).cast(pl.Int64)
        pairs = pl.DataFrame({"t": distinct, "key": keys})
        mapped = text.to_frame("t").join(pairs, on="t", how="left", maintain_order="left")["key"]
        return mapped, _unknown(text, mapped, f"系统中没有这个{heading},请核对名称或先新增。")
    mapped = _mapped(text, names, pl.Int64())
    hint = f",应为:{listed(list(names))}。" if len(names) <= 3 * _SHOWN else ",请核对名称。"
    return mapped, _unknown(text, mapped, f"系统中没有这个{heading}{hint}")


def listed(labels: Sequence[str]) -> str:
    """Name the allowed ones, the first of them if they are many."""
    return "、".join(labels[:_SHOWN]) + ("等" if len(labels) > _SHOWN else "")


def _mapped(text: pl.Series, names: Mapping[str, Any], dtype: pl.DataType) -> pl.Series:
    """Map by the exact name, else by the folded one if that is not ambiguous."""
    distinct = text.drop_nulls().unique()
    loose: dict[str, set[Any]] = {}
    for name, word in zip(names, folded(pl.Series("n", list(names), dtype=pl.String)).to_list(), strict=True):
        loose.setdefault(word, set()).add(names[name])
    found = {}
    for raw, word in zip(distinct.to_list(), folded(distinct).to_list(), strict=True):
        targets = {names[raw]} if raw in names else loose.get(word, set())
        if len(targets) == 1:
            found[raw] = next(iter(targets))
    return _replaced(text, found, dtype)


def _replaced(text: pl.Series, found: Mapping[str, Any], dtype: pl.DataType) -> pl.Series:
    if not found:
        return pl.repeat(None, len(text), dtype=dtype, eager=True)
    return text.replace_strict(found, default=None, return_dtype=dtype)


def _unknown(text: pl.Series, mapped: pl.Series, reason: str) -> pl.Series:
    bad = (text.is_not_null() & mapped.is_null()).arg_true()
    reasons = no_reasons(len(text))
    return reasons.clone().scatter(bad, pl.repeat(reason, len(bad), eager=True)) if len(bad) else reasons
