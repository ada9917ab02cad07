"""Publicity (公示): its days, which objections are admissible, and that an open one blocks its own town only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spectown.core.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Publicity:
    """One publication: the day it was put up and its last day (both belong to it)."""

    published: date
    last: date
    provisional: bool

    def is_running(self, on: date) -> bool:
        """Tell whether objections can be raised on a day."""
        return self.published <= on <= self.last

    def has_ended(self, on: date) -> bool:
        """Tell whether the last day is over."""
        return on > self.last


def publicity(published: date, days: int, calendar: Calendar) -> Publicity:
    """A publication of so many working days, the day it is put up not counted. Raises ValueError below one day."""
    if days < 1:
        raise ValueError(f"a publicity has at least one working day, not {days}")
    last = calendar.add(published, days)
    return Publicity(published, last, calendar.is_provisional(published, last))


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection as it came in; `open`: neither handled, refused nor withdrawn; `upheld`: found to be right."""

    number: str
    town: str
    name: str
    contact: str
    text: str
    evidence: int
    received: date
    open: bool = True
    upheld: bool = False


def inadmissible(objection: Objection, publication: Publicity) -> list[str]:
    """Why an objection is not taken up (不予受理): real name, contact, content, evidence, within the period."""
    found = []
    if len(objection.name.strip()) < 2:
        found.append("异议须实名提出。")
    if not objection.contact.strip():
        found.append("异议须留联系方式。")
    if not objection.text.strip():
        found.append("异议须写明内容和理由。")
    if objection.evidence < 1:
        found.append("异议须附证明材料。")
    if not publication.is_running(objection.received):
        found.append(
            f"异议须在公示期({publication.published}至{publication.last})内提出,收到日为{objection.received}。"
        )
    return found


def blocks(objections: Iterable[Objection], town: str) -> list[str]:
    """Why a town cannot be certified now: its own open or upheld objections; those to other towns do not matter."""
    own = [each for each in objections if each.town == town]
    waiting = [f"异议{each.number}尚未办结。" for each in own if each.open]
    return waiting + [f"异议{each.number}成立。" for each in own if each.upheld and not each.open]
