"""Parts that an area of the app adds to the page of a row: its own package registers them in its urls module.

    @section("enterprises")
    def honours(request: Request, row: ListRow) -> Section | None:
        return Section("荣誉", "enterprises/_honours.html", {"honours": ...})

The template is included in a card below the facts and finds `context` as `part`; None leaves the part out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from spectown.lists.models import ListRow
from spectown.web.http import Request


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: heading, template, what it shows. `actions`: (label, url) beside the heading.

    `covers`: slugs of lists whose rows stand in it, so that they are not named again among the referring ones.
    `leads`: stands before the facts.
    """

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    actions: tuple[tuple[str, str], ...] = ()
    covers: tuple[str, ...] = ()
    leads: bool = False


Maker = Callable[[Request, ListRow], Section | None]
_makers: dict[str, list[Maker]] = defaultdict(list)


def section(slug: str) -> Callable[[Maker], Maker]:
    """Register a part for the rows of one list."""

    def remember(maker: Maker) -> Maker:
        _makers[slug].append(maker)
        return maker

    return remember


def sections(slug: str, request: Request, row: ListRow) -> list[Section]:
    """All parts of one row, in the order of registration."""
    made = [maker(request, row) for maker in _makers[slug]]
    return [part for part in made if part is not None]
