"""What problems are about, where they come from, what they are; the rules on them as data (supervision.yaml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from spectown.core.projects.settings import day_of
from spectown.core.supervision.settings import SettingsFault

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "land": "用地",
        "energy": "用能",
        "environment": "环保",
        "finance": "融资",
        "labour": "用工和人才",
        "technology": "技术创新",
        "quality": "质量和品牌",
        "market": "市场和销售",
        "investment": "招商引资",
        "project": "项目建设",
        "approval": "行政审批",
        "facilities": "水电路等基础设施",
        "platform": "公共服务平台",
        "policy": "政策兑现",
        "other": "其他",
    }
)
ORIGINS: Mapping[str, str] = MappingProxyType(
    {
        "enterprise": "企业反映",
        "town": "专业镇反映",
        "county": "县(区)反映",
        "visit": "调研",
        "inspection": "专项检查",
        "project": "重大项目",
        "office": "领导小组办公室",
        "other": "其他来源",
    }
)
NATURES: Mapping[str, str] = MappingProxyType({"open": "未判定", "individual": "个性问题", "common": "共性问题"})


@dataclass(frozen=True, slots=True)
class KindRule:
    """To which clause a kind belongs, and which unit (code) is proposed ("" = the lead of that clause's task)."""

    clause: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ProblemRules:
    """One group of rules. `sure`, `near`: percent of the text in common; `shared`: how many other things coincide.

    `members`, `raisers`: from how many problems of how many raisers on a common problem is proposed. `days`: time for
    the answer that is proposed when a problem is given to a unit.
    """

    valid_from: date
    clause: str
    kinds: Mapping[str, KindRule]
    industries: Mapping[str, str]
    days: int
    sure: int
    near: int
    shared: int
    members: int
    raisers: int
    source: str


def rules_on(groups: Sequence[ProblemRules], day: date) -> ProblemRules | None:
    """The group in force on a day; None before the first."""
    return max((g for g in groups if g.valid_from <= day), key=lambda g: g.valid_from, default=None)


def read_rules(data: Sequence[Mapping[str, Any]]) -> tuple[ProblemRules, ...]:
    """The groups under `problems` of supervision.yaml. Raises SettingsFault, in Chinese."""
    groups = []
    for number, group in enumerate(data, start=1):
        try:
            groups.append(_group(group))
        except (KeyError, TypeError, ValueError) as fault:
            reason = f"缺少 {fault}" if isinstance(fault, KeyError) else str(fault)
            raise SettingsFault(f"supervision.yaml 中 problems 的第 {number} 组有误:{reason}") from fault
    if len({group.valid_from for group in groups}) < len(groups):
        raise SettingsFault("supervision.yaml 中 problems 有两组从同一天起用,请只留一组。")
    return tuple(groups)


def _group(group: Mapping[str, Any]) -> ProblemRules:
    kinds = {str(code): KindRule(str(r["clause"]), str(r.get("unit", ""))) for code, r in group["kinds"].items()}
    odd = set(kinds) ^ set(KINDS)
    if odd:
        raise ValueError(f"kinds 应正好写明全部问题类别,多出或缺少 {'、'.join(sorted(odd))}")
    alike, common = group["alike"], group["common"]
    sure, near, shared = (int(alike[name]) for name in ("sure", "near", "shared"))
    if not 0 < near <= sure <= 100:
        raise ValueError("alike 的 near、sure 应在 1 至 100 之间,near 不大于 sure")
    if not 0 <= shared <= 4 or int(common["members"]) < 2 or int(group["days"]) < 1:
        raise ValueError("alike 的 shared 应为 0 至 4,common 的 members 不少于 2,days 不少于 1")
    return ProblemRules(
        valid_from=day_of(group["from"]),
        clause=str(group["clause"]),
        kinds=kinds,
        industries={str(code): str(unit) for code, unit in group["industries"].items()},
        days=int(group["days"]),
        sure=sure,
        near=near,
        shared=shared,
        members=int(common["members"]),
        raisers=int(common["raisers"]),
        source=str(group["source"]),
    )
