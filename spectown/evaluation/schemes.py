"""Which scheme holds for a year: the plan's entries with those in place that were drafted and approved here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spectown.core.evaluation.unfinished import lacking
from spectown.core.evaluation.yearreading import scheme_entry
from spectown.evaluation.models import Evaluation
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Definition
from spectown.monitoring.own import At, at_odds, current
from spectown.plans.models import Category, PlanVersion
from spectown.towns.enums import Level

CODE = "evaluation"
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """One entry that holds from its year on; `own`: the version of ours, None where it is the plan's."""

    year: int
    entry: Entry
    own: Definition | None


def at(year: int) -> At:
    """The place of a scheme from a year on."""
    return At(DefinitionKind.SCHEME, CODE, year)


def planned() -> list[Entry]:
    """What the plan itself says, the earliest first."""
    version = PlanVersion.objects.current()
    found: list[Entry] = version.evaluation if version else []
    return sorted(found, key=lambda entry: int(entry["year"]))


def held() -> list[Held]:
    """All schemes, the earliest first."""
    found = {int(entry["year"]): Held(int(entry["year"]), entry, None) for entry in planned()}
    found |= {row.since: Held(row.since, row.data, row) for row in current([DefinitionKind.SCHEME]) if row.data}
    return [found[year] for year in sorted(found)]


def in_force(year: int) -> Entry | None:
    """The scheme by which a year is evaluated; None before the first."""
    found = scheme_entry([each.entry for each in held()], year)
    return dict(found) if found is not None else None


def of_plan(year: int) -> list[Entry]:
    """What the plan itself says for a year, as a list of one or none."""
    found = scheme_entry(planned(), year)
    return [dict(found)] if found is not None else []


def conflicts() -> list[Definition]:
    """Schemes of ours where the plan says something else for their year than when they were approved."""
    return at_odds(current([DefinitionKind.SCHEME]), lambda row: of_plan(row.since))


def frozen_from(year: int) -> Evaluation | None:
    """The first evaluation from this year on whose scheme is frozen: for good once it was shown to counties."""
    return Evaluation.objects.exclude(state="draft", round=1).filter(year__gte=year).order_by("year").first()


def names() -> dict[str, str]:
    """Names by code of indicators, categories and levels."""
    found = {code: versions[-1].name for code, versions in plan_data().catalogue.versions.items()}
    return {**{str(level.value): str(level.label) for level in Level}, **categories(), **found}


def categories() -> dict[str, str]:
    """Categories of the current plan, in order."""
    return dict(Category.objects.filter(version__is_current=True).values_list("code", "label"))


def lacks(entry: Mapping[str, Any]) -> list[str]:
    """What a scheme still lacks before it can be approved."""
    return lacking(entry, plan_data().catalogue.versions, categories(), names())
