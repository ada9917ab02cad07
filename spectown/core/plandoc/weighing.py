"""From names with words beside them to leads, participants and collective bodies; and what counts as a mark."""

from __future__ import annotations

from dataclasses import dataclass

from spectown.core.plandoc import units
from spectown.core.plandoc.content import Content
from spectown.core.plandoc.folding import fold
from spectown.core.plandoc.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Sets:
    """The three disjoint sets of one mark, each in order of first mention."""

    leads: tuple[str, ...]
    participants: tuple[str, ...]
    collective: tuple[str, ...]


def weigh(content: Content, *, first_leads: bool) -> Sets:
    """Return who leads and who takes part.

    牵头 leads. Where nobody 牵头s, the 责任单位/负责 unit leads if others are said to assist (配合). Where neither
    is said and the document states that the first unit leads, the first named unit leads. Otherwise nobody leads.
    A collective body (各县(区)政府) is told apart and never becomes a lead by position.
    """
    items = content.items
    leading = {Role.LEAD}
    if not any(role is Role.LEAD for _, role in items) and any(role is Role.ASSIST for _, role in items):
        leading = {Role.DUTY}
    leads = [name for name, role in items if role in leading and not _collective(name)]
    if not leads and first_leads and items and not _collective(items[0][0]):
        leads = [items[0][0]]
    collective = _unique([name for name, _ in items if _collective(name)])
    rest = [name for name, _ in items if name not in leads and name not in collective]
    return Sets(_unique(leads), _unique(rest), collective)


def is_mark(content: Content, *, at_end: bool) -> bool:
    """Whether what was read in a bracket is a unit mark.

    With a label or a verb one sound unit suffices, if prose does not outweigh it. Without any word the bracket must
    end an item and every name must have the form of a unit, one of them beyond doubt.
    """
    names = [fold(name) for name in content.names()]
    if not names:
        return False
    sound = [name for name in names if units.is_unit(name) or units.is_collective(name)]
    divisions = [name for name in names if name not in sound and units.is_division(name)]
    sound += divisions
    if content.labelled:
        sound += [name for name in names if name not in sound and units.is_labelled_unit(name)]
    if content.labelled or content.worded:
        firm = content.labelled or names[0] in sound or len(sound) * 2 > len(names)
        return firm and len(sound) > content.refused and len(sound) * 2 >= len(names)
    strong = any(units.is_strong(name) and not units.is_kind(name) for name in names) or len(divisions) > 1
    return at_end and strong and not content.refused and _enough(names, sound)


def _enough(names: list[str], sound: list[str]) -> bool:
    """Whether a bare list is one of units: all are, or an office leads it and what it leads are bodies with a name."""
    doubtful = [name for name in names if name not in sound]
    certain = [name for name in names if units.is_strong(name) and not units.is_kind(name)]
    few = 2 if units.is_office(names[0]) else 3
    mostly = len(certain) > 1 and len(doubtful) * few <= len(names)
    led = units.is_office(names[0]) and all(len(n) > 3 and units.is_labelled_unit(n) for n in doubtful)
    return not doubtful or mostly or led


def _collective(name: str) -> bool:
    return units.is_collective(fold(name))


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
