"""Problems (问题): states and moves."""

from spectown.core.supervision.words import CHECK, EFFECTS, NEEDS, PLAN, RAISE
from spectown.core.workflow import Move, Workflow

PROBLEM = Workflow(
    {
        "raised": "待分办",
        "routed": "待受理",
        "accepted": "办理中",
        "answered": "已答复",
        "solved": "已解决",
        "joined": "已并入共性问题",
        "withdrawn": "已撤回",
    },
    (
        Move("route", "分办", ("raised",), "routed", PLAN, needs=("unit_named",), effects=("start_clock", "tell_unit")),
        Move(
            *("reassign", "改派", ("routed", "accepted", "answered"), "routed", PLAN),
            reason=True,
            needs=("unit_named",),
            effects=("start_clock", "tell_unit"),
        ),
        Move("accept", "受理", ("routed",), "accepted", CHECK, needs=("own_unit",), effects=("tell_raiser",)),
        Move(
            *("refuse", "不予受理", ("routed", "accepted"), "raised", CHECK),
            reason=True,
            needs=("own_unit",),
            effects=("stop_clock", "back_to_office"),
        ),
        Move(
            *("answer", "答复", ("accepted",), "answered", CHECK),
            needs=("own_unit", "answered"),
            effects=("stop_clock", "tell_raiser"),
        ),
        Move("confirm", "确认解决", ("answered",), "solved", RAISE, needs=("raiser",)),
        Move(
            *("reopen", "未解决,退回重办", ("answered", "solved"), "accepted", RAISE),
            reason=True,
            needs=("raiser",),
            effects=("start_clock", "tell_unit"),
        ),
        Move(
            "join",
            "并入共性问题",
            ("raised", "routed", "accepted"),
            "joined",
            PLAN,
            needs=("common_named",),
            effects=("stop_clock", "tell_raiser"),
        ),
        Move("part", "移出共性问题", ("joined",), "raised", PLAN, reason=True, effects=("tell_raiser",)),
        Move(
            *("leave", "本单位仍未解决,单独办理", ("joined",), "raised", RAISE),
            reason=True,
            needs=("raiser", "common_answered"),
            effects=("back_to_office",),
        ),
        Move(
            *("withdraw", "撤回", ("raised", "routed", "accepted"), "withdrawn", RAISE),
            needs=("raiser",),
            effects=("stop_clock", "tell_unit"),
        ),
    ),
    needs=NEEDS,
    effects=EFFECTS,
)
