"""The parts of a .docx put together: those of the base as they are, the document, its properties and pictures."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

from spectown.core.officialdoc.tree import Document
from spectown.lib.officialdoc.docx.base import Base

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same facts give the same bytes
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</cp:coreProperties>'
)


def package(start: Base, content: str, document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """The file; `pictures` are PNG by the id of their relation."""
    written = {
        "word/document.xml": start.around[0] + content + start.around[1],
        "word/_rels/document.xml.rels": start.relations.replace("</Relationships>", _relations(pictures), 1),
        "docProps/core.xml": CORE.format(_properties(document)),
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in start.parts.items():
            file.writestr(_entry(name), part)
        for name, text in written.items():
            file.writestr(_entry(name), text.encode())
        for identity, picture in pictures.items():
            file.writestr(_entry(f"word/media/{identity}.png"), picture)
    return stream.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _relations(pictures: Mapping[str, bytes]) -> str:
    own = (f'<Relationship Id="{name}" Type="{IMAGE}" Target="media/{name}.png"/>' for name in pictures)
    return "".join(own) + "</Relationships>"


def _properties(document: Document) -> str:
    title = escape(document.title.replace("\n", ""))
    author = escape("、".join(document.head.organs)) if document.head else ""
    when = f"{document.day.isoformat()}T00:00:00Z" if document.day else ""
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{when}</dcterms:{name}>' for name in ("created", "modified") if when
    )
    who = f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
    return f"<dc:title>{title}</dc:title>{who}<dc:language>zh-CN</dc:language>{times}"
