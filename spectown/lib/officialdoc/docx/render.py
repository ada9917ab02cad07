"""Official documents as .docx, to be gone on with in Word or WPS."""

import re

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc import wording
from spectown.core.officialdoc.blocks import Block
from spectown.core.officialdoc.placing import recipients_moved
from spectown.core.officialdoc.tree import Attachment, Document
from spectown.lib.officialdoc.docx import body, styles, xml
from spectown.lib.officialdoc.docx.base import Base, base
from spectown.lib.officialdoc.docx.draftmark import marked
from spectown.lib.officialdoc.docx.head import head
from spectown.lib.officialdoc.docx.imprint import imprint
from spectown.lib.officialdoc.docx.package import package
from spectown.lib.officialdoc.docx.pictures import Pictures
from spectown.lib.officialdoc.refusal import refuse_unprintable

PORTRAIT_ROOM = styles.twips(g.TYPE_AREA[0])
LANDSCAPE_ROOM = styles.twips(g.TYPE_AREA[1])
FRAME_SIDES = ("top", "left", "bottom", "right")
FRAME_LINE = 'w:val="thickThinSmallGap" w:sz="18" w:space="31" w:color="000000"'
FRAME = f'<w:pgBorders w:offsetFrom="page">{"".join(f"<w:{side} {FRAME_LINE}/>" for side in FRAME_SIDES)}</w:pgBorders>'


def render_docx(document: Document, draft: str = "") -> bytes:
    """The document as .docx. Raises Unrenderable (Chinese) when a text holds a control character.

    `draft`: a word behind the text of every page, for what has not been issued.
    """
    refuse_unprintable(document)
    pictures = Pictures()
    content = body_xml(document, pictures)
    made = package(base(document.format), content, document, pictures.files)
    return marked(made, draft) if draft else made


def body_xml(document: Document, pictures: Pictures) -> str:
    """What stands in w:body; pictures of figures are left in `pictures`."""
    start, picture = base(document.format), pictures.drawing
    moved = recipients_moved(document)
    imprinted = imprint(document, moved)
    ends = bool(imprinted) and not any(part.blocks for part in document.attachments)  # 版记 follows the text itself
    parts = [head(document), body.title(document.title, document.frame), xml.blank(styles.FLUSH)]
    if document.recipients and not moved:
        parts.append(xml.text(styles.FLUSH, wording.recipients_line(document.recipients)))
    parts.append(_blocks(document.body, PORTRAIT_ROOM, picture, keep=document.signature is not None or ends))
    parts.append(body.statement(document.attachments))
    if document.signature:
        parts.append(body.signature(document.signature, bool(document.note) or ends))
    if document.note:
        parts.append(xml.kept(body.note(document.note)) if ends else body.note(document.note))
    annexes = _annexes(document, start, picture, keep=bool(imprinted))
    return "".join([*parts, *annexes, _end(document, start, imprinted)])


def _end(document: Document, start: Base, imprinted: str) -> str:
    """版记 and the last section; after a landscape annex 版记 is on the last leaf's back, without a number (7.5)."""
    own = [part for part in document.attachments if part.blocks]
    last, turned = bool(own and own[-1].landscape), any(part.landscape for part in own)
    if imprinted and last:
        return _section_end(start.landscape) + imprinted + _back(start)
    section = start.landscape if last else _portrait(start, not turned)
    return imprinted + (section.replace("<w:cols", f"{FRAME}<w:cols", 1) if document.frame else section)


def _blocks(blocks: tuple[Block, ...], room: int, picture: body.Picture, keep: bool = False) -> str:
    last = len(blocks) - 1
    return "".join(body.block(part, room, picture, keep and n == last) for n, part in enumerate(blocks))


def _annexes(document: Document, start: Base, picture: body.Picture, keep: bool) -> list[str]:
    """Annexes on pages of their own; where the sheet turns, a section ends. `keep`: 版记 follows the last of them."""
    parts: list[str] = []
    before: Attachment | None = None
    first = True
    own = [(number, part) for number, part in enumerate(document.attachments, 1) if part.blocks]
    for number, part in own:
        if part.landscape or (before and before.landscape):
            parts.append(_section_end(start.landscape if before and before.landscape else _portrait(start, first)))
            first = first and bool(before and before.landscape)
        name = wording.attachment_name(number, len(document.attachments))
        room = LANDSCAPE_ROOM if part.landscape else PORTRAIT_ROOM
        kept = keep and number == own[-1][0] and not part.landscape
        new_page = "" if part.landscape or (before and before.landscape) else "<w:pageBreakBefore/>"
        parts.append(_annex(part, name, new_page, _blocks(part.blocks, room, picture, kept)))
        before = part
    return parts


def _annex(part: Attachment, name: str, new_page: str, content: str) -> str:
    mark = xml.paragraph(styles.ANNEX, xml.run(name), new_page)
    return mark + xml.blank(styles.FLUSH) + body.title(part.title) + xml.blank(styles.FLUSH) + content


def _portrait(start: Base, first: bool) -> str:
    return start.first if first else start.portrait


def _back(start: Base) -> str:
    """A portrait page on an even side; its feet are those of the landscape pages before it, which are empty."""
    plain = re.sub(r"<w:footerReference [^>]*/>", "", start.portrait)
    return plain.replace("<w:pgSz", '<w:type w:val="evenPage"/><w:pgSz', 1)


def _section_end(section: str) -> str:
    line = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return xml.paragraph(styles.FLUSH, "", line + section)
