"""The demonstration's pool of experts: accounts of their own, taken into the pool as the office would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spectown.accounts.models import User
from spectown.audit import services as audit
from spectown.audit.services import SYSTEM
from spectown.organisations.actors import Actor
from spectown.organisations.models import Membership, Territory, Unit
from spectown.rounds.services import pool

POOL = "demo-experts"  # unit of the experts' accounts


def load_experts(entries: list[Mapping[str, Any]], office: Actor, secret: str) -> None:
    """Every expert of demo/accounts.yaml into the pool; those without an account get one (`secret`: hashed)."""
    unit = Unit.objects.get(code=POOL)
    for entry in entries:
        user = User.objects.filter(username=entry["username"]).first() or _account(entry, unit, secret)
        county = Territory.objects.filter(code=entry.get("county", "")).first()
        about = pool.Particulars(entry["unit"], entry["position"], county, tuple(entry["fields"]))
        pool.add(user=user, about=about, by=office)


def _account(entry: Mapping[str, Any], unit: Unit, secret: str) -> User:
    user = User.objects.create(username=entry["username"], name=entry["name"], password=secret)
    membership = Membership.objects.create(user=user, unit=unit, role="expert")
    audit.record(by=SYSTEM, action="demo.account", obj=user, after=audit.snapshot(membership))
    return user
