"""A kind and its facts become a document of GB/T 9704; a kind's YAML becomes a Kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import meta
from pydantic import ValidationError

from spectown.core.documentkinds.blocks import filled
from spectown.core.documentkinds.checking import check_kind
from spectown.core.documentkinds.common import all_facts
from spectown.core.documentkinds.facts import read_facts
from spectown.core.documentkinds.language import Facts, fill, holds, lines, parsed
from spectown.core.documentkinds.model import Kind
from spectown.core.officialdoc.numbers import chinese_date
from spectown.core.officialdoc.tree import Attachment, Document, Format, Head, Imprint, Signature
from spectown.core.officialdoc.wording import full_width, numbered


class KindFault(Exception):
    """A kind that cannot be used; the message names kind, place and reason."""


def kind_of(content: Mapping[str, Any], name: str) -> Kind:
    """A kind from the content of its YAML, its texts checked. Raises KindFault."""
    try:
        kind = Kind.model_validate(content)
    except ValidationError as error:
        said = ";".join(f"{'.'.join(map(str, e['loc']))} {e['msg']}" for e in error.errors(include_url=False))
        raise KindFault(f"文种 {name} 有误:{said}") from error
    if faults := check_kind(kind):
        raise KindFault(f"文种 {name} 有误:{''.join(faults)}")
    return kind


def build(kind: Kind, given: Mapping[str, Any]) -> Document:
    """The document of a kind from its facts. Raises FactsFault for facts, LanguageFault for a faulty kind."""
    facts = read_facts(kind, given)
    return Document(
        title=fill(kind.title, facts).strip(),
        body=numbered(filled(kind.body, facts)),
        format=kind.format,
        head=_head(kind, facts),
        recipients=tuple(facts["recipients"] or lines(kind.recipients, facts)),
        signature=_signature(kind, facts),
        attachments=_annexes(kind, facts),
        note=full_width(";".join(part for part in (fill(kind.note, facts), facts["remark"] or "") if part)),
        imprint=_imprint(kind, facts),
        frame=kind.frame,
    )


def title_alone(kind: Kind, given: Mapping[str, Any]) -> str:
    """The title, whatever else is missing. Raises FactsFault where a fact that stands in it is missing or wrong."""
    named = meta.find_undeclared_variables(parsed(kind.title))
    needed = kind.model_copy(update={"facts": tuple(fact for fact in kind.facts if fact.name in named)})
    known = {fact.name for fact in all_facts(needed)}
    facts = read_facts(needed, {name: value for name, value in given.items() if name in known})
    return fill(kind.title, facts).strip()


def _head(kind: Kind, facts: Facts) -> Head | None:
    if kind.format is Format.FORM:
        return None
    organs, number = tuple(facts["organs"]), facts["serial"] or ""
    if kind.format is Format.MINUTES:
        day = chinese_date(facts["on"]) if facts["on"] else ""
        mark = fill(kind.mark, facts) or organs[0]
        return Head((mark,), suffix="", number=number, left=organs[0], right=day)
    return Head(
        organs,
        suffix="文件" if kind.format is Format.DOCUMENT else "",
        number=number,
        signers=tuple(facts["signers"] or ()) if kind.superior else (),
        copy_number=facts["copy_number"] or "",
        secrecy=facts["secrecy"] or "",
        urgency=facts["urgency"] or "",
    )


def _signature(kind: Kind, facts: Facts) -> Signature | None:
    if kind.format is Format.MINUTES or not kind.signed:
        return None
    return Signature(tuple(facts["organs"]), facts["on"], kind.stamped)


def _annexes(kind: Kind, facts: Facts) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(fill(annex.title, known), numbered(filled(annex.body, known)), annex.landscape)
        for annex in kind.annexes
        if not annex.when or holds(annex.when, facts)
        for known in ([{**facts, "item": text} for text in facts[annex.each] or ()] if annex.each else [facts])
    )


def _imprint(kind: Kind, facts: Facts) -> Imprint | None:
    copies = tuple(facts["copies"] or lines(kind.copies, facts))
    printer = "" if kind.format is Format.LETTER else facts["printer"] or ""  # 10.1: a letter names none
    if kind.format is Format.FORM or not (copies or printer):
        return None
    return Imprint(copies, printer, facts["printed_on"] if printer else None)
