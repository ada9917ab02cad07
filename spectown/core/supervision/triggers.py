"""What calls for a supervision notice, and what is known already. Prose: docs/algorithms/notices.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from spectown.core.supervision.noticesettings import Trigger
from spectown.core.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of proof: what was planned, what is, and where it was taken from; `link` opens it."""

    item: str
    planned: str
    actual: str
    source: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that may call for a notice, as known on a day.

    `key`: what it is about (`project:7`); `unit`: number of the unit that would have to act, None where nobody is
    named; `since`: first day of the present state, None where that is not kept; `covers`: keys of what it sums up;
    `count` of `total`: how many of how many are affected.
    """

    trigger: str
    key: str
    title: str
    unit: int | None
    said: str
    since: date | None = None
    evidence: tuple[Evidence, ...] = ()
    covers: tuple[str, ...] = ()
    count: int = 1
    total: int = 1
    town: int | None = None

    @property
    def occasion(self) -> str:
        """Name of this one occurrence: a matter that went away and came back is another."""
        return f"{self.trigger}:{self.key}:{self.since.isoformat() if self.since else ''}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A matter weighed: proposed where nothing stands against it."""

    matter: Matter
    trigger: Trigger
    against: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """True where a notice is proposed."""
        return not self.against


@dataclass(frozen=True, slots=True)
class Known:
    """What is known already: sentences by key (an open notice, a report that waits to be read), and by occasion."""

    by_key: Mapping[str, str]
    set_aside: Mapping[str, str]


def proposals(
    matters: Sequence[Matter], triggers: Mapping[str, Trigger], known: Known, calendar: Calendar, on: date
) -> list[Proposal]:
    """Every matter weighed, in the order of the triggers; what one of them sums up is not proposed a second time."""
    order = list(triggers)
    asked = sorted((m for m in matters if m.trigger in triggers), key=lambda m: (order.index(m.trigger), m.key))
    found: list[Proposal] = []
    taken: dict[str, str] = {}
    for matter in asked:
        trigger = triggers[matter.trigger]
        against = _against(matter, trigger, known, calendar, on)
        if not against and matter.key in taken:
            against = [f"已列入“{taken[matter.key]}”一并提出,不单独督办。"]
        found.append(Proposal(matter, trigger, tuple(against)))
        if not against:
            taken |= dict.fromkeys(matter.covers, matter.title)
    return found


def _against(matter: Matter, trigger: Trigger, known: Known, calendar: Calendar, on: date) -> list[str]:
    if trigger.unavailable:
        return [f"{trigger.unavailable}。"]
    reasons = _too_little(matter, trigger, calendar, on)
    if matter.unit is None:
        reasons.append("没有写明责任单位,请先在清单中补上。")
    if matter.occasion in known.set_aside:
        reasons.append(known.set_aside[matter.occasion])
    if matter.key in known.by_key:
        reasons.append(known.by_key[matter.key])
    elif matter.covers and all(key in known.by_key for key in matter.covers):
        reasons.append("所涉各项都已在督办:" + "".join(dict.fromkeys(known.by_key[key] for key in matter.covers)))
    return reasons


def _too_little(matter: Matter, trigger: Trigger, calendar: Calendar, on: date) -> list[str]:
    if matter.count < trigger.count_from:
        return [f"达到情形的只有 {matter.count} 个,满 {trigger.count_from} 个才提出。"]
    if matter.count * 100 < trigger.share_from * matter.total:
        return [f"达到情形的 {matter.count} 个,占全部 {matter.total} 个的比例不到 {trigger.share_from}%。"]
    if not trigger.after:
        return []
    if matter.since is None:
        return ["不知道从哪天开始,不能计算已持续多久。"]
    lasted = calendar.between(matter.since, on)
    return [f"已持续 {lasted} 个工作日,满 {trigger.after} 个才提出。"] if lasted < trigger.after else []
