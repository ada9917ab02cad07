"""Lines that the heads of all formats have: classification and the red mark."""

from spectown.core.officialdoc.placing import Mark
from spectown.core.officialdoc.tree import Head
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx import xml


def classified(part: Head) -> list[str]:
    """份号, 密级和保密期限, 紧急程度, one below the other."""
    rows = [xml.text(s.FLUSH, part.copy_number)] if part.copy_number else []
    return rows + [xml.text(s.CLASSIFIED, text) for text in (part.secrecy, part.urgency) if text]


def mark_line(text: str, fitted: Mark, before: int, align: str = "center", extra: str = "") -> str:
    """A name in red, as large and as wide as fitted; `extra` are properties before the spacing."""
    line = round(fitted.size_pt * 20)
    spacing = f'<w:spacing w:before="{before}" w:after="0" w:line="{line}" w:lineRule="exact"/>'
    half_points = round(fitted.size_pt * 2)
    size = f'<w:w w:val="{round(fitted.stretch * 100)}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    return xml.paragraph(s.MARK, xml.run(text, size), f'{extra}{spacing}<w:jc w:val="{align}"/>')
