"""Settings of the plan and the cases of this folder."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from spectown.core.supervision.settings import Settings, read_settings
from spectown.core.workdays import Calendar, calendar_of

HERE = Path(__file__).parent
PLAN = HERE.parents[2] / "plans" / "changzhi-2023"
CALENDAR: Calendar = calendar_of(yaml.safe_load((PLAN / "calendar.yaml").read_text("utf-8"))["years"])
RAW: list[dict[str, Any]] = yaml.safe_load((PLAN / "supervision.yaml").read_text("utf-8"))["settings"]
SETTINGS: Settings = read_settings(RAW)[0]


def cases(name: str) -> list[Any]:
    """The cases of a file, each with its own name."""
    found = yaml.safe_load((HERE / name).read_text("utf-8"))
    assert len({case["case"] for case in found}) == len(found)
    return [pytest.param(case, id=case["case"]) for case in found]
