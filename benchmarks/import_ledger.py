"""Import of an enterprise workbook of 100,000 × 20, half of it new, on SQLite and on PostgreSQL.

`python -m benchmarks.import_ledger --json [--database sqlite|postgres]`. ours: the product's whole way of an upload:
inspected, read, checked by column (codes with check digit, choices, references, rules), compared with the list,
staged, then written in one transaction with the audit block of every row and the search index. ours_s also contains
the fault report of a twin file with 2,000 planted faults (all found, none else), beyond the plain check. floor: the
fastest reader (fastexcel) and bare inserts into a table without indexes, the same statements on both databases; copy:
with PostgreSQL's COPY in their place, below what inserts can reach. peer: django-import-export on 10,000 rows, one
pass, with model validation but without audit, preview or search; ours on the same 10,000. Every run is a process of
its own upon a fresh copy of the database; figures are medians.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl

ROWS, SMALL, FAULTS, ROUNDS = 100_000, 10_000, 2_000, 3
BAD = {"code": "91140400MA0K8ABC00", "capital": "约三千万", "chain_role": "老大", "established": "2024-13-45"}


def prepare(folder: Path, rows: int) -> None:
    """Plan, towns and half of the rows in the database; the workbook and its faulty twin in the folder."""
    call = import_module("django.core.management").call_command
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call("migrate", verbosity=0, stdout=nowhere)
        call("load_plan", "plans/changzhi-2023", "--json", stdout=nowhere)
    loading, world = (import_module(f"spectown.web.democity.{name}") for name in ("loading", "world"))
    made = import_module("spectown.web.democity.enterprises")
    model = import_module("spectown.enterprises.models").Enterprise
    city = world.read_city(date(2026, 6, 30))
    transaction = import_module("django.db").transaction
    with transaction.atomic():
        first = import_module("spectown.lib.columnar.writing").new_keys(model, rows)[0]
        firms = made.enterprises(city, rows, first)  # names that stand once, or a wrong code meets another firm
        loading.insert_rows(model, firms.with_columns(name=pl.concat_str("name", pl.col("id").cast(pl.String))))
        write(folder, rows)
        model._base_manager.filter(pk__gt=rows // 2).delete()
    import_module("tests.factories").actor(import_module("spectown.accounts.permissions").Role.OFFICE)
    connection = import_module("django.db").connection
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")


def write(folder: Path, rows: int) -> None:
    """The workbook as a county would send it: the first half with another capital, the second half without numbers."""
    ledger = import_module("spectown.enterprises.lists").ENTERPRISES
    exporting = {n: import_module(f"spectown.lists.exporting.{n}") for n in ("frames", "sheet")}
    bulk = import_module("spectown.lib.excel.bulk")
    actor = import_module("tests.factories").actor(import_module("spectown.accounts.permissions").Role.OFFICE)
    sheet = replace(exporting["sheet"].export_sheet(ledger, actor, date(2026, 6, 30)), totals=False)
    whole = pl.concat(exporting["frames"].frames(ledger, ledger.model._base_manager.order_by("pk")))
    place = pl.int_range(pl.len())
    new = place >= rows // 2
    edited = whole.with_columns(
        pl.when(new).then(None).otherwise(pl.col(name)).alias(name) for name in ("_number", "_version")
    ).with_columns(capital=pl.col("capital") + 1, phone=pl.lit("0355-1234567"))
    faulty = edited.with_columns(pl.col("capital", "established").cast(pl.String))
    names, step = list(BAD), rows // FAULTS
    for number, name in enumerate(names):
        hit = (place % step == 0) & ((place // step) % len(names) == number)
        faulty = faulty.with_columns(pl.when(hit).then(pl.lit(BAD[name])).otherwise(pl.col(name)).alias(name))
    for name, frame in (("good", edited), ("faulty", faulty)):
        with (folder / f"{name}.xlsx").open("wb") as target:
            bulk.write_workbook(sheet, frame.iter_slices(20_000), target)


def actor_of_office() -> Any:
    """The official who uploads."""
    membership = import_module("spectown.organisations.models").Membership.objects.select_related("user", "unit")
    return import_module("spectown.organisations.actors").actor_for(membership.earliest("pk"))


def ours(folder: Path, rows: int) -> dict[str, float]:
    """The whole way of an upload, then the check of the faulty twin."""
    services = import_module("spectown.lists.importing.services")
    states = import_module("spectown.lists.importing.states")
    ledger = import_module("spectown.enterprises.lists").ENTERPRISES
    by, data = actor_of_office(), (folder / "good.xlsx").read_bytes()
    import_module("spectown.lists.searchable").initials("暖")  # a worker has its tables of readings since its first job
    start = time.perf_counter()
    run = services.upload(ledger=ledger, data=data, file_name="good.xlsx", by=by)
    run = services.check(run=run, by=by)
    checked = time.perf_counter() - start
    if run.counts["faults"] or run.counts["new"] != rows // 2 or run.counts["changed"] != rows // 2:
        raise SystemExit(f"good file: {run.counts} {run.message} {run.faults[:3]}")
    states.move(run, "apply", by)
    run.save()
    run = services.perform(run=run, by=by)
    taken = time.perf_counter() - start
    if run.state != "done" or ledger.model.objects.count() != rows:
        raise SystemExit(f"not applied: {run.state} {run.message}")
    return {"s": taken, "check_s": checked, "write_s": taken - checked, "mb": most()}


def faulty(folder: Path, rows: int) -> dict[str, float]:
    """The check of the twin: every planted fault is found, none else."""
    services = import_module("spectown.lists.importing.services")
    ledger = import_module("spectown.enterprises.lists").ENTERPRISES
    by, data = actor_of_office(), (folder / "faulty.xlsx").read_bytes()
    start = time.perf_counter()
    run = services.upload(ledger=ledger, data=data, file_name="faulty.xlsx", by=by)
    run = services.check(run=run, by=by)
    taken = time.perf_counter() - start
    if run.counts["faults"] != min(FAULTS, rows) or run.state != "faulty":
        raise SystemExit(f"faults: {run.counts} {run.faults[:5]}")
    return {"s": taken, "mb": most()}


def floor(folder: Path, rows: int, *, copy: bool = False) -> dict[str, float]:
    """Parse and bare inserts; `copy`: COPY in their place."""
    fastexcel, connection = import_module("fastexcel"), import_module("django.db").connection
    connection.ensure_connection()
    start = time.perf_counter()
    sheet = fastexcel.read_excel(str(folder / "good.xlsx")).load_sheet(0, header_row=2, dtypes="string")
    frame = sheet.to_polars()
    columns = [f"c{n}" for n in range(frame.width)]
    with import_module("django.db").transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({', '.join(f'{c} text' for c in columns)})")
        if copy:
            with cursor.copy("COPY bare FROM STDIN (FORMAT csv)") as stream:
                stream.write(frame.write_csv(include_header=False))
        else:
            cursor.executemany(f"INSERT INTO bare VALUES ({', '.join(['%s'] * len(columns))})", frame.iter_rows())
    taken = time.perf_counter() - start
    if frame.height < rows:
        raise SystemExit(f"floor read {frame.height} rows")
    return {"s": taken, "mb": most()}


def peer(folder: Path, rows: int) -> dict[str, float]:
    """django-import-export with the model's own validation, one pass."""
    tablib, resources = import_module("tablib"), import_module("import_export.resources")
    fields, widgets = import_module("import_export.fields"), import_module("import_export.widgets")
    ledger = import_module("spectown.enterprises.lists").ENTERPRISES
    made: dict[str, Any] = {b.name: _field(b, fields, widgets) for b in ledger.bound}
    made["id"] = fields.Field(column_name="编号", attribute="id", widget=_number(widgets, ledger))
    options = {"model": ledger.model, "import_id_fields": ("id",), "fields": tuple(made), "clean_model_instances": True}
    resource_class = type("Peer", (resources.ModelResource,), made | {"Meta": type("Meta", (), options)})
    start = time.perf_counter()
    book = import_module("openpyxl").load_workbook(folder / "good.xlsx", read_only=True)
    lines = book[ledger.title].iter_rows(min_row=3, values_only=True)
    headings = [str(cell) for cell in next(lines)]
    data = tablib.Dataset(*[line for line in lines if line[2] is not None], headers=headings)
    result = resource_class().import_data(data, raise_errors=True)
    taken = time.perf_counter() - start
    if result.totals["new"] + result.totals["update"] != rows:
        raise SystemExit(f"peer: {result.totals} {result.invalid_rows[:1]}")
    return {"s": taken, "mb": most()}


def _number(widgets: Any, ledger: Any) -> Any:
    class Number(widgets.Widget):  # type: ignore[misc,name-defined]  # import-export has no types
        def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
            return ledger.pk(value) if value else None

    return Number()


def _field(bound: Any, fields: Any, widgets: Any) -> Any:
    words = {"是": True, "否": False} if bound.kind == "flag" else dict(bound.choices)

    class Words(widgets.Widget):  # type: ignore[misc,name-defined]  # import-export has no types
        def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
            return words.get(value, "")

    widget = {
        "choice": Words,
        "flag": Words,
        "date": widgets.DateWidget,
        "decimal": widgets.DecimalWidget,
        "reference": lambda: widgets.ForeignKeyWidget(bound.field.related_model, "name"),
    }.get(bound.kind, widgets.CharWidget)
    return fields.Field(column_name=bound.heading, attribute=bound.name, widget=widget())


def most() -> float:
    """Megabytes that this process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


STEPS = {"ours": ours, "faulty": faulty, "floor": floor, "copy": partial(floor, copy=True), "peer": peer}


class Store:
    """One kind of database: a prepared one, and fresh copies of it."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder, self.server, self.copies = folder, server, 0

    def environment(self, name: str) -> dict[str, str]:
        url = f"{self.server.rpartition('/')[0]}/{name}" if self.server else f"sqlite:///{self.folder / name}.sqlite3"
        folders = {"DATA_DIR": str(self.folder / "data"), "SECRETS_DIR": str(self.folder / "secrets")}
        settings = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings", "DEMO": "0"}
        return {**os.environ, **folders, **settings}

    def copy(self) -> dict[str, str]:
        """A fresh copy of the prepared database."""
        self.copies += 1
        name = f"copy{self.copies}"
        if self.server:
            self.sql(f"DROP DATABASE IF EXISTS {name}")
            self.sql(f"CREATE DATABASE {name} TEMPLATE base")
        else:
            shutil.copyfile(self.folder / "base.sqlite3", self.folder / f"{name}.sqlite3")
        return self.environment(name)

    def sql(self, statement: str) -> None:
        with import_module("psycopg").connect(self.server, autocommit=True) as connection:
            connection.execute(statement)

    def run(self, step: str, rows: int, environment: dict[str, str]) -> dict[str, float]:
        """One step in a process of its own."""
        command = [sys.executable, "-m", "benchmarks.import_ledger", "--once", step, str(self.folder), str(rows)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return result

    def prepared(self, rows: int) -> None:
        """The database that the copies are taken from."""
        if self.server:
            self.sql("DROP DATABASE IF EXISTS base")
            self.sql("CREATE DATABASE base")
        self.run("prepare", rows, self.environment("base"))


def measured(server: str) -> dict[str, Any]:
    """Figures of one kind of database."""
    whole = dict.fromkeys(["floor", "ours", "faulty", *(["copy"] if server else [])], ROUNDS)
    part = {"small": ROUNDS, "peer": 1}
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in whole | part}
    for rows, steps in ((ROWS, whole), (SMALL, part)):
        with tempfile.TemporaryDirectory(prefix="spectown-bench-") as folder:
            store = Store(Path(folder), server)
            store.prepared(rows)
            for turn in range(ROUNDS):
                for name in [n for n, times in steps.items() if turn < times]:
                    runs[name].append(store.run("ours" if name == "small" else name, rows, store.copy()))
    middle = {name: statistics.median(run["s"] for run in done) for name, done in runs.items()}
    check = statistics.median(run["check_s"] for run in runs["ours"])
    report = max(0.0, middle["faulty"] - check)
    total = middle["ours"] + report
    copied = {"copy_s": round(middle["copy"], 2), "over_copy": round(total / middle["copy"], 2)} if server else {}
    return copied | {
        "ours_s": round(total, 2),
        "check_s": round(check, 2),
        "write_s": round(middle["ours"] - check, 2),
        "report_s": round(report, 2),
        "floor_s": round(middle["floor"], 2),
        "over_floor": round(total / middle["floor"], 2),
        "peer_s": round(middle["peer"], 2),
        "small_s": round(middle["small"], 2),
        "peer_over_ours": round(middle["peer"] / middle["small"], 1),
        "peak_mb": round(max(run["mb"] for name in ("ours", "faulty") for run in runs[name])),
    }


def main() -> None:
    """All contenders in turns; the last line is the result."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--database", choices=("sqlite", "postgres"))
    parser.add_argument("--once", nargs=3)
    options = parser.parse_args()
    if options.once:
        import_module("django").setup()
        step, folder, rows = options.once
        found = prepare(Path(folder), int(rows)) if step == "prepare" else STEPS[step](Path(folder), int(rows))
        sys.stdout.write(json.dumps(found or {}) + "\n")
        return
    result: dict[str, Any] = {"rows": ROWS}
    with ExitStack() as stack:
        if options.database != "postgres":
            result |= measured("")
        if options.database != "sqlite":
            server = stack.enter_context(import_module("tools.with_postgres").cluster())
            result |= {f"pg_{name}": value for name, value in measured(server).items()}
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
