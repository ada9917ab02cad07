"""Where an entry comes from: 方案 as a suggestion, or 本市修改 with who and when; what the plan says otherwise now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spectown.monitoring.catalogue import in_force
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Definition
from spectown.monitoring.services.agreeing import conflicts


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change of ours beside what the plan says of the code now; `fault`: why it cannot hold any more."""

    row: Definition
    plan: Mapping[str, Any]
    fault: str = ""

    @property
    def said(self) -> str:
        """Ours in one sentence."""
        return _said(self.row.data or {})

    @property
    def planned(self) -> str:
        """The plan's in one sentence."""
        return _said(self.plan) or "方案里没有这一条"


def _said(entry: Mapping[str, Any]) -> str:
    words = [str(entry[name]) for name in ("name", "says", "definition", "formula", "unit") if entry.get(name)]
    return ",".join(words)


def marks(kind: DefinitionKind, code: str = "") -> dict[Any, Definition]:
    """Changes of ours in force: of one code by first period, of all by code."""
    state = in_force()
    own = [each for each in state.own if each.kind == kind and each.data is not None and code in ("", each.code)]
    differing = [each for each in own if state.plan_entry(kind, each.code, each.since) != each.data]
    return {(each.since if code else each.code): each for each in differing}


def disagreements() -> list[Conflict]:
    """What the office has to look at after a plan was loaded anew."""
    state = in_force()
    left = {each.pk: fault for each, fault in state.left_out}
    rows = {each.pk: each for each in [*conflicts(), *(each for each, _ in state.left_out)]}
    found = []
    for row in rows.values():
        entries = state.plan_entries(row.kind, row.code)
        plan = state.plan_entry(row.kind, row.code, row.since) or next(reversed(entries), {})
        found.append(Conflict(row, plan, left.get(row.pk, "")))
    return found
