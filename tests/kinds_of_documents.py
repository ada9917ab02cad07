"""The kinds of documents of the plan, for the tests."""

from pathlib import Path

from spectown.core.documentkinds.model import Kind
from spectown.plans.documentkinds import read_kinds

PLAN = Path("plans/changzhi-2023")
KINDS: dict[str, Kind] = read_kinds(PLAN)
