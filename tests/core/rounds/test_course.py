"""A pure case under random events: the invariants of the issue hold whatever anybody tries."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from spectown.core.certification.outcomes import Overall
from spectown.core.rounds import words
from spectown.core.rounds.ball import ball
from spectown.core.rounds.conditions import CaseFacts, conditions
from spectown.core.rounds.course import Course, Refused, begun, moved, writing_refusals, written
from spectown.core.rounds.experts import CaseTies, Expert, reading_refusals
from spectown.core.rounds.publicity import Objection, blocks, publicity
from spectown.core.rounds.states import FIRST
from spectown.core.workdays import calendar_of
from spectown.core.workflow import Attempt
from tests.core.rounds.data import PLAN, cases, rules_for

CALENDAR = calendar_of(yaml.safe_load((PLAN / "calendar.yaml").read_text("utf-8"))["years"])
RULES = rules_for()
ITEMS = ["产值", "龙头企业", "品牌"]
CASE = CaseTies("A1", frozenset({"潞城区"}), "manufacturing", frozenset({"潞城区政府"}), frozenset({"甲公司"}))
EXPERTS = [
    Expert("E1", "甲", "山西大学", declared=frozenset({"A1"})),
    Expert("E2", "乙", "山西大学"),
    Expert("E3", "丙", "甲公司", declared=frozenset({"A1"})),
    Expert("E4", "丁", "太原理工大学", county="潞城区", declared=frozenset({"A1"})),
    Expert("E5", "戊", "太原理工大学", conflicts={"A1": "亲属"}, declared=frozenset({"A1"})),
]
MAY_REVIEW = {"E1"}  # by reading the list above
PERMISSIONS = (words.FILL, words.CHECK, words.EXAMINE, words.PROPOSE, words.DECIDE, words.PUBLISH, words.AWARD)
GOOD = CaseFacts(
    missing=(),
    in_window=True,
    unexamined=(),
    corrections_left=1,
    unanswered=(),
    panel=(),
    scores=3,
    least_scores=3,
    visit_signatures=2,
    unjudged=(),
    undetermined=(),
    settled_in_writing=True,
    proposed=True,
    decision=(),
    overall=Overall.QUALIFIES,
    reasons=("产业链短。",),
    publicity_ready=True,
)
SPOILED: list[dict[str, Any]] = [
    {},
    {"faults": ("产值",)},
    {"visit_planned": True},
    {"review_planned": False},
    {"review_planned": False, "visit_planned": True},
    {"undetermined": ("类别没有标准",)},
    {"overall": Overall.UNDETERMINED},
    {"overall": Overall.NOT_YET},
    {"missing": ("申报书",)},
    {"scores": 1},
    {"reasons": ()},
    {"correction_over": True},
]
CODES = [move.code for move in FIRST.moves if move.target != "withdrawn"]
STARTS = ["draft", "formal_check", "correction", "expert_review", "site_visit", "deciding", "publicity"]
USERS = st.integers(1, 4)


def way_to(state: str) -> list[str]:
    """Codes of the shortest way from the draft to a state."""
    ways: dict[str, list[str]] = {"draft": []}
    for source in (queue := ["draft"]):
        for move in FIRST.moves:
            if source in move.sources and move.target not in ways:
                ways[move.target] = [*ways[source], move.code]
                queue.append(move.target)
    return ways[state]


class CaseMachine(RuleBasedStateMachine):
    """One case; what happened is kept apart from the code under test."""

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: str) -> None:
        self.today = date(2026, 1, 5)
        self.course: Course = begun(self.today)
        self.content: dict[str, int] = dict.fromkeys(ITEMS, 0)
        self.kept: dict[int, dict[str, int]] = {}  # what each submitted version said
        self.asked: tuple[str, ...] | None = None
        self.log: list[tuple[str, int, date]] = []
        self.writers: list[int] = []
        self.sheets: list[tuple[str, int | None]] = []
        self.objections: list[Objection] = []
        self.write("产值", 1)
        for code in way_to(start):
            move = FIRST.move(code)
            ways = ((code, user, move.permission, spoiled) for spoiled in SPOILED for user in range(1, 5))
            self.fire(*next(way for way in ways if not self.refused(*way)))
        assert self.course.state == start
        if start == "correction":
            self.write("产值", 1)

    @rule(days=st.integers(0, 12))
    def wait(self, days: int) -> None:
        self.today += timedelta(days)

    @rule(item=st.sampled_from(ITEMS), user=USERS)
    def write(self, item: str, user: int) -> None:
        allowed = not writing_refusals(self.course, item)
        assert not allowed or self.course.state in ("draft", "returned") or item in (self.asked or ())
        if not allowed:
            with pytest.raises(Refused):
                written(self.course, item, by=user)
            return
        self.course = written(self.course, item, by=user)
        self.content[item] += 1
        self.writers.append(user)

    def facts(self, spoiled: dict[str, Any]) -> CaseFacts:
        day = self.course.published
        over = day is not None and publicity(day, RULES.publicity_days, CALENDAR).has_ended(self.today)
        found = blocks(self.objections, "甲镇")
        waiting = tuple(text for text in found if "尚未" in text)
        upheld = tuple(text for text in found if "成立" in text)
        live = {"publicity_ended": over, "open_objections": waiting, "upheld_objections": upheld}
        return replace(GOOD, **{**spoiled, **live})

    @rule(data=st.data(), user=USERS, spoiled=st.sampled_from(SPOILED), permission=st.sampled_from(PERMISSIONS))
    def try_anything(self, data: Any, user: int, spoiled: dict[str, Any], permission: str) -> None:
        self.fire(data.draw(st.sampled_from(CODES)), user, permission, spoiled)

    @rule(data=st.data())
    def go_on(self, data: Any) -> None:
        """One of the moves that the table allows now (but for withdrawing), so that far states are reached too."""
        here = [m for m in FIRST.moves if self.course.state in m.sources and m.target != "withdrawn"]
        ways = [(move, user, spoiled) for move in here for spoiled in SPOILED for user in range(1, 5)]
        allowed = [(m.code, u, m.permission, s) for m, u, s in ways if not self.refused(m.code, u, m.permission, s)]
        if allowed:
            code = data.draw(st.sampled_from(sorted({code for code, *_ in allowed})))
            self.fire(*data.draw(st.sampled_from([way for way in allowed if way[0] == code])))

    def attempt(self, user: int, permission: str, spoiled: dict[str, Any]) -> Attempt:
        return Attempt(frozenset({permission}), user, dict(self.course.doers), "理由", conditions(self.facts(spoiled)))

    def refused(self, code: str, user: int, permission: str, spoiled: dict[str, Any]) -> list[str]:
        return FIRST.refusals(code, self.course.state, self.attempt(user, permission, spoiled))

    def fire(self, code: str, user: int, permission: str, spoiled: dict[str, Any]) -> None:
        attempt, items = self.attempt(user, permission, spoiled), tuple(spoiled.get("faults", ()))
        if self.refused(code, user, permission, spoiled):
            with pytest.raises(Refused):
                moved(self.course, FIRST, code, attempt, on=self.today, items=items)
            return
        after = moved(self.course, FIRST, code, attempt, on=self.today, items=items)
        self.check_step(code, user, permission)
        self.course = after
        self.log.append((code, user, self.today))
        if code in ("county_submit", "submit_correction"):
            self.kept.setdefault(after.version, dict(self.content))
        if code == "request_correction":
            self.asked = items

    def check_step(self, code: str, user: int, permission: str) -> None:
        assert permission == FIRST.move(code).permission
        if code in ("county_submit", "submit_correction"):
            assert not self.writers or user != self.writers[-1]
            handed = [who for step, who, _ in self.log if step.startswith("hand_in")]
            assert user != handed[-1]
        if code == "certify":
            assert not any(each.town == "甲镇" and (each.open or each.upheld) for each in self.objections)
        if code in ("approve", "refuse"):
            assert user != next(who for step, who, _ in reversed(self.log) if step == "propose")

    @precondition(lambda self: len(self.log) > 12)
    @rule(user=USERS, code=st.sampled_from(["withdraw", "withdraw_draft"]))
    def withdraw(self, user: int, code: str) -> None:
        self.fire(code, user, FIRST.move(code).permission, {})

    @precondition(lambda self: self.course.state == "expert_review")
    @rule()
    def score(self) -> None:
        """All of the pool try to score, allowed or not."""
        for expert in EXPERTS:
            if not reading_refusals(expert, CASE, [each.number for each in EXPERTS]):
                self.sheets.append((expert.number, self.course.bound))

    @precondition(lambda self: self.course.state == "publicity" and len(self.objections) < 3)
    @rule(own=st.booleans())
    def object(self, own: bool) -> None:
        town = "甲镇" if own else "乙镇"
        self.objections.append(Objection(str(len(self.objections)), town, "李四", "138", "不实", 1, self.today))

    @precondition(lambda self: any(each.open for each in self.objections))
    @rule(upheld=st.booleans())
    def handle(self, upheld: bool) -> None:
        number = next(n for n, each in enumerate(self.objections) if each.open)
        self.objections[number] = replace(self.objections[number], open=False, upheld=upheld)

    @precondition(lambda self: self.course.state == "deciding")
    @rule()
    def answer_objections(self) -> None:
        """The office has dealt with what was upheld; a new publicity is open to new objections."""
        self.objections = [each for each in self.objections if each.open]

    @invariant()
    def no_certification_without_publicity(self) -> None:
        if self.course.state != "certified":
            return
        steps = [step for step, _, _ in self.log]
        last = len(steps) - 1 - steps[::-1].index("publish")
        assert "approve" in steps[:last]
        assert not {"reconsider", "propose", "approve"} & set(steps[last:])
        worked = CALENDAR.between(self.log[last][2], self.log[-1][2] - timedelta(1))
        assert worked >= RULES.publicity_days

    @invariant()
    def no_review_by_a_conflicted_expert(self) -> None:
        assert {expert for expert, _ in self.sheets} <= MAY_REVIEW

    @invariant()
    def no_version_is_lost(self) -> None:
        assert list(self.course.pinned) == sorted(self.kept)
        assert all(version in self.kept for _, version in self.sheets)
        if self.course.version in self.kept:
            assert self.kept[self.course.version] == self.content

    @invariant()
    def the_clock_is_never_negative(self) -> None:
        found = ball(self.course.history, RULES.clocks, CALENDAR, self.today)
        for clock in (found.clock, found.standing):
            if clock is not None:
                assert clock.used >= 0
                assert clock.left >= 0
                assert clock.over >= 0
                assert clock.used <= CALENDAR.between(self.course.history[0].since, self.today)
        if found.standing is not None:
            assert found.standing.paused
        assert found.since <= self.today


CaseMachine.TestCase.settings = settings(max_examples=30, stateful_step_count=60, deadline=None)
TestCase = CaseMachine.TestCase


@pytest.mark.parametrize("case", cases("course.yaml"))
def test_a_case_as_it_goes(case: dict[str, Any]) -> None:
    """Readable courses: who does what, what is refused, where it ends."""
    course, today, users = begun(date(2026, 11, 2)), date(2026, 11, 2), {"甲": 1, "乙": 2, "丙": 3, "丁": 4}
    for who, code, *rest in case["steps"]:
        changed = rest[0] if rest else {}
        today += timedelta(changed.pop("days", 0))
        refused, items = changed.pop("refused", ""), tuple(changed.pop("items", ()))
        if "overall" in changed:
            changed["overall"] = Overall(changed["overall"])
        facts = conditions(replace(GOOD, **changed))
        attempt = Attempt(frozenset(PERMISSIONS), users[who], {}, "理由", facts)
        if refused:
            with pytest.raises(Refused, match=refused):
                moved(course, FIRST, code, attempt, on=today)
        elif code == "write":
            course = written(course, items[0], by=users[who])
        else:
            course = moved(course, FIRST, code, attempt, on=today, items=items)
    assert course.state == case["state"]
    assert list(course.pinned) == case["pinned"]


def test_a_move_does_not_go_back_in_time() -> None:
    course = begun(date(2026, 11, 2))
    attempt = Attempt(frozenset(PERMISSIONS), 1, {}, "", conditions(GOOD))
    with pytest.raises(ValueError, match="lies before"):
        moved(course, FIRST, "hand_in", attempt, on=date(2026, 11, 1))


def test_facts_that_nobody_looked_at_refuse() -> None:
    found = conditions(CaseFacts())
    free = {name for name, lacking in found.items() if not lacking}
    assert free == {"no_fault_open", "review_planned", "visit_not_planned", "no_open_objection", "no_upheld_objection"}
    assert set(found) >= {need for move in FIRST.moves for need in move.needs}


def test_conditions_name_what_lacks() -> None:
    found = conditions(replace(GOOD, missing=("还没有上传“申报书”。",), faults=("品牌",), overall=Overall.UNDETERMINED))
    assert found["complete"] == ("还没有上传“申报书”。",)
    assert found["no_fault_open"] == ("“品牌”还有问题。",)
    assert found["qualifies"] == ("预审结果为“待定”,不能认定。",)
