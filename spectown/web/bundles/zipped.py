"""The files of a meeting in one zip."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from spectown.documents.models.bundles import BundleKind
from spectown.documents.services.bundling import Made
from spectown.lib.bundles.book import book
from spectown.lib.bundles.slides import slides, town_slides
from spectown.lib.bundles.tables import Meeting
from spectown.lib.bundles.word import material
from spectown.lib.officialdoc.docx.render import render_docx


def meeting_zip(meeting: Meeting, said: Callable[[int, int, str], None]) -> Made:
    """会议包: material, tables, slides, slides of the towns."""
    makers: dict[str, Callable[[], bytes]] = {
        f"{meeting.title}.docx": lambda: render_docx(material(meeting)),
        f"{meeting.title}.xlsx": lambda: book(meeting),
        f"{meeting.title}.pptx": lambda: slides(meeting),
    }
    if meeting.towns:
        makers[f"{meeting.title}(各专业镇).pptx"] = lambda: town_slides(meeting)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for number, (name, make) in enumerate(makers.items()):
            said(number, len(makers), f"正在生成 {name.rpartition('.')[2]}")
            archive.writestr(name, make())
    return Made(BundleKind.MEETING, meeting.title, f"{meeting.title}.zip", stream.getvalue())
