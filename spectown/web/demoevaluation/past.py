"""An earlier year of the demonstration, played to the end: objections, 临界 decisions, sign-off, publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from spectown.core.evaluation.consequences import GOOD, Call
from spectown.evaluation.models import Evaluation, Result, SnapshotValue
from spectown.evaluation.services import beginning, deciding, moves, replying
from spectown.evaluation.standing import result_row, snapshot_row, undecided
from spectown.towns.models import Town
from spectown.web.demorounds.days import on_day
from spectown.web.demorounds.papers import paper
from spectown.web.demorounds.world import acting

Words = Mapping[str, Any]
HONOURED = "gaoxin-xinchuang"


def play(evaluation: Evaluation, data: Words, ago: int) -> None:
    """From what was begun on 3 March of the following year to the papers in April; `ago`: years before this one."""
    with _day(evaluation, 5):
        honour(evaluation, Town.objects.filter(code=HONOURED).first(), data["honours"])
        _moves(evaluation, "freeze", "compute")
    with _day(evaluation, 6):
        _moves(evaluation, "open_replies")
    _replies(evaluation, data, ago)
    with _day(evaluation, 33):
        _moves(evaluation, "close_replies", "finalise")
    with _day(evaluation, 36):
        _decide(evaluation, data["reasons"])
        moves.move(evaluation=evaluation, code="sign", by=acting("demo-leader"))
    with _day(evaluation, 38):
        _moves(evaluation, "publish")
    with _day(evaluation, 45):
        _moves(evaluation, "follow")


@contextmanager
def _day(evaluation: Evaluation, number: int) -> Iterator[None]:
    """So many days from 1 March of the year after."""
    with on_day(datetime.date(evaluation.year + 1, 3, 1) + datetime.timedelta(number - 1), 0):
        yield


def _moves(evaluation: Evaluation, *codes: str) -> None:
    for code in codes:
        moves.move(evaluation=evaluation, code=code, by=acting("demo-office"))


def honour(evaluation: Evaluation, town: Town | None, reason: str) -> None:
    """A bonus of the town, entered before the freeze; nothing where there is no such town."""
    if town is not None:
        by = acting("demo-office")
        beginning.enter(evaluation=evaluation, town=town, code="honours", amount=Decimal(1), reason=reason, by=by)


def _replies(evaluation: Evaluation, data: Words, ago: int) -> None:
    evaluation.refresh_from_db()
    values = SnapshotValue.objects.filter(participant__snapshot=snapshot_row(evaluation))
    for spec in data["objections"]:
        value = values.filter(participant__town__code=spec["town"], code=spec["code"]).first()
        if ago in spec["years"] and value is not None and value.now is not None:
            _object(evaluation, value, value.now, spec)
    for county in data["confirmed"]:
        with _day(evaluation, 12):
            replying.confirm(evaluation=evaluation, by=acting(f"demo-{county}-check"))


def _object(evaluation: Evaluation, value: SnapshotValue, now: Decimal, spec: Words) -> None:
    asked = round(now * Decimal(spec["factor"]), 2)
    content = paper(spec["file"], spec["text"])
    said = replying.Objection("now", asked, spec["text"], 1, f"{spec['file']}.pdf", content)
    with _day(evaluation, 10):
        reply = replying.raise_reply(value=value, objection=said, by=acting(f"demo-{spec['by']}-fill"))
        replying.move_reply(reply=reply, code="send", by=acting(f"demo-{spec['by']}-check"))
    with _day(evaluation, 17):
        after = asked if spec["code_of_answer"] == "accept" else None
        answer = {"code": spec["code_of_answer"], "reason": spec["answer"], "after": after}
        replying.move_reply(reply=reply, by=acting("demo-office"), **answer)


def _decide(evaluation: Evaluation, reasons: Words) -> None:
    result = result_row(evaluation, "final")
    if result is None:
        raise RuntimeError("no final result")
    for call in undecided(result):
        share = _share(result, call)
        applies = share >= 0.5
        reason = reasons[call.line][0 if applies else 1].replace("{share}", f"{share:.0%}")
        said = {"town": call.town, "line": call.line, "applies": applies, "reason": reason}
        deciding.decide(evaluation=evaluation, by=acting("demo-leader"), **said)


def _share(result: Result, call: Call) -> float:
    """How often the town stands beyond the line in the draws."""
    board = result.content["board"]["rows"] if call.line != "progress" else result.content["progress"]
    row = next(each for each in board if each["name"] == call.town)
    return float(row["p_bottom" if call.line not in GOOD else "p_top"] or 0)
