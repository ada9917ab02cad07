"""Rank intervals of 300 towns × 30 indicators in 10,000 draws, against a floor and a library's loop.

`python -m benchmarks.rank --json`: ours draws the weights too; floor: one matrix product and one plain sort of each
draw, weights given; peer: pymcdm's WSM draw by draw (500 draws, multiplied); loop: the same in NumPy, one draw at a
time. `one_evaluation_ms`: 53 towns by the plan's scheme with all breakdowns, without draws (the playground; 20 are
allowed). `large_…`: 3,000 towns, a process of its own.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from pymcdm import methods, normalizations

from spectown.core.evaluation.drawing import Ground, intervals
from spectown.core.evaluation.evaluating import evaluate
from spectown.core.evaluation.reading import read_scheme
from spectown.core.evaluation.table import Table
from spectown.core.evaluation.tabulating import table_of as year_table
from tests.core.evaluation.years import scheme, snapshot

INDICATORS, DRAWS, PEER_DRAWS, ROUNDS = 30, 10_000, 500, 7
WEIGHTS = np.full(INDICATORS, 1 / INDICATORS)


def table_of(towns: int) -> Table:
    """Normal figures, the same in every run."""
    matrix = np.random.default_rng(3).normal(size=(towns, INDICATORS))
    columns = {f"c{place}": matrix[:, place] for place in range(INDICATORS)}
    return Table(tuple(f"t{row}" for row in range(towns)), columns)


def ground_of(towns: int) -> Ground:
    """As an evaluation has it before the draws."""
    table = table_of(towns)
    ground = Ground(read_scheme({}, table), (table,), np.zeros(towns), np.arange(towns))
    ground.values(0, ground.scheme.normalisation)
    return ground


def floor(ground: Ground, drawn: np.ndarray) -> None:
    """Scores and a sort of each draw."""
    scores = drawn @ ground.values(0, ground.scheme.normalisation).T
    scores.sort(axis=1)


def loop(ground: Ground, drawn: np.ndarray) -> None:
    """One draw after the other, with places."""
    values = ground.values(0, ground.scheme.normalisation)
    places = np.empty((len(drawn), len(values)), np.int16)
    for number, weights in enumerate(drawn):
        places[number, np.argsort(-(values @ weights))] = np.arange(len(values))
    np.quantile(places, (0.05, 0.95), axis=0)


def peer(matrix: np.ndarray, drawn: np.ndarray) -> None:
    """pymcdm, which normalises again in every draw."""
    method, types = methods.WSM(normalizations.minmax_normalization), np.ones(INDICATORS)
    for weights in drawn:
        method.rank(method(matrix, weights, types))


def seconds(work: Callable[[], object]) -> float:
    """One run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measured() -> dict[str, float]:
    """300 towns, all contenders in turns."""
    ground, rng = ground_of(300), np.random.default_rng(1)
    drawn = rng.dirichlet(WEIGHTS * 100, DRAWS)
    matrix = np.stack(list(ground.tables[0].figures.values()), axis=1)
    own = scheme()
    small = year_table(snapshot(53), own)
    turns: dict[str, Callable[[], object]] = {
        "ours": lambda: intervals(ground, WEIGHTS, np.random.default_rng(1)),
        "floor": lambda: floor(ground, drawn),
        "loop": lambda: loop(ground, drawn),
        "evaluation": lambda: evaluate(small, own.scheme, robust=False),
    }
    for work in turns.values():
        work()
    runs: dict[str, list[float]] = {name: [] for name in turns}
    for _round in range(ROUNDS):
        for name, work in turns.items():
            runs[name].append(seconds(work))
    peer_s = seconds(lambda: peer(matrix, drawn[:PEER_DRAWS])) * DRAWS / PEER_DRAWS
    return {name: statistics.median(times) for name, times in runs.items()} | {"peer": peer_s}


def large() -> dict[str, float]:
    """3,000 towns: seconds, and megabytes of this process at most."""
    ground = ground_of(3000)
    taken = seconds(lambda: intervals(ground, WEIGHTS, np.random.default_rng(1)))
    return {"large_s": round(taken, 2), "large_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def main() -> None:
    """Measure, print."""
    if "--large" in sys.argv:
        sys.stdout.write(json.dumps(large()) + "\n")
        return
    command = [sys.executable, "-m", "benchmarks.rank", "--large"]
    apart = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    found = measured()
    result = {
        "rows": 300,
        "ours_s": round(found["ours"], 4),
        "floor_s": round(found["floor"], 4),
        "over_floor": round(found["ours"] / found["floor"], 2),
        "peer_s": round(found["peer"], 2),
        "peer_over_ours": round(found["peer"] / found["ours"]),
        "loop_s": round(found["loop"], 3),
        "loop_over_ours": round(found["loop"] / found["ours"], 1),
        "one_evaluation_ms": round(1000 * found["evaluation"], 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **apart,
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
