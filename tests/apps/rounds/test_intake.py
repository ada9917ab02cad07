"""From the county's draft to acceptance, with a correction: who may, what is needed, what is kept."""

import pytest

from spectown.audit.models import Event
from spectown.certification import services as applications
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.rounds.facts import Facts
from spectown.rounds.items import items_of
from spectown.rounds.models import Case, CaseVersion, CorrectionItem
from spectown.rounds.services import examining, materials, moves
from tests.round_world import PDF, World, world

pytestmark = pytest.mark.django_db


def test_handing_in_says_everything_that_is_missing() -> None:
    here = world()
    with pytest.raises(Refused) as refused:
        here.go("hand_in", here.fills)
    assert "还没有上传“申报书(加盖公章)”。" in str(refused.value)
    assert "还没有上传“产业发展规划和支持政策”。" in str(refused.value)


@pytest.mark.data
def test_the_way_to_acceptance_pins_what_was_sent() -> None:
    here = world()
    here.fill()
    here.go("hand_in", here.fills)
    case = here.go("county_submit", here.checks)
    version = CaseVersion.objects.get()
    assert (case.state, version.number, len(version.sha256)) == ("submitted", 1, 64)
    assert version.content["materials"]["application"]["name"] == "申报书(加盖公章).pdf"
    assert version.content["fields"]["town_name"] == "壶关旱地蔬菜专业镇"
    here.go("examine", here.office)
    here.judge_all()
    assert here.go("accept", here.office).state == "accepted"
    assert [step.move for step in case.steps.all()] == ["hand_in", "county_submit", "examine", "accept"]
    assert Event.objects.filter(action="case.accept").count() == 1


def test_who_filled_does_not_send() -> None:
    here = world()
    here.fill()
    here.go("hand_in", here.fills)
    with pytest.raises(Refused, match="当前角色不能县"):
        here.go("county_submit", here.fills)


def test_the_office_sees_a_case_when_it_was_sent() -> None:
    here = world()
    assert not Case.objects.visible_to(here.office).exists()
    here.fill()
    here.go("hand_in", here.fills)
    here.go("county_submit", here.checks)
    assert Case.objects.visible_to(here.office).exists()


def corrected() -> World:
    here = world()
    here.fill()
    here.go("hand_in", here.fills)
    here.go("county_submit", here.checks)
    here.go("examine", here.office)
    here.judge_all(material__plan="缺第二年的支持政策", field__output_wan="与年报不符")
    here.go("request_correction", here.office)
    return here


def test_a_correction_opens_only_the_named_items() -> None:
    here = corrected()
    case = here.fresh()
    assert set(CorrectionItem.objects.values_list("item", flat=True)) == {"material:plan", "field:output_wan"}
    with pytest.raises(Refused, match="现在不能更换“申报书"):
        materials.put(case=case, item="application", name="申报书.pdf", content=PDF, by=here.fills)
    application = case.application
    with pytest.raises(Refused, match="只能修改补正通知点名的各项:主导产业年产值"):
        applications.save_answers(
            application=application, raw={"chain_partners": "99"}, revision=application.revision, by=here.fills
        )
    materials.put(case=case, item="plan", name="规划.pdf", content=PDF + b"2", by=here.fills)
    applications.save_answers(
        application=application, raw={"output_wan": "43000"}, revision=application.revision, by=here.fills
    )
    with pytest.raises(Refused, match="“主导产业年产值”还没有补正"):
        here.go("hand_in_correction", here.fills)
    examining.answer(case=case, item="field:output_wan", text="按年报改为 4.3 亿元", by=here.fills)
    here.go("hand_in_correction", here.fills)
    case = here.go("submit_correction", here.checks)
    assert (case.state, case.versions.count(), case.application.open_fields) == ("formal_check", 2, [])
    old, new = case.versions.order_by("number")
    assert old.content["materials"]["plan"]["sha256"] != new.content["materials"]["plan"]["sha256"]
    assert (str(old.content["fields"]["output_wan"]), str(new.content["fields"]["output_wan"])) == (
        "42000.0000",
        "43000.0000",
    )


def made_good(here: World) -> None:
    """One file replaced, one figure said to be right, sent again."""
    case = here.fresh()
    materials.put(case=case, item="plan", name="规划.pdf", content=PDF + b"2", by=here.fills)
    examining.answer(case=case, item="field:output_wan", text="已核", by=here.fills)
    here.go("hand_in_correction", here.fills)
    here.go("submit_correction", here.checks)


def test_after_a_correction_only_what_was_reopened_is_judged_again() -> None:
    here = corrected()
    made_good(here)
    case = here.fresh()
    every = {item.code for item in items_of(case, case.rules.rules)}
    assert every - set(Facts(case).verdicts) == {"material:plan", "field:output_wan"}
    with pytest.raises(Refused, match="还有 2 项没有审查"):
        here.go("accept", here.office)
    for code in ("material:plan", "field:output_wan"):
        examining.judge(case=here.fresh(), item=code, verdict="fine", note="", by=here.office)
    assert here.go("accept", here.office).state == "accepted"


@pytest.mark.data
def test_what_was_fine_and_has_changed_since_is_judged_again() -> None:
    here = corrected()
    made_good(here)
    newest = here.fresh().versions.latest("number")
    newest.content["materials"]["application"]["sha256"] = "0" * 64
    newest.save()
    assert "material:application" not in Facts(here.fresh()).verdicts
    assert "material:brands" in Facts(here.fresh()).verdicts


def test_what_stands_against_accepting_is_named_in_words() -> None:
    here = world()
    here.fill()
    here.go("hand_in", here.fills)
    here.go("county_submit", here.checks)
    here.go("examine", here.office)
    here.judge_all(material__plan="缺第二年的支持政策")
    with pytest.raises(Refused, match=r"“产业发展规划和支持政策\(不全\)”还有问题。"):
        here.go("accept", here.office)


def test_a_fault_needs_a_note_and_the_office() -> None:
    here = corrected()
    with pytest.raises(Refused, match="不在审查环节"):
        examining.judge(case=here.fresh(), item="material:plan", verdict="fine", note="", by=here.office)
    with pytest.raises(NotAllowed):
        examining.judge(case=here.fresh(), item="material:plan", verdict="fine", note="", by=here.fills)


def test_open_moves_tell_what_stands_against_each() -> None:
    here = world()
    found = {move.code: reasons for move, reasons in moves.open_moves(case=here.fresh(), by=here.fills)}
    assert set(found) == {"hand_in", "withdraw_draft"}
    assert len(found["hand_in"]) == 6
    assert found["withdraw_draft"] == []
