"""The facts that stand in an own template: typed, with what the kind itself says where none was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import meta

from spectown.core.documentkinds.facts import read_facts
from spectown.core.documentkinds.language import fill, lines, parsed
from spectown.core.documentkinds.model import Kind


def named_through(kind: Kind, name: str) -> set[str]:
    """Facts that are printed with another one, since the kind's own text of that one names them."""
    texts = {"title": (kind.title,), "recipients": kind.recipients, "copies": kind.copies, "remark": (kind.note,)}
    return {fact for text in texts.get(name, ()) for fact in meta.find_undeclared_variables(parsed(text))}


def own_facts(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """Facts by name, and `title`. Raises FactsFault, LanguageFault."""
    facts = read_facts(kind, given)
    return facts | {
        "title": fill(kind.title, facts).strip(),
        "recipients": facts["recipients"] or list(lines(kind.recipients, facts)) or None,
        "copies": facts["copies"] or list(lines(kind.copies, facts)) or None,
        "remark": facts["remark"] or fill(kind.note, facts) or None,
    }
