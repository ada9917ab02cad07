"""What stands in the place of an improvement path where there is none: nothing above, out of reach, or not ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spectown.core.evaluation.boards import VETOED
from spectown.core.evaluation.scheme import Band, Scheme
from spectown.core.evaluation.snapshot import Meaning

NAMED = 3  # fields and figures that a sentence names


def pathless(
    town: str, rows: Sequence[Mapping[str, Any]], scheme: Scheme, meanings: Mapping[str, Meaning], vetoes: Sequence[str]
) -> str:
    """One or two sentences. `rows`: of the stored board; `vetoes`: labels of those that were entered for the town."""
    row = next(each for each in rows if each["name"] == town)
    if row["why"] == VETOED:
        named = f"({'、'.join(vetoes)})" if vetoes else ""
        return f"本年有一票否决事项{named},不参加排名,改进指标不能改变;下年没有否决事项的,照常参加排名。"
    if row["score"] is None or row["rank"] is None:
        return _thin(row, scheme, meanings)
    return _first(row, rows, scheme) if row["rank"] == 1 else _far(row, rows, scheme)


def _thin(row: Mapping[str, Any], scheme: Scheme, meanings: Mapping[str, Meaning]) -> str:
    empty = [part for part in row["breakdown"] if part["code"] in meanings and part["raw"] is None]
    weights = {leaf.code: leaf.weight for leaf in scheme.indicators}
    codes = sorted((part["code"] for part in empty), key=lambda code: -weights.get(code, 0))[:NAMED]
    names = "、".join(meanings[code].name for code in codes)
    missing = f"先报齐缺的数据,如{names}。" if names else "先报齐缺的数据。"
    return f"有数的指标占权重 {row['coverage']:.0%},不到 {scheme.coverage:.0%},没有评分、不排名。{missing}"


def _first(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], scheme: Scheme) -> str:
    """What keeps the town at the first place: its lead, and the fields in which it leads the next most."""
    ranked = sorted((r for r in rows if r["rank"] is not None and r is not row), key=lambda r: r["rank"])
    if not ranked:
        return f"只有一个镇参加排名,没有名次可升。{_grade(row, scheme)}"
    second = ranked[0]
    if second["rank"] == 1:
        lead = f"与{second['name']}并列第 1"
    else:
        lead = f"已居第 1 名,比第 {second['rank']} 名{second['name']}高 {row['score'] - second['score']:.2f} 分"
    own, other = _values(row), _values(second)
    fields = [child.code for child in scheme.root.children if child.code in own and child.code in other]
    ahead = sorted((code for code in fields if own[code] > other[code]), key=lambda code: other[code] - own[code])
    behind = sorted((code for code in fields if own[code] < other[code]), key=lambda code: own[code] - other[code])
    kept = f",主要靠{'、'.join(ahead[:NAMED])}" if ahead else ""
    watch = f"不及对方的是{'、'.join(behind[:NAMED])},须防被赶上。" if behind else ""
    return f"{lead}{kept},没有名次可升。{watch}{_grade(row, scheme)}"


def _far(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], scheme: Scheme) -> str:
    above = [r for r in rows if r["rank"] is not None and r["rank"] < row["rank"]]
    nearest = max(above, key=lambda r: int(r["rank"]))
    apart = f"比前一名{nearest['name']}低 {nearest['score'] - row['score']:.2f} 分"
    return f"{apart},照其他镇一年里做到的幅度改三项以内还赶不上,须各方面一起改进。{_grade(row, scheme)}"


def _grade(row: Mapping[str, Any], scheme: Scheme) -> str:
    better: list[Band] = [band for band in scheme.bands if band.low > row["score"]]
    if not better:
        return "等次已是最高。" if scheme.bands else ""
    band = min(better, key=lambda each: each.low)
    return f"距“{band.name}”等次还差 {band.low - row['score']:.2f} 分。"


def _values(row: Mapping[str, Any]) -> dict[str, float]:
    return {part["code"]: part["value"] for part in row["breakdown"] if part["value"] is not None}
