"""Every figure of a case with where it came from, and what differs between two pinned versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

from spectown.certification.counted import counted_of
from spectown.certification.facts import fields_of, raw_of
from spectown.core.certification.fields import Field
from spectown.organisations.actors import Actor
from spectown.rounds.facts import Facts
from spectown.rounds.models import CaseVersion
from spectown.web.certification.compared import Compared, compared
from spectown.web.certification.forms import NUMBERS, words
from spectown.web.rounds.materialsshown import SENT_ONLY


@dataclass(frozen=True, slots=True)
class Figure:
    """One answer: in words, who filled and certified it, what the list says beside it."""

    field: Field
    text: str
    filled_by: str
    certified_by: str
    at: str
    beside: Compared | None


def figures_of(facts: Facts, actor: Actor) -> list[Figure]:
    """All answers that hold something; office and leaders see them as they were sent."""
    application = facts.case.application
    raw = _raw(facts) if actor.role in SENT_ONLY else raw_of(application)
    counted = counted_of([application], facts.on)[application.pk]
    beside = {each.field.code: each for each in compared(application, counted)}
    filled = application.submitted_by.name if application.submitted_by else application.changed_by.name
    certified = application.checked_by.name if application.checked_by else ""
    at = f"{timezone.localtime(application.checked_at):%Y-%m-%d}" if application.checked_at else ""
    return [
        Figure(field, text, filled, certified, at, beside.get(field.code))
        for field in fields_of(application)
        if (text := in_words(field, raw.get(field.code)))
    ]


def _raw(facts: Facts) -> Mapping[str, Any]:
    """What was sent last; nothing before."""
    sent: Mapping[str, Any] = facts.version.content["fields"] if facts.version else {}
    return sent


def in_words(field: Field, value: object) -> str:
    """A raw or pinned value in words; a pinned figure is a text and read as a number again."""
    if isinstance(value, str) and field.kind in NUMBERS:
        try:
            return words(field, Decimal(value))
        except InvalidOperation:
            return value
    return words(field, value)


def version_differences(facts: Facts, old: CaseVersion, new: CaseVersion) -> list[dict[str, str]]:
    """Fields and materials that differ between two versions."""
    fields = [
        {"label": field.label, "before": before, "after": after}
        for field in fields_of(facts.case.application)
        if (before := in_words(field, old.content["fields"].get(field.code)))
        != (after := in_words(field, new.content["fields"].get(field.code)))
    ]
    held: tuple[Mapping[str, Any], Mapping[str, Any]] = (old.content["materials"], new.content["materials"])
    names = {each.code: each.name for each in facts.rules.materials}
    files = [
        {"label": names.get(code, code), "before": _file(held[0].get(code)), "after": _file(held[1].get(code))}
        for code in dict.fromkeys([*names, *held[0], *held[1]])
        if held[0].get(code, {}).get("sha256") != held[1].get(code, {}).get("sha256")
    ]
    return fields + files


def _file(held: Mapping[str, Any] | None) -> str:
    return f"{held['name']}({held['sha256'][:8]})" if held else ""
