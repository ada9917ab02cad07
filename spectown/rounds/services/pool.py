"""The pool of experts (专家库): who is in it, what the rules of staying away need to know, taking out with a reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.models import Installation, User
from spectown.accounts.permissions import Permission, Role
from spectown.audit import services as audit
from spectown.enterprises.models import Enterprise
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Membership, Territory
from spectown.rounds.models import Expert, Seat
from spectown.rounds.reading import DECLARED_IN


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of an expert; `fields`: codes of categories of the plan."""

    unit: str
    position: str = ""
    county: Territory | None = None
    fields: tuple[str, ...] = ()
    former_units: tuple[str, ...] = ()
    enterprises: Collection[Enterprise] = field(default_factory=tuple)

    def told(self) -> dict[str, Any]:
        """For the log."""
        plain = {"county": self.county.name if self.county else "", "enterprises": [e.name for e in self.enterprises]}
        shallow = {"unit": self.unit, "position": self.position}
        return shallow | plain | {"fields": list(self.fields), "former_units": list(self.former_units)}


@transaction.atomic
def add(*, user: User, about: Particulars, by: Actor) -> Expert:
    """Take somebody with the role 专家 into the pool. Raises Refused."""
    by.require(Permission.ROUND_MANAGE)
    roles = Membership.objects.valid_on(timezone.localdate()).filter(user=user, user__is_active=True, role=Role.EXPERT)
    if not roles.exists():
        raise Refused(f"{user.name}没有“专家”角色,请先由系统管理员建立账号、安全管理员授予角色。")
    if Expert.objects.filter(user=user).exists():
        raise Refused(f"{user.name}已在专家库中。")
    _require_unit(about)
    demo = Installation.is_demo()
    made = Expert(user=user, is_demo=demo)
    _write(made, about)
    audit.record(by=by, action="expert.add", obj=made, after={"name": user.name, **about.told()})
    return made


@transaction.atomic
def change(*, expert: Expert, about: Particulars, by: Actor) -> Expert:
    """Correct what is known of an expert. Raises Refused."""
    by.require(Permission.ROUND_MANAGE)
    found = _locked(expert)
    _require_unit(about)
    before = particulars(found).told()
    _write(found, about)
    was, now = audit.differences(before, about.told())
    if now:
        audit.record(by=by, action="expert.change", obj=found, before=was, after=now)
    return found


@transaction.atomic
def take_out(*, expert: Expert, reason: str, by: Actor) -> Expert:
    """Take an expert out of the pool; nobody who still has a sheet to submit. Raises Refused."""
    by.require(Permission.ROUND_MANAGE)
    found = _locked(expert)
    if not found.active or not reason.strip():
        raise Refused("请写明出库的理由。" if found.active else f"{found.user.name}已不在专家库中。")
    open_seats = Seat.objects.filter(
        expert=found, left_at__isnull=True, submitted_at__isnull=True, case__state__in=DECLARED_IN
    )
    if number := open_seats.count():
        raise Refused(f"{found.user.name}还有 {number} 件没有提交评分,请先在各件的专家名单中请其退出并递补。")
    found.active = False
    found.save(update_fields=["active"])
    audit.record(by=by, action="expert.take_out", obj=found, after={"active": False}, reason=reason.strip())
    return found


@transaction.atomic
def bring_back(*, expert: Expert, reason: str, by: Actor) -> Expert:
    """Put an expert back into the pool. Raises Refused."""
    by.require(Permission.ROUND_MANAGE)
    found = _locked(expert)
    if found.active or not reason.strip():
        raise Refused(f"{found.user.name}已在专家库中。" if found.active else "请写明重新入库的理由。")
    found.active = True
    found.save(update_fields=["active"])
    audit.record(by=by, action="expert.bring_back", obj=found, after={"active": True}, reason=reason.strip())
    return found


def particulars(expert: Expert) -> Particulars:
    """What is stored of an expert."""
    return Particulars(
        unit=expert.unit,
        position=expert.position,
        county=expert.county,
        fields=tuple(expert.fields),
        former_units=tuple(expert.former_units),
        enterprises=tuple(expert.enterprises.order_by("pk")),
    )


def _require_unit(about: Particulars) -> None:
    if not about.unit.strip():
        raise Refused("请填写工作单位:回避按工作单位判断。")


def _locked(expert: Expert) -> Expert:
    return Expert.objects.select_for_update(of=("self",)).select_related("user", "county").get(pk=expert.pk)


def _write(expert: Expert, about: Particulars) -> None:
    expert.unit, expert.position, expert.county = about.unit.strip(), about.position.strip(), about.county
    expert.fields, expert.former_units = list(about.fields), list(about.former_units)
    expert.save()
    expert.enterprises.set(about.enterprises)
