"""The notice (申报通知) that a published round calls for; what documents due stand on the office's work bench."""

from django.test import Client
from django.urls import reverse

from spectown.accounts.models import User
from spectown.documents.kinds import kind_in
from spectown.documents.models import OfficialDocument
from spectown.organisations.actors import Actor
from spectown.rounds.models import DueDocument, Round
from tests.recheck_world import called, reported
from tests.round_world import World, world

NAME = "申报通知"


def browser(by: Actor) -> Client:
    found = Client()
    found.force_login(User.objects.get(pk=by.person))
    return found


def bench(by: Actor) -> str:
    return browser(by).get(reverse("workbench:home")).content.decode()


def noticed(here: World) -> OfficialDocument:
    """The office begins the notice from the page of the round."""
    answer = browser(here.office).post(reverse("rounds:notice", args=[here.round.pk]))
    found = Round.objects.get(pk=here.round.pk).notice
    assert found is not None
    assert answer["Location"] == reverse("documents:edit", args=[found.pk])
    return found


def test_a_published_round_calls_for_its_notice_until_it_is_begun(db: None) -> None:
    here = world()
    page, action = reverse("rounds:round", args=[here.round.pk]), reverse("rounds:notice", args=[here.round.pk])
    assert f"{NAME}:{here.round.name}" in bench(here.office)
    assert action in browser(here.office).get(page).content.decode()
    assert action not in browser(here.checks).get(page).content.decode()
    made = noticed(here)
    assert f"{NAME}:{here.round.name}" not in bench(here.office)
    shown = browser(here.office).get(page).content.decode()
    assert action not in shown
    assert reverse("documents:document", args=[made.pk]) in shown
    again = browser(here.office).post(action)
    assert again["Location"] == reverse("documents:document", args=[made.pk])
    assert OfficialDocument.objects.count() == 1


def test_the_notice_knows_the_rules_of_the_round(db: None) -> None:
    here = world()
    made, rules = noticed(here), here.case.rules.rules
    known = {fact.name: fact for fact in kind_in(here.round.version, "application_notice").facts}
    assert set(made.facts) <= set(known)
    assert made.facts["deadline"] == rules.window.closes.isoformat()
    assert (made.facts["correction_days"], made.facts["publicity_days"]) == (10, 5)
    rows = made.facts["materials"]
    assert [row["material"] for row in rows] == [each.name for each in rules.materials]
    assert all(set(row) <= {column.name for column in known["materials"].of} for row in rows)
    assert rows[0]["demand"].startswith("必交")


def test_neither_drafts_nor_other_kinds_nor_closed_rounds_call_for_a_notice(db: None) -> None:
    here = called()
    assert f"{NAME}:" not in bench(here.office)
    assert browser(here.office).post(reverse("rounds:notice", args=[here.round.pk]))["Location"] == reverse(
        "rounds:round", args=[here.round.pk]
    )
    for state in ("draft", "closed"):
        Round.objects.update(kind="first", state=state)
        assert f"{NAME}:" not in bench(here.office)
    assert not OfficialDocument.objects.exists()


def test_two_notices_of_one_recheck_are_told_apart_by_their_steps(db: None) -> None:
    here = called()
    reported(here)
    here.judge_all(material__self_report="缺少签字")
    here.go("second", here.office, "自查报告没有签字")
    steps = [due.step.label for due in DueDocument.objects.filter(case=here.case, kind="recheck_notice")]
    assert len(set(steps)) == 2
    assert all(step in bench(here.office) for step in steps)


def test_documents_of_closed_rounds_do_not_stand_on_the_bench(db: None) -> None:
    here = called()
    assert "待起草的认定公文" in bench(here.office)
    Round.objects.update(state="closed")
    assert "待起草的认定公文" not in bench(here.office)


def test_what_the_county_has_not_sent_yet_is_not_called_missing(db: None) -> None:
    here = called()
    here.fill()
    page = reverse("rounds:case", args=[here.case.pk])
    shown = browser(here.leader).get(page).content.decode()
    assert "县(区)还没有提交" in shown
    assert "申报书还没有填写" not in shown
    assert "还没有上传" not in shown
    assert "已齐 3 项" in browser(here.fills).get(page).content.decode()
