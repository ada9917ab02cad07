"""Words and tones for states of measures and reports: whose turn it is, what comes next."""

from __future__ import annotations

from spectown.supervision.models import Work
from spectown.web.notices.words import NEXT as NOTICE_NEXT
from spectown.web.notices.words import TONES as NOTICE_TONES

OFFICE, LEADERS = "领导小组办公室", "领导小组"
# By kind and state: who has it ("" = nobody, "holder" = the unit), what is next, tone of the tag.
TURNS: dict[str, dict[str, tuple[str, str, str]]] = {
    "measure": {
        "draft": (OFFICE, "写全后提请审定", "neutral"),
        "proposed": (LEADERS, "审定", "blue"),
        "approved": ("holder", "签收,或提出异议", "blue"),
        "objected": (OFFICE, "维持、退回修改", "yellow"),
        "running": ("holder", "按时间节点办理,每期报送进展", "blue"),
        "reported": (OFFICE, "核实", "yellow"),
        "verified": ("", "", "green"),
        "cancelled": ("", "", "neutral"),
    },
    "report": {
        "draft": ("holder", "填报", "neutral"),
        "checking": ("holder", "本单位另一人审核后报送", "blue"),
        "sent": (OFFICE, "阅,或退回", "blue"),
        "acknowledged": ("", "", "green"),
        "returned": ("holder", "修改后再报", "yellow"),
    },
    "sheet": {
        "not_started": ("holder", "填报", "neutral"),
        "filling": ("holder", "填完后提交审核", "blue"),
        "filled": ("holder", "另一人审核", "blue"),
        "checked": ("holder", "报送", "blue"),
        "sent": ("来源单位、领导小组办公室", "核定、验收", "blue"),
        "returned": ("holder", "改正退回的格后再报", "yellow"),
        "accepted": ("", "", "green"),
        "locked": ("", "", "green"),
    },
    "problem": {
        "raised": (OFFICE, "分办给承办单位", "yellow"),
        "routed": ("holder", "受理,或不予受理", "blue"),
        "accepted": ("holder", "办理并答复", "blue"),
        "answered": ("提出单位", "确认是否解决", "yellow"),
        "solved": ("", "", "green"),
        "joined": ("", "", "neutral"),
        "withdrawn": ("", "", "neutral"),
    },
}


def who_of(work: Work) -> str:
    """Whose turn it is; empty at an end, or where the kind has pages of its own."""
    if work.ended_on is not None:
        return ""
    found = TURNS.get(work.kind, {}).get(work.state, ("", "", ""))[0]
    return str(work.holder or "") if found == "holder" else found


def next_of(work: Work) -> str:
    """What comes next."""
    if work.ended_on:
        return ""
    known = TURNS.get(work.kind, {}).get(work.state)
    return known[1] if known else NOTICE_NEXT.get(work.state, "") if work.kind == "notice" else ""


def tone_of(work: Work) -> str:
    """Colour of the tag of its state."""
    known = TURNS.get(work.kind, {}).get(work.state)
    return known[2] if known else NOTICE_TONES.get(work.state, "blue") if work.kind == "notice" else "blue"
