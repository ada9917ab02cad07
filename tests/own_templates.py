"""Templates as an office would write them, made for tests; and the parts of a file exchanged for hostile ones."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from spectown.core.documentkinds.building import kind_of

KIND = kind_of(
    {
        "kind": "tiny",
        "label": "小样",
        "about": "测试。",
        "area": "测试",
        "facts": [
            {"name": "town", "label": "专业镇"},
            {"name": "story", "label": "情况", "type": "long", "required": False},
            {"name": "output", "label": "产值", "type": "money", "required": False},
            {"name": "day", "label": "截止日期", "type": "date", "required": False},
            {
                "name": "demands",
                "label": "整改要求",
                "type": "rows",
                "required": False,
                "of": [{"name": "demand", "label": "要求"}, {"name": "due", "label": "期限", "type": "date"}],
            },
        ],
        "title": "关于{{ town }}的通知",
        "recipients": ["沁县人民政府"],
        "body": ["{{ town }}。"],
    },
    "tiny",
)
FACTS: dict[str, Any] = {
    "organs": ["领导小组办公室"],
    "on": "2026-11-26",
    "town": "沁州黄小米专业镇",
    "story": "第一段。\n第二段。",
    "output": "12345.6",
    "demands": [
        {"demand": "制定赶工计划", "due": "2026-12-05"},
        {"demand": "取得施工许可", "due": "2026-12-31"},
    ],
}
BOX = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>框内:{{专业镇}}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def template(*paragraphs: str | list[str], rows: list[list[str]] | None = None, header: str = "") -> bytes:
    """A .docx; a paragraph given as a list is cut into these runs."""
    file = docx.Document()
    file.styles["Normal"].font.name = "仿宋_GB2312"
    for text in paragraphs:
        runs = [text] if isinstance(text, str) else text
        paragraph = file.add_paragraph()
        for run in runs:
            paragraph.add_run(run)
    if rows:
        table = file.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    if header:
        file.sections[0].header.paragraphs[0].text = header
    return saved(file)


def boxed() -> bytes:
    """A template with a field in a text box."""
    file = docx.Document()
    file.add_paragraph("外:{{产值|金额}}")._p.append(parse_xml(BOX))
    return saved(file)


def saved(file: Any) -> bytes:
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def exchanged(data: bytes, changes: dict[str, bytes | tuple[bytes, bytes]]) -> bytes:
    """The file with parts added or put in place of others; a pair replaces bytes inside a part."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for name, change in changes.items():
            if isinstance(change, tuple):
                assert change[0] in parts[name], name
                parts[name] = parts[name].replace(*change, 1)
            else:
                parts[name] = change
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def texts(data: bytes) -> list[str]:
    """All paragraphs of the body with text, then the cells of tables."""
    file = docx.Document(BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return [*(p.text for p in file.paragraphs if p.text), *cells]
