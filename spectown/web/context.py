"""What the layout knows on every page: who acts, navigation, kind of data."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from spectown.accounts.models import Installation
from spectown.organisations.actors import PUBLIC, Actor
from spectown.organisations.models import Membership
from spectown.web import nav


class Shell:
    """Read lazily by the layout, so that a fragment or a public page pays only for what it shows."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def actor(self) -> Actor:
        """Who acts; the public where the request never reached our middleware."""
        actor: Actor = getattr(self._request, "actor", PUBLIC)
        return actor

    @cached_property
    def memberships(self) -> list[Membership]:
        """All roles the user may choose from."""
        rows: list[Membership] = getattr(self._request, "memberships", [])
        return rows

    @cached_property
    def is_demo(self) -> bool:
        """True where this installation holds demonstration data."""
        return Installation.is_demo()

    @cached_property
    def groups(self) -> tuple[nav.Group, ...]:
        """The side navigation."""
        return nav.groups(self.actor, self.view_name, self.view_kwargs)

    @cached_property
    def area(self) -> str:
        """First crumb: the area of work of this page."""
        return nav.area_of(nav.active_entry(self.view_name, self.view_kwargs))

    @property
    def view_name(self) -> str:
        """`area:page` of the page being shown, empty for errors."""
        match = self._request.resolver_match
        return match.view_name if match else ""

    @property
    def view_kwargs(self) -> dict[str, object]:
        """What the address of the page names: which list, which row."""
        match = self._request.resolver_match
        return match.kwargs if match else {}

    @property
    def layout(self) -> str:
        """The frame for pages that anybody may see, such as errors."""
        return "layout/app.html" if self.actor.role else "layout/public.html"

    @property
    def home(self) -> str:
        """Where the product name leads."""
        return nav.address("workbench:home" if self.actor.role else "public:home") or reverse("account_login")

    @property
    def public_links(self) -> list[nav.Link]:
        """Top line of the public side."""
        pages = (
            ("首页", "public:home"),
            ("方案全文", "public:plan"),
            ("专业镇", "public:towns"),
            ("公示", "public:publicities"),
        )
        return [
            nav.Link(label, "", nav.address(name), name == self.view_name, 0)
            for label, name in pages
            if nav.address(name)
        ]


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor."""
    return {"shell": Shell(request)}
