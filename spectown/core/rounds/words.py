"""Names that the tables of states use: permissions, conditions and effects of a move, with Chinese labels."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class RoundKind(StrEnum):
    """What a round is for."""

    FIRST = "first"
    RECHECK = "recheck"
    RECOMMENDATION = "recommendation"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return {"first": "市级认定", "recheck": "复核", "recommendation": "省级推荐"}[self.value]


FILL, CHECK = "application.fill", "application.check"  # county: fills, checks and sends
MANAGE = "round.manage"  # office: rules, window and course of a round
EXAMINE = "case.examine"  # office: formal check, sending to experts, site visit, phases of a recheck
PROPOSE = "case.propose"  # office: proposal, 待定
DECIDE = "case.decide"  # leading group
PUBLISH = "publicity.manage"  # office: publicity, objections
AWARD = "title.manage"  # office: titles, results of the province

NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "complete": "必填项和必交材料齐全",
        "window_open": "在申报期限内,或已登记例外、已被退回",
        "items_examined": "逐项审查完毕",
        "faults_named": "逐项写明问题和原因",
        "correction_rounds_left": "补正次数未用完",
        "open_items_answered": "通知的各项都已答复",
        "correction_overdue": "补正期限已过",
        "no_fault_open": "没有未解决的问题项",
        "review_planned": "本批次安排专家评审",
        "review_not_planned": "本批次不安排专家评审",
        "panel_ready": "评审专家人数足够、均无应回避情形",
        "scores_enough": "提交评分的专家达到最少人数",
        "visit_planned": "本件安排实地核查",
        "visit_not_planned": "本件不安排实地核查",
        "visit_recorded": "实地核查有两人以上签名的记录",
        "something_undetermined": "有待定事项",
        "written_decision": "对待定事项有书面决定",
        "all_judged": "判断类条件全部判断完毕",
        "nothing_undetermined": "没有待定事项",
        "proposal_recorded": "拟定意见和理由已记录",
        "decision_recorded": "表决或审定已记录",
        "qualifies": "预审结果为符合条件",
        "reasons_given": "逐条写明理由",
        "publicity_ready": "公示内容与审定的版本一致",
        "publicity_ended": "公示期满",
        "no_open_objection": "对本镇的异议都已办结",
        "no_upheld_objection": "对本镇的异议没有成立的",
        "objection_upheld": "对本镇有成立的异议",
        "title_valid": "市级称号在有效期内",
        "within_quota": "不超过推荐名额",
        "province_rules": "符合本批次的省级推荐条件",
        "province_document": "登记省级文件",
        "report_overdue": "自查报送期限已过",
        "inspector_silent": "核查期限已过而核查人没有提出问题",
        "statement_heard": "已听取县(区)陈述,或陈述期限已过",
        "rectification_set": "写明整改事项和期限",
        "rectification_reported": "逐项报告整改情况",
        "rectification_overdue": "整改期限已过",
        "appeal_in_time": "在申诉期限内",
        "appeal_over": "申诉期限已过",
        "rules_sound": "批次规则没有问题",
        "no_applications": "还没有申报",
        "window_started": "申报开始日已到",
        "window_ended": "申报截止日已过",
        "window_extended": "修改后的规则把申报截止日改到今天或以后",
        "all_reviewed": "各件都已评审完毕",
        "all_settled": "各件都已办结",
        "differences_recorded": "规则差异已列明",
        "admissible": "实名、有联系方式和内容、在公示期内",
        "answer_recorded": "处理意见和答复已记录",
        "validity_over": "有效期已满",
        "higher_title": "已取得更高级别称号",
        "higher_title_lost": "更高级别称号已失去",
        "title_decision": "有书面决定",
        "not_admissible": "写明不符合哪项受理条件",
        "appeal_upheld": "申诉成立",
    }
)

EFFECTS: Mapping[str, str] = MappingProxyType(
    {
        "keep_fields": "已填内容全部保留",
        "pin_version": "固定提交的版本",
        "start_clock": "审查期限起算",
        "pause_clock": "审查期限暂停",
        "resume_clock": "审查期限恢复",
        "stop_clock": "期限终止",
        "open_items": "只开放通知的各项",
        "close_items": "开放的各项重新锁定",
        "bind_version": "评审绑定固定的版本",
        "open_publicity": "公示期起算",
        "void_publicity": "原公示作废,须重新公示",
        "open_title": "授予称号、编号、起算有效期",
        "extend_title": "称号续期",
        "end_title": "称号终止",
        "restore_title": "称号恢复",
        "mark_title": "称号标为限期整改",
        "unmark_title": "限期整改的称号恢复有效",
        "add_level": "登记省级级别,市级称号标为被上级取代",
        "accept_silence": "未提出问题的各项视为通过",
        "freeze_items": "材料封存",
        "pin_rules": "固定规则版本",
        "new_rules_version": "规则成为新版本,列出差异;在办件仍按原版本",
        "export_package": "生成推荐材料包",
        "block_town": "暂停本镇的认定",
        "release_town": "解除对本镇认定的暂停",
        "draft:application_notice": "起草申报通知",
        "draft:correction_notice": "起草补正通知",
        "draft:acceptance_notice": "起草受理通知",
        "draft:rejection_of_acceptance": "起草不予受理通知",
        "draft:refusal_notice": "起草不予认定通知",
        "draft:publicity": "起草公示",
        "draft:certification_notice": "起草认定文件",
        "draft:certificate": "起草证书",
        "draft:recommendation_letter": "起草推荐函",
        "draft:recheck_notice": "起草复核通知",
        "draft:supervision_notice": "起草督办通知书",
        "draft:withdrawal_decision": "起草撤销决定",
    }
)
