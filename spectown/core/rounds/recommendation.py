"""The table of a recommendation to the province (省级推荐, 方案 四(一) 省级专业镇筛选报送)."""

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
from spectown.core.rounds.words import AWARD, DECIDE, EFFECTS, EXAMINE, NEEDS
from spectown.core.workflow import Move, Workflow

_LABELS = {
    **INTAKE_LABELS,
    **ACCEPTED_LABELS,
    **DECISION_LABELS,
    "recommended": "已推荐报省",
    "not_recommended": "不予推荐",
    "province_awarded": "省级已认定",
    "province_declined": "省级未认定",
    "withdrawn": "已撤回",
}
_PROVINCE = (
    Move("consider", "转入研究", ("accepted",), "deciding", EXAMINE),
    *PROPOSAL,
    Move(
        *("recommend", "同意推荐", ("proposed",), "recommended", DECIDE),
        not_by=("propose",),
        needs=("decision_recorded", "title_valid", "province_rules", "within_quota"),
        effects=("stop_clock", "draft:recommendation_letter", "export_package"),
    ),
    Move(
        *("not_recommend", "不予推荐", ("proposed",), "not_recommended", DECIDE),
        not_by=("propose",),
        needs=("decision_recorded", "reasons_given"),
        effects=("stop_clock",),
    ),
    Move(
        *("province_yes", "登记省级认定", ("recommended",), "province_awarded", AWARD),
        needs=("province_document",),
        effects=("add_level",),
    ),
    Move("province_no", "登记省级未认定", ("recommended",), "province_declined", AWARD, reason=True),
)
RECOMMENDATION = Workflow(
    _LABELS,
    (*INTAKE, *CORRECTION, *ACCEPTANCE, *_PROVINCE, *withdrawal(tuple(_LABELS))),
    apart=APART,
    needs=NEEDS,
    effects=EFFECTS,
)
