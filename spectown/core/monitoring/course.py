"""States of a sheet (报表:一镇一期) and of its cells, as tables. Prose: docs/algorithms/monitoring.md."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from spectown.core.monitoring.values import Value
from spectown.core.monitoring.words import CERTIFY, CHECK, EFFECTS, FILL, MANAGE, NEEDS
from spectown.core.workflow import Move, Workflow

SHEET = Workflow(
    {
        "not_started": "未开始",
        "filling": "填报中",
        "filled": "待审核",
        "checked": "已审核",
        "sent": "已报送",
        "returned": "已退回",
        "accepted": "已验收",
        "locked": "已锁定",
    },
    (
        Move(
            "start",
            "开始填报",
            ("not_started",),
            "filling",
            FILL,
            needs=("own_town", "window_open"),
            effects=("prefill",),
        ),
        Move(
            *("hand_in", "提交审核", ("filling", "returned"), "filled", FILL),
            needs=("own_town", "window_open", "all_answered", "no_errors", "warnings_explained", "footer_filled"),
            effects=("new_version",),
        ),
        Move(
            *("unit_return", "退回填报人", ("filled", "checked"), "filling", CHECK),
            reason=True,
            needs=("own_town",),
            effects=("keep_fields",),
        ),
        Move("check", "审核", ("filled",), "checked", CHECK, not_by=("hand_in",), needs=("own_town", "no_errors")),
        Move(
            *("send", "报送", ("checked",), "sent", CHECK),
            not_by=("hand_in",),
            needs=("own_town", "window_open"),
            effects=("stop_clock", "tell_bureaus", "count_in"),
        ),
        Move(
            *("send_back", "退回", ("sent", "accepted"), "returned", MANAGE),
            reason=True,
            needs=("cells_named", "again_set"),
            effects=("keep_fields", "open_cells", "start_clock", "tell_unit"),
        ),
        Move("accept", "验收", ("sent",), "accepted", MANAGE, needs=("cells_settled",)),
        Move("lock", "锁定", ("accepted",), "locked", MANAGE),
        Move(
            *("unlock", "解锁", ("locked",), "returned", MANAGE),
            reason=True,
            not_by=("lock",),
            needs=("cells_named", "again_set"),
            effects=("keep_fields", "open_cells", "start_clock", "tell_unit"),
        ),
    ),
    apart="填报和审核、锁定和解锁须由两人分别办理,不能由前一步的同一人",
    needs=NEEDS,
    effects=EFFECTS,
)

ANSWERABLE = ("reported", "resubmitted", "agreed", "differs", "deemed")
CELL = Workflow(
    {
        "reported": "已填报",
        "agreed": "核定一致",
        "differs": "核定不一致",
        "returned": "已退回",
        "resubmitted": "已重报",
        "deemed": "视同无异议",
    },
    (
        Move(
            *("agree", "核定一致", ("reported", "resubmitted", "differs", "deemed"), "agreed", CERTIFY),
            needs=("own_indicator", "sheet_sent"),
            effects=("new_version",),
        ),
        Move(
            *("differ", "核定为另一数", ("reported", "resubmitted", "agreed", "deemed"), "differs", CERTIFY),
            reason=True,
            needs=("own_indicator", "sheet_sent", "figure_given"),
            effects=("new_version", "certified_counts", "tell_unit"),
        ),
        Move(
            *("bureau_return", "退回", ANSWERABLE, "returned", CERTIFY),
            reason=True,
            needs=("own_indicator", "sheet_sent"),
            effects=("keep_fields", "open_cells", "tell_unit"),
        ),
        Move(
            *("office_return", "退回", ANSWERABLE, "returned", MANAGE),
            reason=True,
            needs=("sheet_sent",),
            effects=("keep_fields", "open_cells", "tell_unit"),
        ),
        Move("deem", "视同无异议", ("reported", "resubmitted"), "deemed", MANAGE, needs=("bureau_silent",)),
        Move(
            *("resubmit", "审核重报", ("returned",), "resubmitted", CHECK),
            not_by=("fill",),
            needs=("own_town", "window_open"),
            effects=("new_version", "tell_bureaus"),
        ),
    ),
    needs=NEEDS,
    effects=EFFECTS,
)

SETTLED = frozenset({"agreed", "differs"})  # states of a cell in which the bureau has answered: it is certified
DEEMED = "deemed"  # the bureau let its days pass: not certified, but nobody waits for it
ANSWERED = SETTLED | {DEEMED}
TABLES: Mapping[str, Workflow] = MappingProxyType({"Sheet (报表:一镇一期)": SHEET, "Cell (一格数值)": CELL})
_HEAD = """# States of monitoring: a sheet, a cell

Generated from the tables in `spectown/core/monitoring/course.py` by
`python -c "from spectown.core.monitoring.course import document; print(document(), end='')"`; a test compares. Prose:
[monitoring](monitoring.md).
"""


def document() -> str:
    """Both tables with their diagrams, as Markdown."""
    return "\n".join([_HEAD, *(table.section(name) for name, table in TABLES.items())])


def counted(reported: Value, certified: Value | None) -> Value:
    """The value that counts: the certified one where the bureau gave one. Both are kept."""
    return reported if certified is None else certified
