"""Every text that a document prints, with the part where it stands and its face."""

from collections.abc import Iterator

from spectown.core.officialdoc import wording
from spectown.core.officialdoc.blocks import Block, Figure, Gap, Heading, Labelled, Paragraph, Run, Table, Text
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.grid import as_cell
from spectown.core.officialdoc.tree import Document, Head

HEADING_FACES = {1: Face.HEITI, 2: Face.KAITI}  # 7.3.3; the third and fourth level are 仿宋 like the text
Printed = tuple[str, Face, str]  # part, face, text


def runs(text: Text, face: Face) -> list[tuple[str, Face]]:
    """Text as stretches of one face each; `face` is that of the block."""
    stretches = (Run(text),) if isinstance(text, str) else text
    return [(run.text, run.face or face) for run in stretches if run.text]


def heading_runs(heading: Heading) -> list[tuple[str, Face]]:
    """A heading and the text that goes on behind it."""
    face = HEADING_FACES.get(heading.level, Face.FANGSONG)
    return [(wording.heading_text(heading), face), *runs(heading.lead, Face.FANGSONG)]


def printed(document: Document) -> Iterator[Printed]:
    """All texts of the document in the order of reading."""
    yield from _head(document.head) if document.head else ()
    yield "标题", Face.XIAOBIAOSONG, document.title.replace("\n", "")
    yield from _plain("主送机关", wording.recipients_line(document.recipients) if document.recipients else "")
    for block in document.body:
        yield from _block("正文", block)
    yield from _end(document)


def unprintable(document: Document) -> dict[str, str]:
    """Characters that no document can hold (control characters, halves of pairs) and the part where they stand."""
    return {char: part for part, _, text in printed(document) for char in text if is_control(char)}


def is_control(char: str) -> bool:
    """Whether no document can hold the character."""
    return (
        (char < " " and char != "\n")
        or "\x7f" <= char <= "\x9f"
        or "\ud800" <= char <= "\udfff"
        or char in "\u2028\u2029\ufffe\uffff"
    )


def _plain(part: str, *texts: str) -> Iterator[Printed]:
    for text in texts:
        if text:
            yield part, Face.FANGSONG, text


def _head(head: Head) -> Iterator[Printed]:
    for organ in (*head.organs, head.suffix):
        yield "发文机关标志", Face.XIAOBIAOSONG, organ
    yield from _plain(
        "版头", head.copy_number, head.number, head.left, head.right, wording.SIGNED_BY if head.signers else ""
    )
    yield "密级和紧急程度", Face.HEITI, head.secrecy + head.urgency
    for signer in head.signers:
        yield "签发人", Face.KAITI, signer


def _end(document: Document) -> Iterator[Printed]:
    signature, imprint = document.signature, document.imprint
    for parts in wording.attachment_lines(document.attachments):
        yield from _plain("附件说明", "".join(parts))
    if signature:
        yield from _plain("署名", *signature.organs, signature.day)
    yield from _plain("附注", wording.note_line(document.note) if document.note else "")
    for number, attachment in enumerate(document.attachments, 1):
        name = wording.attachment_name(number, len(document.attachments))
        yield name, Face.HEITI, name
        yield f"{name}标题", Face.XIAOBIAOSONG, attachment.title.replace("\n", "")
        for block in attachment.blocks:
            yield from _block(name, block)
    if imprint:
        copies = wording.COPIED_TO + wording.copies_line(imprint.copies) if imprint.copies else ""
        yield from _plain("版记", copies, imprint.printer, wording.printed_line(imprint))


def _block(part: str, block: Block) -> Iterator[Printed]:
    match block:
        case Paragraph():
            yield from ((part, face, text) for text, face in runs(block.text, block.face))
        case Heading():
            yield from ((part, face, text) for text, face in heading_runs(block))
        case Labelled():
            yield part, Face.HEITI, wording.label(block)
            yield from _plain(part, block.text)
        case Table():
            yield from _table(part, block)
        case Figure():
            yield part, Face.HEITI, block.caption
        case Gap():
            return


def _table(part: str, table: Table) -> Iterator[Printed]:
    yield f"{part}的表", Face.HEITI, table.caption
    yield from _plain(f"{part}的表", table.unit)
    for face, rows in ((Face.HEITI, table.head), (Face.FANGSONG, table.rows)):
        for number, row in enumerate(rows, 1):
            where = f"{part}的表第 {number} 行" if face is Face.FANGSONG else f"{part}的表头"
            for cell in map(as_cell, row):
                yield from ((where, own, text) for text, own in runs(cell.text, face))
