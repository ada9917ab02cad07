"""The tables of moves of a project: from stage to stage, and whether it goes on (docs/algorithms/projects.md)."""

from __future__ import annotations

from collections.abc import Iterator

from spectown.accounts.permissions import Permission
from spectown.core.workflow import Move, Workflow
from spectown.projects.enums import Course, Stage

ORDER = tuple(Stage.values)


def _stage_moves() -> Iterator[Move]:
    """Forward from every earlier stage; back from every later one, with a reason."""
    for position, (code, label) in enumerate(Stage.choices):
        if position:
            yield Move(f"to_{code}", f"推进到“{label}”", ORDER[:position], code, Permission.LIST_CHANGE)
        if position < len(ORDER) - 1:
            yield Move(
                f"back_{code}", f"退回到“{label}”", ORDER[position + 1 :], code, Permission.LIST_CHANGE, reason=True
            )


STAGES = Workflow(labels={code: str(label) for code, label in Stage.choices}, moves=tuple(_stage_moves()))

C = Course
COURSES = Workflow(
    labels={code: str(label) for code, label in Course.choices},
    moves=(
        Move("pause", "暂停", (C.ACTIVE,), C.PAUSED, Permission.LIST_CHANGE, reason=True),
        Move("end", "终止", (C.ACTIVE, C.PAUSED), C.ENDED, Permission.LIST_CHANGE, reason=True),
        Move("resume", "恢复推进", (C.PAUSED, C.ENDED), C.ACTIVE, Permission.LIST_CHANGE, reason=True),
    ),
)


def stage_move(source: str, target: str) -> Move:
    """The move from one stage to another; KeyError for an unknown stage or the same one."""
    if source == target or source not in ORDER or target not in ORDER:
        raise KeyError(target)
    return STAGES.move(f"{'to' if ORDER.index(target) > ORDER.index(source) else 'back'}_{target}")
