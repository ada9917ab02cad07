"""Objections as their page shows them: what each is about, what may be done with it, what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from spectown.core.evaluation.lifecycle import OBJECTION
from spectown.core.evaluation.snapshot import NOW, Meaning
from spectown.evaluation.models import Evaluation, Reply, Snapshot, SnapshotValue
from spectown.evaluation.models.said import ReplyQuerySet
from spectown.evaluation.services import replying as services
from spectown.evaluation.standing import taken
from spectown.organisations.actors import Actor
from spectown.web.evaluation.forms import AnswerForm
from spectown.web.evaluation.seen import REPLY_TONES

Item = dict[str, Any]
WITH = ("value__participant__town", "value__participant__snapshot__evaluation", "raised_by", "sent_by", "answered_by",
        "renewed", "renews")  # fmt: skip


def items_of(actor: Actor, found: Evaluation, snapshot: Snapshot, typed: AnswerForm | None) -> list[Item]:
    """Those to figures of a freeze, each with its moves; `typed`: an answer that was refused."""
    rows = _rows(actor).filter(value__participant__snapshot=snapshot)
    names = taken(snapshot).meanings
    return [{**_said(row, names), **_moves(actor, row, found, typed)} for row in rows]


def earlier_items(actor: Actor, found: Evaluation, snapshot: Snapshot) -> list[Item]:
    """Those to figures of former freezes, each with the figure of the present one beside what it asked for."""
    rows = list(_rows(actor).filter(value__participant__snapshot__evaluation=found).exclude(
        value__participant__snapshot=snapshot))  # fmt: skip
    if not rows:
        return []
    names, figures = taken(snapshot).meanings, _figures(rows, snapshot)
    found_items = []
    for row in rows:
        value = figures.get((row.value.participant.town_id, row.value.code))
        now = None if value is None else value.now if row.which == NOW else value.last
        lost = row.state == "accepted" and now != row.after
        number = row.value.participant.snapshot.number
        found_items.append({**_said(row, names), "now": now, "lost": lost, "number": number})
    return found_items


def _rows(actor: Actor) -> ReplyQuerySet:
    return Reply.objects.visible_to(actor).select_related(*WITH).order_by("pk")


def _figures(rows: Sequence[Reply], snapshot: Snapshot) -> Mapping[tuple[int, str], SnapshotValue]:
    values = SnapshotValue.objects.filter(participant__snapshot=snapshot, code__in={row.value.code for row in rows})
    return {(value.participant.town_id, value.code): value for value in values.select_related("participant")}


def _said(row: Reply, names: Mapping[str, Meaning]) -> Item:
    meaning = names.get(row.value.code)
    return {
        "row": row,
        "again_id": f"again-{row.pk}",
        "renewed": hasattr(row, "renewed"),
        "tone": "neutral" if hasattr(row, "renewed") else REPLY_TONES[row.state],
        "name": meaning.name if meaning else row.value.code,
        "unit": meaning.unit if meaning else "",
    }


def _moves(actor: Actor, row: Reply, found: Evaluation, typed: AnswerForm | None) -> Item:
    """Buttons, the form of an answer, whether the answer may be taken up again."""
    if hasattr(row, "renewed"):
        return {"plain": [], "form": None, "again": ""}
    moves = {m.code: m for m in OBJECTION.moves if row.state in m.sources and actor.may(m.permission)}
    answering = found.state == "replies" and "accept" in moves
    form = (
        typed
        if typed is not None and typed.row == row
        else AnswerForm(row=row, initial={"after": f"{row.asked.normalize():f}"})
    )
    return {
        "plain": [(m, services.refusals(reply=row, code=m.code, by=actor)) for m in moves.values() if not m.reason],
        "form": form if answering else None,
        "again": reverse("evaluation:reply_move", args=[found.key, row.pk, "reconsider"])
        if found.state == "replies" and "reconsider" in moves
        else "",
    }
