"""A version's text as passages in reading order: every clause, and what stands between the clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spectown.plans.models import Clause, PlanVersion


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of the text. `ref` is empty between clauses; `lead` is number and heading as printed."""

    ref: str
    level: int
    heading: str
    lead: str
    paragraphs: tuple[str, ...]

    @property
    def is_title(self) -> bool:
        """True where nothing but the heading stands here."""
        return bool(self.lead) and not self.paragraphs


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The text of a clause, parted around the highlighted range; `marked` is empty where nothing is highlighted."""

    before: str
    marked: str
    after: str


def passages(version: PlanVersion, clauses: Iterable[Clause]) -> Iterator[Passage]:
    """All passages; together they hold every non-blank line of the source once."""
    source, at = version.source_text, 0
    for clause in sorted(clauses, key=lambda c: (c.start, c.order)):
        yield from _between(source[at : clause.start])
        yield passage(clause)
        at = max(at, clause.end)
    yield from _between(source[at:])


def _between(text: str) -> Iterator[Passage]:
    lines = _lines(text)
    if lines:
        yield Passage("", 0, "", "", lines)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def passage(clause: Clause) -> Passage:
    """A clause with its heading parted from the text that follows in the same line."""
    lines = _lines(clause.text)
    lead, rest = _parted(lines[0], clause) if lines else ("", "")
    body = (*((rest,) if rest else ()), *lines[1:])
    if clause.level == 0 and body and clause.heading.startswith(body[0]):  # 附件1 / its title on the next line
        lead, body = f"{lead} {body[0]}", body[1:]
    return Passage(clause.ref, clause.level, clause.heading, lead, body)


def _parted(line: str, clause: Clause) -> tuple[str, str]:
    if line == clause.number:
        return line, ""
    at = line.find(clause.heading) if clause.heading else -1
    if not 0 <= at <= len(clause.number) + 3:
        return "", line
    end = at + len(clause.heading)
    if line[end : end + 1] in ("。", ":"):
        end += 1
    return line[:end], line[end:].strip()


def excerpt(clause: Clause, start: int | None, end: int | None) -> Excerpt:
    """The clause's text with `start:end` (indices into the source) highlighted where they lie within it."""
    if start is None or end is None or not clause.start <= start < end <= clause.end:
        return Excerpt(_flat(clause.text), "", "")
    low, high = start - clause.start, end - clause.start
    return Excerpt(_flat(clause.text[:low]), _flat(clause.text[low:high]), _flat(clause.text[high:]))


def _flat(text: str) -> str:
    return " ".join(text.split())
