"""Looks at an uploaded workbook before any spreadsheet library opens it: what is refused, and why.

A workbook is a zip of XML. Refused are: files too large packed or unpacked, macros, links to other files,
embedded objects, encrypted and old binary formats, XML with a DTD, and ranges so large that expanding them
would take hours. What passes is safe to open.
"""

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import range_boundaries

from spectown.lib.excel.faults import WorkbookRefusedError

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请用模板另存为“Excel 工作簿(.xlsx)”后重新上传"
# What zipfile, zlib and the XML parser raise on files that are cut off or tampered with.
BROKEN = (BadZipFile, zlib.error, ParseError, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)
_TOO_LARGE = "表格过大,已拒绝,请使用模板重新填写,不要增加其他表格和合并单元格"
_FORBIDDEN = (
    ("vbaproject.bin", "含有宏"),
    ("/macrosheets/", "含有宏"),
    ("/externallinks/", "含有指向其他文件的链接"),
    ("/connections.xml", "含有外部数据连接"),
    ("/querytables/", "含有外部数据连接"),
    ("/embeddings/", "含有嵌入的对象"),
    ("/activex/", "含有嵌入的控件"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an upload may be: bytes, `elements` of XML, `range_cells` of merged and linked ranges."""

    packed: int = 5_000_000
    unpacked: int = 6_000_000
    entries: int = 200
    elements: int = 150_000
    range_cells: int = 20_000


DEFAULT_LIMITS = Limits()


def inspect(data: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raise WorkbookRefusedError if the file is not a workbook that is safe to open."""
    if len(data) > limits.packed:
        raise WorkbookRefusedError(f"文件超过 {limits.packed / 1e6:g} MB,请使用模板重新填写")
    if data.startswith(OLE):
        encrypted = ENCRYPTED in data
        what = "设置了打开密码,请取消密码后重新上传" if encrypted else f"是旧版 Excel 格式(.xls),{_SAVE_AS}"
        raise WorkbookRefusedError(f"文件{what}")
    if not data.startswith(b"PK"):
        raise WorkbookRefusedError(f"文件不是 Excel 工作簿,{_SAVE_AS}")
    try:
        with ZipFile(BytesIO(data)) as archive:
            inspect_entries(archive, limits)
            _inspect_parts(archive, limits)
    except WorkbookRefusedError:
        raise
    except DefusedXmlException as error:
        raise WorkbookRefusedError("文件中含有不安全的 XML 声明,已拒绝,请使用模板重新填写") from error
    except BROKEN as error:
        raise damaged() from error


def damaged() -> WorkbookRefusedError:
    """Return the refusal of a file that cannot be opened."""
    return WorkbookRefusedError("文件已损坏或不是完整的 Excel 工作簿,请重新下载模板填写后上传")


def inspect_entries(archive: ZipFile, limits: Limits) -> None:
    """Refuse by the directory of the zip alone: too large, encrypted, macros, links, embedded objects."""
    entries = archive.infolist()
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise WorkbookRefusedError("文件解压后过大,已拒绝,请使用模板重新填写,不要插入图片和其他内容")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise WorkbookRefusedError("文件设置了密码,请取消密码后重新上传")
    names = [f"/{entry.filename.lower().replace(chr(92), '/')}" for entry in entries]
    if len(set(names)) != len(names):
        raise damaged()
    if "/xl/workbook.xml" not in names or "/[content_types].xml" not in names:
        raise WorkbookRefusedError(f"文件不是 Excel 工作簿(.xlsx),{_SAVE_AS}")
    for part, what in _FORBIDDEN:
        if any(part in name for name in names):
            raise WorkbookRefusedError(f"文件{what},已拒绝,请去除后重新上传")


def _inspect_parts(archive: ZipFile, limits: Limits) -> None:
    elements = ranges = 0
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(entry) as stream:
            for tag, attributes in _elements(stream):
                if tag in _RANGE_OF:
                    ranges += _area(_RANGE_OF[tag](attributes))
                elements += 1 + sum(map(len, attributes.values())) // 20  # a long list of ranges counts as many
                if elements > limits.elements or ranges > limits.range_cells:
                    raise WorkbookRefusedError(_TOO_LARGE)
                if tag in ("Override", "Default"):
                    refuse_macros(attributes.get("ContentType", ""))


_RANGE_OF: dict[str, Callable[[dict[str, str]], str]] = {
    "mergeCell": lambda attributes: attributes.get("ref", ""),
    "hyperlink": lambda attributes: attributes.get("ref", ""),
}


def _elements(stream: IO[bytes]) -> Iterable[tuple[str, dict[str, str]]]:
    """Yield local name and attributes of every element as it starts, forgetting each as it ends."""
    element: Any
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "end":
            element.clear()
            continue
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        yield tag, dict(element.attrib)


def _area(reference: str) -> int:
    left, top, right, bottom = range_boundaries(reference)
    if None in (left, top, right, bottom):
        return DEFAULT_LIMITS.range_cells + 1
    return (int(right or 0) - int(left or 0) + 1) * (int(bottom or 0) - int(top or 0) + 1)


def refuse_macros(content_type: str) -> None:
    """Refuse a workbook one of whose content types says that it carries macros."""
    if "macroenabled" in content_type.lower():
        raise WorkbookRefusedError("文件含有宏,已拒绝,请去除后重新上传")
