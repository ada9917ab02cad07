"""Special inspections (专项检查) and research visits (调研): states, checklists and the yearly cap as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from spectown.core.projects.settings import day_of
from spectown.core.supervision.settings import SettingsFault
from spectown.core.supervision.words import EFFECTS, NEEDS, PLAN
from spectown.core.workflow import Move, Workflow

KINDS: Mapping[str, str] = {"inspection": "专项检查", "research": "调研"}
VERDICTS: Mapping[str, str] = {"fine": "正常", "finding": "有问题", "absent": "不涉及"}
WAYS: Mapping[str, str] = {"notice": "转督办", "problem": "转问题台账", "spot": "当场解决或不再处理"}
OTHER = "other"  # an item that every checklist has at its end

VISIT = Workflow(
    {"planned": "已安排", "done": "已办结", "cancelled": "已取消"},
    (
        Move("finish", "办结", ("planned",), "done", PLAN, needs=("items_answered", "findings_settled")),
        Move("cancel", "取消", ("planned",), "cancelled", PLAN, reason=True),
    ),
    needs=NEEDS,
    effects=EFFECTS,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at."""

    code: str
    text: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is looked at in each town."""

    code: str
    label: str
    kind: str
    clause: str
    source: str
    items: tuple[Item, ...]

    @property
    def whole(self) -> tuple[Item, ...]:
        """All items with the open one at the end."""
        return (*self.items, Item(OTHER, "其他情况"))


@dataclass(frozen=True, slots=True)
class VisitSettings:
    """One group, in force from a day on. `cap`: visits a town and year."""

    valid_from: date
    clause: str
    cap: int
    cap_source: str
    checklists: Mapping[str, Checklist]


def visit_settings_on(groups: Sequence[VisitSettings], day: date) -> VisitSettings | None:
    """The group in force on a day; None before the first."""
    return max((g for g in groups if g.valid_from <= day), key=lambda g: g.valid_from, default=None)


def read_visit_settings(data: Sequence[Mapping[str, Any]]) -> tuple[VisitSettings, ...]:
    """The groups under `inspections` of supervision.yaml (or of its JSON). Raises SettingsFault."""
    groups = []
    for number, group in enumerate(data, start=1):
        try:
            groups.append(_group(group))
        except (KeyError, TypeError, ValueError) as fault:
            reason = f"缺少 {fault}" if isinstance(fault, KeyError) else str(fault)
            raise SettingsFault(f"supervision.yaml 中 inspections 的第 {number} 组有误:{reason}") from fault
    return tuple(groups)


def _group(group: Mapping[str, Any]) -> VisitSettings:
    lists = {str(row["code"]): _checklist(row) for row in group["checklists"]}
    if int(group["cap"]) < 1:
        raise ValueError("cap 应为 1 以上的整数")
    if len(lists) < len(group["checklists"]):
        raise ValueError("checklists 中有重复的 code")
    return VisitSettings(
        day_of(group["from"]), str(group["clause"]), int(group["cap"]), str(group["cap_source"]), lists
    )


def _checklist(row: Mapping[str, Any]) -> Checklist:
    items = tuple(Item(str(i["code"]), str(i["text"]), str(i.get("clause", ""))) for i in row["items"])
    codes = [item.code for item in items]
    if row["kind"] not in KINDS:
        raise ValueError(f"checklists 的 kind 应为 {'、'.join(KINDS)},现为 {row['kind']}")
    if not items or len(set(codes)) < len(codes) or OTHER in codes:
        raise ValueError(f"检查单 {row['code']} 的 items 为空、有重复的 code,或用了 {OTHER}")
    texts = {name: str(row[name]) for name in ("code", "label", "kind", "clause", "source")}
    return Checklist(items=items, **texts)


def cap_refusals(counts: Mapping[str, int], cap: int, reason: str) -> tuple[str, ...]:
    """Why towns cannot be visited once more without a reason; `counts`: visits of the year by the town's name."""
    full = [f"{name}({count} 次)" for name, count in counts.items() if count >= cap]
    if not full or reason.strip():
        return ()
    return (f"今年检查调研已达上限 {cap} 次:{'、'.join(full)};确需再去的,须写明理由。",)


def unanswered(items: Sequence[Item], answered: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Which towns have items without an answer; `answered`: codes by town. () = everything is filled in."""
    found = []
    for town, codes in answered.items():
        lacking = [item for item in items if item.code not in codes and item.code != OTHER]
        found += [f"{town}还有 {len(lacking)} 项没有填写。"] if lacking else []
    return tuple(found)
