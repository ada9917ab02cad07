"""A need is raised, assigned, answered, and met or not: every step by its own role (docs/algorithms/needs.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from spectown.accounts.permissions import PERMISSIONS, Permission, Role
from spectown.core.workflow import Attempt, Move
from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import Enterprise
from spectown.ledgers.enums import NeedState
from spectown.ledgers.lists.needs import NEEDS
from spectown.ledgers.models import Need
from spectown.ledgers.workflow import ANSWERS, EMPTIES, FILLS, MUST, NEED_STEPS, RAISED_IT
from spectown.lib.refusal import Refused
from spectown.lists.models import ListRowQuerySet
from spectown.lists.scope import LOCAL, changeable, visible
from spectown.lists.services import records
from spectown.organisations.actors import Actor, NotAllowed
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Membership

RAISED = ("title", "kind", "amount", "measure", "raised_on", "note")  # what an enterprise says of its own need


def own_enterprise(by: Actor) -> Enterprise | None:
    """The enterprise for which a person raises needs; None for everybody who maintains the list as a whole."""
    if by.role != Role.ENTERPRISE or not by.may(Permission.NEED_RAISE):
        return None
    return cast("Enterprise | None", visible(ENTERPRISES, by).order_by("pk").first())


@transaction.atomic
def raise_need(*, values: Mapping[str, Any], by: Actor) -> Need:
    """An enterprise says what it needs; the others raise by `records.create`. Raises ValidationError, NotAllowed."""
    firm = own_enterprise(by)
    if firm is None or not set(values) <= set(RAISED):
        raise NotAllowed("只有已在企业清单中的企业可以在这里提出需求。")
    whole = {**values, "enterprise": firm, "territory": firm.territory, "town": firm.town}
    return cast(Need, records.enter(ledger=NEEDS, values=whole, by=by))


def refusals(need: Need, code: str, by: Actor, reason: str = "", *, asking: bool = False) -> list[str]:
    """Why the person cannot make the step now; empty = it can. `asking`: the reason is not given yet."""
    held = frozenset(str(permission) for permission in by.permissions)
    met = {ANSWERS: _holds(need.assigned_id == by.unit_id, need.assigned), RAISED_IT: _raised(need, by)}
    attempt = Attempt(held, by.user_id, {}, reason, {name: said for name, said in met.items() if said is not None})
    return NEED_STEPS.refusals(code, need.state, attempt, asking=asking)


def open_steps(need: Need, by: Actor) -> list[Move]:
    """Steps that the person can make now."""
    return [move for move in NEED_STEPS.moves if not refusals(need, move.code, by, asking=True)]


def waiting_for(by: Actor) -> ListRowQuerySet:
    """Needs whose next step is the actor's: to be assigned, to be answered, to be confirmed."""
    mine = Q(pk__in=())
    if by.may(Permission.NEED_ASSIGN):
        mine |= Q(state__in=(NeedState.RAISED, NeedState.UNMET))
    if by.may(Permission.NEED_ANSWER):
        mine |= Q(state=NeedState.ASSIGNED, assigned=by.unit_id)
    if by.may(Permission.NEED_RAISE):
        own = Q(raiser=by.unit_id) | (Q(raiser=None) if by.role in LOCAL else Q(pk__in=()))
        mine |= Q(own, state=NeedState.ANSWERED)
    return visible(NEEDS, by).filter(mine)


def units_that_answer() -> set[int]:
    """Units of which somebody can log in and answer; a need that lies with another is seen by nobody there."""
    roles = [role for role in Role if Permission.NEED_ANSWER in PERMISSIONS[role]]
    posts = Membership.objects.valid_on(timezone.localdate()).filter(role__in=roles, user__is_active=True)
    return set(posts.values_list("unit", flat=True))


@transaction.atomic
def take_step(*, pk: int, code: str, values: Mapping[str, Any], version: int, by: Actor, reason: str = "") -> Need:
    """Make a step. Raises Refused (also records.Stale), ValidationError by column."""
    need = cast("Need | None", visible(NEEDS, by).select_for_update(of=("self",)).filter(pk=pk).first())
    if need is None:
        raise Refused("没有这项需求,或者它不归您看。")
    found = refusals(need, code, by, reason)
    if found:
        raise Refused("".join(found))
    _require_filled(need, code, values)
    empty = {name: "" if name == "answer" else None for name in EMPTIES.get(code, ())}
    move = NEED_STEPS.move(code)
    said = f"{move.label}:{reason.strip()}" if reason.strip() else move.label
    whole = {**empty, **values, "state": move.target}
    return cast(Need, records.step(ledger=NEEDS, pk=pk, values=whole, version=version, by=by, reason=said))


def _holds(fine: bool, holder: object) -> tuple[str, ...] | None:
    return () if fine else (f"这一步由承办单位{holder}办理。",) if holder else None


def _raised(need: Need, by: Actor) -> tuple[str, ...]:
    """Who raised it; where that is not known (an import of old), the county or town that maintains the row."""
    if need.raiser_id is None:
        fine = by.role in LOCAL and changeable(NEEDS, by).filter(pk=need.pk).exists()
        return () if fine else ("这一步由提出需求的县(区)或专业镇办理。",)
    return () if need.raiser_id == by.unit_id else (f"这一步由提出单位{need.raiser}办理。",)


def _require_filled(need: Need, code: str, values: Mapping[str, Any]) -> None:
    labels = {name: NEEDS.by_name[name].label for name in FILLS.get(code, ())}
    if set(values) - set(labels):
        raise Refused("这一步不能填写别的栏。")
    faults = {name: f"请填写{label}。" for name, label in labels.items() if name in MUST and not values.get(name)}
    today = timezone.localdate()
    for name in {"assigned_on", "answered_on", "met_on"} & set(labels) - set(faults):
        if values[name] > today:
            faults[name] = f"{labels[name]}不能晚于今天。"
    unit = values.get("assigned")
    if unit is not None and (unit.kind != UnitKind.BUREAU or unit.pk == need.raiser_id):
        faults["assigned"] = "请选择一个市直单位;提出需求的单位不能自己承办。"
    if faults:
        raise ValidationError(faults)
