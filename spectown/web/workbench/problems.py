"""Problems whose next move is the actor's: to route, to take on and answer, to confirm."""

from __future__ import annotations

import datetime
from urllib.parse import urlencode

from spectown.organisations.actors import Actor
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem
from spectown.supervision.services.problems import waiting_for
from spectown.web.lists.found import list_url, row_url
from spectown.web.problems.course import NEXT
from spectown.web.workbench.parts import SHOWN, Item, Part

# Heading and states; what lies there longest stands first.
PARTS = (
    ("分办给本单位的问题", ("routed", "accepted")),
    ("待分办的问题", ("raised",)),
    ("已答复、待确认是否解决的问题", ("answered",)),
)


def problems(actor: Actor, today: datetime.date) -> list[Part]:
    """Problems to route, to answer, to confirm."""
    return [part for heading, states in PARTS for part in _part(actor, heading, states, today)]


def _part(actor: Actor, heading: str, states: tuple[str, ...], today: datetime.date) -> list[Part]:
    rows = waiting_for(actor).filter(state__in=states)
    found = list(rows.select_related("work", "territory", "enterprise", "raiser").order_by("work__since", "pk")[:SHOWN])
    if not found:
        return []
    chosen = {"state": states[0]} | ({"holder": actor.unit_id} if "routed" in states else {})
    url = f"{list_url(PROBLEMS)}?{urlencode(chosen)}"
    return [Part(heading, [_item(problem, today) for problem in found], rows.count(), url=url)]


def _item(problem: Problem, today: datetime.date) -> Item:
    work = problem.work
    late = work is not None and work.light in ("yellow", "red")
    days = (today - work.anchored_on).days if work and work.anchored_on else 0
    return Item(
        title=str(problem),
        url=row_url(PROBLEMS, problem.pk),
        note=f"{problem.territory or ''} {problem.enterprise or problem.raiser or ''}".strip(),
        alarm=work.light_why if work and late else "",
        clause=problem.clause or "四(三)",
        state=problem.get_state_display(),
        tone="red" if late else "blue",
        since=str(work.since if work else problem.raised_on),
        next=f"{NEXT[problem.state]}{f'(已交办 {days} 天)' if days else ''}",
    )
