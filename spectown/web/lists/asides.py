"""What stands beside the form of a row: an area registers its own, by the slug of the list."""

from __future__ import annotations

from collections.abc import Callable

from spectown.web.lists.forms import RowForm
from spectown.web.lists.sections import Section

Maker = Callable[[RowForm], Section | None]
_makers: dict[str, Maker] = {}


def aside(slug: str) -> Callable[[Maker], Maker]:
    """Register what stands beside the form of one list."""

    def remember(maker: Maker) -> Maker:
        _makers[slug] = maker
        return maker

    return remember


def aside_of(form: RowForm) -> Section | None:
    """What stands beside this form."""
    maker = _makers.get(form.ledger.slug)
    return maker(form) if maker else None
