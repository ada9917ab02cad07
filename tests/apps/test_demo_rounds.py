"""The demonstration's rounds: played whole, so that no role meets an empty page; marked; not in the way of a start."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from spectown.audit.models import Event
from spectown.audit.services import breaches
from spectown.certification.models import Application
from spectown.core.workdays import Calendar
from spectown.evaluation.models import Evaluation, ResultRow
from spectown.evaluation.standing import result_row, undecided
from spectown.jobs.models import Job
from spectown.jobs.worker import run_waiting
from spectown.plans.calendar import stored_calendar
from spectown.plans.folder import read_folder
from spectown.rounds.course import ball_of
from spectown.rounds.models import (
    Case,
    DueDocument,
    Objection,
    Publicity,
    RecheckSample,
    RecommendationPackage,
    Round,
    Seat,
    Step,
    Title,
)
from spectown.supervision.models import Extension, Measure, Meeting, Notice, NoticeFigure, Problem, Report, Visit, Work
from spectown.supervision.services.common import proposals
from spectown.towns.management.commands.load_plan import load
from spectown.web.demo import load_demo
from spectown.web.demorounds.days import workday_before
from spectown.web.demorounds.world import acting

pytestmark = pytest.mark.django_db  # what it calls is tested on both databases; the demonstration itself on one


@pytest.fixture(scope="module")
def demo(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """One small demonstration for the whole file, taken away afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load(read_folder(settings.PLAN_DIR))
        load_demo(300)
        yield
        transaction.set_rollback(True)


def states(round_: Round) -> list[str]:
    return sorted(Case.objects.filter(round=round_).values_list("state", flat=True))


def test_a_past_round_with_titles_and_one_under_way(demo: None) -> None:
    past, running = Round.objects.filter(kind="first").order_by("pk")
    assert (past.state, running.state) == ("closed", "reviewing")
    assert states(past) == ["certified", "certified", "refused"]
    assert states(running) == ["correction", "draft", "expert_review", "expert_review", "proposed", "publicity"]
    assert Title.objects.filter(case__round=past).count() == 2
    assert Objection.objects.get().state == "accepted"
    today = timezone.localdate()
    assert Publicity.objects.get(round=running).ends > today
    assert Seat.objects.exclude(conflict="").count() == 1


def test_a_recheck_with_one_kept_and_one_to_put_right(demo: None) -> None:
    round_ = Round.objects.get(kind="recheck")
    assert (round_.state, states(round_)) == ("deciding", ["kept", "rectification"])
    assert Title.objects.filter(state="rectification").count() == 1
    case = Case.objects.get(round=round_, state="rectification")
    assert Case.objects.visible_to(acting("demo-county-fill")).filter(pk=case.pk).exists()
    held = ball_of(case, list(case.steps.order_by("pk")), stored_calendar(), timezone.localdate())
    assert held.clock is not None
    assert not held.clock.over
    assert [item.item for item in case.correction_items.filter(closed_at=None)] == ["material:output_proof"]
    assert list(RecheckSample.objects.values_list("round", flat=True)) == [round_.pk]
    assert DueDocument.objects.filter(case=case, kind="supervision_notice", document=None).exists()


def test_a_recommendation_whose_package_the_worker_makes(demo: None) -> None:
    round_ = Round.objects.get(kind="recommendation")
    assert states(round_) == ["recommended"]
    assert DueDocument.objects.filter(case__round=round_, kind="recommendation_letter", document=None).count() == 1
    assert Job.objects.get(kind="rounds.package").state == "queued"
    run_waiting()
    assert Job.objects.get(kind="rounds.package").error == ""
    assert len(RecommendationPackage.objects.get(round=round_).versions) == 1


def test_everything_is_marked_and_nothing_lies_ahead(demo: None) -> None:
    for model in (Round, Case, Application):
        assert not model.objects.filter(is_demo=False).exists()
    assert list(breaches()) == []
    now = timezone.now()
    assert not Event.objects.filter(at__gt=now).exists()
    assert not Step.objects.filter(at__gt=now).exists()
    for case in Case.objects.all():
        days = list(case.steps.order_by("pk").values_list("on", flat=True))
        assert days == sorted(days)


@pytest.mark.parametrize(
    ("username", "seen"),
    [
        ("demo-office", 8),
        ("demo-leader", 8),
        ("demo-county-fill", 2),
        ("demo-county-check", 2),
        ("demo-town", 1),
        ("demo-expert", 3),
    ],
)
def test_every_role_of_a_round_has_cases(demo: None, username: str, seen: int) -> None:
    assert Case.objects.visible_to(acting(username)).count() >= seen


def test_the_expert_has_something_to_declare_to_score_and_to_look_back_at(demo: None) -> None:
    own = Seat.objects.filter(expert__user__username="demo-expert", left_at__isnull=True)
    assert own.filter(declared_at__isnull=True, case__state="expert_review").count() == 1
    assert own.filter(declared_at__isnull=False, submitted_at__isnull=True, case__state="expert_review").count() == 1
    assert own.filter(submitted_at__isnull=False).exists()


def test_papers_wait_for_the_office(demo: None) -> None:
    assert DueDocument.objects.filter(document=None, kind="correction_notice").exists()


def test_working_days_back() -> None:
    friday, monday = datetime.date(2026, 6, 5), datetime.date(2026, 6, 8)
    assert workday_before(Calendar(), monday, 1) == friday
    assert workday_before(Calendar(), monday, 0) == monday


def test_notices_at_every_stage(demo: None) -> None:
    rows = Notice.objects.select_related("work")
    assert sorted(row.work.state for row in rows) == ["checked", "checking", "closed", "issued", "rectifying"]
    assert all(row.work.is_demo for row in rows)
    assert [e.state for e in Extension.objects.filter(work__kind="notice")] == ["asked"]
    assert Meeting.objects.get().decisions.filter(measure__state="draft").count() == 2
    assert sorted(Visit.objects.values_list("state", flat=True)) == ["done", "planned"]
    assert NoticeFigure.objects.filter(look_on__lte=timezone.localdate(), looked_on=None).count() == 1


def test_the_action_plan_has_something_for_everybody(demo: None) -> None:
    """Every state but one that ends, every light, reports in every hand; all marked."""
    states = set(Measure.objects.values_list("state", flat=True))
    assert states == {"draft", "proposed", "approved", "objected", "running", "reported", "verified"}
    assert {"draft", "checking", "sent", "acknowledged"} <= set(Report.objects.values_list("work__state", flat=True))
    running = Work.objects.filter(measure__state="running")
    assert {"red", "yellow"} <= set(running.values_list("light", flat=True))
    assert not Work.objects.filter(kind__in=("measure", "report"), is_demo=False).exists()
    assert not Measure.objects.filter(is_demo=False).exists()


def test_the_ledger_of_problems_has_every_state_and_a_common_problem_to_propose(demo: None) -> None:
    rows = Problem.objects.select_related("work")
    assert {row.state for row in rows} == {"raised", "routed", "accepted", "answered", "solved"}
    assert all(row.is_demo and row.work is not None and row.work.is_demo for row in rows)
    assert any(len(cluster.pks) >= 3 for cluster in proposals(acting("demo-office"))[0])
    assert {row.raiser.code for row in rows if row.raiser} == {"demo-enterprise", "demo-operator", "huguan"}


def test_earlier_years_are_evaluated_to_the_end_and_the_towns_differ(demo: None) -> None:
    """Last year in the right of reply; before it a reply that changed a score, decisions with reasons, papers."""
    last, before, *_ = Evaluation.objects.all()
    assert [last.state, before.state] == ["replies", "closed"]
    assert not Evaluation.objects.filter(is_demo=False).exists()
    first, final = (result_row(before, stage) for stage in ("first", "final"))
    assert first is not None
    assert final is not None
    scores = [set(result.rows.values_list("participant", "score")) for result in (first, final)]
    assert scores[0] != scores[1]
    assert undecided(final) == []
    assert {row.applies for row in final.decisions.all()} == {True, False}
    told = sorted(row.score for row in final.rows.all() if row.score is not None)
    assert told[-1] - told[0] > 20
    assert min(row.coverage for row in final.rows.all()) < 0.9
    rows = ResultRow.objects.filter(result__snapshot__evaluation=last)
    moves = {row.participant.town.code: row.gain or 0 for row in rows.select_related("participant__town")}
    assert moves["luzhou-led"] > 5
    assert moves["pingshun-ecommerce"] < -5
    assert before.edition is not None  # its package was verified when it was sealed
    assert None not in (before.report, before.commendation)
