"""One day's run over 100,000 open items: deadlines, lights, reminders, messages, on SQLite and on PostgreSQL.

`python -m benchmarks.run_due --json [--database sqlite|postgres]`. `seconds`: an ordinary working day, the one after
the first, in which every reason with its count of days is written anew (limit 20); `first_s`: the first run of all, in
which two items of five are overdue and told; `again_s`: a second run of the same day; `cpu_s`: of the process on an
ordinary day. Items: measures with two milestones, each with the open report of its quarter, problems, notices; 400
units with two people each. floor: reading the rows and writing their lights, nothing worked out. Every run is a process
of its own upon a fresh copy of the database; medians.
"""

import argparse
import datetime
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.import_ledger import Store

ITEMS, UNITS, ROUNDS = 100_000, 400, 3
STARTED, ON, NEXT = datetime.date(2026, 7, 6), datetime.date(2026, 11, 26), datetime.date(2026, 11, 27)
STATES = {"measure": "running", "report": "draft", "problem": "accepted", "notice": "rectifying"}
SHARES = {"measure": 0.4, "report": 0.4, "problem": 0.1, "notice": 0.1}  # a measure has one open report, of its quarter


def prepare(rows: int) -> None:
    """Plan, units with people, items whose deadlines lie over a year around the day."""
    call = import_module("django.core.management").call_command
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call("migrate", verbosity=0, stdout=nowhere)
        call("load_plan", "plans/changzhi-2023", "--json", stdout=nowhere)
    units = people()
    works = [work(number, kind, units) for number, kind in enumerate(kinds_of(rows))]
    model = import_module("spectown.supervision.models").Work
    with import_module("django.db").transaction.atomic():
        made = model.objects.bulk_create(works, batch_size=1000)
        details(made)
    connection = import_module("django.db").connection
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")


def people() -> list[Any]:
    """Units with two people each, an office, a leading group."""
    factories, roles = import_module("tests.factories"), import_module("spectown.accounts.permissions").Role
    units = [factories.UnitFactory.create() for _ in range(UNITS)]
    for unit in units:
        for _ in range(2):
            factories.MembershipFactory.create(unit=unit, role=roles.DEPARTMENT)
    for role in (roles.OFFICE, roles.OFFICE, roles.LEADER):
        factories.MembershipFactory.create(role=role)
    return units


def kinds_of(rows: int) -> list[str]:
    """Kinds of the items, those that the product knows."""
    known = {kind.code for kind in import_module("spectown.supervision.registry").kinds()}
    found = [kind for kind, share in SHARES.items() if kind in known for _ in range(round(rows * share))]
    return found + [next(iter(known))] * (rows - len(found))


def work(number: int, kind: str, units: list[Any]) -> Any:
    """One item."""
    deadline = ON + datetime.timedelta(number % 365 - 120)
    started = ON - datetime.timedelta(number % 60) if kind == "problem" else STARTED
    anchor = started if kind == "problem" else deadline
    return import_module("spectown.supervision.models").Work(
        kind=kind,
        title=f"第{number}件事项",
        holder=units[number % len(units)],
        state=STATES[kind],
        since=started,
        first_deadline=None if kind == "problem" else deadline,
        deadline=None if kind == "problem" else deadline,
        anchored_on=anchor,
        started_on=started,
        percent=number % 101,
    )


def details(works: list[Any]) -> None:
    """Measures with their milestones; reports belong to some of them."""
    models = import_module("spectown.supervision.models")
    if not hasattr(models, "Measure"):
        return
    own = [each for each in works if each.kind == "measure"]
    measures = models.Measure.objects.bulk_create([measure(each) for each in own], batch_size=1000)
    models.Milestone.objects.bulk_create([node(m, n) for m in measures for n in (1, 2)], batch_size=1000)
    reports = [each for each in works if each.kind == "report"]
    rows = [report(each, measures[number % len(measures)], number) for number, each in enumerate(reports)]
    models.Report.objects.bulk_create(rows, batch_size=1000)


def measure(item: Any) -> Any:
    """The measure of an item, reported by quarter; its number keeps its title apart."""
    facts = {"year": 2026, "clause": "三(一)", "title": f"{item.title}{item.pk}", "lead": item.holder}
    return import_module("spectown.supervision.models").Measure(
        work=item, starts=STARTED, deadline=item.deadline, every="quarter", state="running", **facts
    )


def node(row: Any, number: int) -> Any:
    """One milestone; the first is done."""
    due, done = STARTED + datetime.timedelta(70 * number), STARTED if number == 1 else None
    return import_module("spectown.supervision.models").Milestone(
        measure=row, number=number, due=due, title=f"节点{number}", percent=40 * number, done_on=done
    )


def report(item: Any, row: Any, number: int) -> Any:
    """The report of an item."""
    return import_module("spectown.supervision.models").Report(work=item, measure=row, year=2026, month=9, months=3)


def ours(day: datetime.date, prepared: tuple[datetime.date, ...] = ()) -> dict[str, float]:
    """One run; the runs before it are not measured."""
    run_due = import_module("spectown.supervision.due").run_due
    for earlier in prepared:
        run_due(earlier)
    start, worked = time.perf_counter(), time.process_time()
    outcome = run_due(day)
    taken, busy = time.perf_counter() - start, time.process_time() - worked
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = {name: outcome.counts()[name] for name in ("works", "reminders", "lights")}
    return {"s": taken, "cpu_s": busy, "mb": most, **counts}


def floor() -> dict[str, float]:
    """Read every row, write every light."""
    pl = import_module("polars")
    model = import_module("spectown.supervision.models").Work
    start = time.perf_counter()
    with import_module("django.db").transaction.atomic():
        pks = [each.pk for each in model.objects.running().iterator(2000)]
        frame = pl.DataFrame({"id": pks, "light": ["green"] * len(pks), "light_why": ["还有 5 个工作日"] * len(pks)})
        import_module("spectown.lib.columnar.writing").update(model, frame)
    return {"s": time.perf_counter() - start}


STEPS = {
    "first": lambda: ours(ON),
    "next": lambda: ours(NEXT, (ON,)),
    "again": lambda: ours(NEXT, (ON, NEXT)),
    "floor": floor,
}


class Runs(Store):
    """The copies of import_ledger with the steps of this script."""

    def run(self, step: str, rows: int, environment: dict[str, str]) -> dict[str, float]:
        command = [sys.executable, "-m", "benchmarks.run_due", "--once", step, str(rows)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return result


def measured(server: str, rows: int, rounds: int) -> dict[str, Any]:
    """Figures of one kind of database."""
    times = {"floor": rounds, "next": rounds, "first": 1, "again": 1}
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in times}
    with tempfile.TemporaryDirectory(prefix="spectown-bench-") as folder:
        store = Runs(Path(folder), server)
        store.prepared(rows)
        for turn in range(rounds):
            for name in [n for n, most in times.items() if turn < most]:
                runs[name].append(store.run(name, rows, store.copy()))
    middle = {name: statistics.median(run["s"] for run in done) for name, done in runs.items()}
    day = runs["next"][0]
    if day["lights"] < rows * 0.8 or not day["reminders"] or day["works"] < rows:
        raise SystemExit(f"not the whole day: {day}")
    return {
        "seconds": round(middle["next"], 2),
        "ours_s": round(middle["next"], 2),
        "cpu_s": round(statistics.median(run["cpu_s"] for run in runs["next"]), 2),
        "first_s": round(middle["first"], 2),
        "again_s": round(middle["again"], 2),
        "floor_s": round(middle["floor"], 2),
        "over_floor": round(middle["next"] / middle["floor"], 2),
        "peak_mb": round(max(run["mb"] for run in runs["next"])),
        "reminders": int(day["reminders"]),
    }


def main() -> None:
    """The last line is the result."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--database", choices=("sqlite", "postgres"))
    parser.add_argument("--rows", type=int, default=ITEMS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--once", nargs=2)
    options = parser.parse_args()
    if options.once:
        import_module("django").setup()
        step, rows = options.once
        found = prepare(int(rows)) if step == "prepare" else STEPS[step]()
        sys.stdout.write(json.dumps(found or {}) + "\n")
        return
    result: dict[str, Any] = {"rows": options.rows}
    with ExitStack() as stack:
        if options.database != "postgres":
            result |= measured("", options.rows, options.rounds)
        if options.database != "sqlite":
            server = stack.enter_context(import_module("tools.with_postgres").cluster())
            found = measured(server, options.rows, options.rounds)
            result |= found if options.database else {f"pg_{name}": value for name, value in found.items()}
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
