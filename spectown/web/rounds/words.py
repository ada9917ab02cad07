"""Words and colours of rounds and cases on screen."""

from __future__ import annotations

from spectown.core.rounds.ball import Holder

ROUND_TONES = {"draft": "neutral", "published": "blue", "open": "green", "reviewing": "blue", "deciding": "yellow"}
CASE_TONES = {
    "returned": "yellow",
    "correction": "yellow",
    "correction_check": "yellow",
    "pending": "yellow",
    "rectification": "yellow",
    "accepted": "green",
    "approved": "green",
    "certified": "green",
    "kept": "green",
    "recommended": "green",
    "province_awarded": "green",
    "not_accepted": "red",
    "refused": "red",
    "revoked": "red",
    "revoked_finally": "red",
    "not_recommended": "red",
    "draft": "neutral",
    "withdrawn": "neutral",
    "province_declined": "neutral",
}
TERMS = {
    "county_check": "县(区)审核",
    "examination": "形式审查",
    "correction": "补正",
    "arrangement": "受理后安排",
    "review": "专家评审",
    "visit": "实地核查",
    "second_phase": "第二阶段正式复核",
    "proposal": "研究拟定意见",
    "pending": "决定待定事项",
    "decision": "领导小组审定",
    "rectification": "限期整改",
    "verification": "整改验收",
    "appeal": "提出申诉",
    "appeal_decision": "处理申诉",
}
NEXT = {
    "draft": "传齐材料后提交审核",
    "returned": "按退回理由修改后重新提交",
    "county_check": "由填报人以外的审核人提交,或写明理由退回",
    "submitted": "开始形式审查",
    "formal_check": "逐项审查,然后受理、通知补正或不予受理",
    "correction": "补正通知的各项,交审核",
    "correction_check": "审核补正内容后提交",
    "accepted": "安排专家评审或转入研究",
    "expert_review": "专家评分",
    "site_visit": "实地核查并登记记录",
    "deciding": "拟定意见,报领导小组审定",
    "pending": "对待定事项作出书面决定",
    "proposed": "表决或审定",
    "approved": "开始公示",
    "publicity": "公示期满、异议办结后认定",
    "second_phase": "正式复核",
    "rectification": "逐项整改并报告",
    "rectification_check": "验收整改",
    "revoked": "可以申诉",
    "appeal": "处理申诉",
    "recommended": "等省级结果",
}
VISITS = {"none": "不安排", "chosen": "抽查", "all": "逐件核查"}
PRIORITIES = {"tie": "总分相同时优先", "first": "先于总分排序"}
FORMS = {"pdf": "PDF", "image": "图片", "word": "Word", "excel": "Excel"}
OFFICES_OWN = "领导小组办公室拟定"
COUNTY = {Holder.COUNTY_FILL: "填报", Holder.COUNTY_CHECK: "审核"}
