"""Common problems (共性问题): what looks alike, and what a person makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.core.supervision.alike import Item, Likeness, nearest
from spectown.core.supervision.common import Cluster, clusters
from spectown.lib.columnar.reading import key_set
from spectown.lib.refusal import Refused
from spectown.lists.scope import visible
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.supervision.kinds.problemneeds import TAKING
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem
from spectown.supervision.problemrules import known_rules
from spectown.supervision.services import moves

OPEN = ("raised", "routed", "accepted")  # what can still be joined
MOST = 5000  # problems that are compared, the newest
FIELDS = ("pk", "title", "text", "clause", "kind", "chain", "holder", "enterprise", "raiser", "nature")


@dataclass(frozen=True, slots=True)
class Similar:
    """What looks like a problem that is being written: what the person may read, and how many others there are."""

    own: Sequence[tuple[Problem, Likeness]]
    others: int


def items_of(rows: Any) -> list[Item]:
    """Problems as they are compared; one query."""
    return [_item(*values) for values in rows.order_by("-pk").values_list(*FIELDS)[:MOST]]


def _item(pk: int, title: str, text: str, clause: str, kind: str, chain: str, *who: Any) -> Item:
    holder, enterprise, raiser, nature = who
    asked = f"e{enterprise}" if enterprise else f"u{raiser}" if raiser else ""
    common = nature == "common"
    return Item(pk, f"{title}。{text}", clause, kind, chain, str(holder or ""), asked, common)


def similar(*, values: Mapping[str, Any], by: Actor) -> Similar:
    """What is there already and looks like this, before it is posted."""
    rules = known_rules(timezone.localdate())
    if rules is None:
        return Similar((), 0)
    clause, kind, chain = (str(values.get(name) or "") for name in ("clause", "kind", "chain"))
    new = Item(0, f"{values.get('title', '')}。{values.get('text', '')}", clause, kind, chain)
    rows = Problem.objects.alive().exclude(state="withdrawn")
    found = nearest(new, items_of(rows), rules, most=50)
    readable = visible(PROBLEMS, by).filter(pk__in=[each.pk for each in found]).select_related("holder", "raiser")
    known = {problem.pk: problem for problem in readable}
    return Similar([(known[each.pk], each) for each in found if each.pk in known][:5], len(found) - len(known))


def proposals(by: Actor) -> tuple[list[Cluster], dict[int, Problem]]:
    """What could be common problems, with the problems by number; none where no plan has rules. Nothing is changed.

    Raises NotAllowed.
    """
    by.require(Permission.PLAN_MANAGE)
    rules = known_rules(timezone.localdate())
    if rules is None:
        return [], {}
    rows = visible(PROBLEMS, by)
    asked = Q(nature="open", state__in=OPEN) | Q(nature="common", state__in=TAKING)
    found = clusters(items_of(rows.filter(asked)), rules)
    pks = {pk for cluster in found for pk in (cluster.lead, *cluster.pks)}
    problems = rows.filter(pk__in=key_set(pks)).select_related("raiser", "enterprise", "town", "holder", "work")
    return found, {problem.pk: problem for problem in problems}


@transaction.atomic
def make_common(*, values: Mapping[str, Any], members: Sequence[Problem], by: Actor) -> Problem:
    """The office says that these are one common problem. Raises ValidationError by column, Refused."""
    by.require(Permission.PLAN_MANAGE)
    if len(members) < 2:
        raise Refused("共性问题至少要有两件问题,请再选。")
    today = timezone.localdate()
    whole = {**values, "nature": "common", "origin": "office", "raised_on": today, **_shared(members)}
    made = cast(Problem, records.enter(ledger=PROBLEMS, values=whole, by=by))
    join(common=made, members=members, by=by)
    made.refresh_from_db()
    return made


@transaction.atomic
def join(*, common: Problem, members: Sequence[Problem], by: Actor) -> None:
    """Join problems to a common one; all or none. Raises Refused with which cannot be joined and why."""
    if not members:
        raise Refused("请选择要并入的问题。")
    for member in members:
        try:
            moves.move(work=cast(Any, member.work), code="join", by=by, values={"common": common})
        except Refused as refused:
            raise Refused(f"{PROBLEMS.number(member.pk)}:{refused}") from refused


@transaction.atomic
def keep_individual(*, members: Sequence[Problem], by: Actor) -> int:
    """These are problems of one each: they are not proposed again. Raises Refused."""
    by.require(Permission.PLAN_MANAGE)
    if not members:
        raise Refused("请选择问题。")
    for member in members:
        reason = "判定为个性问题"
        values = {"nature": "individual"}
        records.step(ledger=PROBLEMS, pk=member.pk, values=values, version=member.version, by=by, reason=reason)
    return len(members)


def open_commons(by: Actor) -> Any:
    """Common problems that still take members in."""
    return visible(PROBLEMS, by).filter(nature="common", state__in=TAKING).order_by("-pk")


def _shared(members: Sequence[Problem]) -> dict[str, Any]:
    """Place and chain position where all have the same one."""
    found: dict[str, Any] = {}
    for name in ("territory", "town", "chain"):
        values = {getattr(member, name) for member in members}
        found[name] = next(iter(values)) if len(values) == 1 else ("" if name == "chain" else None)
    return found
