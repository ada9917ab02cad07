"""All towns at once gives what each town gives by itself."""

from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from spectown.core.monitoring.columns import computed
from spectown.core.monitoring.panel import Panel, column_of
from spectown.core.monitoring.values import Value
from spectown.core.periods import of_code, so_far, year_ago
from tests.core.monitoring.data import catalogue, entry, value

NOW = of_code("2026-02")
FORMULAS = [
    "(ytd(output) - year_ago(ytd(output))) / year_ago(ytd(output))",
    "output / sales + exports / output",
    "max(output, sales) + abs(output - exports)",
    "sales / exports",
    "output + sales",
]
cells = st.sampled_from([None, "不适用", 0]) | st.decimals(0, 1000, places=2)
rows = st.lists(st.lists(cells, min_size=10, max_size=10), min_size=1, max_size=5)
PERIODS = [*so_far(year_ago(NOW)), *so_far(NOW)]


@example([[None, None, None, "不适用", *[None] * 6]], 0, "any", True)  # months of two units, one of them 不适用
@given(rows, st.integers(0, len(FORMULAS) - 1), st.sampled_from(["any", "all", "never"]), st.booleans())
def test_columns_and_towns_agree(towns: list[list[Any]], place: int, policy: str, older: bool) -> None:
    """`older`: the unit of sales has changed this year, so that its months are not summed by the column."""
    formula = FORMULAS[place]
    unit = "万元" if "/" not in formula else "%"
    more = [entry("output", "产值", since="2026-02", unit="亿元", decimals=4)] if older else []
    known = catalogue(*more, entry("fresh", "新", formula=formula, unit=unit, missing=policy, decimals=4))
    columns = {}
    for number, code in enumerate(("output", "sales", "exports")):
        for shift, period in enumerate(PERIODS):
            columns[code, period] = column_of(value(town[(number * 4 + shift) % 10]) for town in towns)
    panel = Panel(tuple(map(str, range(len(towns)))), np.array(["a"] * len(towns)), columns)
    computation = known.computation("fresh", NOW)
    found = computed(computation, panel, np.ones(len(towns), bool))
    for town in range(len(towns)):
        assert told(found.value(town)) == told(computation.value(panel.lookup(town)))


def test_a_division_by_zero_decides_before_what_is_lacking() -> None:
    """sales is 0 and exports has not come: 不适用, whatever comes."""
    known = catalogue(entry("fresh", "新", formula="output / sales + exports / output", unit="%"))
    values = {"output": 5, "sales": 0, "exports": None}
    panel = Panel(("0",), np.array(["a"]), {(code, NOW): column_of([value(v)]) for code, v in values.items()})
    found = computed(known.computation("fresh", NOW), panel, np.array([True]))
    assert found.value(0).shown == "不适用"


def told(found: Value) -> tuple[str, Decimal | None]:
    return found.kind, found.number


def test_other_towns_stay_unreported() -> None:
    known = catalogue(entry("fresh", "新", formula="output * 2"))
    panel = Panel(("0", "1"), np.array(["a", "b"]), {("output", NOW): column_of([value(1), value(1)])})
    found = computed(known.computation("fresh", NOW), panel, np.array([True, False]))
    assert [found.value(town).shown for town in (0, 1)] == ["2", "未报"]
