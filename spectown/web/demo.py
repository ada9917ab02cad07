"""Demonstration data: accounts, potential towns and applications from demo/*.yaml, only into a demo database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from spectown.accounts.models import Installation, User
from spectown.audit import services as audit
from spectown.audit.services import SYSTEM
from spectown.certification import services
from spectown.organisations.actors import Actor, actor_for
from spectown.organisations.enums import NameKind
from spectown.organisations.models import Membership, Territory, Unit, UnitName
from spectown.plans.folder import mapping
from spectown.plans.models import PlanVersion
from spectown.towns.enums import Level
from spectown.towns.models import LevelRecord, Town
from spectown.web.democity.loading import ENTERPRISES, load_city
from spectown.web.demodocuments import load_documents
from spectown.web.demoevaluation.loading import load_evaluation
from spectown.web.demoexperts import load_experts
from spectown.web.demomeasures.loading import load_measures
from spectown.web.demomonitoring import load_monitoring
from spectown.web.demonotices import load_notices
from spectown.web.demoproblems import load_problems
from spectown.web.demorounds.loading import load_rounds

FOLDER = Path(settings.BASE_DIR) / "demo"
OFFICE = "demo-office"  # account that judges
SECOND = "demo-office-2"  # account that checks documents: whoever drafted may not


class NotDemo(Exception):
    """The database holds real data; the message says so in Chinese."""


def demo_accounts() -> list[dict[str, Any]]:
    """The accounts that can log in: username, name, role, unit."""
    return list(mapping(FOLDER, "accounts.yaml", required=True)["accounts"])


def password() -> str:
    """The password of the demo accounts: DEMO_PASSWORD, or the documented one for use on this machine only."""
    return settings.DEMO_PASSWORD or str(mapping(FOLDER, "accounts.yaml", required=True)["local_password"])


@transaction.atomic
def load_demo(enterprises: int = ENTERPRISES) -> bool:
    """Load the demonstration data once; True where it was loaded now. Raises NotDemo in a database of real data."""
    installation = Installation.objects.filter(pk=1).first()
    if installation is None:
        if User.objects.exists():
            raise NotDemo("这个数据库已有用户,不能装入演示数据。请换一个空库,或设置 DEMO=0。")
        installation = Installation.objects.create(pk=1, mode=Installation.Mode.DEMO)
    if installation.mode != Installation.Mode.DEMO:
        raise NotDemo("这个数据库存放正式数据,不能装入演示数据。请设置 DEMO=0 后启动。")
    if User.objects.exists():
        return False
    secret = make_password(password())  # once: the demonstration's accounts share it, and hashing is slow on purpose
    _accounts(secret)
    _towns()
    if Membership.objects.filter(user__username=OFFICE).exists():  # as for accounts: a city without that unit
        load_experts(mapping(FOLDER, "accounts.yaml", required=True)["experts"], _acting(OFFICE), secret)
        load_documents(mapping(FOLDER, "documents.yaml", required=True), _acting(OFFICE), _acting(SECOND))
    written = load_city(enterprises) | load_rounds() | load_measures() | load_notices() | load_problems()
    written |= load_monitoring()
    written |= load_evaluation()
    audit.record(by=SYSTEM, action="demo.load", obj=installation, after=written)
    return True


def _accounts(secret: str) -> None:
    data = mapping(FOLDER, "accounts.yaml", required=True)
    for order, entry in enumerate(data["operators"], start=900):
        territory = Territory.objects.filter(code=entry.get("territory", "")).first()
        unit = Unit.objects.create(
            code=entry["code"], name=entry["name"], kind=entry["kind"], territory=territory, order=order, reviewed=True
        )
        UnitName.objects.create(unit=unit, name=entry["name"], kind=NameKind.OFFICIAL)
    for entry in data["accounts"]:
        _account(entry, secret)
    for entry in data["helpers"]:
        _account(entry, None)


def _account(entry: Mapping[str, Any], secret: str | None) -> None:
    hashed = secret or make_password(None)
    user = User.objects.create(
        username=entry["username"], name=entry["name"], is_active=secret is not None, password=hashed
    )
    unit = Unit.objects.filter(code=entry["unit"]).first()
    if unit is None:
        return  # another city's plan folder need not know the demonstration's counties
    membership = Membership.objects.create(user=user, unit=unit, role=entry["role"])
    audit.record(by=SYSTEM, action="demo.account", obj=user, after=audit.snapshot(membership))


def _towns() -> None:
    data = mapping(FOLDER, "towns.yaml", required=True)
    version = PlanVersion.objects.current()
    units = {unit.code: unit for unit in Unit.objects.all()}
    for order, entry in enumerate(data["towns"], start=900):
        if entry["responsible"] in units:
            _town(entry, units, order)
    for entry in data["applications"]:
        if version is not None and entry["unit"] in units:
            _application(entry)


def _town(entry: Mapping[str, Any], units: Mapping[str, Unit], order: int) -> None:
    town = Town.objects.create(
        code=entry["code"],
        name=entry["name"],
        category=entry["category"],
        leading_industry=entry["leading_industry"],
        territory=Territory.objects.filter(code=entry["territory"]).first(),
        responsible_unit=units[entry["responsible"]],
        operator=units.get(entry.get("operator", "")),
        order=order,
        is_demo=True,
    )
    LevelRecord.objects.create(
        town=town, level=Level.POTENTIAL, valid_from=timezone.localdate(), document="演示数据,无依据"
    )
    audit.record(by=SYSTEM, action="town.load", obj=town, after=audit.snapshot(town))


def _application(entry: Mapping[str, Any]) -> None:
    """Through the services, as a county would: filled, handed in, checked or returned, judged."""
    filler = _acting(entry["by"])
    town = Town.objects.filter(code=entry.get("town", "")).first()
    application = services.create(by=filler, town=town, raw=entry["answers"])
    for step in entry.get("steps", []):
        services.move(application=application, code=step["move"], by=_acting(step["by"]), reason=step.get("reason", ""))
    for criterion, (outcome, reason) in entry.get("judgements", {}).items():
        office = _acting(OFFICE)
        services.judge(application=application, criterion=criterion, outcome=outcome, reason=reason, by=office)


def _acting(username: str) -> Actor:
    return actor_for(Membership.objects.select_related("user", "unit").get(user__username=username))
