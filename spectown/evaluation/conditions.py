"""Conditions of the moves of an evaluation: sentences of what is lacking, () = it holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

from django.utils import timezone

from spectown.core.evaluation.sharing import title_of
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.yearscheme import GENERAL
from spectown.evaluation import schemes
from spectown.evaluation.gathering import towns_of_year
from spectown.evaluation.models import Evaluation, Reply
from spectown.evaluation.standing import elsewhere, result_row, snapshot_row, undecided, units_to_answer

Lacking = tuple[str, ...]


def _year_over(evaluation: Evaluation) -> Lacking:
    last = datetime.date(evaluation.year, 12, 31)
    return () if timezone.localdate() > last else (f"{evaluation.year}年还没有结束,{last} 之后才能冻结数据。",)


def _scheme_sound(evaluation: Evaluation) -> Lacking:
    try:
        evaluation.rules  # noqa: B018  # reading it is the check
    except Unusable as fault:
        return (str(fault),)
    return ()


def _towns_there(evaluation: Evaluation) -> Lacking:
    try:
        towns = towns_of_year(evaluation.year, evaluation.rules)
    except Unusable as fault:
        return (str(fault),)
    return () if towns else (f"{evaluation.year}年末没有参加评估的专业镇。",)


def _categories_same(evaluation: Evaluation) -> Lacking:
    """The first freeze goes by the categories that are in force; later ones by those that counties have seen."""
    if evaluation.code == GENERAL or evaluation.round > 1:
        return ()
    now = schemes.in_force(evaluation.year, evaluation.code)
    if now is None:
        return (f"“{title_of(evaluation.scheme)}”{evaluation.year}年度已停用,这些类别由总方案评估。",)
    same = set(now["categories"]) == set(evaluation.scheme["categories"])
    return () if same else ("现行方案的适用类别已改,请先在“评估方案”页改用现行方案。",)


def _towns_once(evaluation: Evaluation) -> Lacking:
    try:
        towns = towns_of_year(evaluation.year, evaluation.rules)
    except Unusable as fault:
        return (str(fault),)
    taken = elsewhere(evaluation, [town.pk for town in towns])
    return tuple(f"{'、'.join(names)}已在“{name}”中冻结,一个镇一年只参加一次评估。" for name, names in taken.items())


def _replies_over(evaluation: Evaluation) -> Lacking:
    until = evaluation.reply_until
    if until is not None and timezone.localdate() > until:
        return ()
    waiting = units_to_answer(evaluation)
    if not waiting:
        return ()
    names = "、".join(str(unit) for unit in waiting[:5]) + ("等" if len(waiting) > 5 else "")
    return (f"反馈至 {until} 截止,还有 {len(waiting)} 个单位没有确认或提出意见:{names}。",)


def _replies_answered(evaluation: Evaluation) -> Lacking:
    number = Reply.objects.filter(value__participant__snapshot=snapshot_row(evaluation), state="sent").count()
    return (f"还有 {number} 件意见没有答复。",) if number else ()


def _critical_decided(evaluation: Evaluation) -> Lacking:
    result = result_row(evaluation, "final")
    if result is None:
        return ("还没有终算结果。",)
    open_ = undecided(result)
    names = "、".join(dict.fromkeys(call.town for call in open_))
    return (f"还有 {len(open_)} 件临界事项没有决定:{names}。",) if open_ else ()


CONDITIONS: Mapping[str, Callable[[Evaluation], Lacking]] = {
    "year_over": _year_over,
    "scheme_sound": _scheme_sound,
    "towns_there": _towns_there,
    "categories_same": _categories_same,
    "towns_once": _towns_once,
    "replies_over": _replies_over,
    "replies_answered": _replies_answered,
    "critical_decided": _critical_decided,
}


class Asked(Mapping[str, Lacking]):
    """The conditions of one evaluation, each worked out when it is asked for."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation

    def __getitem__(self, name: str) -> Lacking:
        """Sentences of what is lacking. Raises KeyError for an unknown name."""
        return CONDITIONS[name](self._evaluation)

    def __iter__(self) -> Iterator[str]:
        """All names."""
        return iter(CONDITIONS)

    def __len__(self) -> int:
        """How many there are."""
        return len(CONDITIONS)
