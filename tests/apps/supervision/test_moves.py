"""Every move of every table through the service; what refuses it; two people at once."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.core.workflow import Move
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.supervision.facts import Facts
from spectown.supervision.models import Step, Work
from spectown.supervision.registry import kind_of
from spectown.supervision.services.moves import last_step, move, move_many, open_moves
from tests import factories
from tests.apps.supervision.trial import DID, LACKING, TABLES, People
from tests.apps.supervision.trial import trial_kinds as trial_kinds
from tests.core.tables import walks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]


def begun(code: str, people: People) -> Work:
    start = next(iter(TABLES[code][0].labels))
    far = timezone.localdate() + timedelta(200)
    return factories.WorkFactory.create(
        kind=code, state=start, holder=people.unit, first_deadline=far, deadline=far, is_demo=True
    )


def doer(people: People, chosen: Move, work: Work) -> Actor:
    made = {step.move: step.by_id for step in work.steps.order_by("pk")}
    return people.for_move(chosen.permission, {made.get(name) for name in chosen.not_by}, work)


def holds_together(work: Work) -> None:
    """What is true of every work after every move."""
    last = work.steps.order_by("pk").last()
    ends = kind_of(work.kind).ends
    assert last is None or (last.state, last.on) == (work.state, work.since)
    assert (work.ended_on is not None) == (work.state in ends)
    assert not (work.runs and work.ended_on)
    assert work.runs or work.light == "none"
    assert not work.runs or work.light != "none"


@pytest.mark.parametrize("code", TABLES)
def test_every_move_of_the_table(code: str) -> None:
    factories.supervised_plan()
    people, table = People(), TABLES[code][0]
    start, steps = next(iter(table.labels)), set[tuple[str, str]]()
    for walk in walks(table, start, Counter([start])):
        states = [start, *(each.target for each in walk)]
        if {(s, m.code) for s, m in zip(states, walk, strict=False)} <= steps:
            continue
        work = begun(code, people)
        for state, each in zip(states, walk, strict=False):
            steps.add((state, each.code))
            by = doer(people, each, work)
            move(work=work, code=each.code, by=by, reason="理由" if each.reason else "")
            work.refresh_from_db()
            assert work.state == each.target
            holds_together(work)
    assert steps == {(source, each.code) for each in table.moves for source in each.sources}
    assert Event.objects.filter(action__startswith=f"{code}.").count() == Step.objects.count()


def test_effects_of_the_kind_are_carried_out() -> None:
    factories.supervised_plan()
    people = People()
    work = begun("notice", people)
    move(work=work, code="submit", by=people.office[0])
    assert list(TABLES["notice"][0].move("submit").effects) == DID


def test_what_is_lacking_is_said() -> None:
    people = People()
    work = begun("measure", people)
    LACKING["one_lead"] = ("还没有牵头单位。",)
    LACKING["measurable"] = ("还没有目标。",)
    with pytest.raises(Refused, match=r"还没有牵头单位。还没有目标。"):
        move(work=work, code="propose", by=people.office[0])
    facts = Facts(work, people.office[0])
    assert [(m.code, why) for m, why in open_moves(facts)] == [("propose", ["还没有牵头单位。", "还没有目标。"])]
    assert not Step.objects.exists()


def test_what_the_form_fills_in_does_not_stand_against_opening_it() -> None:
    people = People()
    work = begun("problem", people)
    LACKING["unit_named"] = ("请指定承办单位。",)
    assert ("route", []) in [(m.code, why) for m, why in open_moves(Facts(work, people.office[0]))]
    with pytest.raises(Refused, match="请指定承办单位"):
        move(work=work, code="route", by=people.office[0])


@pytest.mark.data
def test_nobody_approves_what_they_proposed_and_only_the_unit_signs() -> None:
    factories.supervised_plan()
    people = People()
    work = begun("measure", people)
    both = factories.actor(Role.LEADER)
    move(work=work, code="propose", by=people.office[0])
    Step.objects.update(by_id=both.user_id)
    with pytest.raises(Refused, match="不能由前一步的同一人"):
        move(work=work, code="approve", by=both)
    move(work=work, code="approve", by=people.leaders[0])
    with pytest.raises(Refused, match="没有这件工作,或者它不归您看"):
        move(work=work, code="sign", by=people.stranger)
    with pytest.raises(Refused, match="提出异议须写明理由"):
        move(work=work, code="object", by=people.own[0])
    with pytest.raises(Refused, match="这一步不能填写别的内容"):
        move(work=work, code="sign", by=people.own[0], values={"title": "别的"})


def test_many_at_once_say_which_were_refused() -> None:
    factories.supervised_plan()
    people = People()
    works = [begun("measure", people) for _ in range(3)]
    for work in works[:2]:
        move(work=work, code="propose", by=people.office[0])
    made, refused = move_many(works=works, code="approve", by=people.leaders[0])
    assert len(made) == 2
    assert [(work.pk, "当前状态为“拟定”" in why) for work, why in refused] == [(works[2].pk, True)]


def test_whoever_comes_second_is_told_who_was_first() -> None:
    factories.supervised_plan()
    people = People()
    work = begun("problem", people)
    move(work=work, code="route", by=people.office[0])
    seen = last_step(work)
    move(work=work, code="reassign", by=people.office[0], reason="归口不对", seen=seen)
    with pytest.raises(Refused, match=rf"{people.office[0].name}.*已于 .* 办理“改派”,请看现在的内容后再办理。"):
        move(work=work, code="reassign", by=people.office[1], reason="归口不对", seen=seen)
    move(work=work, code="accept", by=people.own[0])
    with pytest.raises(Refused, match=rf"{people.own[0].name}.*办理“受理”"):
        move(work=work, code="accept", by=people.own[1])


@pytest.mark.data
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once() -> None:
    factories.supervised_plan()
    people = People()
    work = begun("measure", people)
    move(work=work, code="propose", by=people.office[0])
    start, refused = threading.Barrier(2), list[str]()

    def approve(by: Actor) -> None:
        start.wait()
        try:
            move(work=work, code="approve", by=by)
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=(by,)) for by in people.leaders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert work.steps.filter(move="approve").count() == 1
    assert [("办理“审定”" in why, "当前状态为“待签收”" in why) for why in refused] == [(True, True)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    code=st.sampled_from(sorted(TABLES)),
    choices=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), max_size=14),
)
def test_random_moves(code: str, choices: list[tuple[int, int]]) -> None:
    """Whoever tries whatever: what the table refuses changes nothing, what it allows leaves the row in order."""
    if not Work.objects.exists():
        factories.supervised_plan()
    people, table = People(), TABLES[code][0]
    work = begun(code, people)
    for which, who in choices:
        chosen = table.moves[which % len(table.moves)]
        by = [*people.all, people.stranger][who % 7]
        before, count = work.state, work.steps.count()
        try:
            move(work=work, code=chosen.code, by=by, reason="理由" if which % 3 else "")
        except Refused:
            work.refresh_from_db()
            assert (work.state, work.steps.count()) == (before, count)
        else:
            work.refresh_from_db()
            assert before in chosen.sources
            assert (work.state, work.steps.count()) == (chosen.target, count + 1)
            assert by.may(chosen.permission)
            assert which % 3 or not chosen.reason
        holds_together(work)
