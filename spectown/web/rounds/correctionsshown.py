"""Corrections (补正) on the page of a case: what was named, why, what the county answered, and where to answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField

from spectown.accounts.permissions import Permission
from spectown.certification.facts import county_names, fields_of, raw_of
from spectown.core.certification.fields import Field
from spectown.organisations.actors import Actor
from spectown.rounds.facts import Facts
from spectown.rounds.items import FIELD, MATERIAL
from spectown.rounds.models import CorrectionItem
from spectown.rounds.services.examining import ANSWERED_IN
from spectown.web.certification.forms import AnswerForm


@dataclass(frozen=True, slots=True)
class Correction:
    """One named item. `bound`: the input of an opened field that the actor may change now."""

    item: CorrectionItem
    label: str
    field: Field | None
    bound: BoundField | None
    may_answer: bool
    material: str
    occasion: str  # 第1次补正, 第1次整改


def corrections_of(facts: Facts, actor: Actor) -> list[Correction]:
    """Items of the newest correction, then of the earlier ones."""
    rows = list(facts.case.correction_items.select_related("verdict").order_by("-number", "pk"))
    if not rows:
        return []
    fields = {FIELD + field.code: field for field in fields_of(facts.case.application, county_names())}
    materials = {MATERIAL + each.code: each.name for each in facts.rules.materials}
    answering = facts.case.state in ANSWERED_IN and actor.may(Permission.APPLICATION_FILL)
    open_fields = [fields[row.item] for row in rows if row.closed_at is None and row.item in fields]
    form = AnswerForm(open_fields, raw_of(facts.case.application), county_names(), ())
    asked = sum(step.move == "request_correction" for step in facts.steps)
    found = []
    for row in rows:
        field, may = fields.get(row.item), answering and row.closed_at is None
        label = field.label if field else materials.get(row.item, row.item)
        bound = form[field.code] if field and may else None
        material = "" if field else row.item.removeprefix(MATERIAL)
        found.append(Correction(row, label, field, bound, may, material, _occasion(row.number, asked)))
    return found


def _occasion(number: int, asked: int) -> str:
    """Items opened after the last correction belong to a rectification (限期整改)."""
    return f"第 {number} 次补正" if number <= asked else f"第 {number - asked} 次整改"
