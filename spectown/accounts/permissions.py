"""Permissions and roles: a role is a named set of permissions. The codes are stable; the labels are what people see."""

from __future__ import annotations

from django.db.models import TextChoices


class Permission(TextChoices):
    """One thing somebody may do. Which rows it reaches is the scope's business, not the permission's."""

    WORKBENCH = "workbench.view", "打开工作台"
    PLAN_VIEW = "plan.view", "阅读方案、责任矩阵、领导小组"
    PLAN_CHECKUP = "plan.checkup", "查看方案体检与版本比较"
    POST_CHANGE = "post.change", "登记领导小组成员替补"
    TOWN_VIEW = "town.view", "查看专业镇"
    TOWN_CHANGE = "town.change", "维护专业镇"
    APPLICATION_VIEW = "application.view", "查看预审申报"
    APPLICATION_FILL = "application.fill", "填报预审申报书"
    APPLICATION_CHECK = "application.check", "审核本单位申报书"
    APPLICATION_JUDGE = "application.judge", "对判断类条件作出判断"
    ROUND_MANAGE = "round.manage", "管理认定批次"
    CASE_EXAMINE = "case.examine", "审查申报案件"
    CASE_SCORE = "case.score", "评审申报案件"
    CASE_PROPOSE = "case.propose", "拟定认定意见"
    CASE_DECIDE = "case.decide", "审定认定意见"
    PUBLICITY_MANAGE = "publicity.manage", "办理公示和异议"
    TITLE_MANAGE = "title.manage", "管理专业镇称号"
    LIST_VIEW = "list.view", "查看清单"
    LIST_CHANGE = "list.change", "维护清单"
    LIST_CORRECT = "list.correct", "更正本企业联系方式"
    LIST_MERGE = "list.merge", "合并重复企业"
    NEED_RAISE = "need.raise", "提出要素保障需求、确认是否满足"
    NEED_ASSIGN = "need.assign", "交办要素保障需求"
    NEED_ANSWER = "need.answer", "答复交办给本单位的要素保障需求"
    DOCUMENT_VIEW = "document.view", "查看公文"
    DOCUMENT_DRAFT = "document.draft", "起草公文"
    DOCUMENT_CHECK = "document.check", "审核公文、登记纸质签发"
    DOCUMENT_SIGN = "document.sign", "签发公文"
    DOCUMENT_BATCH = "document.batch", "查看批量公文"
    DOCUMENT_RECEIVE = "document.receive", "签收公文"
    OUTBOX_MANAGE = "outbox.manage", "查看发送记录、停发和再发消息"
    PLAN_MANAGE = "plan.manage", "编制年度行动计划、分办问题、办理督办"
    PLAN_DECIDE = "plan.decide", "审定年度行动计划、签发督办通知书"
    WORK_FILL = "work.fill", "填报本单位的进展"
    WORK_CHECK = "work.check", "签收、审核、报送本单位的工作"
    WORK_VERIFY = "work.verify", "核实工作结果"
    PROBLEM_RAISE = "problem.raise", "提出问题、确认是否解决"
    SHEET_VIEW = "sheet.view", "查看监测数据"
    SHEET_FILL = "sheet.fill", "填报监测报表"
    SHEET_CHECK = "sheet.check", "审核、报送监测报表"
    VALUE_CERTIFY = "value.certify", "核定本单位负责的指标"
    INDICATOR_MANAGE = "indicator.manage", "管理指标和报表、验收和退回"
    EVALUATION_VIEW = "evaluation.view", "查看年度评估"
    EVALUATION_MANAGE = "evaluation.manage", "办理年度评估"
    EVALUATION_DECIDE = "evaluation.decide", "决定临界事项、审定年度评估"
    EVALUATION_REPLY = "evaluation.reply", "对本单位的评估数据提出意见"
    EVALUATION_SEND = "evaluation.send", "审核并提出评估意见、确认评估数据"
    EXPORT = "export", "导出表格"
    USER_VIEW = "user.view", "查看用户"
    USER_CHANGE = "user.change", "新建、停用用户"
    ROLE_CHANGE = "role.change", "授予、收回角色"
    AUDIT_VIEW = "audit.view", "查看操作日志"


class Role(TextChoices):
    """What somebody is for the programme."""

    OFFICE = "office", "领导小组办公室"
    LEADER = "leader", "领导小组"
    DEPARTMENT = "department", "成员单位"
    COUNTY_FILL = "county_fill", "县(区)填报"
    COUNTY_CHECK = "county_check", "县(区)审核"
    TOWN = "town", "专业镇"
    EXPERT = "expert", "专家"
    ENTERPRISE = "enterprise", "企业"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


# 三员分立: three persons, since whoever held two of these could act and hide it.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})

P = Permission
_READ = frozenset({P.WORKBENCH, P.PLAN_VIEW, P.TOWN_VIEW, P.LIST_VIEW})
_RECEIVE = frozenset({P.DOCUMENT_VIEW, P.DOCUMENT_RECEIVE})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OFFICE: _READ
    | {
        P.PLAN_CHECKUP,
        P.POST_CHANGE,
        P.TOWN_CHANGE,
        P.APPLICATION_VIEW,
        P.APPLICATION_JUDGE,
        P.ROUND_MANAGE,
        P.CASE_EXAMINE,
        P.CASE_PROPOSE,
        P.PUBLICITY_MANAGE,
        P.TITLE_MANAGE,
        P.LIST_CHANGE,
        P.LIST_MERGE,
        P.NEED_RAISE,
        P.NEED_ASSIGN,
        P.DOCUMENT_VIEW,
        P.DOCUMENT_DRAFT,
        P.DOCUMENT_CHECK,
        P.DOCUMENT_BATCH,
        P.OUTBOX_MANAGE,
        P.PLAN_MANAGE,
        P.WORK_VERIFY,
        P.PROBLEM_RAISE,
        P.SHEET_VIEW,
        P.INDICATOR_MANAGE,
        P.EVALUATION_VIEW,
        P.EVALUATION_MANAGE,
        P.EXPORT,
        P.AUDIT_VIEW,
    },
    Role.LEADER: _READ
    | {
        P.PLAN_CHECKUP,
        P.APPLICATION_VIEW,
        P.CASE_DECIDE,
        P.DOCUMENT_VIEW,
        P.DOCUMENT_SIGN,
        P.DOCUMENT_BATCH,
        P.PLAN_DECIDE,
        P.SHEET_VIEW,
        P.EVALUATION_VIEW,
        P.EVALUATION_DECIDE,
        P.EXPORT,
    },
    Role.DEPARTMENT: _READ
    | _RECEIVE
    | {P.LIST_CHANGE, P.NEED_RAISE, P.NEED_ANSWER, P.WORK_FILL, P.WORK_CHECK, P.PROBLEM_RAISE, P.EXPORT}
    | {P.SHEET_VIEW, P.VALUE_CERTIFY, P.EVALUATION_VIEW},
    Role.COUNTY_FILL: _READ
    | _RECEIVE
    | {P.APPLICATION_VIEW, P.APPLICATION_FILL, P.LIST_CHANGE, P.NEED_RAISE, P.WORK_FILL, P.PROBLEM_RAISE, P.EXPORT}
    | {P.SHEET_VIEW, P.SHEET_FILL, P.EVALUATION_VIEW, P.EVALUATION_REPLY},
    Role.COUNTY_CHECK: _READ
    | _RECEIVE
    | {P.APPLICATION_VIEW, P.APPLICATION_CHECK, P.WORK_CHECK, P.EXPORT}
    | {P.SHEET_VIEW, P.SHEET_CHECK, P.EVALUATION_VIEW, P.EVALUATION_SEND},
    Role.TOWN: _READ
    | _RECEIVE
    | {P.APPLICATION_VIEW, P.LIST_CHANGE, P.NEED_RAISE, P.PROBLEM_RAISE, P.SHEET_VIEW, P.SHEET_FILL}
    | {P.EVALUATION_VIEW},
    Role.EXPERT: frozenset({P.WORKBENCH, P.PLAN_VIEW, P.CASE_SCORE}),
    Role.ENTERPRISE: frozenset({P.WORKBENCH, P.PLAN_VIEW, P.LIST_VIEW, P.LIST_CORRECT, P.NEED_RAISE, P.PROBLEM_RAISE}),
    Role.SYSTEM_ADMIN: frozenset({P.WORKBENCH, P.USER_VIEW, P.USER_CHANGE}),
    Role.SECURITY_ADMIN: frozenset({P.WORKBENCH, P.USER_VIEW, P.ROLE_CHANGE}),
    Role.AUDIT_ADMIN: frozenset({P.WORKBENCH, P.AUDIT_VIEW}),
}
