"""Rows of benchmarks/pivot.py: towns, sixty monthly indicators, years of cells, their sums; a form to be checked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.check_month import raw

INDICATORS, LAST = 60, (2026, 10)
COUNTIES, CATEGORIES, LEVELS = 13, ("manufacturing", "agriculture", "tourism"), ("county", "city", "province")


def prepare(towns: int, months: int) -> None:
    """Everything, in a fresh database."""
    with redirect_stdout(StringIO()):
        call = import_module("django.core.management").call_command
        call("migrate", verbosity=0)
        call("load_plan", "plans/changzhi-2023", "--json")
    _more_indicators()
    import_module("spectown.monitoring.catalogue").keep_indicators()
    pks = _towns(towns)
    rng = np.random.default_rng(1)
    insert = import_module("spectown.lib.columnar.writing").insert
    cell = import_module("spectown.monitoring.models").Cell
    atomic = import_module("django.db").transaction.atomic
    for ordinal in ordinals(months):
        with atomic():
            insert(cell, pl.concat(list(_cells(pks, ordinal, rng))))
    connection = import_module("django.db").connection
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE monitoring_cell" if connection.vendor == "postgresql" else "ANALYZE")
    for ordinal in ordinals(months):
        import_module("spectown.monitoring.tallying").retally(ordinal)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def ordinals(months: int) -> list[int]:
    """Of so many months up to the last."""
    year, month = LAST
    found = [divmod(year * 12 + month - 1 - back, 12) for back in range(months)]
    return sorted((year * 100 + month + 1) * 100 + 1 for year, month in found)


def monthly() -> list[Any]:
    """The indicators of a month, in order."""
    period = import_module("spectown.core.periods").of_ordinal(ordinals(1)[0])
    return list(import_module("spectown.monitoring.catalogue").plan_data().catalogue.due_on(period))


def _more_indicators() -> None:
    """As many filled-in ones more as make sixty a month."""
    version = import_module("spectown.plans.models").PlanVersion.objects.current()
    entries = version.monitoring["indicators"]
    lacking = INDICATORS - len(monthly())
    first = next(each for each in entries if each["code"] == "output")
    entries += [{**first, "code": f"extra{n}", "name": f"增补指标{n}"} for n in range(lacking)]
    version.save()
    import_module("spectown.monitoring.catalogue")._read.cache_clear()


def _towns(number: int) -> list[int]:
    factories = import_module("tests.factories")
    models = import_module("spectown.towns.models")
    places = factories.TerritoryFactory.create_batch(COUNTIES)
    unit = factories.UnitFactory.create()
    made = models.Town.objects.bulk_create(
        models.Town(
            code=f"bench-{n}",
            name=f"测量专业镇{n}",
            category=CATEGORIES[n % len(CATEGORIES)],
            territory=places[n % COUNTIES],
            responsible_unit=unit,
        )
        for n in range(number - models.Town.objects.count())
    )
    models.LevelRecord.objects.bulk_create(
        models.LevelRecord(
            town=town, level=LEVELS[n % len(LEVELS)], valid_from=datetime.date(2020, 1, 1), document="测量"
        )
        for n, town in enumerate(made)
    )
    return list(models.Town.objects.values_list("pk", flat=True))


def _cells(towns: list[int], ordinal: int, rng: Any) -> Iterator[pl.DataFrame]:
    """A cell in thirty is 未报, one in fifty 不适用."""
    keys = dict(import_module("spectown.monitoring.models").Indicator.objects.values_list("code", "pk"))
    for item in monthly():
        draw, size = rng.random(len(towns)), len(towns)
        kinds = np.where(draw < 1 / 30, 0, np.where(draw < 1 / 30 + 1 / 50, 1, 2))
        amounts = np.round(rng.lognormal(6, 1, size), item.decimals)
        yield pl.DataFrame(
            {
                "town": towns,
                "indicator": [keys[item.code]] * size,
                "ordinal": [ordinal] * size,
                "kind": kinds,
                "number": pl.Series(amounts).cast(pl.Decimal(20, 4)),
                "text": [""] * size,
                "comment": [""] * size,
                "state": np.where(draw > 0.5, "agreed", "reported"),
                "origin": ["grid"] * size,
                "revision": [1] * size,
            }
        ).with_columns(number=pl.when(pl.col("kind") == 2).then("number"))


def sheet() -> Any:
    """The monthly sheet of a town for the last month, to be checked."""
    factories = import_module("tests.factories")
    town = import_module("spectown.towns.models").Town.objects.filter(category=CATEGORIES[0]).first()
    opened = factories.FormPeriodFactory.create(form="monthly", ordinal=ordinals(1)[0])
    return factories.SheetFactory.create(town=town, form_period=opened)


if not raw("indicators.yaml", "indicators") or not Path("plans").is_dir():
    raise SystemExit("run from the folder of the project")
