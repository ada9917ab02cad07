"""The pivot over indicators, periods, counties, categories, levels; one town's page; validation of a month.

`python -m benchmarks.pivot --json [--database sqlite|postgres] [--towns N] [--months N]`. SQLite: 53 towns, PostgreSQL:
3,000 (pg_…), sixty indicators, sixty months. `ours_s`: median of twelve questions of one year in turns; `p95_s`: their
95th percentile; `floor_s`: the bare SQL sum over the cells of a year by indicator, month and county; `peer_s`: the same
by the ORM's values().annotate(). `town_p95_s`: 3,600 values of one town; `page_p95_s`: its page 一镇监测 through the
whole web stack; `check_s`: all rules on a month of all towns through the database; `save_s`: what follows from one
changed cell (computed cells, sums). `seed_s`: making it.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

TOWNS = {"sqlite": 53, "postgres": 3000}
MONTHS, ROUNDS, ASKED = 60, 3, 12
BARE = """SELECT c.indicator_id, c.ordinal, t.territory_id, SUM(COALESCE(c.certified, c.number)), COUNT(*)
FROM monitoring_cell c JOIN towns_town t ON t.id = c.town_id
WHERE c.ordinal BETWEEN %s AND %s GROUP BY 1, 2, 3"""


def timed(what: Callable[[], Any]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def percentile(taken: list[float]) -> float:
    """The 95th."""
    return sorted(taken)[max(-(-len(taken) * 95 // 100) - 1, 0)]


def questions(months: int) -> list[Any]:
    """Twelve questions of a year each: axes and years in turns; those that go by month look at one indicator."""
    pivot, rows = import_module("spectown.monitoring.pivot"), import_module("benchmarks.pivot_rows")
    of_ordinal, axis = import_module("spectown.core.periods").of_ordinal, pivot.Axis
    codes = tuple(item.code for item in rows.monthly() if item.kind != "text")
    every = [of_ordinal(each) for each in rows.ordinals(months)]
    sides = [(axis.COUNTY, axis.INDICATOR), (axis.INDICATOR, axis.PERIOD), (axis.CATEGORY, axis.INDICATOR)]
    sides += [(axis.LEVEL, axis.INDICATOR), (axis.INDICATOR, axis.COUNTY), (axis.COUNTY, axis.PERIOD)]
    found = []
    for number in range(ASKED):
        along, across = sides[number % len(sides)]
        end = len(every) - 12 * (number % max(months // 12, 1))
        wanted = codes if axis.INDICATOR in (along, across) else codes[number : number + 1]
        found.append(pivot.Ask(along, across, wanted, tuple(every[end - 12 : end])))
    return found


def measure(months: int) -> dict[str, float]:
    """All figures upon a prepared database; the first round warms up."""
    pivot, rows = import_module("spectown.monitoring.pivot"), import_module("benchmarks.pivot_rows")
    office = import_module("tests.factories").actor(import_module("spectown.accounts.permissions").Role.OFFICE)
    asks = questions(months)
    taken = [timed(lambda a=ask: pivot.pivot(a, office)) for _ in range(ROUNDS + 1) for ask in asks][ASKED:]
    town = [timed(lambda a=ask: pivot.pivot(a, office)) for ask in _towns_pages(months)[1:]]
    page = [timed(ask) for ask in _pages(office)][1:]
    year = rows.ordinals(12)
    return {
        "ours_s": statistics.median(taken),
        "p95_s": percentile(taken),
        "floor_s": statistics.median(timed(lambda: _bare(year)) for _ in range(ROUNDS)),
        "peer_s": statistics.median(timed(lambda: _plain(year)) for _ in range(ROUNDS)),
        "town_p95_s": percentile(town),
        "page_p95_s": percentile(page),
        **_working(),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _towns_pages(months: int) -> list[Any]:
    """All values of a town, town by town; one more than are measured."""
    pivot, rows = import_module("spectown.monitoring.pivot"), import_module("benchmarks.pivot_rows")
    of_ordinal, axis = import_module("spectown.core.periods").of_ordinal, pivot.Axis
    codes = tuple(item.code for item in rows.monthly())
    every = tuple(of_ordinal(each) for each in rows.ordinals(months))
    towns = import_module("spectown.towns.models").Town.objects.order_by("?").values_list("pk", flat=True)[:21]
    return [pivot.Ask(axis.INDICATOR, axis.PERIOD, codes, every, {axis.TOWN: frozenset({str(t)})}) for t in towns]


def _pages(office: Any) -> list[Callable[[], Any]]:
    """The page 一镇监测 of a town, town by town, through the whole web stack; one more than are measured."""
    import_module("django.conf").settings.ALLOWED_HOSTS = ["testserver"]
    client = import_module("django.test").Client(raise_request_exception=True)
    client.force_login(import_module("spectown.accounts.models").User.objects.get(pk=office.user_id))
    codes = import_module("spectown.towns.models").Town.objects.filter(code__startswith="bench-").order_by("?")
    wanted = [f"/monitoring/towns/{code}/" for code in codes.values_list("code", flat=True)[:21]]
    return [lambda at=at: _good(client.get(at)) for at in wanted]


def _good(response: Any) -> None:
    if response.status_code != 200:
        raise SystemExit(f"page answered {response.status_code}")


def _bare(year: list[int]) -> None:
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute(BARE, [year[0], year[-1]])
        cursor.fetchall()


def _plain(year: list[int]) -> None:
    orm, functions = import_module("django.db.models"), import_module("django.db.models.functions")
    cells = import_module("spectown.monitoring.models").Cell.objects.filter(ordinal__in=year).order_by()
    by = cells.values("indicator__code", "ordinal", "town__territory__name")
    list(by.annotate(n=orm.Sum(functions.Coalesce("certified", "number")), towns=orm.Count("pk")))


def _working() -> dict[str, float]:
    """Validation of the last month, and what a changed cell brings about."""
    sheet = import_module("benchmarks.pivot_rows").sheet()
    checked = import_module("spectown.monitoring.validating").checked
    follow = import_module("spectown.monitoring.working_out").follow
    changed = {("output", sheet.form_period.period)}
    return {
        "check_s": statistics.median(timed(lambda: checked(sheet)) for _ in range(ROUNDS)),
        "save_s": statistics.median(timed(lambda: follow([sheet.town], changed)) for _ in range(ROUNDS + 2)),
    }


def once(towns: int, months: int) -> None:
    """In a process of its own: prepare, measure, print."""
    import_module("django").setup()
    start = time.perf_counter()
    import_module("benchmarks.pivot_rows").prepare(towns, months)
    seeded = time.perf_counter() - start
    sys.stdout.write(json.dumps({**measure(months), "seed_s": seeded}) + "\n")


def measured(server: str, towns: int, months: int) -> dict[str, Any]:
    """Figures of one kind of database, a fresh one."""
    with tempfile.TemporaryDirectory(prefix="spectown-bench-") as folder:
        store = import_module("benchmarks.import_ledger").Store(Path(folder), server)
        if server:
            store.sql("CREATE DATABASE base")
        command = [sys.executable, "-m", "benchmarks.pivot", "--once", str(towns), str(months)]
        done = subprocess.run(command, env=store.environment("base"), stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    told = {name: round(value, 4) for name, value in found.items() if name != "mb"}
    told["over_floor"] = round(found["ours_s"] / found["floor_s"], 2)
    told["peer_over_ours"] = round(found["peer_s"] / found["ours_s"], 1)
    return {**told, "peak_mb": round(found["mb"])}


def main() -> None:
    """The last line is the result."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--database", choices=tuple(TOWNS))
    parser.add_argument("--towns", type=int)
    parser.add_argument("--months", type=int, default=MONTHS)
    parser.add_argument("--once", nargs=2, type=int)
    asked = parser.parse_args()
    if asked.once:
        once(*asked.once)
        return
    result: dict[str, Any] = {}
    for database in (asked.database,) if asked.database else tuple(TOWNS):
        postgres = database == "postgres"
        cluster = import_module("tools.with_postgres").cluster if postgres else lambda: nullcontext("")
        towns = asked.towns or TOWNS[database]
        with cluster() as server:
            found = measured(server, towns, asked.months)
        found = {"rows": towns * 60 * asked.months, **found}
        result |= {f"pg_{name}": value for name, value in found.items()} if postgres else found
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
