"""Moves that several kinds of rounds share: intake by the county, correction (补正), proposal, withdrawal."""

from spectown.core.rounds.words import CHECK, DECIDE, EXAMINE, FILL, PROPOSE
from spectown.core.workflow import Move

WRITERS = ("changed", "hand_in", "hand_in_correction")  # whoever did these does not check and send (二人分办)
APART = "填报和审核、拟定和审定须由两人分别办理,不能由前一步的同一人"
INTAKE_LABELS = {
    "draft": "填报中",
    "county_check": "县(区)审核中",
    "returned": "已退回",
    "submitted": "已提交",
}
CORRECTION_LABELS = {"correction": "补正中", "correction_check": "补正待县(区)审核"}
ACCEPTED_LABELS = {"formal_check": "形式审查中", **CORRECTION_LABELS, "accepted": "已受理", "not_accepted": "不予受理"}
DECISION_LABELS = {"deciding": "研究拟定意见", "proposed": "待领导小组审定"}
BEFORE_DECISION = (
    *("county_check", "submitted", "formal_check", "correction", "correction_check"),
    *("accepted", "expert_review", "site_visit", "deciding", "pending", "proposed"),
)

INTAKE = (
    Move(
        *("hand_in", "提交审核", ("draft", "returned"), "county_check", FILL),
        needs=("complete", "window_open"),
    ),
    Move(
        *("county_return", "退回填报人", ("county_check",), "returned", CHECK),
        reason=True,
        effects=("keep_fields",),
    ),
    Move(
        *("county_submit", "县(区)提交", ("county_check",), "submitted", CHECK),
        not_by=WRITERS,
        needs=("complete", "window_open"),
        effects=("pin_version", "start_clock"),
    ),
    Move("examine", "开始审查", ("submitted",), "formal_check", EXAMINE),
    Move(
        *("send_back", "退回县(区)", ("submitted", "formal_check"), "returned", EXAMINE),
        reason=True,
        effects=("keep_fields", "stop_clock"),
    ),
)

CORRECTION = (
    Move(
        *("request_correction", "通知补正", ("formal_check",), "correction", EXAMINE),
        needs=("items_examined", "faults_named", "correction_rounds_left"),
        effects=("pause_clock", "open_items", "draft:correction_notice"),
    ),
    Move(
        *("hand_in_correction", "补正交审核", ("correction",), "correction_check", FILL),
        needs=("open_items_answered",),
    ),
    Move(
        *("correction_return", "补正退回填报人", ("correction_check",), "correction", CHECK),
        reason=True,
        effects=("keep_fields",),
    ),
    Move(
        *("submit_correction", "提交补正", ("correction_check",), "formal_check", CHECK),
        not_by=WRITERS,
        needs=("open_items_answered",),
        effects=("pin_version", "close_items", "resume_clock"),
    ),
)

ACCEPTANCE = (
    Move(
        *("lapse", "逾期未补正不予受理", ("correction", "correction_check"), "not_accepted", EXAMINE),
        reason=True,
        needs=("correction_overdue",),
        effects=("close_items", "stop_clock", "draft:rejection_of_acceptance"),
    ),
    Move(
        *("accept", "受理", ("formal_check",), "accepted", EXAMINE),
        needs=("items_examined", "no_fault_open"),
        effects=("stop_clock", "draft:acceptance_notice"),
    ),
    Move(
        *("reject", "不予受理", ("formal_check",), "not_accepted", EXAMINE),
        reason=True,
        needs=("items_examined", "faults_named"),
        effects=("stop_clock", "draft:rejection_of_acceptance"),
    ),
)

PROPOSAL = (
    Move(
        *("propose", "报领导小组审定", ("deciding",), "proposed", PROPOSE),
        needs=("all_judged", "nothing_undetermined", "proposal_recorded"),
    ),
    Move(*("return_proposal", "退回重新研究", ("proposed",), "deciding", DECIDE), reason=True),
)


def withdrawal(states: tuple[str, ...]) -> tuple[Move, ...]:
    """Withdrawing by the applicant from each of its states before the decision."""
    return (
        Move("withdraw_draft", "撤回草稿", ("draft", "returned"), "withdrawn", FILL, reason=True),
        Move(
            *("withdraw", "撤回申报", tuple(s for s in BEFORE_DECISION if s in states), "withdrawn", CHECK),
            reason=True,
            effects=("close_items", "stop_clock"),
        ),
    )
