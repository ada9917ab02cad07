"""What is asked of every table of states: its ways, what each state leads to, and that each condition is asked."""

from collections import Counter
from collections.abc import Iterator

from spectown.core.workflow import Attempt, Move, Workflow


def walks(table: Workflow, state: str, visits: Counter[str]) -> Iterator[tuple[Move, ...]]:
    """Every way to an end that is in no state more than twice: each loop is gone through once."""
    moves = [move for move in table.moves if state in move.sources]
    if not moves:
        yield ()
    for move in moves:
        if visits[move.target] < 2:
            for rest in walks(table, move.target, visits + Counter([move.target])):
                yield (move, *rest)


def reach(table: Workflow, state: str) -> set[str]:
    """All states that can follow, with the state itself."""
    found, new = {state}, {state}
    while new := {m.target for m in table.moves if new & set(m.sources)} - found:
        found |= new
    return found


def check_step(table: Workflow, move: Move, state: str) -> None:
    """With everything met the move is made; without permission, person, condition or reason it is refused."""
    met: dict[str, tuple[str, ...]] = dict.fromkeys(move.needs, ())
    good = Attempt(frozenset({move.permission}), 1, {}, "理由", met)
    assert table.refusals(move.code, state, good) == []
    assert table.refusals(move.code, state, Attempt(frozenset(), 1, {}, "理由", met))
    for step in move.not_by:
        assert table.refusals(move.code, state, Attempt(good.permissions, 1, {step: 1}, "理由", met))
    for need in move.needs:
        lacking = {**met, need: (f"缺{need}。",)}
        assert table.refusals(move.code, state, Attempt(good.permissions, 1, {}, "理由", lacking)) == [f"缺{need}。"]
    if move.reason:
        assert table.refusals(move.code, state, Attempt(good.permissions, 1, {}, " ", met))
