"""Tables of states: who may move what, with all reasons at once."""

import pytest

from spectown.core.workflow import Attempt, Move, Workflow

TABLE = Workflow(
    labels={"open": "填报中", "sent": "待审核", "done": "已审核"},
    moves=(
        Move("send", "提交", ("open",), "sent", "fill"),
        Move("check", "审核", ("sent",), "done", "check", not_by=("send",)),
        Move("return", "退回", ("sent",), "open", "check", reason=True),
    ),
)


def attempt(*permissions: str, user: int | None = 1, sender: int | None = 2, reason: str = "") -> Attempt:
    return Attempt(frozenset(permissions), user, {"send": sender}, reason)


@pytest.mark.parametrize(
    ("code", "state", "who", "expected"),
    [
        ("send", "open", attempt("fill"), []),
        ("send", "sent", attempt("fill"), ["当前状态为“待审核”,只有“填报中”时才能提交。"]),
        ("send", "open", attempt("check"), ["当前角色不能提交。"]),
        ("check", "sent", attempt("check"), []),
        ("check", "sent", attempt("check", sender=1), ["填报和审核须由两人分别办理,不能由填报人自己审核。"]),
        ("check", "sent", attempt("check", user=None, sender=None), []),
        ("return", "sent", attempt("check", reason=" \n"), ["退回须写明理由。"]),
        ("return", "sent", attempt("check", reason="数据不符"), []),
    ],
)
def test_refusals(code: str, state: str, who: Attempt, expected: list[str]) -> None:
    assert TABLE.refusals(code, state, who) == expected


def test_all_reasons_are_given_at_once() -> None:
    assert len(TABLE.refusals("return", "done", attempt())) == 3


def test_the_reason_is_asked_for_later() -> None:
    assert [move.code for move in TABLE.open_moves("sent", attempt("check"))] == ["check", "return"]


def test_unknown_move_is_an_error() -> None:
    with pytest.raises(KeyError):
        TABLE.move("jump")


def test_diagram_shows_every_state_and_move() -> None:
    lines = TABLE.diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    open: 填报中" in lines
    assert "    sent --> done: 审核" in lines
    assert len(lines) == 1 + 3 + 3


NEEDING = Workflow(
    labels={"open": "填报中", "sent": "待审核"},
    moves=(Move("send", "提交", ("open",), "sent", "fill", needs=("complete", "inside"), effects=("pin",)),),
    needs={"complete": "材料齐全", "inside": "在申报期限内"},
    effects={"pin": "固定版本"},
)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"complete": (), "inside": ()}, []),
        ({"complete": ("缺第3项。", "缺第5项。"), "inside": ()}, ["缺第3项。", "缺第5项。"]),
        ({"complete": ()}, ["提交须在申报期限内。"]),  # not looked at: does not hold
        ({}, ["提交须材料齐全。", "提交须在申报期限内。"]),
    ],
)
def test_conditions(conditions: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    who = Attempt(frozenset({"fill"}), 1, {}, conditions=conditions)
    assert NEEDING.refusals("send", "open", who) == expected
    assert bool(NEEDING.open_moves("open", who)) is not bool(expected)


def test_table_says_who_what_is_needed_and_what_it_does() -> None:
    assert "| 提交 `send` | 填报中 → 待审核 | `fill` | 材料齐全;在申报期限内 | 固定版本 |" in NEEDING.table()
    assert "与前一步不是同一人" in TABLE.table()
    assert "写明理由" in TABLE.table()
