"""Title, text, 附件说明, 署名 and 附注 of the .docx."""

from collections.abc import Callable

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc import wording
from spectown.core.officialdoc.blocks import Block, Figure, Gap, Heading, Labelled, Paragraph, Table
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.placing import joint_rows, signature_indents
from spectown.core.officialdoc.texts import heading_runs, runs
from spectown.core.officialdoc.titles import title_lines
from spectown.core.officialdoc.tree import Attachment, Signature
from spectown.core.officialdoc.widths import width
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx import xml
from spectown.lib.officialdoc.docx.tables import JC, table
from spectown.lib.officialdoc.docx.xml import KEEP

Picture = Callable[[Figure], str]


def title(text: str, framed: bool = False) -> str:
    """The title, broken by sense; that of a framed sheet (证书) is larger."""
    half_points = round(g.FRAMED_TITLE_PT * 2)
    size = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if framed else ""
    line = round(g.FRAMED_TITLE_LINE_PT * 20)
    spacing = f'<w:spacing w:line="{line}" w:lineRule="exact"/>' if framed else ""
    return xml.paragraph(s.TITLE, xml.BREAK.join(xml.run(part, size) for part in title_lines(text)), spacing)


def block(part: Block, room: int, picture: Picture, keep: bool = False) -> str:
    """One block; `room` is the width of the text in twips, `picture` makes the drawing of a figure.

    `keep`: its end stays on the page of what follows.
    """
    if isinstance(part, Table):
        return table(part, room, keep)
    made = _block(part, picture)
    return xml.kept(made) if keep else made


def _block(part: Paragraph | Heading | Labelled | Gap | Figure, picture: Picture) -> str:
    match part:
        case Paragraph():
            return _paragraph(part)
        case Heading():
            return _heading(part)
        case Labelled():
            label = xml.run(wording.label(part), s.fonts_xml(Face.HEITI))
            hang = width(part.label) + 1
            return xml.paragraph(s.FLUSH, label + xml.run(part.text), _hanging(2, hang) + '<w:jc w:val="both"/>')
        case Gap():
            return xml.blank(s.FLUSH, part.lines)
        case Figure():
            caption = xml.text(s.FIGURE_CAPTION, part.caption) if part.caption else ""
            return xml.paragraph(s.FIGURE, picture(part)) + caption


def _paragraph(part: Paragraph) -> str:
    size, spacing, indent = "", "", "" if part.indent else '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    if part.size_pt is not None:
        half_points = round(part.size_pt * 2)
        size = f'<w:spacing w:val="0"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        line = s.LINE if part.size_pt <= g.BODY_PT else s.round_pt(part.size_pt * 1.6)
        spacing = f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>'
        if part.indent:
            indent = f'<w:ind w:firstLineChars="200" w:firstLine="{s.round_pt(part.size_pt * 2)}"/>'
    content = xml.stretches(s.BODY, runs(part.text, part.face), size)
    return xml.paragraph(s.BODY, content, f'{spacing}{indent}<w:jc w:val="{JC[part.align]}"/>')


def _heading(part: Heading) -> str:
    style = s.HEADINGS[part.level]
    return xml.paragraph(style, xml.stretches(style, heading_runs(part)), "" if part.lead else KEEP)


def _hanging(indent: float, hang: float) -> str:
    return f'<w:ind w:left="{s.characters(indent + hang)}" w:hanging="{s.characters(hang)}"/>'


def statement(attachments: tuple[Attachment, ...]) -> str:
    """附件说明: the titles hang behind the label, further lines of a title below its first character."""
    done = [xml.paragraph(s.FLUSH, "", KEEP)] if attachments else []
    for label, number, name in wording.attachment_lines(attachments):
        before = (
            ""
            if label
            else f'<w:ind w:left="{s.characters(5 + width(number))}" w:hanging="{s.characters(width(number))}"/>'
        )
        indent = before or _hanging(2, 3 + width(number))
        done.append(xml.paragraph(s.FLUSH, xml.run(label + number + name), KEEP + indent))
    return "".join(done)


def signature(part: Signature, followed: bool) -> str:
    """署名 and 成文日期, with the room of a seal above; `followed` by 附注 they stay on its page."""
    day = part.day
    name, right = signature_indents(width(part.organs[-1]), width(day), stamped=part.stamped)
    gap = g.SEAL_GAP_LINES if part.stamped else 1
    rows = joint_rows(part.organs, stamped=part.stamped)
    lines = [xml.paragraph(s.FLUSH, "", KEEP) * gap]
    lines += [_names(row, name) for row in rows]
    lines.append(
        xml.paragraph(s.SIGNATURE, xml.run(day), ("" if followed else '<w:keepNext w:val="0"/>') + _right(right))
    )
    return "".join(lines)


def _names(row: tuple[str, ...], right: float) -> str:
    """One row of names: the last stands over the date, those before it are centred in their share of the line."""
    if len(row) == 1:
        return xml.paragraph(s.SIGNATURE, xml.run(row[0]), _right(right))
    share = g.CHARACTERS / len(row)
    stops = [f'<w:tab w:val="center" w:pos="{s.characters(share * (n + 0.5))}"/>' for n in range(len(row) - 1)]
    stops.append(f'<w:tab w:val="right" w:pos="{s.characters(g.CHARACTERS - right)}"/>')
    content = "".join(xml.TAB + xml.run(name) for name in row)
    return xml.paragraph(s.SIGNATURE, content, f'<w:tabs>{"".join(stops)}</w:tabs><w:jc w:val="left"/>')


def _right(count: float) -> str:
    return f'<w:ind w:right="{s.characters(count)}"/>'


def note(text: str) -> str:
    """附注."""
    return xml.paragraph(s.FLUSH, xml.run(wording.note_line(text)), f'<w:ind w:left="{s.characters(2)}"/>')
