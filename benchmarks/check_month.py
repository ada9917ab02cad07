"""Validation of a full month of 3,000 towns × 60 indicators, with the computed indicators worked out before.

`python -m benchmarks.check_month --json`: the shipped catalogue with filled-in indicators added up to 60, the shipped
rules and three that look at every figure; floor: the relative change of every figure in NumPy, nothing told. A town in
thirty has not reported a figure. `findings`, `applied`: what came of it; `compute_s`: the computed indicators of all.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.checking import check
from spectown.core.monitoring.checkreading import read_rules
from spectown.core.monitoring.checks import AnyRule
from spectown.core.monitoring.columns import computed
from spectown.core.monitoring.indicator import Kind
from spectown.core.monitoring.panel import FIGURE, SCALE, Column, Panel
from spectown.core.monitoring.reading import read_catalogue
from spectown.core.periods import Period, before, of_code, so_far, year_ago

TOWNS, INDICATORS = 3000, 60
NOW = of_code("2026-11")
PLAN = Path(__file__).resolve().parent.parent / "plans" / "changzhi-2023"
SHARES = {"sales": 0.9, "profit": 0.1, "tax": 0.05, "exports": 0.1, "online_sales": 0.1, "jobs_new": 0.01}
EVERY_FIGURE = [
    {"kind": "magnitude"},
    {"kind": "outlier"},
    {"kind": "change", "against": "last", "percent": 60},
]


def raw(name: str, key: str) -> list[dict[str, Any]]:
    """Entries of a file of the plan."""
    found: list[dict[str, Any]] = yaml.safe_load((PLAN / name).read_text("utf-8"))[key]
    return found


def catalogue_and_rules() -> tuple[Catalogue, list[AnyRule]]:
    """Those of the plan, with as many more filled-in ones as make sixty a month."""
    entries = raw("indicators.yaml", "indicators")
    lacking = INDICATORS - len(read_catalogue(entries).due_on(NOW))
    more = [{**entries[0], "code": f"extra{n}", "name": f"增补指标{n}"} for n in range(lacking)]
    catalogue = read_catalogue([*entries, *more])
    added = [
        {"code": f"every{n}", "severity": "warning", "says": "校验", **rule} for n, rule in enumerate(EVERY_FIGURE)
    ]
    return catalogue, read_rules([*raw("checks.yaml", "checks"), *added], catalogue)


def panel_of(catalogue: Catalogue) -> Panel:
    """Figures of this year and the last, near to each other from month to month; the same in every run."""
    rng = np.random.default_rng(1)
    base = {each.code: rng.lognormal(8, 1, TOWNS) for each in catalogue.due_on(NOW)}
    columns = {}
    for period in sorted({*so_far(NOW), *so_far(year_ago(NOW))}):
        for each in catalogue.due_on(period):
            if not each.formula and each.kind != Kind.TEXT:
                amount = base["output"] * SHARES[each.code] if each.code in SHARES else base[each.code]
                kinds = np.where(rng.random(TOWNS) < 1 / 30, 0, FIGURE).astype(np.int8)
                scaled = (np.round(amount * rng.normal(1, 0.1, TOWNS), each.decimals) * SCALE).astype(np.int64)
                columns[each.code, period] = Column(kinds, np.where(kinds == FIGURE, scaled, 0))
    categories = np.array(["manufacturing", "agriculture", "tourism"])[rng.integers(0, 3, TOWNS)]
    return Panel(tuple(f"t{town}" for town in range(TOWNS)), categories, columns)


def floor(catalogue: Catalogue, panel: Panel, period: Period) -> int:
    """How many figures have changed by more than half."""
    found = 0
    for each in catalogue.due_on(period):
        now, old = (panel.column(each.code, when).floats for when in (period, before(period)))
        found += int(np.nansum(np.abs(now - old) > 0.5 * old))
    return found


def main() -> None:
    """Measure, print."""
    catalogue, rules = catalogue_and_rules()
    panel = panel_of(catalogue)
    start = time.perf_counter()
    columns = dict(panel.columns)
    for code in catalogue.computed_on(NOW):
        panel = Panel(panel.towns, panel.categories, columns)
        columns[code, NOW] = computed(catalogue.computation(code, NOW), panel, np.ones(TOWNS, bool))
    middle = time.perf_counter()
    result = check(rules, catalogue, Panel(panel.towns, panel.categories, columns), NOW)
    end = time.perf_counter()
    floor(catalogue, panel, NOW)
    least = time.perf_counter() - end
    told = {
        "rows": TOWNS * len(catalogue.due_on(NOW)),
        "ours_s": round(end - middle, 3),
        "floor_s": round(least, 4),
        "over_floor": round((end - middle) / least, 1),
        "compute_s": round(middle - start, 3),
        "findings": len(result.findings),
        "applied": result.done,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
