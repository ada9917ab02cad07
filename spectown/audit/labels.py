"""What the codes in the log are called on screen; tests/apps/test_audit_labels.py finds every code used."""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from spectown.core.evaluation.lifecycle import EVALUATION
from spectown.core.evaluation.lifecycle import OBJECTION as EVALUATION_REPLY
from spectown.core.evaluation.schemelife import SCHEME
from spectown.core.monitoring.course import CELL, SHEET
from spectown.core.rounds.lifecycles import OBJECTION, ROUND, TITLE
from spectown.core.rounds.states import CASES
from spectown.core.supervision.measures import EXTENSION, MEASURE, REPORT
from spectown.core.supervision.notices import NOTICE
from spectown.core.supervision.problems import PROBLEM
from spectown.core.supervision.visits import VISIT

WORKS = {
    "measure": MEASURE,
    "report": REPORT,
    "problem": PROBLEM,
    "notice": NOTICE,
    "extension": EXTENSION,
    "sheet": SHEET,
    "cell": CELL,
}
_MOVES = {
    **{f"{kind}.{move.code}": move.label for kind, table in WORKS.items() for move in table.moves},
    **{f"case.{move.code}": move.label for table in CASES.values() for move in table.moves},
    **{f"round.{move.code}": move.label for move in ROUND.moves},
    **{f"objection.{move.code}": move.label for move in OBJECTION.moves},
    **{f"title.{move.code}": move.label for move in TITLE.moves},
    **{f"evaluation.{move.code}": f"年度评估{move.label}" for move in EVALUATION.moves},
    **{f"evaluation_reply.{move.code}": f"评估意见{move.label}" for move in EVALUATION_REPLY.moves},
    **{f"scheme.{move.code}": f"评估方案{move.label}" for move in SCHEME.moves},
}
ACTIONS = {
    **_MOVES,
    "problem.file_add": "上传问题材料",
    "extension.ask": "申请延期",
    **{f"visit.{move.code}": f"检查调研{move.label}" for move in VISIT.moves},
    "scheme.start": "拟定评估方案",
    "scheme.edit": "修改评估方案稿",
    "scheme.keep": "保留审定的评估方案",
    "evaluation.begin": "建立年度评估",
    "evaluation.adopt": "年度评估改用现行方案",
    "evaluation.enter": "登记加减分和否决事项",
    "evaluation.strike": "删除加减分和否决事项",
    "evaluation.confirm": "确认评估数据",
    "evaluation.decide": "决定临界事项",
    "evaluation_reply.raise": "填写评估意见",
    "meeting.begin": "安排推进会",
    "meeting.change": "修改推进会",
    "meeting.agenda": "确定议程",
    "meeting.decide": "记录议定事项",
    "meeting.undecide": "删去议定事项",
    "meeting.minutes": "起草会议纪要",
    "visit.plan": "安排检查调研",
    "visit.fill_in": "填写检查单",
    "visit.settle": "处理检查发现的问题",
    "notice.begin": "拟写督办通知书",
    "notice.edit": "修改督办通知书",
    "notice.set_aside": "定为不督办",
    "notice.look": "比对督办成效",
    "notice.close_out": "起草销号通知",
    "notice.plan_saved": "保存整改方案",
    "notice.report_saved": "保存整改报告",
    "notice.file_put": "上传整改佐证",
    "notice.file_removed": "删除整改佐证",
    "report.open": "开始报送进展",
    "sheet.open": "开始填报监测报表",
    "sheet.upload": "用表格填报监测报表",
    "sheet.footer": "填写报表负责人",
    "sheet.explain": "说明校验提醒",
    "sheet.late": "办理逾期例外",
    "sheet.urge": "催报监测报表",
    "sheet.file_add": "上传数值证明材料",
    "sheet.file_remove": "移除数值证明材料",
    "definition.change": "改动监测口径",
    "definition.restore": "恢复方案口径",
    "definition.keep": "保留本市口径",
    "report.save": "填报进展",
    "report.file_add": "上传进展证明材料",
    "report.file_remove": "移除进展证明材料",
    "measure.copy": "转入下一年措施",
    "measure.rate": "领导判断措施",
    "work.pause": "暂停计时",
    "work.hand_over": "转交未办结事项",
    "work.resume": "恢复计时",
    "round.create": "新建批次",
    "round.change": "修改批次规则",
    "round.allow_late": "登记逾期申报例外",
    "case.begin": "进入批次申报",
    "case.rules": "改用新规则",
    "case.material_put": "上传申报材料",
    "case.judge_item": "形式审查",
    "case.answer_item": "答复补正项",
    "case.decision": "登记审定结果和表决",
    "case.draft_due": "起草应发公文",
    "round.draft_notice": "起草申报通知",
    "case.print": "生成申报打印件",
    "case.scan": "上传盖章扫描件",
    "case.rule": "书面决定待定事项",
    "publicity.open": "开始公示",
    "objection.raise": "收到异议",
    "title.grant": "授予称号",
    "title.adopt": "补登称号",
    "title.plaque": "登记授牌",
    "recheck.draw": "抽取复核对象",
    "recheck.call": "通知复核",
    "recommendation.call": "通知推荐申报",
    "recommendation.package": "生成推荐材料包",
    "case.note": "登记案件记载",
    "case.draw_experts": "抽取专家",
    "case.pick_experts": "选定专家",
    "case.reserve_follows": "候补专家递补",
    "case.release_expert": "专家退出",
    "case.declare": "声明无利益冲突",
    "case.recuse": "申报回避",
    "case.save_scores": "保存评分",
    "case.submit_scores": "提交评分",
    "case.confirm_version": "确认新版本",
    "case.reopen_scores": "退回评分",
    "case.plan_visit": "决定是否实地核查",
    "case.visit_note": "登记实地核查记录",
    "expert.add": "专家入库",
    "expert.change": "修改专家信息",
    "expert.take_out": "专家出库",
    "expert.bring_back": "专家重新入库",
    "login": "登录",
    "logout": "退出登录",
    "login.fail": "登录失败",
    "login.lock": "登录被锁定",
    "login.unlock": "解除锁定",
    "password.change": "修改口令",
    "password.reset": "重置口令",
    "mfa.add": "开启二次验证",
    "mfa.remove": "关闭二次验证",
    "mfa.reset": "更换恢复码",
    "mfa.clear": "清除二次验证",
    "user.create": "新建用户",
    "user.disable": "停用用户",
    "user.enable": "启用用户",
    "role.grant": "授予角色",
    "role.revoke": "收回角色",
    "post.substitute": "登记现任",
    "post.end": "前任卸任",
    "calendar.change": "修改工作日历",
    "plan.load": "装入方案",
    "plan.activate": "启用方案版本",
    "town.load": "装入专业镇",
    "town.change": "变更专业镇信息",
    "town.alias_add": "登记别名",
    "town.alias_end": "停用别名",
    "town.level": "登记层级",
    "application.create": "新建申报书",
    "application.save": "保存申报书",
    "application.submit": "提交审核",
    "application.withdraw": "撤回申报书",
    "application.resume": "恢复填报",
    "application.check": "审核通过",
    "application.return": "退回补正",
    "application.reopen": "退回县(区)补正",
    "application.judge": "作出判断",
    "application.file_add": "上传材料",
    "application.file_remove": "移除材料",
    "document.draft": "起草公文",
    "document.save": "修改公文",
    "document.submit": "公文送审",
    "document.recall": "撤回公文修改",
    "document.check": "公文审核通过",
    "document.return": "审核退回公文",
    "document.sign_return": "签发退回公文",
    "document.sign": "签发公文",
    "document.sign_paper": "登记纸质签发",
    "document.scan": "保存签批件扫描件",
    "document.discard": "作废公文草稿",
    "document.void": "作废公文",
    "document.replaced": "公文被更正或废止",
    "document.stands_again": "公文恢复有效",
    "template.upload": "上传自有模板",
    "template.replace": "更换自有模板文件",
    "template.activate": "启用自有模板",
    "template.retire": "停用自有模板",
    "batch.begin": "批量起草公文",
    "bundle.make": "生成材料包",
    "document.receive": "签收公文",
    "list.create": "新增清单行",
    "list.change": "修改清单行",
    "list.step": "办理清单行",
    "list.delete": "删除清单行",
    "list.restore": "恢复清单行",
    "list.import": "导入清单",
    "list.bulk_change": "批量修改",
    "list.export": "导出清单",
    "list.template": "下载填报模板",
    "import.upload": "上传导入文件",
    "import.cancel": "放弃导入",
    "import.purge": "清除导入文件",
    "enterprise.merge": "合并企业",
    "enterprise.merge_away": "并入其他企业",
    "enterprise.follow": "随企业合并转移",
    "enterprise.distinct": "判断不是重复",
    "enterprise.search": "查找疑似重复",
    "list.view_save": "保存常用视图",
    "list.view_share": "共享常用视图",
    "list.view_delete": "删除常用视图",
    "installation.init": "建立正式库",
    "demo.load": "装入演示数据",
    "demo.account": "建立演示账号",
    "audit.verify": "核验日志",
    "outbox.choose": "设置消息方式",
    "outbox.feed": "生成日历订阅地址",
    "outbox.feed_end": "停用日历订阅地址",
    "outbox.stop": "停发消息",
    "outbox.resume": "恢复发送消息",
    "outbox.again": "再发一次消息",
    "outbox.trial": "试发消息",
    "job.cancel": "取消作业",
    "job.purge": "清理已结束的作业",
}


def action_label(code: str) -> str:
    """Chinese name of an action; a code that is not known any more stands for itself."""
    return ACTIONS.get(code, code)


def _model(object_type: str) -> type[models.Model] | None:
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):  # the log outlives the models it speaks of
        return None


def type_label(object_type: str) -> str:
    """Chinese name of a kind of object."""
    model = _model(object_type)
    return str(model._meta.verbose_name) if model else object_type


def field_of(object_type: str, name: str) -> models.Field[object, object] | None:
    """The model field that a key of before/after stands for, where there is one."""
    model = _model(object_type)
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None
