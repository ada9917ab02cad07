"""A small world for the access table: one unit for which every role acts, and things of its own and of others."""

from typing import Any

from django.db import transaction
from django.test import Client

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.audit.services import SYSTEM, record
from spectown.towns.enums import Level
from tests import factories

ANONYMOUS, WITHOUT_ROLE = "anonymous", "without_role"
LOGIN = 3020  # our own number for a redirect to the login page
WHO = (ANONYMOUS, WITHOUT_ROLE, *Role.values)


class World:
    """`args[name]`: keyword arguments of a URL; `clients[who]`: a browser per role."""

    def __init__(self) -> None:
        self.unit = factories.UnitFactory.create(territory=factories.TerritoryFactory.create())
        self.clause = factories.ClauseFactory.create(ref="二(四)", version__is_current=True)
        town, hidden = factories.TownFactory.create(), factories.TownFactory.create()
        factories.LevelRecordFactory.create(town=town)
        factories.LevelRecordFactory.create(town=hidden, level=Level.POTENTIAL)
        membership = factories.MembershipFactory.create(unit=self.unit)
        with transaction.atomic():
            record(by=SYSTEM, action="town.load", obj=town)
        alias, foreign_alias = (factories.TownAliasFactory.create(town=t) for t in (town, hidden))
        self.args: dict[str, dict[str, Any]] = {
            "": {},
            "town": {"code": town.code},
            "hidden_town": {"code": hidden.code},
            "alias": {"code": town.code, "pk": alias.pk},
            "foreign_alias": {"code": town.code, "pk": foreign_alias.pk},
            "person": {"pk": membership.user_id},
            "membership": {"pk": membership.pk},
            "nobody": {"pk": 10**6},
            "event": {"seq": Event.objects.latest("seq").seq},
            "no_event": {"seq": 10**6},
            "clause": {"ref": self.clause.ref},
            "no_clause": {"ref": "九(九)"},
            "post": {"pk": factories.SeatFactory.create(version=self.clause.version).post_id},
            "no_post": {"pk": 10**6},
        }
        self.clients = {who: self._client(who) for who in WHO}

    def _client(self, who: str) -> Client:
        if who == ANONYMOUS:
            return Client()
        if who == WITHOUT_ROLE:
            client = Client()
            client.force_login(factories.UserFactory.create())
            return client
        return factories.client_for(Role(who), unit=self.unit)

    def status(self, who: str, method: str, url: str) -> int:
        """Answer to one request; what it changed is put back, so that the next asks the same world."""
        client = self.clients[who]
        cookies = client.cookies.copy()
        with transaction.atomic():
            answer = getattr(client, method)(url)
            found: int = answer.status_code
            if found == 302 and "/account/login/" in answer["Location"]:
                found = LOGIN
            transaction.set_rollback(True)
        client.cookies = cookies
        return found
