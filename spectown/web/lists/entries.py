"""Ways to add a row for those who do not maintain the list: an area registers its own, by the slug of the list."""

from __future__ import annotations

from collections.abc import Callable

from spectown.organisations.actors import Actor

Entry = tuple[str, str]  # label of the button, address
Offer = Callable[[Actor], Entry | None]
_offers: dict[str, Offer] = {}


def register_entry(slug: str, offer: Offer) -> None:
    """Offer a way to add a row of this list; None to those who have none."""
    _offers[slug] = offer


def entry_of(slug: str, actor: Actor) -> Entry | None:
    """The way to add a row that the actor has beside 新增."""
    offer = _offers.get(slug)
    return offer(actor) if offer else None
