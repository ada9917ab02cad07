"""Cases of rounds that wait for the actor, rules that wait to be published, documents that wait to be drafted."""

from __future__ import annotations

import datetime

from django.urls import reverse

from spectown.accounts.permissions import Permission, Role
from spectown.core.rounds.ball import TURNS, Holder
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, DueDocument, Round, RulesVersion
from spectown.rounds.services import notices
from spectown.rounds.services.papers import waiting
from spectown.web.rounds.papersshown import label_of
from spectown.web.rounds.shown import Row, rows_of, with_course
from spectown.web.rounds.words import CASE_TONES
from spectown.web.workbench.parts import SHOWN, Item, Part, when

HOLDERS = {
    Role.COUNTY_FILL: Holder.COUNTY_FILL,
    Role.COUNTY_CHECK: Holder.COUNTY_CHECK,
    Role.OFFICE: Holder.OFFICE,
    Role.LEADER: Holder.LEADER,
}


def cases(actor: Actor, today: datetime.date) -> list[Part]:
    """Cases whose ball the actor's role has, those that entered their state first."""
    holder = HOLDERS.get(actor.role) if actor.role else None
    if holder is None:
        return []
    states = [state for state, turn in TURNS.items() if turn.holder is holder]
    rows = Case.objects.visible_to(actor).filter(state__in=states)
    found = rows_of(list(with_course(rows).order_by("since", "pk")[:SHOWN]))
    return (
        [Part("认定批次中待办的申报", [_item(row) for row in found], rows.count(), url=reverse("rounds:list"))]
        if found
        else []
    )


def _item(row: Row) -> Item:
    held = row.held
    over = held.days_left is not None and held.days_left < 0
    return Item(
        title=str(row.case.application),
        url=row.url,
        note=f"{row.case.unit.name} {row.case.round.name}",
        alarm=f"期限{held.clock}" if over else "",
        state=row.case.get_state_display(),
        tone=CASE_TONES.get(row.case.state, "blue"),
        since=f"{held.since:%Y-%m-%d}",
        next=f"{held.next}{f'({held.clock})' if held.clock and not over else ''}",
    )


def rules(actor: Actor, today: datetime.date) -> list[Part]:
    """Rules of rounds that somebody else changed and that wait to be published."""
    if not actor.may(Permission.ROUND_MANAGE):
        return []
    rows = RulesVersion.objects.filter(published_at__isnull=True).exclude(round__changed_by_id=actor.person)
    items = [
        Item(
            title=row.round.name,
            url=reverse("rounds:round", args=[row.round_id]),
            note=f"第 {row.number} 版规则,{row.made_by.name}拟定",
            since=when(row.made_at),
            next="核对后发布",
        )
        for row in rows.select_related("round", "made_by").order_by("made_at")[:SHOWN]
    ]
    return [Part("待发布的批次规则", items, rows.count(), url=reverse("rounds:list"))] if items else []


def papers(actor: Actor, today: datetime.date) -> list[Part]:
    """Documents that steps call for and nobody has begun; one that names all of a round once."""
    if not (actor.may(Permission.CASE_EXAMINE) and actor.may(Permission.DOCUMENT_DRAFT)):
        return []
    groups = waiting(Case.objects.visible_to(actor).exclude(round__state="closed"))
    shown = DueDocument.objects.select_related("step", "case__application", "case__unit", "case__round").in_bulk(
        [group[0] for group in groups[:SHOWN]]
    )
    calls = list(notices.due()) if actor.may(Permission.ROUND_MANAGE) else []
    items = [*(_notice(each) for each in calls), *(_paper(shown[g[0]], len(g)) for g in groups[:SHOWN])]
    total = len(calls) + len(groups)
    return [Part("待起草的认定公文", items[:SHOWN], total, url=reverse("rounds:list"))] if items else []


def _notice(round_: Round) -> Item:
    return Item(
        title=f"{label_of(notices.KIND)}:{round_.name}",
        url=reverse("rounds:round", args=[round_.pk]),
        since=when(round_.changed_at),
        next="起草",
    )


def _paper(row: DueDocument, number: int) -> Item:
    """`number`: of the cases that it names. The step tells apart two documents of one kind of the same case."""
    together = number > 1
    about = f"{row.case.application}等 {number} 个专业镇" if together else str(row.case.application)
    return Item(
        title=f"{label_of(row.kind)}:{about}",
        url=f"{reverse('rounds:case', args=[row.case_id])}#papers",
        note=f"{row.case.round.name if together else row.case.unit.name} {row.step.label}",
        since=f"{row.step.on:%Y-%m-%d}",
        next="起草",
    )
