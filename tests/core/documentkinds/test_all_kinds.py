"""Every kind of the plan: missing facts are named one by one, what may be missing may be missing, the table in docs."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from spectown.core.documentkinds.building import build
from spectown.core.documentkinds.common import all_facts, sample
from spectown.core.documentkinds.facts import FactsFault
from spectown.core.documentkinds.model import Fact, FactType, Kind
from spectown.core.documentkinds.ordering import in_order
from tests.kinds_of_documents import KINDS

WANTED = {
    "application_notice", "correction_notice", "acceptance_notice", "rejection_of_acceptance", "expert_sheet",
    "publicity",
    "certification_notice", "refusal_notice", "certificate", "recheck_notice", "withdrawal_decision", "annual_plan",
    "responsibility_list", "supervision_notice", "reminder", "close_out", "monthly_report", "quarterly_report",
    "evaluation_report", "commendation", "meeting_notice", "meeting_minutes", "recommendation_letter", "newsletter",
    "town_policy", "free_notice", "list_notice",
}  # fmt: skip
TABLE = Path("docs/user/document-kinds.md")


def facts(kind: Kind, *, required: bool) -> list[Fact]:
    return [fact for fact in all_facts(kind) if fact.required is required]


def within(kind: Kind, *, required: bool) -> Iterator[tuple[Fact, Fact]]:
    for fact in (f for f in kind.facts if f.type is FactType.ROWS and f.sample):
        yield from ((fact, inner) for inner in fact.of if inner.required is required)


def changed(kind: Kind, fact: Fact, inner: Fact, value: Any) -> dict[str, Any]:
    """The sample with a fact of the first row changed; Ellipsis takes it away."""
    row = {name: old for name, old in fact.sample[0].items() if name != inner.name}
    return sample(kind) | {fact.name: [row if value is ... else row | {inner.name: value}, *fact.sample[1:]]}


def faults(kind: Kind, given: dict[str, Any]) -> list[str]:
    with pytest.raises(FactsFault) as error:
        build(kind, given)
    return [str(fault) for fault in error.value.faults]


def test_all_kinds_are_there() -> None:
    assert set(KINDS) >= WANTED


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_required_fact_is_missed_by_its_name(name: str) -> None:
    kind = KINDS[name]
    for fact in facts(kind, required=True):
        given = {key: value for key, value in sample(kind).items() if key != fact.name}
        assert faults(kind, given) == [f"缺少“{fact.label}”,请补上。"]
    for fact, inner in within(kind, required=True):
        told = f"缺少“{fact.label}的第 1 行的{inner.label}”,请补上。"
        assert faults(kind, changed(kind, fact, inner, ...)) == [told]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_other_fact_may_be_null(name: str) -> None:
    kind = KINDS[name]
    for fact in facts(kind, required=False):
        assert build(kind, sample(kind) | {fact.name: None}).title
    for fact, inner in within(kind, required=False):
        assert build(kind, changed(kind, fact, inner, None)).title


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_figure_that_may_be_missing_may_be_unfit(name: str) -> None:
    """不适用 and 待核 stand where a figure would; a required figure is a number."""
    kind = KINDS[name]
    for fact, inner in within(kind, required=False):
        if inner.type in (FactType.MONEY, FactType.PERCENT, FactType.NUMBER, FactType.COUNT):
            assert build(kind, changed(kind, fact, inner, "不适用")).title
            (told,) = faults(kind, changed(kind, fact, inner, "很多"))
            assert told.startswith(f"“{fact.label}的第 1 行的{inner.label}”应为")


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_says_whose_wording_it_is(name: str) -> None:
    kind = KINDS[name]
    assert kind.source
    assert kind.area
    assert kind.about.endswith("。")
    assert all(re.fullmatch(r"附件\d|[一二三四](\([一二三四五六七八九十]+\))?", clause) for clause in kind.clauses)


def test_kinds_come_in_the_order_of_the_work() -> None:
    """申报 → 补正 → 受理 → 评审 → 公示 → 认定 …, each area in one piece; no two at the same place."""
    found = list(in_order(reversed(KINDS.values())).values())
    begin = ["申报通知", "补正通知", "受理通知", "不予受理通知", "专家评审表", "公示", "认定通知"]
    assert [kind.label for kind in found[:7]] == begin
    areas = [area for area, _ in groupby(found, key=lambda kind: kind.area)]
    assert areas == ["认定", "责任与督办", "监测与通报", "评估", "政策", "会议", "公文"]
    assert len({kind.order for kind in found}) == len(found)


def test_the_table_of_kinds_is_true() -> None:
    """docs/user/document-kinds.md: one row a kind, with the facts it needs and those it may have."""
    rows = re.findall(
        r"^\| ([^|]+) \| `([a-z_]+)` \| ([^|]+) \| ([^|]+) \| ([^|]*) \| ([^|]*) \|$", TABLE.read_text("utf-8"), re.M
    )
    told = {name: (label, form, clauses, needed, extra) for label, name, form, clauses, needed, extra in rows}
    assert told == {
        kind.kind: (
            kind.label,
            kind.format.value,
            "、".join(kind.clauses) or "—",
            "、".join(fact.label for fact in kind.facts if fact.required),
            "、".join(fact.label for fact in kind.facts if not fact.required) or "—",
        )
        for kind in KINDS.values()
    }
