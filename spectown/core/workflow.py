"""States and transitions as tables: who may move what from where to where, and what the move needs.

A table is data; `Workflow.refusals` answers with reasons, the same list for the button's tooltip and the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Move:
    """One way from a state to another.

    `permission`: code that the mover must hold; `reason`: a written reason is needed; `not_by`: names of earlier steps
    whose doer may not make this move (two-person rule); `needs`: names of conditions that must hold; `effects`: names
    of what the service does beside the change of state. Both are named in `Workflow.needs` and `Workflow.effects`.
    """

    code: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    reason: bool = False
    not_by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who wants to move: permissions held, user number, doers of earlier steps by name, the reason given.

    `conditions`: by the name of a condition, the sentences that say what is lacking; () = it holds. A condition that
    was not looked at does not hold.
    """

    permissions: frozenset[str]
    user: int | None
    doers: Mapping[str, int | None]
    reason: str = ""
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workflow:
    """All moves of one kind of thing; labels of states, of conditions (a sentence of what is needed), of effects."""

    labels: Mapping[str, str]
    moves: tuple[Move, ...]
    apart: str = "填报和审核须由两人分别办理,不能由填报人自己"  # of moves with `not_by`; the move's label follows
    needs: Mapping[str, str] = field(default_factory=dict)
    effects: Mapping[str, str] = field(default_factory=dict)

    def move(self, code: str) -> Move:
        """The move of this code; KeyError where the table has none."""
        for move in self.moves:
            if move.code == code:
                return move
        raise KeyError(code)

    def refusals(self, code: str, state: str, attempt: Attempt, *, asking: bool = False) -> list[str]:
        """Why the move cannot be made now, in Chinese; empty = it can. `asking`: the reason is not given yet."""
        move = self.move(code)
        reasons = []
        if state not in move.sources:
            allowed = "、".join(self.labels[s] for s in move.sources)
            reasons.append(f"当前状态为“{self.labels[state]}”,只有“{allowed}”时才能{move.label}。")
        if move.permission not in attempt.permissions:
            reasons.append(f"当前角色不能{move.label}。")
        if any(attempt.user is not None and attempt.doers.get(step) == attempt.user for step in move.not_by):
            reasons.append(f"{self.apart}{move.label}。")
        if move.reason and not asking and not attempt.reason.strip():
            reasons.append(f"{move.label}须写明理由。")
        for need in move.needs:
            reasons += attempt.conditions.get(need, (f"{move.label}须{self.needs[need]}。",))
        return reasons

    def open_moves(self, state: str, attempt: Attempt) -> list[Move]:
        """Moves that the person could make now (the reason is asked for later)."""
        return [m for m in self.moves if not self.refusals(m.code, state, attempt, asking=True)]

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for the docs."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {code}: {label}" for code, label in self.labels.items()]
        lines += [f"    {source} --> {move.target}: {move.label}" for move in self.moves for source in move.sources]
        return "\n".join(lines)

    def table(self) -> str:
        """All moves as a Markdown table, for the docs: who, what is needed, what it does."""
        lines = ["| move | from → to | permission | needs | effects |", "| --- | --- | --- | --- | --- |"]
        for move in self.moves:
            sources = "、".join(self.labels[source] for source in move.sources)
            needs = [self.needs[need] for need in move.needs]
            needs += ["与前一步不是同一人"] * bool(move.not_by) + ["写明理由"] * move.reason
            effects = ";".join(self.effects[effect] for effect in move.effects)
            ways = f"{sources} → {self.labels[move.target]}"
            lines.append(
                f"| {move.label} `{move.code}` | {ways} | `{move.permission}` | {';'.join(needs)} | {effects} |"
            )
        return "\n".join(lines)

    def section(self, name: str) -> str:
        """Diagram and table under a heading, as Markdown, for the docs."""
        return f"## {name}\n\n```mermaid\n{self.diagram()}\n```\n\n{self.table()}\n"
