"""A recorded draw, read again: whoever doubts it repeats it from its own record."""

from __future__ import annotations

from typing import Any

from spectown.core.rounds.experts import CaseTies, Drawn, draw
from spectown.core.rounds.experts import Expert as Known
from spectown.rounds.models import Draw
from spectown.rounds.panels import record_of, recorded


def result_of(found: Drawn, pool: list[Known], ties: CaseTies, size: int, source: str) -> dict[str, Any]:
    """What a draw keeps: the whole input and the whole outcome."""
    return {
        "source": source,
        "size": size,
        "pool": [record_of(expert) for expert in pool],
        "case": {
            "number": ties.number,
            "field": ties.field,
            "counties": sorted(ties.counties),
            "units": sorted(ties.units),
            "enterprises": sorted({firm for expert in pool for firm in _touched(expert, ties)}),
        },
        "drawn": list(found.drawn),
        "reserves": list(found.reserves),
        "excluded": {number: list(reasons) for number, reasons in found.excluded.items()},
        "lacking": found.lacking,
    }


def _touched(expert: Known, ties: CaseTies) -> frozenset[str]:
    """Of the firms of a case (thousands) only those that touch somebody of the pool; the others decide nothing."""
    return (expert.enterprises | expert.former_units | {expert.unit}) & ties.enterprises


def again(kept: Draw) -> Drawn:
    """The draw made once more from its own record."""
    case = kept.result["case"]
    ties = CaseTies(
        number=case["number"],
        counties=frozenset(case["counties"]),
        field=case["field"],
        units=frozenset(case["units"]),
        enterprises=frozenset(case["enterprises"]),
    )
    return draw(kept.seed, [recorded(row) for row in kept.result["pool"]], ties, kept.result["size"])


def repeats(kept: Draw) -> bool:
    """True where drawing again from the record gives what was recorded."""
    found = again(kept)
    return [list(found.drawn), list(found.reserves)] == [kept.result["drawn"], kept.result["reserves"]]


def name_of(kept: Draw, number: str) -> str:
    """The name that a number of the pool had when it was drawn."""
    return next((str(row["name"]) for row in kept.result["pool"] if row["number"] == number), number)
