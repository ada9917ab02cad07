"""What was typed beside what the lists say, each figure with the way to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from spectown.certification.counted import Counted
from spectown.certification.facts import fields_of, raw_of
from spectown.certification.models import Application
from spectown.core.certification.fields import Field
from spectown.core.enterprises.counts import COOPERATIVE, FACTORS, FARM, LEADING, PARTNERS
from spectown.enterprises.enums import Status
from spectown.enterprises.lists import ENTERPRISES, HONOURS
from spectown.web.certification.forms import words
from spectown.web.lists.found import list_url

_HONOUR = "honour_"
_KINDS = {"family_farms": (FARM,), "cooperatives": (COOPERATIVE,)}


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


def rows_url(code: str, town: int) -> str:
    """Address of the list with the rows that a figure counts (those whose main town it is)."""
    if code.startswith(_HONOUR):
        kind, level = FACTORS[code.removeprefix(_HONOUR)]
        query = {"town": [str(town)], "kind": [kind], "level": [level] if level else []}
        return f"{list_url(HONOURS)}?{urlencode(query, doseq=True)}"
    roles, kinds = LEADING if code == "leading_enterprises" else PARTNERS, _KINDS.get(code, ())
    query = {"town": [str(town)], "chain_role": list(roles), "kind": list(kinds), "status": [Status.ACTIVE.value]}
    return f"{list_url(ENTERPRISES)}?{urlencode(query, doseq=True)}"


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
        url = rows_url(field.code, town.pk)
        differs = value is not None and value != number
        found.append(
            Compared(field, words(field, value), number, differs, value is None and not part, counted.source, url)
        )
    return found
