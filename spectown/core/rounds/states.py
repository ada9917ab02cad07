"""The one table of a case (申报案件) for each kind of round; diagrams: docs/algorithms/certification-states.md."""

from collections.abc import Mapping
from types import MappingProxyType

from spectown.core.rounds.recheck import RECHECK
from spectown.core.rounds.recommendation import RECOMMENDATION
from spectown.core.rounds.shared import (
    ACCEPTANCE,
    ACCEPTED_LABELS,
    APART,
    CORRECTION,
    DECISION_LABELS,
    INTAKE,
    INTAKE_LABELS,
    PROPOSAL,
    withdrawal,
)
from spectown.core.rounds.words import AWARD, DECIDE, EFFECTS, EXAMINE, NEEDS, PROPOSE, PUBLISH, RoundKind
from spectown.core.workflow import Move, Workflow

_LABELS = {
    **INTAKE_LABELS,
    **ACCEPTED_LABELS,
    "expert_review": "专家评审中",
    "site_visit": "实地核查中",
    **DECISION_LABELS,
    "pending": "待定",
    "approved": "同意认定待公示",
    "publicity": "公示中",
    "certified": "已认定",
    "refused": "不予认定",
    "withdrawn": "已撤回",
}
_REVIEW = (
    Move(
        *("start_review", "送专家评审", ("accepted",), "expert_review", EXAMINE),
        needs=("review_planned", "panel_ready"),
        effects=("bind_version",),
    ),
    Move(
        *("skip_review", "不评审直接研究", ("accepted",), "deciding", EXAMINE),
        needs=("review_not_planned", "visit_not_planned"),
    ),
    Move(
        *("visit_only", "不评审直接核查", ("accepted",), "site_visit", EXAMINE),
        needs=("review_not_planned", "visit_planned"),
    ),
    Move(
        *("start_visit", "安排实地核查", ("expert_review",), "site_visit", EXAMINE),
        needs=("scores_enough", "visit_planned"),
    ),
    Move(
        *("end_review", "评审结束", ("expert_review",), "deciding", EXAMINE),
        needs=("scores_enough", "visit_not_planned"),
    ),
    Move("end_visit", "核查结束", ("site_visit",), "deciding", EXAMINE, needs=("visit_recorded",)),
    Move(
        *("review_again", "补充评审", ("deciding",), "expert_review", PROPOSE),
        reason=True,
        needs=("review_planned", "panel_ready"),
        effects=("bind_version",),
    ),
)
_DECISION = (
    Move(
        *("hold", "列为待定", ("deciding",), "pending", PROPOSE),
        reason=True,
        needs=("something_undetermined",),
    ),
    Move("settle", "书面决定待定事项", ("pending",), "deciding", PROPOSE, needs=("written_decision",)),
    *PROPOSAL,
    Move(
        *("approve", "同意认定", ("proposed",), "approved", DECIDE),
        not_by=("propose",),
        needs=("decision_recorded", "all_judged", "nothing_undetermined", "qualifies"),
    ),
    Move(
        *("refuse", "不予认定", ("proposed",), "refused", DECIDE),
        not_by=("propose",),
        needs=("decision_recorded", "reasons_given"),
        effects=("stop_clock", "draft:refusal_notice"),
    ),
    Move(
        *("publish", "开始公示", ("approved",), "publicity", PUBLISH),
        needs=("publicity_ready",),
        effects=("open_publicity", "draft:publicity"),
    ),
    Move(
        *("reconsider", "异议成立重新研究", ("publicity",), "deciding", PROPOSE),
        reason=True,
        needs=("objection_upheld",),
        effects=("void_publicity",),
    ),
    Move(
        *("certify", "认定", ("publicity",), "certified", AWARD),
        needs=("publicity_ended", "no_open_objection", "no_upheld_objection"),
        effects=("stop_clock", "open_title", "draft:certification_notice", "draft:certificate"),
    ),
)
FIRST = Workflow(
    _LABELS,
    (*INTAKE, *CORRECTION, *ACCEPTANCE, *_REVIEW, *_DECISION, *withdrawal(tuple(_LABELS))),
    apart=APART,
    needs=NEEDS,
    effects=EFFECTS,
)

CASES: Mapping[RoundKind, Workflow] = MappingProxyType(
    {RoundKind.FIRST: FIRST, RoundKind.RECHECK: RECHECK, RoundKind.RECOMMENDATION: RECOMMENDATION}
)
