"""Problems through the services: from being raised to solved, with everything that can go wrong on the way."""

import datetime
import threading
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.lists.importing import services as importing
from spectown.lists.models import ImportRun
from spectown.lists.scope import visible
from spectown.lists.services import records
from spectown.organisations.actors import Actor, NotAllowed
from spectown.supervision.due import run_due
from spectown.supervision.facts import Facts
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.mine import turn_of
from spectown.supervision.models import Problem, Step, Work
from spectown.supervision.services.moves import last_step, open_moves
from spectown.supervision.services.problems import add_file, raise_problem, waiting_for
from spectown.supervision.services.terms import ask_extension, decide_extension, pause, resume
from tests import factories
from tests.apps.import_world import workbook
from tests.apps.supervision.problem_world import Town

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def later(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days)


def moves_of(problem: Problem, by: Actor) -> set[str]:
    work = Work.objects.get(problem=problem)
    return {move.code for move, against in open_moves(Facts(work, by)) if not against}


def test_wrongly_routed_refused_answered_rejected_answered_again_solved() -> None:
    town = Town()
    problem = town.raised()
    assert (problem.state, problem.proposed, problem.raiser, problem.origin) == (
        "raised",
        town.land,
        town.firm_unit,
        "enterprise",
    )
    assert (problem.territory, problem.town) == (town.town.territory, town.town)
    problem = town.step(problem, "route", town.office, values={"unit": town.power, "due_on": later(21)})
    assert (problem.state, problem.holder, problem.work.holder) == ("routed", town.power, town.power)
    assert problem.work.anchored_on == timezone.localdate()
    problem = town.step(problem, "refuse", town.power_person, reason="用地归自然资源部门")
    assert (problem.state, problem.holder, problem.due_on, problem.work.anchored_on) == ("raised", None, None, None)
    assert problem.proposed == town.land
    problem = town.step(problem, "route", town.office, values={"unit": town.land})
    problem = town.step(problem, "accept", town.land_people[0])
    problem = town.step(problem, "answer", town.land_people[1], values={"answer": "明年再安排"})
    assert (problem.state, problem.answer, problem.work.anchored_on) == ("answered", "明年再安排", None)
    problem = town.step(problem, "reopen", town.firm, reason="等不到明年")
    assert (problem.state, problem.work.anchored_on) == ("accepted", timezone.localdate())
    problem = town.step(problem, "answer", town.land_people[0], values={"answer": "本月调剂 20 亩"})
    problem = town.step(problem, "confirm", town.firm)
    assert (problem.state, problem.solved_on, problem.work.ended_on) == ("solved", timezone.localdate(), later(0))
    said = list(Step.objects.filter(work=problem.work, move="answer").order_by("pk").values_list("reason", flat=True))
    assert said == ["明年再安排", "本月调剂 20 亩"]
    assert Event.objects.filter(action__startswith="problem.").count() == Step.objects.count()


def test_the_unit_that_refused_is_not_proposed_again() -> None:
    town = Town()
    problem = town.step(town.routed(), "refuse", town.land_people[0], reason="不是用地问题")
    assert (problem.state, problem.proposed) == ("raised", town.power)
    assert town.step(town.routed(kind="energy"), "refuse", town.land_people[0], reason="归能源").proposed == town.power


def test_everybody_makes_only_their_own_moves() -> None:
    town = Town()
    problem = town.raised()
    assert moves_of(problem, town.firm) == {"withdraw"}
    assert moves_of(problem, town.office) == {"route", "join"}
    problem = town.step(problem, "route", town.office, values={"unit": town.land})
    assert moves_of(problem, town.land_people[0]) == {"accept", "refuse"}
    assert moves_of(problem, town.office) == {"reassign", "join"}
    with pytest.raises(Refused, match="不归您看"):
        town.step(problem, "accept", town.power_person)
    problem = town.step(problem, "accept", town.land_people[0])
    problem = town.step(problem, "answer", town.land_people[0], values={"answer": "已安排"})
    assert moves_of(problem, town.firm) == {"confirm", "reopen"}
    with pytest.raises(Refused, match="由提出单位第一陶瓷办理"):
        town.step(problem, "confirm", town.office)


@pytest.mark.data
def test_what_a_move_needs_is_said() -> None:
    town = Town()
    problem = town.raised(by=town.county, title="园区供水不足", kind="facilities", territory=town.town.territory)
    county = problem.raiser
    for values, text in (
        ({}, "请指定一个承办单位"),
        ({"unit": town.firm_unit}, "请指定一个承办单位"),
        ({"unit": county}, "提出单位不能自己承办"),
        ({"unit": town.land, "due_on": later(0)}, "答复期限应晚于今天"),
    ):
        with pytest.raises(Refused, match=text):
            town.step(problem, "route", town.office, values=values)
    problem = town.step(problem, "route", town.office, values={"unit": town.land, "helpers": [town.power]})
    assert visible(PROBLEMS, town.power_person).get() == problem
    with pytest.raises(Refused, match="现在就由市规划和自然资源局承办"):
        town.step(problem, "reassign", town.office, values={"unit": town.land}, reason="换一家")
    with pytest.raises(Refused, match="不予受理须写明理由"):
        town.step(problem, "refuse", town.land_people[0])
    problem = town.step(problem, "accept", town.land_people[0])
    with pytest.raises(Refused, match="请写明答复"):
        town.step(problem, "answer", town.land_people[0], values={"answer": " "})


def test_the_second_is_told_who_was_first() -> None:
    town = Town()
    problem = town.step(town.routed(), "accept", town.land_people[0])
    seen = last_step(problem.work)
    town.step(problem, "answer", town.land_people[0], values={"answer": "已安排"}, seen=seen)
    with pytest.raises(Refused, match=rf"{town.land_people[0].name}.*已于.*办理“答复”"):
        town.step(problem, "answer", town.land_people[1], values={"answer": "没有指标"}, seen=seen)
    assert Problem.objects.get(pk=problem.pk).answer == "已安排"


@pytest.mark.data
@pytest.mark.django_db(transaction=True)
def test_two_people_answer_at_the_same_moment() -> None:
    town = Town()
    problem = town.step(town.routed(), "accept", town.land_people[0])
    seen, told = last_step(problem.work), []

    def answer(by: Actor, text: str) -> None:
        try:
            town.step(problem, "answer", by, values={"answer": text}, seen=seen)
        except Refused as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(by, f"答复{n}")) for n, by in enumerate(town.land_people, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert "已于" in told[0]
    assert Step.objects.filter(move="answer").count() == 1


def test_reminders_count_from_the_day_of_giving_and_stand_while_paused() -> None:
    town, begin = Town(), timezone.localdate()
    problem = town.routed()
    with patch("django.utils.timezone.localdate", lambda *_: begin + datetime.timedelta(5)):
        pause(work=problem.work, reason="等省里批复", by=town.office)
        assert not Work.objects.running().exists()
    with patch("django.utils.timezone.localdate", lambda *_: begin + datetime.timedelta(25)):
        resume(work=problem.work, by=town.office)
        work = Work.objects.get(pk=problem.work_id)
        assert (work.started_on, work.anchored_on) == (begin, begin + datetime.timedelta(20))
        town.step(problem, "accept", town.land_people[0])
        assert Work.objects.get(pk=work.pk).anchored_on == begin + datetime.timedelta(20)
        town.step(problem, "answer", town.land_people[0], values={"answer": "已安排"})
        assert not Work.objects.running().exists()
    with patch("django.utils.timezone.localdate", lambda *_: begin + datetime.timedelta(30)):
        again = town.step(problem, "reopen", town.firm, reason="没有解决").work
        assert (again.started_on, again.anchored_on) == (begin + datetime.timedelta(30),) * 2


def test_the_answer_ends_a_pause_and_a_new_term_has_none_of_the_old_pauses() -> None:
    town, begin = Town(), timezone.localdate()
    problem = town.step(town.raised(), "route", town.office, values={"unit": town.land, "due_on": later(20)})
    town.step(problem, "accept", town.land_people[0])
    with patch("django.utils.timezone.localdate", lambda *_: begin + datetime.timedelta(1)):
        pause(work=problem.work, reason="等省里批复", by=town.office)
    with patch("django.utils.timezone.localdate", lambda *_: begin + datetime.timedelta(11)):
        done = town.step(problem, "answer", town.land_people[0], values={"answer": "已安排"})
        assert done.work.pauses.get().until == begin + datetime.timedelta(11)
        again = town.step(problem, "reopen", town.firm, reason="没有解决")
        assert again.work.deadline == again.due_on
        assert again.due_on is not None
        assert 31 <= (again.due_on - begin).days <= 41  # moved over days off, not by the pause of before
        assert (again.work.light, again.work.light_rule) == ("green", "deadline")


@pytest.mark.data
def test_the_list_says_the_deadline_that_extension_pause_and_a_late_holiday_moved() -> None:
    town, begin = Town(), timezone.localdate()
    problem = town.step(town.raised(), "route", town.office, values={"unit": town.land, "due_on": later(20)})
    town.step(problem, "accept", town.land_people[0])
    work = Work.objects.get(problem=problem)
    asked = ask_extension(work=work, new=later(40), reason="要现场勘测", by=town.land_people[0])
    assert Problem.objects.get().due_on != later(40)
    decide_extension(extension=asked, code="grant", by=town.office)
    granted = Work.objects.get().deadline
    assert Problem.objects.get().due_on == granted
    pause(work=work, reason="等省里批复", by=town.office)
    with patch("django.utils.timezone.localdate", lambda *_: begin + datetime.timedelta(14)):
        resume(work=work, by=town.office)
    after = Work.objects.get().deadline
    assert granted is not None
    assert after is not None
    assert after > granted >= later(40)
    assert Problem.objects.get().due_on == after
    factories.CalendarDayFactory.create(day=after, kind="holiday")
    run_due(begin + datetime.timedelta(14))
    now = Work.objects.get(kind="problem").deadline  # the plan opens sheets too
    assert Problem.objects.get().due_on == now != after


def test_scope_of_each_role() -> None:
    town = Town()
    mine, (_, other_firm) = town.routed(), town.enterprise("第二陶瓷")
    theirs = town.raised(by=other_firm, kind="energy", title="窑炉天然气不足")
    far = raise_problem(
        values={"title": "别县的问题", "kind": "other", "territory": factories.TerritoryFactory.create()},
        by=town.office,
    )

    def seen(by: Actor) -> set[int]:
        work = set(Work.objects.visible_to(by).values_list("problem", flat=True))
        rows = set(visible(PROBLEMS, by).values_list("pk", flat=True))
        assert work == rows
        return rows

    assert seen(town.firm) == {mine.pk}
    assert seen(other_firm) == {theirs.pk}
    assert seen(town.land_people[0]) == {mine.pk}
    assert seen(town.power_person) == set()
    assert seen(town.county) == seen(town.town_body) == {mine.pk, theirs.pk}
    assert seen(town.office) == seen(factories.actor(Role.LEADER)) == {mine.pk, theirs.pk, far.pk}
    assert seen(factories.actor(Role.EXPERT)) == seen(factories.actor(Role.COUNTY_FILL)) == set()


def test_where_somebody_may_raise() -> None:
    town, elsewhere = Town(), factories.TerritoryFactory.create()
    said = {"title": "道路坑洼", "kind": "facilities"}
    with pytest.raises(NotAllowed, match="本县"):
        raise_problem(values={**said, "territory": elsewhere}, by=town.county)
    with pytest.raises(NotAllowed, match="本单位的专业镇"):
        raise_problem(values={**said, "town": factories.TownFactory.create()}, by=town.town_body)
    assert raise_problem(values={**said, "town": town.town}, by=town.town_body).territory == town.town.territory
    # who chooses no place means their own: its county, the only town
    assert raise_problem(values={**said, "town": None}, by=town.county).territory == town.town.territory
    assert raise_problem(values=said, by=town.town_body).town == town.town
    factories.TownFactory.create(operator=town.town.operator)
    with pytest.raises(Refused, match="本单位的专业镇"):
        raise_problem(values=said, by=town.town_body)
    with pytest.raises(NotAllowed, match="企业清单"):
        raise_problem(values=said, by=factories.actor(Role.ENTERPRISE))
    with pytest.raises(NotAllowed):
        raise_problem(values={**said, "state": "solved"}, by=town.office)
    with pytest.raises(ValidationError):
        raise_problem(values={"title": "", "kind": "land"}, by=town.firm)
    assert Problem.objects.count() == 3


def test_only_what_was_not_routed_is_changed_or_deleted_in_the_list() -> None:
    town = Town()
    problem = town.raised()
    records.change(ledger=PROBLEMS, pk=problem.pk, values={"kind": "energy"}, version=1, by=town.office)
    problem = Problem.objects.select_related("work", "proposed").get(pk=problem.pk)
    assert problem.proposed == town.power
    with pytest.raises(NotAllowed):
        records.step(ledger=PROBLEMS, pk=problem.pk, values={"title": "x"}, version=2, by=town.office, reason="改")
    with pytest.raises(Refused):
        records.change(ledger=PROBLEMS, pk=problem.pk, values={"title": "改"}, version=2, by=town.county)
    problem = town.step(problem, "route", town.office, values={"unit": town.land})
    with pytest.raises(Refused):
        records.change(ledger=PROBLEMS, pk=problem.pk, values={"title": "改"}, version=problem.version, by=town.office)
    other = town.raised(title="另一件")
    records.delete(ledger=PROBLEMS, pk=other.pk, reason="重复", by=town.office)
    assert Work.objects.get(problem=other).ended_on == timezone.localdate()
    assert set(Work.objects.visible_to(town.office)) == {problem.work}


@pytest.mark.data
def test_files_of_who_raised_it_and_of_who_has_it() -> None:
    town = Town()
    problem = town.routed()
    add_file(problem=problem, name="现场.pdf", content=PDF, by=town.firm)
    with pytest.raises(Refused, match="内容完全相同"):
        add_file(problem=problem, name="又一次.pdf", content=PDF, by=town.land_people[0])
    with pytest.raises(Refused, match="提出单位和承办单位"):
        add_file(problem=problem, name="旁观.pdf", content=PDF + b"\n", by=town.county)
    with pytest.raises(Refused):
        add_file(problem=problem, name="程序.exe", content=b"MZ", by=town.firm)
    assert [file.name for file in problem.files.all()] == ["现场.pdf"]
    assert Event.objects.filter(action="problem.file_add").count() == 1


def test_what_waits_for_whom() -> None:
    town = Town()

    def waits(by: Actor) -> bool:
        found = bool(waiting_for(by).exists())
        assert found == Work.objects.visible_to(by).filter(turn_of(by)).exists(), "我的工作 says otherwise"
        return found

    problem = town.raised()
    assert (waits(town.office), waits(town.firm)) == (True, False)
    town.step(problem, "route", town.office, values={"unit": town.land})
    assert (waits(town.office), waits(town.land_people[0]), waits(town.power_person)) == (False, True, False)
    town.step(problem, "accept", town.land_people[0])
    town.step(problem, "answer", town.land_people[0], values={"answer": "已安排"})
    assert (waits(town.firm), waits(town.land_people[0]), waits(town.county)) == (True, False, False)


def test_problems_of_a_visit_come_in_by_workbook_each_with_its_work_and_proposal() -> None:
    town = Town()
    rows = [[None, "冷库电价高", "用能", town.town.territory.name, "2026-05-12", "调研"] for _ in range(3)]
    head = ("编号", "问题", "类别", "属地", "提出日期", "来源")
    run = importing.upload(ledger=PROBLEMS, data=workbook(rows, head), file_name="调研.xlsx", by=town.office)
    importing.start_check(run=run, by=town.office)
    checked = ImportRun.objects.get(pk=run.pk)
    assert checked.counts["new"] == 3, checked.faults
    importing.apply(run=checked, by=town.office)
    made = Problem.objects.select_related("work", "raiser", "proposed")
    assert {(p.state, p.proposed, p.raiser_id, p.origin) for p in made} == {
        ("raised", town.power, town.office.unit_id, "visit")
    }
    assert {p.work.title for p in made if p.work} == {"冷库电价高"}
    assert Work.objects.count() == 3
    with pytest.raises(NotAllowed):
        importing.upload(ledger=PROBLEMS, data=workbook(rows, head), file_name="县.xlsx", by=town.county)


def test_who_names_no_clause_gets_that_of_the_kind() -> None:
    world = Town()
    _, firm = world.enterprise("某食品有限公司")
    assert world.raised(firm, kind="land", clause="").clause == "三(九)"
    assert world.raised(firm, title="贷款难", kind="labour", clause="").clause == ""  # the plan in force has not got it
