"""Document numbers: without gaps, one after the other in each sequence."""

from __future__ import annotations

import datetime

from spectown.documents.facts import number_words, sequence_code
from spectown.documents.kinds import kind_for
from spectown.documents.models import NumberSequence, OfficialDocument
from spectown.lib.refusal import Refused
from spectown.organisations.models import Unit


def next_serial(organ: str, code: str, year: int) -> int:
    """Take the next serial of a sequence; its row stays locked until the caller's transaction ends.

    Whoever takes a number issues with it or rolls back, so that none is lost; two who ask at once get their numbers
    one after the other.
    """
    sequence = NumberSequence.objects.select_for_update().filter(organ=organ, code=code, year=year).first()
    if sequence is None:
        NumberSequence.objects.get_or_create(organ=organ, code=code, year=year)
        sequence = NumberSequence.objects.select_for_update().get(organ=organ, code=code, year=year)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return sequence.last


def number(document: OfficialDocument, day: datetime.date) -> None:
    """Give a document its number, where its kind has one. Raises Refused where another organ counts under its 代字."""
    kind = kind_for(document)
    code = sequence_code(kind, document.facts)
    if not code:
        return
    organ = numbering_organ(document)
    if code != kind.kind:
        _refuse_borrowed(organ, code, day.year)
    document.number_organ, document.code, document.year = organ, code, day.year
    document.serial = next_serial(organ, code, day.year)
    document.number = number_words(kind, day.year, document.serial, document.facts)


def expected_number(document: OfficialDocument, day: datetime.date) -> str:
    """The number that the document gets if nobody else takes one in between; nothing is taken or locked."""
    kind = kind_for(document)
    code = sequence_code(kind, document.facts)
    if not code:
        return document.number
    sequence = NumberSequence.objects.filter(organ=numbering_organ(document), code=code, year=day.year).first()
    return number_words(kind, day.year, sequence.last + 1 if sequence else 1, document.facts)


def numbering_organ(document: OfficialDocument) -> str:
    """The organ that numbers it, the first of those that issue it: code of the unit, else the name as given.

    A unit keeps its code when it is renamed, so that its sequence goes on.
    """
    given = document.facts.get("organs") or document.organs
    name = str(given[0] if isinstance(given, list) and given else given)[:120]
    return Unit.objects.named(name).order_by("pk").values_list("code", flat=True).first() or name


def _refuse_borrowed(organ: str, code: str, year: int) -> None:
    """The same 代字 for two organs would print the same number twice."""
    others = OfficialDocument.objects.filter(code=code, year=year, serial__isnull=False).exclude(number_organ=organ)
    other = others.order_by("serial").first()
    if other:
        raise Refused(
            f"机关代字“{code}”{year}年已由{'、'.join(other.facts.get('organs') or other.organs)}使用({other.number}),"
            "两个机关用同一代字会印出相同的文号。请在“公文要素”中填写发文机关自己的机关代字。"
        )
