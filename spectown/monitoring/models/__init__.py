"""Models of monitoring."""

from spectown.monitoring.models.definitions import Definition, Indicator
from spectown.monitoring.models.sheets import Explanation, FormPeriod, LateException, Sheet
from spectown.monitoring.models.sums import Overlap, Spread, Tally
from spectown.monitoring.models.values import Cell, CellFile, CellVersion

__all__ = [
    "Cell",
    "CellFile",
    "CellVersion",
    "Definition",
    "Explanation",
    "FormPeriod",
    "Indicator",
    "LateException",
    "Overlap",
    "Sheet",
    "Spread",
    "Tally",
]
