"""What an evaluation stands on (数据快照): towns, figures as they were on a day, items; frozen, as canonical JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from spectown.core.evaluation.table import Unusable

NOW, LAST = "now", "last"


@dataclass(frozen=True, slots=True)
class Participant:
    """One town; `unit`: name of the body responsible for it on that day."""

    code: str
    name: str
    unit: str
    category: str
    group: str
    level: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column is: its name, unit, decimals, and who supplies it."""

    name: str
    unit: str
    decimals: int
    supplier: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one town: what counts now and last year, what was reported; None = not reported, or unfit.

    `state`: a code of how sure it is; `source`: in words.
    """

    town: str
    column: str
    now: Decimal | None
    last: Decimal | None = None
    reported: Decimal | None = None
    state: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A bonus, deduction or veto item that was entered, with its reason; by whom stands in the log."""

    town: str
    code: str
    amount: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure put right after an objection; `which`: now or last."""

    town: str
    column: str
    which: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All of it; figures by town and column, each once."""

    year: int
    taken: str
    participants: tuple[Participant, ...]
    meanings: Mapping[str, Meaning]
    figures: tuple[Figure, ...]
    entries: tuple[Entry, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON; numbers as text, exactly."""
        return {
            "year": self.year,
            "taken": self.taken,
            "participants": [asdict(each) for each in self.participants],
            "meanings": {code: asdict(each) for code, each in self.meanings.items()},
            "figures": [_texts(asdict(each)) for each in self.figures],
            "entries": [_texts(asdict(each)) for each in self.entries],
        }

    def _called(self, town: str, column: str) -> str:
        """A figure in words."""
        name = next((each.name for each in self.participants if each.code == town), town)
        meaning = self.meanings.get(column)
        return f"“{name}”的“{meaning.name if meaning else column}”"

    def corrected(self, corrections: Iterable[Correction]) -> Snapshot:
        """With these figures in place of what was frozen. Raises Unusable where one does not fit."""
        found = {(each.town, each.column): each for each in self.figures}
        for each in corrections:
            key = each.town, each.column
            if key not in found or each.which not in (NOW, LAST) or getattr(found[key], each.which) != each.before:
                raise Unusable(f"更正{self._called(*key)}与快照不符:快照中没有 {each.before} 这个数。")
            old = found[key]
            if each.which == LAST:
                found[key] = replace(old, last=each.after, state="corrected")
            else:
                found[key] = replace(old, now=each.after, reported=each.after, state="corrected")
        return replace(self, figures=tuple(found.values()))


_READ = TypeAdapter(Snapshot)


def snapshot_of(data: Mapping[str, Any]) -> Snapshot:
    """From its JSON. Raises Unusable."""
    try:
        return _READ.validate_python(data)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"]))
        raise Unusable(f"数据快照不可用:{place} 的内容不对。") from error


def _texts(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def _text(number: Decimal) -> str:
    return f"{number.normalize():f}"
