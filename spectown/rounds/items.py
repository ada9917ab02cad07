"""What is examined one by one: each material of the list, each field of the application that holds something."""

from __future__ import annotations

from dataclasses import dataclass

from spectown.certification.facts import fields_of, raw_of
from spectown.core.rounds.rules import Rules
from spectown.rounds.models import Case

MATERIAL, FIELD = "material:", "field:"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the formal check; `code` is `material:…` or `field:…`."""

    code: str
    label: str
    clause: str = ""


def items_of(case: Case, rules: Rules) -> list[Item]:
    """All items in the order of list and form: required materials and those handed in, then filled fields."""
    present = set(case.materials.filter(replaced_at__isnull=True).values_list("item", flat=True))
    materials = [
        Item(MATERIAL + each.code, each.name, each.clause)
        for each in rules.materials
        if each.required or each.code in present
    ]
    raw = raw_of(case.application)
    fields = [Item(FIELD + f.code, f.label) for f in fields_of(case.application) if f.code in raw]
    return materials + fields


def labels_of(case: Case, rules: Rules) -> dict[str, str]:
    """Names by code of everything that could be an item, also where nothing is handed in or filled."""
    materials = {MATERIAL + each.code: each.name for each in rules.materials}
    return materials | {FIELD + field.code: field.label for field in fields_of(case.application)}
