"""The meeting's material as a document of the layout engine: agenda, then every table with its source."""

from __future__ import annotations

from collections.abc import Iterator

from spectown.core.officialdoc.blocks import Align, Block, Heading, Paragraph, Table
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.numbers import chinese_date
from spectown.core.officialdoc.tree import Attachment, Document, Format, Head
from spectown.core.officialdoc.wording import full_width, numbered
from spectown.lib.bundles.tables import Meeting, Section, TownPage, shown

SMALL_PT = 10.5


def material(meeting: Meeting) -> Document:
    """会议材料."""
    head = Head(("会议材料",), suffix="", left=meeting.organ, right=chinese_date(meeting.day))
    pages = tuple(Attachment(page.name, tuple(_page(page))) for page in meeting.towns)
    return Document(meeting.title, numbered(_body(meeting)), Format.MINUTES, head, attachments=pages)


def _page(page: TownPage) -> Iterator[Block]:
    """One town: a line about it, then each table with its source."""
    yield Paragraph(full_width(page.about), size_pt=SMALL_PT, align=Align.LEFT)
    for section in page.sections:
        yield Paragraph(f"{section.name}:{full_width(section.summary)}", face=Face.HEITI, size_pt=SMALL_PT + 1.5)
        yield from _content(section)


def _body(meeting: Meeting) -> Iterator[Block]:
    yield Heading(1, "议程")
    for number, item in enumerate(meeting.agenda, 1):
        yield Paragraph(full_width(f"{number}.{item}"))
    for section in meeting.sections:
        yield Heading(1, section.name)
        yield Paragraph(full_width(section.summary))
        yield from _content(section)


def _content(section: Section) -> Iterator[Block]:
    yield _table(section) if section.rows else Paragraph(section.empty)
    yield Paragraph(full_width(str(section.source)), size_pt=SMALL_PT, align=Align.LEFT)


def _table(section: Section) -> Table:
    columns = section.paper or range(len(section.head))
    rows = tuple(tuple(shown(row[column]) for column in columns) for row in section.rows)
    head = tuple(section.head[column] for column in columns)
    widths = tuple(float(section.widths[column]) for column in columns)
    return Table(widths, (head,), rows, size_pt=SMALL_PT)
