"""The table of a recheck (复核): make good, then formal; outcome, rectification, appeal (方案 四(五) 专项检查)."""

from spectown.core.rounds.shared import (
    APART,
    CORRECTION,
    CORRECTION_LABELS,
    DECISION_LABELS,
    INTAKE,
    INTAKE_LABELS,
    PROPOSAL,
)
from spectown.core.rounds.words import CHECK, DECIDE, EFFECTS, EXAMINE, NEEDS
from spectown.core.workflow import Move, Workflow

_LABELS = {
    **INTAKE_LABELS,
    "formal_check": "第一阶段核查中",
    **CORRECTION_LABELS,
    "second_phase": "第二阶段正式复核中",
    **DECISION_LABELS,
    "kept": "保留称号",
    "rectification": "限期整改中",
    "rectification_check": "整改待验收",
    "revoked": "撤销称号",
    "appeal": "申诉处理中",
    "revoked_finally": "维持撤销",
}
_PHASES = (
    Move(
        *("no_report", "逾期未报转正式复核", ("draft", "returned", "county_check"), "second_phase", EXAMINE),
        reason=True,
        needs=("report_overdue",),
        effects=("pin_version", "freeze_items", "draft:recheck_notice"),
    ),
    Move(
        *("lapse", "逾期未补正转正式复核", ("correction", "correction_check"), "second_phase", EXAMINE),
        reason=True,
        needs=("correction_overdue",),
        effects=("close_items", "freeze_items", "stop_clock", "draft:recheck_notice"),
    ),
    Move(
        *("pass_phase", "第一阶段通过", ("formal_check",), "deciding", EXAMINE),
        needs=("items_examined", "no_fault_open"),
        effects=("stop_clock",),
    ),
    Move(
        *("pass_by_silence", "核查期满未提问题视为通过", ("formal_check",), "deciding", EXAMINE),
        needs=("inspector_silent",),
        effects=("accept_silence", "stop_clock"),
    ),
    Move(
        *("second", "转入正式复核", ("formal_check",), "second_phase", EXAMINE),
        reason=True,
        needs=("faults_named",),
        effects=("freeze_items", "stop_clock", "draft:recheck_notice"),
    ),
    Move(
        *("end_second", "正式复核结束", ("second_phase",), "deciding", EXAMINE),
        needs=("items_examined", "statement_heard"),
    ),
)
_OUTCOMES = (
    *PROPOSAL,
    Move(
        *("keep", "同意保留", ("proposed",), "kept", DECIDE),
        not_by=("propose",),
        needs=("decision_recorded",),
        effects=("unmark_title", "extend_title"),
    ),
    Move(
        *("rectify", "责令限期整改", ("proposed",), "rectification", DECIDE),
        not_by=("propose",),
        needs=("decision_recorded", "reasons_given", "rectification_set"),
        effects=("mark_title", "open_items", "draft:supervision_notice"),
    ),
    Move(
        *("report_rectified", "报告整改完成", ("rectification",), "rectification_check", CHECK),
        needs=("rectification_reported", "open_items_answered"),
        effects=("pin_version", "close_items"),
    ),
    Move(
        *("verify", "整改验收通过", ("rectification_check",), "kept", EXAMINE),
        not_by=("report_rectified",),
        needs=("items_examined", "no_fault_open"),
        effects=("unmark_title", "extend_title"),
    ),
    Move(
        *("verify_by_silence", "验收期满未提问题视为通过", ("rectification_check",), "kept", EXAMINE),
        needs=("inspector_silent",),
        effects=("accept_silence", "unmark_title", "extend_title"),
    ),
    Move(
        *("verify_return", "整改退回", ("rectification_check",), "rectification", EXAMINE),
        reason=True,
        needs=("faults_named",),
        effects=("open_items",),
    ),
    Move(
        *("not_rectified", "逾期未整改到位", ("rectification",), "deciding", EXAMINE),
        reason=True,
        needs=("rectification_overdue",),
        effects=("close_items",),
    ),
    Move(
        *("revoke", "撤销称号", ("proposed",), "revoked", DECIDE),
        not_by=("propose",),
        needs=("decision_recorded", "reasons_given", "statement_heard"),
        effects=("end_title", "draft:withdrawal_decision"),
    ),
    Move("appeal", "申诉", ("revoked",), "appeal", CHECK, reason=True, needs=("appeal_in_time",)),
    Move(
        *("appeal_upheld", "申诉成立", ("appeal",), "deciding", DECIDE),
        reason=True,
        effects=("restore_title",),
    ),
    Move("appeal_dismissed", "驳回申诉", ("appeal",), "revoked_finally", DECIDE, reason=True),
    Move("no_appeal", "申诉期满未申诉", ("revoked",), "revoked_finally", EXAMINE, needs=("appeal_over",)),
)
RECHECK = Workflow(
    _LABELS,
    (*INTAKE, *CORRECTION, *_PHASES, *_OUTCOMES),
    apart=APART,
    needs=NEEDS,
    effects=EFFECTS,
)
