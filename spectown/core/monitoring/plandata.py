"""All that a plan says of monitoring, read together: catalogue, report forms, rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.checkreading import read_rules
from spectown.core.monitoring.checks import AnyRule
from spectown.core.monitoring.formreading import read_forms
from spectown.core.monitoring.forms import ReportForm
from spectown.core.monitoring.joined import joins_of
from spectown.core.monitoring.reading import Known, read_catalogue

FILES: Mapping[str, str] = {"indicators.yaml": "indicators", "reportforms.yaml": "forms", "checks.yaml": "checks"}


@dataclass(frozen=True, slots=True)
class PlanData:
    """What a plan version has; all empty where its folder has none of the files."""

    catalogue: Catalogue
    forms: tuple[ReportForm, ...]
    rules: tuple[AnyRule, ...]


def read_plan_data(data: Mapping[str, Any], known: Known | None = None) -> PlanData:
    """The lists by the key of their file (or the JSON of a plan version). Raises MonitoringFault with all faults."""
    catalogue = read_catalogue(data.get("indicators", []), known)
    forms = read_forms(data.get("forms", []), catalogue, known)
    catalogue = replace(catalogue, joins=joins_of(forms))
    return PlanData(catalogue, tuple(forms), tuple(read_rules(data.get("checks", []), catalogue, known)))
