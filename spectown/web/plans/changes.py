"""Two versions beside each other: changed clauses, and what in the system hangs on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spectown.core.plandiff import Change, ClauseChange, Piece
from spectown.web.plans.carried import Carried

KEEP = 40  # characters of unchanged wording shown on each side of a change


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One changed clause with what hangs on it in the earlier and in the later version."""

    change: ClauseChange
    pieces: tuple[Piece, ...]
    before: Sequence[Carried]
    after: Sequence[Carried]

    @property
    def tone(self) -> str:
        """Tone of the tag."""
        return {Change.ADDED: "green", Change.REMOVED: "red", Change.CHANGED: "yellow"}.get(self.change.change, "blue")


def change_rows(
    changes: Sequence[ClauseChange], before: Mapping[str, list[Carried]], after: Mapping[str, list[Carried]]
) -> list[ChangeRow]:
    """Everything that is not the same, in the order of the comparison."""
    return [
        ChangeRow(
            change,
            tuple(_abridged(change.pieces)),
            before.get(change.before.ref, []) if change.before else [],
            after.get(change.after.ref, []) if change.after else [],
        )
        for change in changes
        if change.change != Change.SAME
    ]


def counted(changes: Sequence[ClauseChange]) -> list[tuple[str, int]]:
    """(word, number) of every kind of change."""
    found = Counter(change.change for change in changes)
    return [(kind.label, found[kind]) for kind in Change]


def _abridged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Long unchanged stretches keep only what stands next to a change."""
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        text = piece.text
        if piece.kind == "kept" and len(text) > 3 * KEEP:
            head = "" if index == 0 and last > 0 else text[:KEEP]
            tail = "" if index == last else text[-KEEP:]
            text = f"{head}……{tail}"
        yield Piece(piece.kind, text)
