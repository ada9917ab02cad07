"""Who acts: one user in one role for one unit. Everything that asks "may I, and which rows" asks the actor."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import PERMISSIONS, Permission, Role
from spectown.lib.refusal import Refused
from spectown.organisations.models import Membership


class NotAllowed(Exception):
    """The actor lacks the permission; the message says which, in Chinese."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A user acting for a unit. The anonymous public has no permission at all."""

    user_id: int | None = None
    name: str = "公众"
    address: str = ""
    membership_id: int | None = None
    role: Role | None = None
    unit_id: int | None = None
    unit_name: str = ""
    territory_id: int | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)

    def may(self, permission: Permission | str) -> bool:
        """True where the role holds the permission."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed where the role does not hold the permission."""
        if not self.may(permission):
            raise NotAllowed(f"当前角色不能“{permission.label}”。")

    @property
    def person(self) -> int:
        """Number of the user; raises NotAllowed for the anonymous public."""
        if self.user_id is None:
            raise NotAllowed("请先登录。")
        return self.user_id

    def nameless(self) -> Actor:
        """Return the same actor without words, to remember by what it may see."""
        return replace(self, name="", address="", unit_name="")

    @property
    def role_label(self) -> str:
        """Chinese name of the role."""
        return str(self.role.label) if self.role else "公众"


PUBLIC = Actor()


def memberships_on(user: User, day: datetime.date) -> list[Membership]:
    """All roles that a user holds on a day, with user and unit; none of one who may not log in.

    Every request asks: the day is compared here and the user at hand is put in, which halves what the query costs.
    """
    rows = Membership.objects.filter(user_id=user.pk).select_related("unit").order_by("pk") if user.is_active else ()
    held = [row for row in rows if row.in_force(day)]
    for row in held:
        row.user = user
    return held


def actor_for(membership: Membership, address: str = "") -> Actor:
    """The actor of one membership."""
    role = Role(membership.role)
    return Actor(
        user_id=membership.user_id,
        name=membership.user.name,
        address=address,
        membership_id=membership.pk,
        role=role,
        unit_id=membership.unit_id,
        unit_name=membership.unit.name,
        territory_id=membership.unit.territory_id,
        permissions=PERMISSIONS[role],
    )


class Noted(Protocol):
    """Who acted earlier, by numbers (jobs.context.Requester)."""

    @property
    def membership_id(self) -> int | None:
        """The membership in which the person acted."""

    @property
    def address(self) -> str:
        """Network address the request came from."""


def acting(noted: Noted) -> Actor:
    """The actor of something asked for earlier; Refused where the role has been taken away or ended meanwhile."""
    held = Membership.objects.valid_on(timezone.localdate())
    rows = held.filter(pk=noted.membership_id or 0, user__is_active=True)
    found = rows.select_related("user", "unit").first()
    if found is None:
        raise Refused("提交时所用的角色已收回或到期,请重新登录后再提交。")
    return actor_for(found, noted.address)
