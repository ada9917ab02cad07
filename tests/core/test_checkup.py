"""方案体检: every question is asked, and answered by nothing once the gap is closed."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from spectown.core.checkup import FigureFact, Finding, Kind, Party, PlanFacts, TargetFact, TaskFact, TownFact, checkup

A, B, C = Party("a", "甲局"), Party("b", "乙局"), Party("c", "丙局")
TOWN = TownFact("东镇", "东县", "制造业", has_threshold=True)
TASK = TaskFact(1, "行动", "三(一)", leads=(A,), others=(B,))
WHOLE = PlanFacts(seats=(A, B), tasks=(TASK,), figures=(), counties=(Party("e", "东县"),), towns=(TOWN,), targets=())


def kinds(facts: PlanFacts, year: int = 2024) -> list[Kind]:
    return [finding.kind for finding in checkup(facts, year)]


def test_a_plan_without_gaps_has_no_findings() -> None:
    assert checkup(WHOLE, 2024) == []


def test_a_member_without_duty_is_named_once() -> None:
    found = checkup(replace(WHOLE, seats=(A, B, C, C)), 2024)
    assert [(f.kind, f.subject) for f in found] == [(Kind.MEMBER_WITHOUT_DUTY, "丙局")]


def test_a_unit_with_duties_but_no_seat() -> None:
    (found,) = checkup(replace(WHOLE, seats=(A,)), 2024)
    assert (found.kind, found.subject, found.clause) == (Kind.DUTY_WITHOUT_MEMBER, "乙局", "三(一)")


def test_a_figure_nobody_is_told_to_supply_says_whether_the_natural_supplier_has_a_duty() -> None:
    figures = (FigureFact("产值", "二(四)", C), FigureFact("税收", "二(二)", A), FigureFact("其他", "二", None))
    without, with_duty, nobody = checkup(replace(WHOLE, figures=figures), 2024)
    assert {without.kind, with_duty.kind, nobody.kind} == {Kind.FIGURE_WITHOUT_SUPPLIER}
    assert "没有职责" in without.message
    assert "甲局" in with_duty.message
    assert "没有职责" not in with_duty.message
    assert "建议" not in nobody.message


def test_a_county_without_town_and_a_town_without_threshold() -> None:
    open_town = TownFact("西镇", "东县", "康养", has_threshold=False)
    facts = replace(WHOLE, counties=(*WHOLE.counties, Party("w", "西县")), towns=(TOWN, open_town))
    assert kinds(facts) == [Kind.COUNTY_WITHOUT_TOWN, Kind.TOWN_WITHOUT_THRESHOLD]


def test_joint_leads_are_reported_until_the_task_is_split() -> None:
    joint = replace(TASK, leads=(A, B), others=())
    assert kinds(replace(WHOLE, tasks=(joint,))) == [Kind.JOINT_LEAD]
    assert kinds(replace(WHOLE, tasks=(replace(joint, measures=2),))) == []


def target(year: int | None, actual: Decimal | None) -> PlanFacts:
    return replace(WHOLE, targets=(TargetFact("市级专业镇", "一(二)", year, Decimal(30), "个", actual),))


def test_a_target_is_past_from_the_following_year_on() -> None:
    assert kinds(target(2025, Decimal(10)), 2025) == []
    (found,) = checkup(target(2025, Decimal(10)), 2026)
    assert found.kind == Kind.TARGET_PAST
    assert "还差20个" in found.message
    assert kinds(target(None, Decimal(10)), 2099) == []


def test_a_past_target_says_attained_or_unknown() -> None:
    assert "已达到" in checkup(target(2025, Decimal(30)), 2026)[0].message
    assert "没有这一目标的实际数" in checkup(target(2025, None), 2026)[0].message


PARTIES = st.lists(st.sampled_from([A, B, C]), max_size=4).map(tuple)


@given(PARTIES, PARTIES, PARTIES)
def test_members_and_duties_cover_each_other(
    seats: tuple[Party, ...], leads: tuple[Party, ...], others: tuple[Party, ...]
) -> None:
    found = checkup(replace(WHOLE, seats=seats, tasks=(replace(TASK, leads=leads, others=others),)), 2024)

    def subjects(kind: Kind) -> set[str]:
        return {f.subject for f in found if f.kind == kind}

    duties = {p.name for p in (*leads, *others)}
    assert subjects(Kind.MEMBER_WITHOUT_DUTY) == {p.name for p in seats} - duties
    assert subjects(Kind.DUTY_WITHOUT_MEMBER) == duties - {p.name for p in seats}
    assert all(isinstance(f, Finding) and f.message and f.advice for f in found)
