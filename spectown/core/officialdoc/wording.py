"""The sentences of an official document that follow from its facts; both renderers print the same ones."""

import re
from collections.abc import Iterable
from dataclasses import replace

from spectown.core.officialdoc.blocks import Block, Heading, Labelled, Paragraph
from spectown.core.officialdoc.numbers import chinese_date, heading_mark
from spectown.core.officialdoc.tree import Attachment, Imprint

COMMA, COLON, OPEN, CLOSE = "\uff0c", "\uff1a", "\uff08", "\uff09"  # full-width; escaped, since they look like others
ATTACHED, SENT_TO, COPIED_TO, SIGNED_BY = (f"{word}{COLON}" for word in ("附件", "主送", "抄送", "签发人"))
_FULL = dict(zip(",:;?!", "\uff0c\uff1a\uff1b\uff1f\uff01", strict=True))
_NEAR = "\u3400-\u9fff\u3001-\u301f\uff01-\uff60"  # Chinese characters and signs
_SIGN = re.compile(f"(?<=[{_NEAR}”’%])[,:;?!]|[,:;?!](?=[{_NEAR}“‘])")
_BRACKETS = re.compile(rf"\((?=[^()]*[{_NEAR}])([^()]*)\)|(?<=[{_NEAR}])\(([^()]*)\)|\(([^()]*)\)(?=[{_NEAR}])")


def full_width(text: str) -> str:
    """Half-width signs beside Chinese characters as full-width ones, as official documents want them.

    Renderers print what they are given; whoever writes a document's text from facts puts it through this.
    """
    replaced = 1
    while replaced:  # brackets within brackets: the inner ones first
        text, replaced = _BRACKETS.subn(lambda found: f"{OPEN}{''.join(filter(None, found.groups()))}{CLOSE}", text)
    return _SIGN.sub(lambda found: _FULL[found.group()], text)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text of several lines, as people type it, as paragraphs; empty lines and spaces at the edges are left out."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(Paragraph(full_width(line)) for line in lines if line)


def label(block: Labelled) -> str:
    """The label of a labelled paragraph with its colon."""
    return f"{block.label}{COLON}"


def group(names: Iterable[str]) -> str:
    """Units of one kind, as one entry of recipients or copies: 潞州区人民政府、上党区人民政府."""
    return "、".join(names)


def recipients_line(recipients: tuple[str, ...]) -> str:
    """主送机关 (7.3.2): kinds divided by commas, a full-width colon at the end."""
    return f"{COMMA.join(recipients)}{COLON}"


def copies_line(names: tuple[str, ...]) -> str:
    """抄送机关 (7.4.2): kinds divided by commas, a full stop at the end."""
    return f"{COMMA.join(names)}。"


def attachment_lines(attachments: tuple[Attachment, ...]) -> list[tuple[str, str, str]]:
    """附件说明 (7.3.4): label, number and title of each line; numbered where there are several, no sign at the end."""
    titles = [attachment.title.replace("\n", "") for attachment in attachments]
    if len(titles) == 1:
        return [(ATTACHED, "", titles[0])]
    return [(ATTACHED if n == 1 else "", f"{n}.", title) for n, title in enumerate(titles, 1)]


def attachment_name(number: int, count: int) -> str:
    """What stands on the annex's first line (7.3.7): 附件, numbered where there are several."""
    return "附件" if count == 1 else f"附件{number}"


def note_line(note: str) -> str:
    """附注 (7.3.6), in round brackets."""
    return f"{OPEN}{note}{CLOSE}"


def printed_line(imprint: Imprint) -> str:
    """印发日期 (7.4.3)."""
    return f"{chinese_date(imprint.printed_on)}印发" if imprint.printed_on else ""


def heading_text(heading: Heading) -> str:
    """A heading with its mark."""
    return heading.text if heading.number is None else heading_mark(heading.level, heading.number) + heading.text


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks whose headings count from one, each level anew below the next higher heading."""
    counts = [0, 0, 0, 0]
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            block = replace(block, number=counts[block.level - 1])
        result.append(block)
    return tuple(result)
