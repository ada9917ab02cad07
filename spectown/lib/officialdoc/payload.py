"""The document tree as the data that official.typ lays out; text stays text."""

from collections.abc import Sequence
from typing import Any

from spectown.core.officialdoc import geometry, wording
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.placing import joint_rows, mark, mark_room, recipients_moved, signature_indents
from spectown.core.officialdoc.titles import title_lines
from spectown.core.officialdoc.tree import Attachment, Document, Format, Head, Signature
from spectown.core.officialdoc.widths import width
from spectown.lib.officialdoc.fonts import FontSet
from spectown.lib.officialdoc.payload_blocks import block_data

Data = dict[str, Any]


def payload(documents: Sequence[Document], fonts: FontSet) -> Data:
    """Everything that one compilation needs."""
    first = documents[0]
    day = first.day
    return {
        "g": _geometry(),
        "signer-label": wording.SIGNED_BY,
        "fonts": {face.value: {"families": fonts.families(face), "weight": fonts.weight(face)} for face in Face},
        "meta": {
            "title": first.title.replace("\n", ""),
            "author": [] if first.head is None else list(first.head.organs),
            "date": {"year": day.year, "month": day.month, "day": day.day} if day else None,
        },
        "documents": [_document(document) for document in documents],
    }


def _geometry() -> Data:
    g = geometry
    return {
        "top": g.TOP, "bottom": g.BOTTOM, "left": g.LEFT, "right": g.RIGHT, "area": g.TYPE_AREA, "lines": g.LINES,
        "characters": g.CHARACTERS, "body": g.BODY_PT, "title": g.TITLE_PT, "title-line": g.TITLE_LINE_PT,
        "framed-title": g.FRAMED_TITLE_PT, "framed-title-line": g.FRAMED_TITLE_LINE_PT,
        "small": g.SMALL_PT, "table": g.TABLE_PT, "mark-top": g.MARK_TOP, "rule-below-number": g.RULE_BELOW_NUMBER,
        "page-number-below": g.PAGE_NUMBER_BELOW, "letter-mark-top": g.LETTER_MARK_TOP,
        "letter-rule-below-mark": g.LETTER_RULE_BELOW_MARK, "letter-rule-from-bottom": g.LETTER_RULE_FROM_BOTTOM,
        "letter-rule-length": g.LETTER_RULE_LENGTH, "seven-eighths": g.SEVEN_EIGHTHS, "red-rule": g.RED_RULE_PT,
        "thick": g.THICK_RULE, "thin": g.THIN_RULE, "red": g.RED,
    }  # fmt: skip


def _document(document: Document) -> Data:
    moved = recipients_moved(document)
    recipients = wording.recipients_line(document.recipients) if document.recipients else ""
    return {
        "format": document.format.value,
        "frame": document.frame,
        "numbers": document.format is not Format.FORM,
        "head": _head(document.head),
        "mark": _mark(document.head),
        "title": title_lines(document.title),
        "recipients": "" if moved else recipients,
        "body": [block_data(block) for block in document.body],
        "statement": wording.attachment_lines(document.attachments),
        "signature": _signature(document.signature),
        "note": wording.note_line(document.note) if document.note else "",
        "annexes": _annexes(document.attachments),
        "imprint": _imprint(document, moved),
    }


def _head(head: Head | None) -> Data | None:
    if head is None:
        return None
    return {
        "copy": head.copy_number, "secrecy": head.secrecy, "urgency": head.urgency, "number": head.number,
        "signers": head.signers, "left": head.left, "right": head.right,
    }  # fmt: skip


def _mark(head: Head | None) -> Data | None:
    if head is None:
        return None
    longest = max(head.organs, key=width) + head.suffix
    fitted = mark(longest, mark_room(len(head.organs)))
    return {"organs": head.organs, "suffix": head.suffix, "size": fitted.size_pt, "stretch": fitted.stretch}


def _signature(signature: Signature | None) -> Data | None:
    if signature is None:
        return None
    day = signature.day
    name, right = signature_indents(width(signature.organs[-1]), width(day), stamped=signature.stamped)
    rows = joint_rows(signature.organs, stamped=signature.stamped)
    return {
        "gap": geometry.SEAL_GAP_LINES if signature.stamped else 1,
        "rows": [
            [{"text": organ, "right": name if n == len(row) - 1 else None} for n, organ in enumerate(row)]
            for row in rows
        ],
        "date": day,
        "right": right,
    }


def _annexes(attachments: tuple[Attachment, ...]) -> list[Data]:
    return [
        {
            "name": wording.attachment_name(number, len(attachments)),
            "title": title_lines(attachment.title),
            "landscape": attachment.landscape,
            "blocks": [block_data(block) for block in attachment.blocks],
        }
        for number, attachment in enumerate(attachments, 1)
        if attachment.blocks
    ]


def _imprint(document: Document, moved: bool) -> Data | None:
    imprint = document.imprint
    if imprint is None and not moved:
        return None
    listed = [(wording.SENT_TO, wording.copies_line(document.recipients))] if moved else []
    if imprint and imprint.copies:
        listed.append((wording.COPIED_TO, wording.copies_line(imprint.copies)))
    return {
        "lists": listed,
        "printer": imprint.printer if imprint else "",
        "printed": wording.printed_line(imprint) if imprint else "",
    }
