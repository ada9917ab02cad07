"""Tables beside that of a case: the round itself (批次), an objection (异议), a title (称号)."""

from spectown.core.rounds.words import AWARD, EFFECTS, MANAGE, NEEDS, PUBLISH
from spectown.core.workflow import Move, Workflow

ROUND = Workflow(
    {
        "draft": "拟定中",
        "published": "已发布",
        "open": "申报中",
        "reviewing": "审查评审中",
        "deciding": "研究认定中",
        "closed": "已办结",
    },
    (
        Move(
            *("publish", "发布批次", ("draft",), "published", MANAGE),
            not_by=("changed",),
            needs=("rules_sound",),
            effects=("pin_rules", "draft:application_notice"),
        ),
        Move("unpublish", "撤下批次", ("published",), "draft", MANAGE, reason=True, needs=("no_applications",)),
        Move(
            *("change_published", "修改规则", ("published",), "published", MANAGE),
            reason=True,
            not_by=("changed",),
            needs=("rules_sound", "differences_recorded"),
            effects=("new_rules_version",),
        ),
        Move(
            *("change_open", "修改规则", ("open",), "open", MANAGE),
            reason=True,
            not_by=("changed",),
            needs=("rules_sound", "differences_recorded"),
            effects=("new_rules_version",),
        ),
        Move("open", "开始申报", ("published",), "open", MANAGE, needs=("window_started",)),
        Move("close_window", "截止申报", ("open",), "reviewing", MANAGE, needs=("window_ended",)),
        Move(
            *("reopen", "延长申报", ("reviewing",), "open", MANAGE),
            reason=True,
            not_by=("changed",),
            needs=("window_extended", "rules_sound", "differences_recorded"),
            effects=("new_rules_version",),
        ),
        Move("decide", "转入研究认定", ("reviewing",), "deciding", MANAGE, needs=("all_reviewed",)),
        Move("close", "办结批次", ("deciding",), "closed", MANAGE, needs=("all_settled",)),
    ),
    apart="拟定和发布须由两人分别办理,不能由拟定人自己",
    needs=NEEDS,
    effects=EFFECTS,
)

OBJECTION = Workflow(
    {
        "raised": "已提出",
        "accepted": "已受理",
        "not_accepted": "不予受理",
        "upheld": "异议成立",
        "dismissed": "异议不成立",
        "withdrawn": "异议人撤回",
    },
    (
        Move("accept", "受理异议", ("raised",), "accepted", PUBLISH, needs=("admissible",), effects=("block_town",)),
        Move(
            *("reject", "不予受理异议", ("raised",), "not_accepted", PUBLISH),
            reason=True,
            needs=("not_admissible",),
            effects=("release_town",),
        ),
        Move(
            *("uphold", "认定异议成立", ("accepted",), "upheld", PUBLISH),
            reason=True,
            not_by=("propose",),
            needs=("answer_recorded",),
        ),
        Move(
            *("dismiss", "认定异议不成立", ("accepted",), "dismissed", PUBLISH),
            reason=True,
            not_by=("propose",),
            needs=("answer_recorded",),
            effects=("release_town",),
        ),
        Move(
            *("withdraw", "登记撤回", ("raised", "accepted"), "withdrawn", PUBLISH),
            reason=True,
            effects=("release_town",),
        ),
    ),
    apart="拟定认定意见和处理异议须由两人分别办理,不能由拟定人",
    needs=NEEDS,
    effects=EFFECTS,
)

TITLE = Workflow(
    {
        "valid": "有效",
        "rectification": "限期整改",
        "withdrawn": "已撤销",
        "given_up": "主动退出",
        "expired": "已到期",
        "superseded": "已由上级称号取代",
    },
    (
        Move("renew", "续期", ("valid",), "valid", AWARD, needs=("title_decision",)),
        Move("mark", "责令限期整改", ("valid",), "rectification", AWARD, needs=("title_decision",)),
        Move("unmark", "整改验收通过", ("rectification",), "valid", AWARD, needs=("title_decision",)),
        Move(
            *("withdraw", "撤销称号", ("valid", "rectification"), "withdrawn", AWARD),
            reason=True,
            needs=("title_decision",),
        ),
        Move(
            *("give_up", "登记主动退出", ("valid", "rectification"), "given_up", AWARD),
            reason=True,
            needs=("title_decision",),
        ),
        Move("expire", "登记到期", ("valid", "rectification"), "expired", AWARD, needs=("validity_over",)),
        Move("supersede", "登记升级", ("valid",), "superseded", AWARD, needs=("higher_title",)),
        Move("revive", "恢复原级", ("superseded",), "valid", AWARD, reason=True, needs=("higher_title_lost",)),
        Move("restore", "申诉成立恢复", ("withdrawn",), "valid", AWARD, reason=True, needs=("appeal_upheld",)),
    ),
    needs=NEEDS,
    effects=EFFECTS,
)
