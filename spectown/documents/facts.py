"""What the register knows about a document becomes the facts of its kind, and these the document tree."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import Truncator

from spectown.core.documentkinds.building import build, title_alone
from spectown.core.documentkinds.facts import FactsFault
from spectown.core.documentkinds.language import LanguageFault
from spectown.core.documentkinds.model import Kind
from spectown.core.documentkinds.patterns import worded
from spectown.core.officialdoc.numbers import document_number
from spectown.core.officialdoc.tree import Document, Format
from spectown.core.officialdoc.wording import group
from spectown.documents.kinds import kind_for
from spectown.documents.models import OfficialDocument, Receipt
from spectown.lib.refusal import Refused
from spectown.organisations.models import Unit


def number_words(kind: Kind, year: int, serial: int, facts: Mapping[str, Any]) -> str:
    """How a number of this kind is written: 长专镇办〔2026〕3号, 第3期 of 纪要 and 简报."""
    return (
        f"第{serial}期" if kind.format is Format.MINUTES else document_number(sequence_code(kind, facts), year, serial)
    )


def sequence_code(kind: Kind, facts: Mapping[str, Any]) -> str:
    """In which sequence of its organ a document is numbered; empty: its kind has no number."""
    own = str(facts.get("code") or "").strip()[:60]
    return (own if own and kind.code else kind.code) or (kind.kind if kind.format is Format.MINUTES else "")


def addressed(units: Iterable[Unit], day: datetime.date) -> list[str]:
    """主送机关 of units as they are called on a day: one entry a kind of unit."""
    kinds: dict[str, list[str]] = {}
    for unit in units:
        kinds.setdefault(unit.kind, []).append(unit.name_on(day))
    return [group(names) for names in kinds.values()]


def receipts_of(document: OfficialDocument) -> Iterable[Receipt]:
    """Its receivers with their names, in two queries, or as prefetched."""
    if "receipts" in getattr(document, "_prefetched_objects_cache", {}):
        return document.receipts.all()
    return document.receipts.select_related("unit").prefetch_related("unit__names")


def facts_of(document: OfficialDocument, kind: Kind, on: datetime.date, number: str = "") -> dict[str, Any]:
    """The given facts with what the register adds: organs, recipients named as on the day, date, number, signer."""
    facts = dict(document.facts)
    units = [receipt.unit for receipt in receipts_of(document)]
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
    kind = kind_for(document)
    try:
        return build(kind, facts_of(document, kind, on, number))
    except LanguageFault as fault:
        raise Refused(f"文种“{kind.label}”的文字不能填写:{fault} 请与系统管理员联系。") from fault


def title_of(document: OfficialDocument, on: datetime.date) -> str:
    """The title as printed, open fields in words; while facts of it are missing, the first one given, or the kind."""
    kind = kind_for(document)
    try:
        return worded(title_alone(kind, facts_of(document, kind, on)).replace("\n", ""))[:300]
    except LanguageFault as fault:
        raise Refused(f"文种“{kind.label}”的标题不能填写:{fault} 请与系统管理员联系。") from fault
    except FactsFault:
        texts = [text for value in document.facts.values() if (text := _telling(value))]
        return f"{document.kind_label}:{Truncator(worded(texts[0])).chars(60)}" if texts else document.kind_label


def _telling(value: object) -> str:
    """A text, or of rows the first text of each."""
    if isinstance(value, str):
        return value.strip()
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return "、".join(next((cell for cell in row.values() if isinstance(cell, str)), "") for row in rows)
