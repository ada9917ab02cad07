"""Names that the tables of states of dated work use, with Chinese labels."""

from collections.abc import Mapping
from types import MappingProxyType

PLAN = "plan.manage"  # office: measures, routing of problems, notices
DECIDE = "plan.decide"  # leading group: approves the action plan, signs notices
FILL, CHECK = "work.fill", "work.check"  # the unit: fills, checks and sends
RAISE = "problem.raise"  # whoever raises problems
VERIFY = "work.verify"  # whoever verifies: not the unit that executed

NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "one_lead": "确定一个牵头单位",
        "in_plan": "对应现行方案的条款,配合单位用规范名称",
        "measurable": "写明成果、可衡量的目标和期限",
        "milestones_done": "各时间节点都已完成",
        "evidence": "有证明材料或数据",
        "report_given": "写明做了什么和累计完成百分之几,或选“本期无进展”",
        "again_set": "定下重新报送的期限",
        "own_unit": "由承办单位办理",
        "other_unit": "由承办单位以外的人办理",
        "raiser": "由提出人办理",
        "affected": "由受影响的一方办理",
        "unit_named": "指定承办单位",
        "answered": "写明答复",
        "common_named": "指定一个还没有解决的共性问题",
        "common_answered": "所并入的共性问题已经答复",
        "content": "写明事由、依据、要求、期限和确认单位",
        "within_cap": "不超过年度督办件数上限,或写明理由",
        "items_answered": "检查单各项都已填写",
        "findings_settled": "发现的问题都已处理",
        "dates_ahead": "通知书写明的期限还没有过",
        "document_issued": "公文已在登记簿中签发",
        "plan_given": "写明整改措施、责任人和时间",
        "progress_given": "写明整改进展",
        "result_given": "写明整改结果并附证明材料",
    }
)
EFFECTS: Mapping[str, str] = MappingProxyType(
    {
        "keep_fields": "已填内容全部保留",
        "start_clock": "期限开始计算",
        "stop_clock": "停止计时和提醒",
        "freeze_evidence": "固定触发依据",
        "paper": "起草或改好公文并送审",
        "paper_checked": "公文审核通过",
        "paper_returned": "公文退回修改",
        "paper_discarded": "公文草稿作废",
        "number": "编号、登记",
        "receive_paper": "公文同时签收",
        "send_report": "报告定稿,不再改动",
        "give_back": "核查、核实、确认占用的工作日不计入期限",
        "tell_unit": "通知承办单位",
        "tell_raiser": "通知提出人",
        "tell_affected": "通知确认单位确认",
        "paper_stands": "公文已印发的,通知办公室作废",
        "back_to_office": "退回办公室重新分办",
        "measure_effect": "约定日期后比对数据",
    }
)
