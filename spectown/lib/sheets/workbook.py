"""The sheets of an .xlsx: their names, which part holds each, and whether it is shown."""

from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from spectown.lib.excel.guard import damaged
from spectown.lib.sheets.archive import read_part

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the workbook; `entry` is None for a chart."""

    name: str
    entry: ZipInfo | None
    visible: bool


def tabs_of(data: bytes) -> tuple[list[Tab], bytes]:
    """Return the tabs in their order, and the styles part."""
    with ZipFile(BytesIO(data)) as archive:
        targets = {
            relation.get("Id"): (relation.get("Type", ""), relation.get("Target", ""))
            for relation in fromstring(read_part(data, archive, "xl/_rels/workbook.xml.rels") or b"<none/>")
        }
        entries = {entry.filename.lower(): entry for entry in archive.infolist()}
        tabs = []
        for sheet in fromstring(read_part(data, archive, "xl/workbook.xml")).iter():
            if sheet.tag.rpartition("}")[2] != "sheet":
                continue
            kind, target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT), ("", ""))
            entry = entries.get(normpath(join("/xl", target)).lstrip("/").lower())
            is_sheet = kind.endswith("/worksheet")
            if is_sheet and entry is None:
                raise damaged()
            tabs.append(
                Tab(sheet.get("name", ""), entry if is_sheet else None, sheet.get("state", "visible") == "visible")
            )
        return tabs, read_part(data, archive, "xl/styles.xml", limit=40_000_000)
