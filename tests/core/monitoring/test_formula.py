"""Formulas: cases that an official can read, refusals, and what holds for all of them."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.monitoring.affected import affected
from spectown.core.monitoring.computing import Computation
from spectown.core.monitoring.indicator import Policy
from spectown.core.monitoring.reading import Known, MonitoringFault, read_catalogue
from spectown.core.monitoring.tree import Binary, Call, FormulaFault, Node, Number, Ref, parse, written
from spectown.core.monitoring.units import converted, unit_of
from spectown.core.monitoring.values import Value, figure
from spectown.core.periods import Period, of_code
from tests.core.monitoring.data import COMMON, cases, catalogue, entry, value

KNOWN = Known({"tongji"}, {"二(四)"}, {"agriculture"})
NOW = of_code("2026-11")


def lookup_of(inputs: dict[str, Any], now: Period) -> Any:
    found = {}
    for key, written_value in inputs.items():
        code, _, period = key.partition("@")
        found[code, of_code(period) if period else now] = value(written_value)
    return lambda code, period: found[code, period]


@pytest.mark.parametrize("case", cases("formulas.yaml"))
def test_results(case: dict[str, Any]) -> None:
    now = of_code(str(case.get("period", "2026-11")))
    more = {key: case[key] for key in ("unit", "missing", "every") if key in case}
    known = catalogue(entry("fresh", "新指标", formula=case["formula"], **more))
    lookup = lookup_of(case["inputs"], now)
    computation = known.computation("fresh", now)
    found = computation.value(lookup)
    assert (str(found.number) if found.is_figure else found.shown) == case["expect"]
    assert case.get("reason", found.reason) == found.reason
    assert case.get("told", computation.explained(lookup)) == computation.explained(lookup)


@pytest.mark.parametrize("case", cases("refusals.yaml"))
def test_what_cannot_be_used_is_refused_with_its_place(case: dict[str, Any]) -> None:
    with pytest.raises(MonitoringFault) as refused:
        read_catalogue([*COMMON, entry("fresh", "新指标", since="2025-01") | case["entry"]], KNOWN)
    assert str(refused.value).startswith("indicators.yaml")
    for words in case["says"]:
        assert words in str(refused.value)


def test_a_circle_names_its_path() -> None:
    circle = [entry("a", "甲", formula="b + output"), entry("b", "乙", formula="c"), entry("c", "丙", formula="a * 2")]
    with pytest.raises(MonitoringFault, match=r"公式循环引用:(.) → . → . → \1"):
        catalogue(*circle)
    assert catalogue(entry("a", "甲", formula="last(a) + output")).order(NOW) == ["a"]


def test_only_what_reads_a_changed_value_is_worked_out_again() -> None:
    """`growth` reads the months of this year and of last; `quarter_sum` comes after the months that it is made of."""
    known = catalogue(
        entry("double", "倍", formula="total * 2"),
        entry("total", "和", formula="output + sales"),
        entry("other", "旁", formula="jobs", unit="人"),
        entry("growth", "增", formula="ytd(sales) - year_ago(sales)"),
        entry("quarter_sum", "季", formula="double", every="quarter", kind="stock"),
    )

    def told(code: str, period: str, until: str) -> list[str]:
        found = affected(known, [(code, of_code(period))], of_code(until))
        return [f"{each} {when.code}" for each, when in found]

    found = told("sales", "2026-10", "2026-11")
    assert sorted(found) == ["double 2026-10", "growth 2026-10", "growth 2026-11", "total 2026-10"]
    assert found.index("total 2026-10") < found.index("double 2026-10")
    assert told("output", "2026-11", "2026-12") == ["total 2026-11", "double 2026-11", "quarter_sum 2026-Q4"]
    assert told("sales", "2025-12", "2026-12")[-1] == "growth 2026-12"
    assert told("jobs", "2026-11", "2026-11") == ["other 2026-11"]
    assert known.computed_on(of_code("2026-Q4")) == ["quarter_sum"]
    with pytest.raises(KeyError):
        known.computation("quarter_sum", NOW)


numbers = st.decimals(Decimal("0.01"), 10**6, places=2)
leaves = st.sampled_from(["a", "b", "c"]).map(Ref) | st.integers(1, 9).map(lambda n: Number(Fraction(n)))
trees = st.recursive(
    leaves,
    lambda below: (
        st.builds(Binary, st.sampled_from("+-*/"), below, below)
        | st.builds(Call, st.sampled_from(["sum", "min", "max"]), st.tuples(below, below))
    ),
    max_leaves=8,
)


def python_of(node: Node, values: dict[str, Fraction]) -> Fraction:
    return eval(written_python(node), {"F": Fraction, "sum": lambda *p: p[0] + p[1], "min": min, "max": max}, values)


def written_python(node: Node) -> str:
    if isinstance(node, Number):
        return f"F({node.value})"
    if isinstance(node, Ref):
        return node.code
    if isinstance(node, Call):
        return f"{node.name}({','.join(map(written_python, node.parts))})"
    return f"({written_python(node.left)}{node.operator}{written_python(node.right)})"


@given(trees, st.tuples(numbers, numbers, numbers))
def test_a_result_is_that_of_exact_fractions(tree: Node, given_numbers: tuple[Decimal, ...]) -> None:
    inputs = dict(zip("abc", given_numbers, strict=True))
    found = computation_of(tree).amount(lambda code, _: figure(inputs[code]))
    try:
        expected = python_of(tree, {code: Fraction(each) for code, each in inputs.items()})
    except ZeroDivisionError:
        assert isinstance(found, Value)
        assert found.reason == "除数为 0"
    else:
        assert found == expected


def computation_of(tree: Node) -> Computation:
    known = catalogue(*(entry(code, code, unit="倍", kind="stock") for code in "abc"))
    result = known.versions["a"][0]
    assert result.missing == Policy.ANY
    return known.prepared(tree, result, NOW)


@given(trees)
def test_what_is_written_is_read_the_same(tree: Node) -> None:
    told = written(tree, lambda ref: ref.code)
    for shown, name in (("合计", "sum"), ("最小", "min"), ("最大", "max"), ("、", ","), ("−", "-")):
        told = told.replace(shown, name)
    values = {"a": Fraction(7, 3), "b": Fraction(11, 5), "c": Fraction(13, 2)}
    found = []
    for each in (tree, parse(told)):
        try:
            found.append(python_of(each, values))
        except ZeroDivisionError:
            found.append(Fraction(0))
    assert found[0] == found[1]


@given(st.text(max_size=40) | st.text("ab+-*/()., 1", max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(FormulaFault):
        assert written(parse(text), lambda ref: ref.code)


UNITS = [("元", "万元"), ("亿元", "万元"), ("元/户", "万元/家"), ("%", "倍"), ("人", "万人")]


@given(st.fractions(), st.sampled_from(UNITS))
def test_a_conversion_comes_back(number: Fraction, units: tuple[str, str]) -> None:
    there = converted(number, *units)
    assert converted(there, *reversed(units)) == number


def test_units_measure_what_they_say() -> None:
    assert converted(Fraction(1), "亿元", "万元") == 10000
    assert converted(Fraction(1), "万元/户", "元/户") == 10000
    assert unit_of("吨标准煤/万元").words == "吨标准煤/元"
    with pytest.raises(ValueError, match="亿元 与 人 不能换算"):
        converted(Fraction(1), "亿元", "人")


def test_a_break_of_definition_is_not_compared_in_silence() -> None:
    """Of two versions only the unit may differ: then figures are converted."""
    growth = entry("growth", "增速", formula="(output - year_ago(output)) / year_ago(output)", unit="%")
    later = {"code": "output", "name": "产值", "since": "2026-01"}
    same = catalogue(growth, entry(**later, unit="亿元"))
    lookup = lookup_of({"output": "0.02", "output@2025-11": 100}, NOW)
    assert same.computation("growth", NOW).value(lookup).number == Decimal("100.00")
    assert [each.sentence for each in same.breaks("output", of_code("2025-01"), NOW)] == [
        "计量单位自2026年1月起有变,已换算。"
    ]
    other = catalogue(growth, entry(**later, definition="镇内全部企业本期合计"))
    found = other.computation("growth", NOW).value(lookup)
    assert (found.shown, found.reason) == ("不适用", "产值口径自2026年1月起有变,前后不可比")
    assert other.breaks("output", of_code("2026-01"), NOW) == []
    assert other.on("output", of_code("2025-12")) != other.on("output", NOW)
    assert other.on("output", of_code("2024-12")) is None
