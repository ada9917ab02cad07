"""What holds for likeness and proposals whatever the problems are; and that a city's ledger takes seconds."""

import random
import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from spectown.core.supervision.alike import Item, is_alike, likeness, neighbours
from spectown.core.supervision.common import clusters
from spectown.core.supervision.wording import grams, in_common
from tests.core.supervision.problem_data import RULES

WORDS = ("用地指标", "厂房", "扩建", "冷库", "电价", "贷款", "利率", "检测", "排队", "希望", "解决", ",")
texts = st.lists(st.sampled_from(WORDS), max_size=7).map("".join)
items = st.lists(
    st.builds(
        Item,
        pk=st.integers(1, 999),
        text=texts,
        clause=st.sampled_from(("", "三(九)", "三(十)")),
        kind=st.sampled_from(("land", "energy")),
        chain=st.sampled_from(("", "upstream")),
        unit=st.sampled_from(("", "ziran")),
        raiser=st.sampled_from(("", "甲", "乙", "丙")),
        common=st.sampled_from((False, False, False, True)),
    ),
    max_size=14,
    unique_by=lambda item: item.pk,
)


@given(texts, texts)
def test_likeness_goes_both_ways_and_a_text_is_like_itself(first: str, second: str) -> None:
    one, other = grams(first), grams(second)
    assert 0 <= in_common(one, other) == in_common(other, one) <= 100
    assert in_common(one, one) == (100 if one else 0)


@given(items)
def test_all_pairs_are_those_that_one_finds_pair_by_pair(found: list[Item]) -> None:
    for item, places in zip(found, neighbours(found, RULES), strict=True):
        pairs = [likeness(item, other) for other in found if other.pk != item.pk]
        assert {found[place].pk for place in places} == {
            each.pk for each in pairs if is_alike(each.text, len(each.shared), RULES)
        }


@given(items, st.randoms())
def test_the_order_of_the_problems_does_not_matter(found: list[Item], chance: object) -> None:
    turned = list(found)
    chance.shuffle(turned)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert clusters(turned, RULES) == clusters(found, RULES)


@given(items)
def test_a_proposal_is_of_alike_problems_of_several_raisers_and_of_each_problem_once(found: list[Item]) -> None:
    by_pk, proposed = {item.pk: item for item in found}, clusters(found, RULES)
    for cluster in proposed:
        for member in cluster.members:
            assert member == likeness(by_pk[cluster.lead], by_pk[member.pk])
            assert is_alike(member.text, len(member.shared), RULES)
        assert cluster.joins is by_pk[cluster.lead].common
        assert cluster.joins or (len(cluster.pks) >= RULES.members and cluster.raisers >= RULES.raisers)
    pks = [pk for cluster in proposed for pk in cluster.pks]
    assert len(pks) == len(set(pks))
    assert not any(by_pk[pk].common for pk in pks)


@given(items)
def test_what_has_nothing_to_do_with_the_others_changes_nothing(found: list[Item]) -> None:
    stranger = Item(5000, "高速出口指示牌", raiser="丁")
    assert clusters([*found, stranger], RULES) == clusters(found, RULES)
    assert clusters([replace(item, text="") for item in found], RULES) == []


def test_the_ledger_of_a_city_takes_seconds() -> None:
    chance = random.Random(6)
    letters = [chr(0x4E00 + n) for n in range(2500)]
    words = [*WORDS * 40, *("".join(chance.choices(letters, k=3)) for _ in range(400))]
    ledger = [
        Item(pk, "".join(chance.choices(words, k=15)), "三(九)", chance.choice("abcd"), raiser=str(pk % 900))
        for pk in range(5000)
    ]
    start = time.process_time()
    assert clusters(ledger, RULES)
    assert time.process_time() - start < 10
