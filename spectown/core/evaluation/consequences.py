"""What a result calls for (结果运用): 表扬, 督办, and the towns inside the noise that a person has to decide about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from spectown.core.evaluation.boards import VETOED, Board, Row
from spectown.core.evaluation.drawing import Interval, cut
from spectown.core.evaluation.progress import Progress
from spectown.core.evaluation.table import Table
from spectown.core.evaluation.yearscheme import Consequences, Line

COMMEND, PROGRESS, SUPERVISE, SLOW, VETO = "commend", "progress", "supervise", "slow", "veto"
LABELS = {COMMEND: "评价排名靠前", PROGRESS: "进步显著", SUPERVISE: "评价排名靠后", SLOW: "建设进度较慢", VETO: VETOED}
GOOD = (COMMEND, PROGRESS)  # of 表扬; the others are of 督办


@dataclass(frozen=True, slots=True)
class Call:
    """One town and one line: called for, or `critical`, which a person decides; `said`: a sentence with the figures."""

    town: str
    line: str
    critical: bool
    said: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided about a critical town."""

    town: str
    line: str
    applies: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """Towns by what follows, each once; `open`: critical ones that nobody has decided."""

    commended: tuple[str, ...]
    supervised: tuple[str, ...]
    open: tuple[Call, ...]


def calls(
    board: Board, ahead: Sequence[Progress], rules: Consequences, table: Table, names: Mapping[str, str]
) -> list[Call]:
    """All of them: by rank, by progress, by slow progress, by veto. `names`: of the indicators."""
    rows = [row for row in board.rows if row.rank is not None]
    first, last = top_of(rules.commend, rows), bottom_of(rules.supervise, rows)
    found = [call for row in rows for call in _of_rank(row, rows, first, last, rules)]
    found += _of_progress(ahead, rules.progress)
    found += _slow(rows, rules, table, names)
    found += [Call(row.name, VETO, False, "有一票否决事项,不参加排名") for row in board.rows if row.why == VETOED]
    return found


def top_of(line: Line, rows: Sequence[Row]) -> int:
    """How many towns stand before the line."""
    if line.share is not None:
        return cut(line.share, len(rows)) if rows else 0
    return sum(1 for row in rows if row.score is not None and row.score >= Decimal(str(line.score)))


def bottom_of(line: Line, rows: Sequence[Row]) -> int:
    """How many towns stand behind the line."""
    if line.share is not None:
        return cut(line.share, len(rows)) if rows else 0
    return sum(1 for row in rows if row.score is not None and row.score < Decimal(str(line.score)))


def _of_rank(row: Row, rows: Sequence[Row], first: int, last: int, rules: Consequences) -> Iterable[Call]:
    border, rank, least = len(rows) - last, row.rank or 0, rules.commend.least
    worthy = least is None or (row.score is not None and row.score >= Decimal(str(least)))
    sides, ends = _sides(rank, row.interval, first), _sides(rank, row.interval, border)
    if first and worthy and True in sides:
        yield Call(row.name, COMMEND, False in sides, _said(row, len(rows), f"前 {first} 名"))
    if last and False in ends:
        yield Call(row.name, SUPERVISE, True in ends, _said(row, len(rows), f"后 {last} 名"))


def _sides(rank: int, interval: Interval | None, line: int) -> set[bool]:
    """Where it may stand, True = before the line: its rank and both ends of its interval, which may lie beside it."""
    places = (rank, interval.low, interval.high) if interval else (rank,)
    return {place <= line for place in places}


def _said(row: Row, towns: int, line: str) -> str:
    found = f"得分 {row.score},在 {towns} 个镇中列第 {row.rank}"
    return found + (f",名次区间 {row.interval.low}–{row.interval.high},界线为{line}" if row.interval else "")


def _of_progress(ahead: Sequence[Progress], line: Line | None) -> list[Call]:
    ranked = [each for each in ahead if each.rank is not None]
    if line is None or line.share is None or not ranked:
        return []
    first, found = cut(line.share, len(ranked)), []
    for each in ranked:
        sides = _sides(each.rank or 0, each.interval, first)
        if each.gain is not None and each.gain > 0 and True in sides:
            interval = f",名次区间 {each.interval.low}–{each.interval.high}" if each.interval else ""
            said = f"比上年进步 {each.gain} 分,在 {len(ranked)} 个镇中列第 {each.rank}{interval},界线为前 {first} 名"
            found.append(Call(each.name, PROGRESS, False in sides, said))
    return found


def _slow(rows: Sequence[Row], rules: Consequences, table: Table, names: Mapping[str, str]) -> list[Call]:
    slow = rules.slow
    if slow is None:
        return []
    values = dict(zip(table.names, table.column(slow.indicator).tolist(), strict=True))
    name = names.get(slow.indicator, slow.indicator)
    late = [row.name for row in rows if values[row.name] < slow.below]
    return [Call(town, SLOW, False, f"{name}为 {values[town]:g},低于 {slow.below:g}") for town in late]


def outcome(found: Sequence[Call], rulings: Mapping[tuple[str, str], bool]) -> Outcome:
    """What follows once people have decided; a critical town without a decision follows nothing."""
    holds = [call for call in found if not call.critical or rulings.get((call.town, call.line))]
    undecided = tuple(call for call in found if call.critical and (call.town, call.line) not in rulings)
    commended = dict.fromkeys(call.town for call in holds if call.line in GOOD)
    supervised = dict.fromkeys(call.town for call in holds if call.line not in GOOD)
    return Outcome(tuple(town for town in commended if town not in supervised), tuple(supervised), undecided)
