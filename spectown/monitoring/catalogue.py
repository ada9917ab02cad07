"""What is collected now: the plan's data with the office's own versions put in (Definition)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max

from spectown.core.monitoring.plandata import PlanData, read_plan_data
from spectown.core.monitoring.reading import MonitoringFault
from spectown.core.periods import of_code
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Definition, Indicator
from spectown.monitoring.own import current
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion

KEYS = {DefinitionKind.INDICATOR: "indicators", DefinitionKind.FORM: "forms", DefinitionKind.CHECK: "checks"}


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds now, the plan's entries as they are, all changes of the office, those that no longer go with them."""

    data: PlanData
    stored: Mapping[str, Any]
    own: tuple[Definition, ...]
    left_out: tuple[tuple[Definition, str], ...] = ()

    def plan_entries(self, kind: str, code: str) -> list[dict[str, Any]]:
        """All that the plan itself says of a code."""
        return [each for each in self.stored.get(KEYS[DefinitionKind(kind)], []) if each["code"] == code]

    def plan_entry(self, kind: str, code: str, since: int) -> dict[str, Any] | None:
        """What the plan itself says at a place."""
        key = KEYS[DefinitionKind(kind)]
        return next((each for each in self.plan_entries(kind, code) if place_of(key, each) == (code, since)), None)


def plan_data() -> PlanData:
    """Catalogue, forms and rules in force; two queries, read again only where something changed."""
    return in_force().data


def in_force() -> InForce:
    """The same with where it comes from. Changes are only ever added, so one that commits late changes the number."""
    version = PlanVersion.objects.filter(is_current=True).values_list("pk", flat=True).first() or 0
    newest = Definition.objects.aggregate(last=Max("pk"), number=Count("pk"), at=Max("made_at"))
    return _read(version, newest["last"] or 0, newest["number"], newest["at"])


@lru_cache(maxsize=4)
def _read(version: int, _newest: int, _number: int, _at: datetime.datetime | None) -> InForce:
    stored = PlanVersion.objects.filter(pk=version).values_list("monitoring", flat=True).first() or {}
    own = current(KEYS)
    try:
        return InForce(read_plan_data(with_own(stored, own)), stored, own)
    except MonitoringFault:
        return _fitting(stored, own)


def _fitting(stored: Mapping[str, Any], own: Sequence[Definition]) -> InForce:
    """The plan with those changes that still go with it, in the order in which they were made."""
    data = read_plan_data(stored)
    taken: list[Definition] = []
    left: list[tuple[Definition, str]] = []
    for each in own:
        try:
            data = read_plan_data(with_own(stored, [*taken, each]))
        except MonitoringFault as fault:
            left.append((each, str(fault)))
        else:
            taken.append(each)
    return InForce(data, stored, tuple(own), tuple(left))


def with_own(stored: Mapping[str, Any], own: Sequence[Definition]) -> dict[str, list[Any]]:
    """The plan's entries with those of the office in place of them or behind them."""
    found = {key: {place_of(key, entry): entry for entry in stored.get(key, [])} for key in KEYS.values()}
    for each in own:
        if each.data is not None:
            found[KEYS[DefinitionKind(each.kind)]][each.code, each.since] = each.data
    return {key: list(entries.values()) for key, entries in found.items()}


def place_of(key: str, entry: Mapping[str, Any]) -> tuple[str, int]:
    """Code and ordinal of the first period of an entry; rules have none."""
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
