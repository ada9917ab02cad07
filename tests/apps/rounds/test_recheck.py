"""Every course of a recheck through the services: kept, corrected, silent, rectified, revoked, appealed."""

import pytest

from spectown.lib.refusal import Refused
from spectown.rounds.enums import NoteKind
from spectown.rounds.facts import Facts
from spectown.rounds.models import DueDocument, ItemVerdict
from spectown.rounds.outcomes import proposal_of
from spectown.rounds.services import examining, materials, moves
from tests.recheck_world import answered, called, decided, noted, reported, title_of
from tests.round_course import later
from tests.round_world import PDF, World

pytestmark = pytest.mark.django_db
WRONG = "与统计数据不一致"


def kinds(here: World) -> list[str]:
    return list(DueDocument.objects.filter(case=here.case).order_by("pk").values_list("kind", flat=True))


def passed(here: World) -> None:
    reported(here)
    here.judge_all()
    here.go("pass_phase", here.office)


def formal(here: World) -> None:
    """To the formal phase, with one item at fault that stays so."""
    reported(here)
    here.judge_all(material__output_proof=WRONG)
    here.go("second", here.office, "产值证明不实")
    here.judge_all(material__output_proof=WRONG)


def told(here: World) -> None:
    """A term to put it right."""
    formal(here)
    noted(here, NoteKind.STATEMENT, here.checks)
    here.go("end_second", here.office)
    decided(here, "rectify", "产值证明与统计数据不一致。")


def mended(here: World) -> None:
    """The county has put it right and says so."""
    materials.put(case=here.fresh(), item="output_proof", name="证明.pdf", content=PDF + b"2", by=here.fills)
    noted(here, NoteKind.RECTIFIED, here.fills, "已按统计数据更正。")
    here.go("report_rectified", here.checks)


def test_whoever_is_called_is_known_and_can_answer_under_the_name_of_before() -> None:
    here = called()
    assert (here.case.state, kinds(here)) == ("draft", ["recheck_notice"])
    case = here.fresh()
    assert case.application.town == case.town
    answered(here)
    assert case.application.applicant_county == "壶关县"


def test_all_in_order_is_kept_and_extended() -> None:
    here = called()
    before = title_of(here).valid_to
    passed(here)
    assert proposal_of(Facts(here.fresh()))[0].value == "keep"
    assert decided(here, "keep").state == "kept"
    after = title_of(here)
    assert (after.state, after.valid_to.year) == ("valid", before.year + 3)
    assert here.fresh().application.settled_at is not None


def test_fewer_criteria_than_the_first_time() -> None:
    here = called()
    passed(here)
    titles = {each.criterion.code for path in Facts(here.fresh()).result.paths.values() for each in path.findings}
    assert titles == {"output", "leading_enterprises", "chain_partners"}


def test_the_first_phase_is_for_making_good() -> None:
    here = called()
    reported(here)
    here.judge_all(material__output_proof=WRONG)
    here.go("request_correction", here.office)
    materials.put(case=here.fresh(), item="output_proof", name="证明.pdf", content=PDF + b"2", by=here.fills)
    here.go("hand_in_correction", here.fills)
    here.go("submit_correction", here.checks)
    here.judge_all()
    assert here.go("pass_phase", here.office).state == "deciding"


def test_what_is_not_made_good_in_time_goes_to_the_formal_phase_and_is_frozen() -> None:
    here = called()
    reported(here)
    here.judge_all(material__output_proof=WRONG)
    here.go("request_correction", here.office)
    with pytest.raises(Refused, match="补正期限"):
        here.go("lapse", here.office, "未补正")
    with later(60):
        assert here.go("lapse", here.office, "未补正").state == "second_phase"
        with pytest.raises(Refused, match="现在不能更换"):
            materials.put(case=here.fresh(), item="output_proof", name="a.pdf", content=PDF, by=here.fills)


@pytest.mark.data
def test_a_county_that_reports_nothing_goes_to_the_formal_phase() -> None:
    here = called()
    with pytest.raises(Refused, match="还没有到期"):
        here.go("no_report", here.office, "逾期未报")
    with later(30):
        assert here.go("no_report", here.office, "逾期未报").state == "second_phase"


def test_an_inspector_who_says_nothing_lets_pass() -> None:
    here = called()
    case = reported(here)
    examining.judge(case=case, item="material:self_report", verdict="fine", note="完整", by=here.office)
    with pytest.raises(Refused, match="核查期限已过而核查人没有提出问题"):
        here.go("pass_by_silence", here.office)
    with later(40):
        with pytest.raises(Refused, match="不能再提出问题"):
            examining.judge(
                case=here.fresh(), item="material:output_proof", verdict="wrong", note=WRONG, by=here.office
            )
        assert here.go("pass_by_silence", here.office).state == "deciding"
        found = set(ItemVerdict.objects.filter(case=case).values_list("verdict", flat=True))
        assert found == {"fine", "silence"}
        assert proposal_of(Facts(here.fresh()))[0].value == "keep"


def test_a_fault_that_was_named_in_time_does_not_pass_by_silence() -> None:
    here = called()
    case = reported(here)
    examining.judge(case=case, item="material:output_proof", verdict="wrong", note=WRONG, by=here.office)
    with later(40), pytest.raises(Refused, match="核查人没有提出问题"):
        here.go("pass_by_silence", here.office)


def test_silence_in_the_formal_phase_neither_passes_nor_fails() -> None:
    here = called()
    reported(here)
    here.judge_all(material__output_proof=WRONG)
    here.go("second", here.office, "产值证明不实")
    with later(90):
        offered = {move.code: reasons for move, reasons in moves.open_moves(case=here.fresh(), by=here.office)}
        assert set(offered) == {"end_second"}
        examining.judge(case=here.fresh(), item="material:output_proof", verdict="fine", note="", by=here.office)


def test_what_was_found_stands_in_the_reasons_with_its_note() -> None:
    here = called()
    formal(here)
    assert f"“主导产业产值证明”有问题:{WRONG}。" in proposal_of(Facts(here.fresh()))[1]


@pytest.mark.data
def test_put_right_and_verified_the_title_stays() -> None:
    here = called()
    told(here)
    assert title_of(here).state == "rectification"
    assert kinds(here)[-1] == "supervision_notice"
    with pytest.raises(Refused, match="现在不能更换“自查报告"):
        materials.put(case=here.fresh(), item="self_report", name="a.pdf", content=PDF, by=here.fills)
    with pytest.raises(Refused, match=r"逐项报告整改情况.*还没有补正"):
        here.go("report_rectified", here.checks)
    mended(here)
    assert here.fresh().versions.count() == 2
    here.judge_all()
    with pytest.raises(Refused, match="两人分别办理"):
        moves.move(case=here.fresh(), code="verify", by=here.checks)
    assert here.go("verify", here.office).state == "kept"
    assert title_of(here).state == "valid"


def test_a_report_that_nobody_verifies_in_time_passes_and_never_fails() -> None:
    here = called()
    told(here)
    mended(here)
    with later(200):
        offered = {move.code: reasons for move, reasons in moves.open_moves(case=here.fresh(), by=here.office)}
        assert "not_rectified" not in offered
        assert offered["verify_return"]
        assert here.go("verify_by_silence", here.office).state == "kept"


def test_sent_back_the_term_goes_on_where_it_stood() -> None:
    here = called()
    told(here)
    mended(here)
    here.judge_all(material__output_proof="仍不一致")
    with pytest.raises(Refused, match="须写明理由"):
        here.go("verify_return", here.office)
    assert here.go("verify_return", here.office, "仍不一致").state == "rectification"
    with pytest.raises(Refused, match="整改期限已过"):
        here.go("not_rectified", here.office, "未改")


def test_not_put_right_in_time_the_title_is_withdrawn_after_a_hearing() -> None:
    here = called()
    told(here)
    with later(150):
        here.go("not_rectified", here.office, "期满未整改")
        assert proposal_of(Facts(here.fresh()))[0].value == "revoke"
        with pytest.raises(Refused, match="听取县"):
            decided(here, "revoke", "期满未整改。")
        noted(here, NoteKind.STATEMENT, here.office, "县政府表示没有新的意见。")
        assert decided(here, "revoke", "期满未整改。").state == "revoked"
        title = title_of(here)
        assert (title.state, title.ended_reason) == ("withdrawn", "期满未整改。")
        assert title.record.valid_to is not None
        assert kinds(here)[-1] == "withdrawal_decision"


def revoked(here: World) -> None:
    formal(here)
    noted(here, NoteKind.STATEMENT, here.checks)
    here.go("end_second", here.office)
    decided(here, "revoke", "产值证明不实。")


@pytest.mark.data
def test_an_appeal_that_is_right_gives_the_title_back() -> None:
    here = called()
    revoked(here)
    with pytest.raises(Refused, match="须写明理由"):
        here.go("appeal", here.checks)
    assert here.go("appeal", here.checks, "统计口径有变").state == "appeal"
    assert here.go("appeal_upheld", here.leader, "申诉属实").state == "deciding"
    title = title_of(here)
    assert (title.state, title.record.valid_to) == ("valid", None)
    assert decided(here, "keep", "申诉属实,各项合格。").state == "kept"


def test_an_appeal_that_is_wrong_leaves_it_withdrawn() -> None:
    here = called()
    revoked(here)
    here.go("appeal", here.checks, "统计口径有变")
    assert here.go("appeal_dismissed", here.leader, "没有新的证据").state == "revoked_finally"
    assert title_of(here).state == "withdrawn"


def test_the_term_to_appeal_runs_out() -> None:
    here = called()
    revoked(here)
    with pytest.raises(Refused, match="申诉期限已过"):
        here.go("no_appeal", here.office)
    with later(40):
        with pytest.raises(Refused, match="在申诉期限内"):
            here.go("appeal", here.checks, "统计口径有变")
        assert here.go("no_appeal", here.office).state == "revoked_finally"


def test_a_second_term_may_follow_the_first_and_the_title_may_still_be_kept() -> None:
    here = called()
    told(here)
    with later(150):
        here.go("not_rectified", here.office, "期满未整改")
        assert decided(here, "rectify", "再给一次期限。").state == "rectification"
    with later(400):
        here.go("not_rectified", here.office, "期满未整改")
        assert decided(here, "keep", "已实地核实整改到位。").state == "kept"
        assert title_of(here).state == "valid"
