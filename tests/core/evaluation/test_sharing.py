"""Which scheme holds for which category in a year: cases, and that it is always exactly one."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectown.core.evaluation.sharing import code_of, holders, in_force, overlaps, suffix_of
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.yearreading import read_year_scheme, read_year_schemes
from spectown.core.evaluation.yearscheme import GENERAL
from tests.core.evaluation.years import entry

GENERALLY = {"year": 2025}
TOURS = {"year": 2026, "code": "tours", "label": "文旅类", "categories": ["tourism", "wellness"]}
SHOPS = {"year": 2027, "code": "shops", "label": "电商类", "categories": ["ecommerce"]}
ENDED = {**TOURS, "year": 2028, "ended": True}
ALL = [GENERALLY, TOURS, SHOPS, ENDED]


@pytest.mark.parametrize(
    ("year", "codes", "tourism", "ecommerce"),
    [
        (2024, [], GENERAL, GENERAL),
        (2025, [GENERAL], GENERAL, GENERAL),
        (2026, [GENERAL, "tours"], "tours", GENERAL),
        (2027, [GENERAL, "shops", "tours"], "tours", "shops"),
        (2028, [GENERAL, "shops"], GENERAL, "shops"),
    ],
)
def test_who_holds_what(year: int, codes: list[str], tourism: str, ecommerce: str) -> None:
    held = in_force(ALL, year)
    assert list(held) == codes
    assert [holders(held).get(each, GENERAL) for each in ("tourism", "ecommerce")] == [tourism, ecommerce]
    assert overlaps(ALL) == []


def test_the_version_of_a_year_is_the_latest_begun() -> None:
    later = {"year": 2027, "n": 2}
    found = [in_force([later, GENERALLY], year).get(GENERAL) for year in (2024, 2025, 2026, 2027, 2030)]
    assert found == [None, GENERALLY, GENERALLY, later, later]


def test_two_that_claim_a_category_are_named_once() -> None:
    again = {"year": 2027, "code": "arts", "label": "康养类", "categories": ["wellness", "crafts"]}
    (said,) = overlaps([*ALL, again], {"wellness": "康养"})
    assert "2027年度起,“康养类”和“文旅类”都写了类别 康养;" in said
    assert holders(in_force([*ALL, again], 2027))["wellness"] == "arts"  # begun later
    assert overlaps([*ALL, {**again, "year": 2028}]) == []  # by then the other one has ended
    own = {"code": "tours", "label": "文旅类", "categories": ["tourism"]}
    for more, fault in (([entry(**own), entry(**{**own, "code": "arts"})], "都写了类别"), ([entry(), entry()], "同一")):
        with pytest.raises(Unusable, match=fault):
            read_year_schemes(more)
    found = read_year_schemes([entry(**own), entry()], categories={"manufacturing", "light_industry", "it_innovation",
                              "agriculture", "tourism", "wellness", "ecommerce"})  # fmt: skip
    assert [(each.code, each.label) for each in found] == [(GENERAL, ""), ("tours", "文旅类")]
    assert [suffix_of(each) for each in (GENERALLY, TOURS)] == ["", "(文旅类)"]
    with pytest.raises(Unusable, match="没有类别 agriculture、crafts"):
        read_year_schemes([entry(**{**own, "categories": ["crafts"]})], categories={"tourism"})


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        ({"categories": ["tourism"]}, "要另写 code"),
        ({"code": "tours", "label": "文旅类"}, "须写明适用类别"),
        ({"code": "tours", "categories": ["tourism"]}, "简称"),
        ({"code": "文旅", "label": "文旅类", "categories": ["tourism"]}, "小写字母"),
        ({"code": "tours", "label": "文旅类", "categories": ["tourism", "tourism"]}, "重复"),
    ],
)
def test_a_scheme_says_whose_it_is(own: dict[str, Any], fault: str) -> None:
    with pytest.raises(Unusable, match=fault):
        read_year_scheme(entry(**own))


CATEGORIES = ("a", "b", "c", "d")
VERSIONS = st.fixed_dictionaries(
    {
        "year": st.integers(2024, 2028),
        "code": st.sampled_from([GENERAL, "x", "y", "z"]),
        "categories": st.lists(st.sampled_from(CATEGORIES), unique=True),
        "ended": st.booleans(),
    }
)


@settings(max_examples=200)
@given(st.lists(VERSIONS, max_size=8), st.integers(2023, 2029))
def test_every_category_has_exactly_one_scheme(given_: list[dict[str, Any]], year: int) -> None:
    entries = [{**each, "categories": [], "ended": False} if each["code"] == GENERAL else each for each in given_]
    held = in_force(entries, year)
    own = holders(held)
    for category in CATEGORIES:
        claim = [code for code, each in held.items() if category in each["categories"]]
        takes = [code for code in {GENERAL, *held} if own.get(category, GENERAL) == code]
        assert len(takes) == 1
        assert takes[0] in (claim or [GENERAL])
        if not overlaps([each for each in entries if int(each["year"]) <= year]):
            assert len(claim) <= 1
    assert all(code_of(each) == code for code, each in held.items())
