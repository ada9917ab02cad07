"""Puts the synthetic city into an empty demonstration database."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from spectown.audit import services as audit
from spectown.audit.services import SYSTEM
from spectown.enterprises.enums import ChainRole
from spectown.enterprises.models import Enterprise, EnterpriseHonour, EnterpriseYear, TownMembership
from spectown.lib.columnar import writing
from spectown.lib.columnar.types import dtype_of, schema_of
from spectown.lists.models import ListRow
from spectown.lists.registry import ledger_for
from spectown.lists.searchable import search_texts, searched
from spectown.organisations.models import Territory, Unit
from spectown.plans.folder import mapping
from spectown.projects.models import Lead, Project, ProjectMonth, ProjectYear
from spectown.towns.models import LevelRecord, Town
from spectown.web.democity.enterprises import enterprises
from spectown.web.democity.figures import honours, memberships, years
from spectown.web.democity.ledgers import ledger_rows
from spectown.web.democity.projects import leads, months, projects
from spectown.web.democity.projects import years as project_years
from spectown.web.democity.world import FOLDER, read_city

ENTERPRISES = 5_000
PROJECTS, LEADS = 200, 120


@transaction.atomic
def load_city(count: int = ENTERPRISES) -> dict[str, int]:
    """Towns, `count` enterprises and rows of every list; rows written by label of the list."""
    _towns()
    city = read_city(timezone.localdate())
    firms = enterprises(city, count, writing.new_keys(Enterprise, count)[0])
    written = {"企业": insert_rows(Enterprise, firms)}
    written["企业年度数据"] = insert_rows(EnterpriseYear, years(city, firms))
    written["企业荣誉"] = insert_rows(EnterpriseHonour, honours(city, firms))
    written["兼属专业镇"] = insert_rows(TownMembership, memberships(city, firms))
    leaders = _leaders(firms)
    made = projects(city, leaders, PROJECTS, writing.new_keys(Project, PROJECTS)[0])
    written["重大项目"] = insert_rows(Project, made)
    planned = project_years(city, made)
    written["项目年度计划"] = insert_rows(ProjectYear, planned)
    written["项目月报"] = insert_rows(ProjectMonth, months(city, made, planned))
    written["招商线索"] = insert_rows(Lead, leads(city, made, LEADS))
    for model, rows in ledger_rows(city, leaders):
        written[str(model._meta.verbose_name)] = insert_rows(model, rows)
    _own_account()
    return written


def _towns() -> None:
    units = {unit.code: unit for unit in Unit.objects.all()}
    areas = {area.code: area for area in Territory.objects.all()}
    known = [t for t in mapping(FOLDER, "city.yaml", required=True)["towns"] if t["responsible"] in units]
    for order, entry in enumerate(known, start=1000):
        town = Town.objects.create(
            code=entry["code"],
            name=entry["name"],
            category=entry["category"],
            leading_industry=entry["leading_industry"],
            territory=areas[entry["territory"]],
            responsible_unit=units[entry["responsible"]],
            operator=units.get(entry.get("operator", "")),
            order=order,
            is_demo=True,
        )
        LevelRecord.objects.create(
            town=town,
            level=entry["level"],
            valid_from=datetime.date(timezone.localdate().year - 2, 1, 1),
            document="演示数据,无依据",
        )
        audit.record(by=SYSTEM, action="town.load", obj=town, after=audit.snapshot(town))


def _leaders(firms: pl.DataFrame) -> Mapping[int, int]:
    found = firms.filter((pl.col("chain_role") == ChainRole.LEADING) & pl.col("town_id").is_not_null())
    first = found.group_by("town_id").agg(pl.col("id").min())
    return dict(first.iter_rows())


def insert_rows(model: type[ListRow], rows: pl.DataFrame | Sequence[Mapping[str, Any]]) -> int:
    """Insert rows of one list, searchable and marked; the event demo.load says how many. Rows may bring their `id`."""
    given = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(rows, infer_schema_length=None)
    frame = given.rename({name: name.removesuffix("_id") for name in given.columns})
    if "id" not in frame.columns:
        frame = frame.with_columns(id=pl.Series(writing.new_keys(model, len(frame)), dtype=pl.Int64))
    typed = frame.select(pl.col(name).cast(dtype) for name, dtype in schema_of(model, frame.columns).items())
    whole = typed.with_columns(_defaults(model, typed.columns))
    ledger = ledger_for(model)
    writing.insert(model, whole.with_columns(search_texts(ledger, whole)) if searched(ledger) else whole)
    return len(whole)


def _defaults(model: type[ListRow], given: Collection[str]) -> list[pl.Expr]:
    """What a field holds where the rows say nothing of it."""
    fixed = {"is_demo": True, "updated_at": timezone.now()}
    wanted = [field for field in model._meta.concrete_fields if not field.null]
    return [
        pl.coalesce([pl.col(f.name), pl.lit(f.get_default())]).alias(f.name)
        if f.name in given
        else pl.lit(fixed.get(f.name, f.get_default())).cast(dtype_of(f)).alias(f.name)
        for f in wanted
    ]


def _own_account() -> None:
    """The enterprise account of the demonstration sees a row of its own."""
    unit = Unit.objects.filter(code="demo-enterprise").first()
    if unit is None or unit.territory_id is None:
        return
    row = Enterprise.objects.filter(territory=unit.territory_id, chain_role=ChainRole.LEADING).order_by("pk").first()
    if row is not None:
        row.unit = unit
        row.save(update_fields=["unit"])
