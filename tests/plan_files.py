"""Files of the city's plan for test rows: each is read once a run, whoever asks gets a copy of their own."""

import pickle
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

PLAN = Path(settings.BASE_DIR) / "plans" / "changzhi-2023"


@cache
def _read(name: str) -> bytes:
    return pickle.dumps(yaml.load((PLAN / name).read_text("utf-8"), Loader=yaml.CSafeLoader))


def plan_file(name: str) -> Any:
    """What stands in a YAML file of the plan folder."""
    return pickle.loads(_read(name))
