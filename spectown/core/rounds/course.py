"""The course of a case as a pure value: history, versions, open items after each move; services do the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from spectown.core.rounds.ball import Entry
from spectown.core.workflow import Attempt, Workflow


class Refused(ValueError):
    """A move cannot be made; `reasons` are the sentences of the table."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("".join(self.reasons))


@dataclass(frozen=True, slots=True)
class Course:
    """A case: states with their days, who did what last, versions.

    `version`: number of the content as it is; `pinned`: versions fixed at each submission, in order; `bound`: the one
    that the review reads; `open_items`: the only items that may change (None: all, () nothing); `published`: day of the
    publicity that counts.
    """

    history: tuple[Entry, ...]
    doers: tuple[tuple[str, int], ...] = ()
    version: int = 1
    pinned: tuple[int, ...] = ()
    bound: int | None = None
    open_items: tuple[str, ...] | None = None
    published: date | None = None

    @property
    def state(self) -> str:
        """The state as it is."""
        return self.history[-1].state


WRITABLE = ("draft", "returned", "correction", "rectification")


def begun(on: date) -> Course:
    """A new draft."""
    return Course((Entry("draft", on),))


def writing_refusals(course: Course, item: str) -> list[str]:
    """Why an item cannot be changed now; empty = it can."""
    if course.state not in WRITABLE:
        return ["当前状态不能修改申报内容。"]
    if course.open_items is not None and item not in course.open_items:
        return [f"“{item}”不在通知补正的范围内,不能修改。"]
    return []


def written(course: Course, item: str, *, by: int) -> Course:
    """The case after an item was changed: the next version. Raises Refused."""
    if reasons := writing_refusals(course, item):
        raise Refused(reasons)
    return replace(course, version=course.version + 1, doers=_done(course, "changed", by))


def moved(
    course: Course, table: Workflow, code: str, attempt: Attempt, *, on: date, items: Sequence[str] = ()
) -> Course:
    """The case after a move of its table; `items`: those that a correction names.

    Raises Refused with the table's reasons, ValueError for a day before the last step.
    """
    if on < course.history[-1].since:
        raise ValueError(f"a move on {on} lies before the last one on {course.history[-1].since}")
    attempt = replace(attempt, doers=dict(course.doers))
    if reasons := table.refusals(code, course.state, attempt):
        raise Refused(reasons)
    move = table.move(code)
    after = replace(course, history=(*course.history, Entry(move.target, on)))
    if attempt.user is not None:
        after = replace(after, doers=_done(course, code, attempt.user))
    for effect in move.effects:
        after = _effect(after, effect, on, items)
    return after


def _done(course: Course, step: str, user: int) -> tuple[tuple[str, int], ...]:
    return tuple(sorted({**dict(course.doers), step: user}.items()))


def _effect(course: Course, effect: str, on: date, items: Sequence[str]) -> Course:
    """Effects that a pure value can show; the others (documents, titles) are the service's."""
    if effect == "pin_version":
        known = course.pinned if course.version in course.pinned else (*course.pinned, course.version)
        return replace(course, pinned=known)
    if effect == "bind_version":
        return replace(course, bound=course.pinned[-1])
    if effect == "open_items":
        return replace(course, open_items=tuple(items))
    if effect in ("close_items", "keep_fields") and course.state != "correction":
        return replace(course, open_items=None)
    if effect in ("open_publicity", "void_publicity"):
        return replace(course, published=on if effect == "open_publicity" else None)
    return course
