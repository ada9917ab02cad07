"""What the register knows about a document becomes the facts of its kind, and these the document tree."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from spectown.core.documentkinds.building import build
from spectown.core.documentkinds.facts import FactsFault
from spectown.core.documentkinds.language import LanguageFault
from spectown.core.documentkinds.model import Kind
from spectown.core.officialdoc.numbers import document_number
from spectown.core.officialdoc.tree import Document, Format
from spectown.core.officialdoc.wording import group
from spectown.documents.kinds import kind_in
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused
from spectown.organisations.models import Unit


def number_words(kind: Kind, year: int, serial: int) -> str:
    """How a number of this kind is written: 长专镇办〔2026〕3号, 第3期 of 纪要 and 简报."""
    return f"第{serial}期" if kind.format is Format.MINUTES else document_number(kind.code, year, serial)


def sequence_code(kind: Kind) -> str:
    """In which sequence a kind is numbered; empty: it has no number."""
    return kind.code or (kind.kind if kind.format is Format.MINUTES else "")


def addressed(units: Iterable[Unit], day: datetime.date) -> list[str]:
    """主送机关 of units as they are called on a day: one entry a kind of unit."""
    kinds: dict[str, list[str]] = {}
    for unit in units:
        kinds.setdefault(unit.kind, []).append(unit.name_on(day))
    return [group(names) for names in kinds.values()]


def facts_of(document: OfficialDocument, kind: Kind, on: datetime.date, number: str = "") -> dict[str, Any]:
    """The given facts with what the register adds: organs, recipients named as on the day, date, number, signer."""
    facts = dict(document.facts)
    units = [receipt.unit for receipt in document.receipts.all()]
    own: dict[str, Any] = {
        "organs": document.organs,
        "on": on.isoformat(),
        "recipients": addressed(units, on) or None,
        "signers": [document.signer] if kind.superior and document.signer else None,
    }
    if facts.get("printer"):
        own["printed_on"] = on.isoformat()
    facts |= {name: value for name, value in own.items() if value and not facts.get(name)}
    return facts | ({"serial": number} if number else {"serial": None})


def day_of(document: OfficialDocument, otherwise: datetime.date) -> datetime.date:
    """成文日期: of the register, else as given in the facts, else the other day."""
    if document.dated:
        return document.dated
    try:
        return datetime.date.fromisoformat(str(document.facts.get("on") or ""))
    except ValueError:
        return otherwise


def tree_of(document: OfficialDocument, on: datetime.date, number: str = "") -> Document:
    """The document tree. Raises FactsFault for facts that are missing or wrong, Refused for a faulty kind."""
    kind = kind_in(document.version, document.kind)
    try:
        return build(kind, facts_of(document, kind, on, number))
    except LanguageFault as fault:
        raise Refused(f"文种“{kind.label}”的文字不能填写:{fault} 请与系统管理员联系。") from fault


def title_of(document: OfficialDocument, on: datetime.date) -> str:
    """The title as printed; while facts are missing, the first text given, else the kind."""
    try:
        return tree_of(document, on).title.replace("\n", "")[:300]
    except FactsFault:
        texts = [value for value in document.facts.values() if isinstance(value, str) and value.strip()]
        return f"{document.kind_label}:{texts[0][:60]}" if texts else document.kind_label
