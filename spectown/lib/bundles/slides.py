"""The meeting's figures as plain slides (at most eight): title, then one table a slide with its source and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from spectown.lib.bundles.tables import Meeting, Section, shown

MOST, ROWS, LONGEST = 8, 8, 52  # two lines of a wide column, so that rows keep their height
WIDTH, HEIGHT, EDGE = 338.7, 190.5, 16.0  # 16:9
BLANK = 6
INK, GREY, HEAD, EVEN, ODD = map(RGBColor.from_string, ("222222", "5F6368", "D9E3F0", "F3F6FA", "FFFFFF"))


def slides(meeting: Meeting) -> bytes:
    """The content of the .pptx."""
    made = Presentation()
    made.slide_width, made.slide_height = Mm(WIDTH), Mm(HEIGHT)
    _title(_blank(made), meeting)
    for section in [section for section in meeting.sections if section.slide][: MOST - 1]:
        _section(_blank(made), section)
    return _saved(made, meeting)


def town_slides(meeting: Meeting) -> bytes:
    """The content of the .pptx of the towns: their figures and their projects with alarms, two slides each."""
    made = Presentation()
    made.slide_width, made.slide_height = Mm(WIDTH), Mm(HEIGHT)
    for page in meeting.towns:
        for section in [section for section in page.sections if section.slide]:
            _section(_blank(made), replace(section, name=f"{page.name} {section.name}"))
    return _saved(made, meeting)


def _saved(made: Any, meeting: Meeting) -> bytes:
    made.core_properties.title, made.core_properties.author = meeting.title, meeting.organ
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _blank(made: Any) -> Any:
    return made.slides.add_slide(made.slide_layouts[BLANK])


def _title(slide: Any, meeting: Meeting) -> None:
    _text(slide, meeting.title, 26, 40, bold=True)
    for number, item in enumerate(meeting.agenda):
        _text(slide, f"{number + 1}. {item}", 58 + number * 12, 20)
    _text(slide, f"{meeting.organ}  {meeting.day}", HEIGHT - 20, 14, color=GREY)


def _section(slide: Any, section: Section) -> None:
    _text(slide, section.name, 10, 28, bold=True)
    _text(slide, section.summary, 27, 16)
    rows = section.rows[:ROWS]
    if rows:
        _table(slide, section, rows)
    else:
        _text(slide, section.empty, 50, 20)
    more = f"共{len(section.rows)}行,此处列前{ROWS}行,全部见会议材料和表格。" if len(section.rows) > ROWS else ""
    _text(slide, f"{more}{section.source}", HEIGHT - 17, 11, color=GREY)


def _text(slide: Any, text: str, top: float, size: float, *, bold: bool = False, color: Any = INK) -> None:
    frame = slide.shapes.add_textbox(Mm(EDGE), Mm(top), Mm(WIDTH - 2 * EDGE), Mm(size * 0.55)).text_frame
    frame.word_wrap = True
    _set(frame.paragraphs[0], text, size, bold=bold, color=color)


def _set(paragraph: Any, text: str, size: float, *, bold: bool = False, color: Any = INK) -> None:
    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold, run.font.color.rgb = text, Pt(size), bold, color
    run.font.name = "微软雅黑"
    fonts = run._r.get_or_add_rPr()
    east = fonts.makeelement(qn("a:ea"), {"typeface": "微软雅黑"})
    fonts.append(east)


def _table(slide: Any, section: Section, rows: Sequence[Sequence[Any]]) -> None:
    columns, room = section.slide, WIDTH - 2 * EDGE
    place = (Mm(EDGE), Mm(46), Mm(room), Mm(12 * (len(rows) + 1)))
    table = slide.shapes.add_table(len(rows) + 1, len(columns), *place).table
    whole = sum(section.widths[column] for column in columns)
    for number, column in enumerate(columns):
        table.columns[number].width = Mm(room * section.widths[column] / whole)
        _cell(table.cell(0, number), section.head[column], HEAD, bold=True)
        for line, row in enumerate(rows, 1):
            _cell(table.cell(line, number), shown(row[column]), ODD if line % 2 else EVEN)


def _cell(cell: Any, text: str, fill: Any, *, bold: bool = False) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = fill
    cell.margin_top = cell.margin_bottom = Mm(0.7)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    _set(cell.text_frame.paragraphs[0], short.replace("\n", " "), 12, bold=bold)
