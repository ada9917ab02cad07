"""What is collected now: the plan's data with the office's own versions put in (Definition)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Max

from spectown.core.monitoring.plandata import PlanData, read_plan_data
from spectown.core.periods import of_code
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Definition, Indicator
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion

KEYS = {DefinitionKind.INDICATOR: "indicators", DefinitionKind.FORM: "forms", DefinitionKind.CHECK: "checks"}


def plan_data() -> PlanData:
    """Catalogue, forms and rules in force; two queries, read again only where something changed."""
    version = PlanVersion.objects.filter(is_current=True).values_list("pk", flat=True).first() or 0
    newest = Definition.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return _read(version, newest)


@lru_cache(maxsize=4)
def _read(version: int, _newest: int) -> PlanData:
    stored = PlanVersion.objects.filter(pk=version).values_list("monitoring", flat=True).first() or {}
    return read_plan_data(with_own(stored, list(Definition.objects.filter(is_current=True))))


def with_own(stored: Mapping[str, Any], own: list[Definition]) -> dict[str, list[Any]]:
    """The plan's entries with those of the office in place of them or behind them."""
    found = {key: {_key(key, entry): entry for entry in stored.get(key, [])} for key in KEYS.values()}
    for each in own:
        key = KEYS[DefinitionKind(each.kind)]
        found[key][each.code, each.since] = each.data
    return {key: list(entries.values()) for key, entries in found.items()}


def _key(key: str, entry: Mapping[str, Any]) -> tuple[str, int]:
    since = entry.get("since") if key != KEYS[DefinitionKind.CHECK] else None
    return str(entry["code"]), of_code(str(since)).ordinal if since else 0


def keep_indicators() -> dict[str, Indicator]:
    """A row for every indicator of the catalogue, as its latest version says; by code. Writes only what changed."""
    units = dict(Unit.objects.values_list("code", "pk"))
    rows = {row.code: row for row in Indicator.objects.all()}
    for order, (code, versions) in enumerate(plan_data().catalogue.versions.items()):
        last = versions[-1]
        said = {"name": last.name, "unit": last.unit, "group": last.group, "order": order}
        said["source_id"] = units.get(last.source)
        row = rows.get(code)
        if row is None:
            rows[code] = Indicator.objects.create(code=code, **said)
        elif any(getattr(row, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row, name, value)
            row.save()
    return rows
