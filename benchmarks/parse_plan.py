"""The city's plan as a whole `spectown parse_plan` process, against an empty Python process, in turns.

`python -m benchmarks.parse_plan --json`: seconds; `parse_s` is the parsing alone inside a warm process,
`garbage_s` that of 5 MB of small HTML tables, the slowest of the texts that are no plan.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from spectown.core.plandoc import parse_bytes

ROUNDS = 9
PLAN = Path("plans/changzhi-2023/plan.txt")
GARBAGE = b"<table><tr><td>1</td><td>2</td></tr></table>" * 113_636
OURS = [sys.executable, "-m", "config.manage", "parse_plan", str(PLAN), "--json"]
FLOOR = [sys.executable, "-c", "import django.core.management"]


def seconds(command: list[str]) -> float:
    """One run of a command."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # exit 1: the plan has odd places
    return time.perf_counter() - start


def inside(data: bytes) -> float:
    """Parsing alone."""
    start = time.perf_counter()
    parse_bytes(data, PLAN.name)
    return time.perf_counter() - start


def main() -> None:
    """Measure in turns, print."""
    plan = PLAN.read_bytes()
    inside(plan)
    rounds = [(seconds(OURS), seconds(FLOOR), inside(plan)) for _ in range(ROUNDS)]
    ours, floor, parse = (statistics.median(column) for column in zip(*rounds, strict=True))
    result = {
        "ours_s": round(ours, 3),
        "floor_s": round(floor, 3),
        "over_floor": round(ours / floor, 2),
        "parse_s": round(parse, 4),
        "garbage_s": round(min(inside(GARBAGE) for _ in range(3)), 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "rows": len(PLAN.read_text(encoding="utf-8")),
    }
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
