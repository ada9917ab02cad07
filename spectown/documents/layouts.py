"""In which layout a document is made: the system's (GB/T 9704), or an own template that its draft names."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from spectown.core.documentkinds.example import example
from spectown.core.documentkinds.facts import FactsFault
from spectown.core.documentkinds.language import LanguageFault
from spectown.core.documentkinds.model import Kind
from spectown.core.documentkinds.patterns import open_fields
from spectown.core.officialdoc.check import check
from spectown.core.officialdoc.tree import Document
from spectown.documents.enums import TemplateState
from spectown.documents.facts import facts_of, number_words, sequence_code, tree_of
from spectown.documents.kinds import kind_for
from spectown.documents.models import OfficialDocument, OwnTemplate
from spectown.lib.officialdoc.own.fill import fill_template
from spectown.lib.officialdoc.own.inspect import inspect_template
from spectown.lib.officialdoc.pdf import refuse_unrenderable
from spectown.lib.officialdoc.refusal import Unrenderable
from spectown.lib.refusal import Refused

UNNUMBERED = "未编号"  # stands in drafts where a number will be


def found_in(content: bytes, kind: Kind) -> list[dict[str, Any]]:
    """All faults of a template as they are kept. Raises TemplateRefused where it cannot be one at all."""
    return [
        {
            "place": fault.place,
            "text": fault.text,
            "message": fault.message,
            "todo": fault.todo,
            "stops": fault.stops,
        }
        for fault in inspect_template(content, kind)
    ]


def content_of(template: OwnTemplate) -> bytes:
    """The file of a template while its hash is the one of its upload. Raises Refused."""
    try:
        with template.file.open("rb") as stream:
            content: bytes = stream.read()
    except FileNotFoundError as lost:
        raise Refused(f"模板“{template.name}”的文件不在存储中,请与系统管理员联系,从备份找回。") from lost
    if hashlib.sha256(content).hexdigest() != template.sha256:
        raise Refused(f"模板“{template.name}”的文件与上传时的校验值不符,已停止使用。请与系统管理员联系。")
    return content


def example_of(template: OwnTemplate, kind: Kind) -> bytes:
    """The template with sample data. Raises Refused."""
    facts = example(kind)
    if sequence_code(kind, {}):
        facts["serial"] = number_words(kind, 2026, 1, {})
    try:
        return fill_template(content_of(template), kind, facts)
    except (FactsFault, LanguageFault) as fault:
        raise Refused(f"文种“{kind.label}”的示例数据不能使用:{fault} 请与系统管理员联系。") from fault


def filled(document: OfficialDocument, on: datetime.date, number: str) -> bytes:
    """The own template of a document with its facts. Raises FactsFault, Refused."""
    kind, template = kind_for(document), document.template
    if template is None:
        raise Refused("这份公文用的是系统版式。")
    try:
        return fill_template(content_of(template), kind, facts_of(document, kind, on, number))
    except LanguageFault as fault:
        raise Refused(f"文种“{kind.label}”的文字不能填写:{fault} 请与系统管理员联系。") from fault


def obstacles(document: OfficialDocument, on: datetime.date) -> list[str]:
    """What keeps a document from being sent on, in Chinese sentences; empty = nothing."""
    kind, facts = kind_for(document), document.facts
    number = number_words(kind, on.year, 1, facts) if sequence_code(kind, facts) else ""
    unfilled = [f"还没有填入的内容:{field}。" for field in open_fields(facts)]
    try:
        tree = tree_of(document, on, number)
    except FactsFault as fault:
        return unfilled + [str(each) for each in fault.faults]
    found = [str(reason) for reason in check(tree)]
    return unfilled + found + (unusable(document) if document.template else unprintable(tree))


def unprintable(tree: Document) -> list[str]:
    """The first character that no font has, where there is one: the system's layout could not be printed."""
    try:
        refuse_unrenderable(tree)
    except Unrenderable as missing:
        return [str(missing)]
    return []


def unusable(document: OfficialDocument) -> list[str]:
    """Why the own template of a document cannot be used now; its facts are known to be right."""
    template = document.template
    if template is None:
        return []
    if template.state != TemplateState.ACTIVE:
        return [f"所选模板“{template.name}”已停用,请改选别的模板或系统版式。"]
    try:
        filled(document, document.dated or datetime.date(2026, 1, 1), UNNUMBERED)
    except Refused as refused:
        return [str(refused)]
    return []
