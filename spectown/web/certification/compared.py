"""What was typed beside what the lists say, each figure with the way to its rows."""

from __future__ import annotations

from dataclasses import dataclass

from spectown.certification.counted import Counted
from spectown.certification.facts import fields_of, raw_of
from spectown.certification.models import Application
from spectown.core.certification.fields import Field
from spectown.web.certification.forms import words
from spectown.web.enterprises.figures import counted_url


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure: as typed (empty = not), as counted; `used`: the check takes the count."""

    field: Field
    typed: str
    number: int
    differs: bool
    used: bool
    source: str
    url: str


def compared(application: Application, counted: Counted) -> list[Compared]:
    """All figures that the lists know, in the order of the form; none where no list speaks of the town."""
    if counted.town is None:
        return []
    raw, town = raw_of(application), counted.town
    total_typed = "chain_partners" in raw
    found = []
    for field in fields_of(application):
        number = counted.figures.get(field.code)
        if number is None:
            continue
        value = raw.get(field.code)
        part = field.code in ("family_farms", "cooperatives") and total_typed
        url = counted_url(town, field.code)
        differs = value is not None and value != number
        found.append(
            Compared(field, words(field, value), number, differs, value is None and not part, counted.source, url)
        )
    return found
