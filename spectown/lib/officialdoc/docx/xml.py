"""Pieces of WordprocessingML as text: paragraphs and runs. Text is escaped here and nowhere else."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from spectown.core.officialdoc.blocks import Text
from spectown.core.officialdoc.geometry import RED, Face
from spectown.core.officialdoc.texts import runs
from spectown.lib.officialdoc.docx.styles import IDS, Style, fonts_xml

Stretch = tuple[str, Face]
KEEP = "<w:keepNext/>"
TAB, BREAK = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"


def run(text: str, properties: str = "") -> str:
    """One run; `properties` are the children of w:rPr. A line feed is a new line of the same paragraph."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{inner}{'<w:br/>'.join(lines)}</w:r>" if text else ""


def stretches(style: Style, parts: Sequence[Stretch], properties: str = "") -> str:
    """Runs of a paragraph; only those in another face than the style's name their font."""
    return "".join(run(text, (fonts_xml(face) if face != style.face else "") + properties) for text, face in parts)


def paragraph(style: Style, content: str = "", properties: str = "") -> str:
    """One paragraph; `properties` are the children of w:pPr after the style, in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{IDS[style.name]}"/>{properties}</w:pPr>{content}</w:p>'


def text(style: Style, content: Text, properties: str = "") -> str:
    """A paragraph of text in a style."""
    return paragraph(style, stretches(style, runs(content, style.face)), properties)


def blank(style: Style, lines: int = 1) -> str:
    """Empty lines."""
    return paragraph(style) * lines


def field(instruction: str, properties: str) -> str:
    """A field that Word fills in."""
    return f'<w:fldSimple w:instr="{instruction}">{run("1", properties)}</w:fldSimple>'


def kept(content: str) -> str:
    """Content whose last paragraph, at least two lines of it, stays on the page of what follows."""
    at = content.rindex("<w:p><w:pPr><w:pStyle")
    last = content[at:]
    return content if KEEP in last else content[:at] + last.replace("/>", f"/>{KEEP}<w:widowControl/>", 1)


def border(edge: str, kind: str, eighths: int, space: int) -> str:
    """A red line above or below a paragraph: its width in eighths of a point, its distance in points."""
    line = f'w:val="{kind}" w:sz="{eighths}" w:space="{space}" w:color="{RED}"'
    return f"<w:pBdr><w:{edge} {line}/></w:pBdr>"
