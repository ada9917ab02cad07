"""Kleene's laws, and the promise that a missing fact never flips a decided result."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.conditions import (
    All,
    AnyOf,
    Compare,
    Condition,
    Given,
    Not,
    OneOf,
    Operator,
    Truth,
    conjunction,
    disjunction,
    evaluate,
    fields_of,
    negation,
)

TRUTHS = st.sampled_from(Truth)
NAMES = ("output", "partners", "category")
NUMBERS = st.integers(0, 5) | st.decimals(0, 5, places=2)
LEAVES = (
    st.builds(Compare, st.sampled_from(NAMES[:2]), st.sampled_from(Operator), NUMBERS)
    | st.builds(OneOf, st.just("category"), st.lists(st.sampled_from("abc"), max_size=2).map(tuple))
    | st.builds(Given, st.sampled_from(NAMES))
)
TREES: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts)))
        | st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
        | inner.map(Not)
    ),
    max_leaves=8,
)
FULL = st.fixed_dictionaries({"output": NUMBERS, "partners": NUMBERS, "category": st.sampled_from("abc")})


@given(st.lists(TRUTHS))
def test_de_morgan(truths):
    assert negation(conjunction(truths)) == disjunction(negation(truth) for truth in truths)
    assert negation(disjunction(truths)) == conjunction(negation(truth) for truth in truths)


@given(TRUTHS, TRUTHS, TRUTHS)
def test_laws_of_a_lattice(a, b, c):
    assert negation(negation(a)) == a
    assert conjunction([a, disjunction([a, b])]) == a
    assert conjunction([a, disjunction([b, c])]) == disjunction([conjunction([a, b]), conjunction([a, c])])
    assert conjunction([a, b]) == conjunction([b, a])


def test_the_table_of_unknown():
    true, false, unknown = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
    assert conjunction([unknown, false]) is false
    assert conjunction([unknown, true]) is unknown
    assert disjunction([unknown, true]) is true
    assert disjunction([unknown, false]) is unknown
    assert negation(unknown) is unknown
    assert conjunction([]) is true
    assert disjunction([]) is false


@given(TREES, FULL, st.sets(st.sampled_from(NAMES)))
def test_filling_an_unknown_never_flips_a_decided_result(tree, facts, unknown):
    before = evaluate(tree, {name: None if name in unknown else value for name, value in facts.items()})
    after = evaluate(tree, facts)
    assert after.truth is not Truth.UNKNOWN
    if before.truth is not Truth.UNKNOWN:
        assert after.truth is before.truth


@given(TREES, FULL, st.sets(st.sampled_from(NAMES)))
def test_the_deciding_leaves_alone_give_the_same_result(tree, facts, unknown):
    known = {name: None if name in unknown else value for name, value in facts.items()}
    trace = evaluate(tree, known)
    deciding = {leaf.condition.field for leaf in trace.deciding_leaves()}
    assert deciding <= fields_of(tree)
    if trace.truth is not Truth.UNKNOWN:
        assert evaluate(tree, {name: known[name] for name in deciding}).truth is trace.truth


@pytest.mark.parametrize(
    ("operator", "holds"),
    [(">=", True), (">", False), ("<=", True), ("<", False), ("==", True), ("!=", False)],
)
def test_the_number_itself(operator, holds):
    leaf = Compare("output", Operator(operator), Decimal("100000"))
    assert evaluate(leaf, {"output": 100000}).truth is (Truth.TRUE if holds else Truth.FALSE)


def test_the_trace_names_the_leaf_and_the_value():
    tree = All((Compare("output", Operator.AT_LEAST, 5), Not(Compare("partners", Operator.AT_LEAST, 10))))
    trace = evaluate(tree, {"output": 7, "partners": 12})
    assert trace.truth is Truth.FALSE
    assert [(leaf.condition.field, leaf.value) for leaf in trace.deciding_leaves()] == [("partners", 12)]


def test_given_is_unknown_until_the_fact_comes():
    assert evaluate(Given("output"), {}).truth is Truth.UNKNOWN
    assert evaluate(Given("output"), {"output": 0}).truth is Truth.TRUE


@pytest.mark.parametrize("value", ["7", True, date(2023, 3, 31)])
def test_unlike_things_are_not_compared(value):
    with pytest.raises(TypeError, match="output"):
        evaluate(Compare("output", Operator.AT_LEAST, 7), {"output": value})


def test_true_is_not_the_number_one():
    assert evaluate(OneOf("origin", (1,)), {"origin": True}).truth is Truth.FALSE
