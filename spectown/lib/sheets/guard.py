"""Looks at an uploaded list of any size before a spreadsheet library opens it: what it is, and whether it is safe."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.excel.guard import (
    BROKEN,
    ENCRYPTED,
    OLE,
    Limits,
    damaged,
    inspect_entries,
    refuse_macros,
)
from spectown.lib.sheets.archive import inflate, read_part, xml_blocks
from spectown.lib.sheets.marks import Facts, facts_of
from spectown.lib.sheets.scan import UNUSUAL, Range, walk

LARGE = Limits(packed=40_000_000, unpacked=400_000_000, entries=500)
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 250_000, 1_000, 6_000_000
MOST_MERGES = 20_000
AHEAD = 4  # blocks held in memory while they wait to be counted
_VBA = "_VBA_PROJECT".encode("utf-16-le")
_SAVE_AS = "请用 Excel 或 WPS 另存为“Excel 工作簿(.xlsx)”后重新上传"
_OTHER = {
    b"%PDF": "PDF 文档",
    b"{\\rtf": "RTF 文档",
    b"<htm": "网页",
    b"<!DO": "网页",
    b"<?xm": "XML 文件",
}
_OTHER_ZIP = {
    "word/": "Word 文档",
    "ppt/": "演示文稿",
    "content.xml": "LibreOffice 文件",
    "xl/workbook.bin": "二进制工作簿(.xlsb)",
}
_OTHER_NAMES = {".et": "WPS 表格(.et)", ".xlsb": "二进制工作簿(.xlsb)", ".docx": "Word 文档", ".doc": "Word 文档"}


@dataclass(frozen=True, slots=True)
class Inspected:
    """An upload that may be opened: how to read it (xlsx, xls or text) and how far each sheet reaches."""

    form: str
    ranges: dict[str, Range] = field(default_factory=dict)


def inspect(data: bytes, name: str, limits: Limits = LARGE) -> Inspected:
    """Say what kind of file it is; raise WorkbookRefusedError for what is no list or not safe to open."""
    if len(data) > limits.packed:
        raise WorkbookRefusedError(f"文件超过 {limits.packed / 1e6:g} MB,请删除图片等内容或分成几个文件后重新上传")
    if not data.strip():
        raise WorkbookRefusedError("文件是空的,请填写后重新上传")
    ending = f".{name.rpartition('.')[2].lower()}"
    if ending in _OTHER_NAMES:
        raise WorkbookRefusedError(f"文件是{_OTHER_NAMES[ending]},不能读取,{_SAVE_AS}")
    if data.startswith(OLE):
        return _inspect_old(data)
    if data.startswith(b"PK"):
        return _inspect_zip(data, limits)
    for start, what in _OTHER.items():
        if data.lstrip()[:4].lower() == start[:4].lower():
            raise WorkbookRefusedError(f"文件是{what},不是表格,{_SAVE_AS}")
    if ending in (".xlsx", ".xls", ".xlsm"):
        raise damaged()
    return Inspected("text")


def _inspect_old(data: bytes) -> Inspected:
    if ENCRYPTED in data:
        raise WorkbookRefusedError("文件设置了打开密码,请取消密码后重新上传")
    if _VBA in data:
        raise WorkbookRefusedError(f"文件含有宏,已拒绝,{_SAVE_AS}")
    if "Workbook".encode("utf-16-le") not in data and "Book".encode("utf-16-le") not in data:
        raise WorkbookRefusedError(f"文件不是 Excel 工作簿,{_SAVE_AS}")
    return Inspected("xls")


def _inspect_zip(data: bytes, limits: Limits) -> Inspected:
    try:
        with ZipFile(BytesIO(data)) as archive:
            _refuse_others(archive)
            inspect_entries(archive, limits)
            refuse_macros(read_part(data, archive, "[Content_Types].xml").decode("utf-8"))
            ranges = {entry.filename: found for entry in archive.infolist() if (found := _part(data, entry))}
    except WorkbookRefusedError:
        raise
    except BROKEN as error:
        raise damaged() from error
    except Exception as error:  # struct.error and whatever else a crafted directory provokes in zipfile
        raise damaged() from error
    if sum(found.last_row * found.last_column for found in ranges.values()) > 2 * MOST_CELLS:
        raise WorkbookRefusedError("文件中的表格过多过大,请只保留要导入的表后重新上传")
    return Inspected("xlsx", ranges)


def _refuse_others(archive: ZipFile) -> None:
    names = [entry.filename for entry in archive.infolist()]
    for start, what in _OTHER_ZIP.items():
        if any(name.startswith(start) for name in names):
            raise WorkbookRefusedError(f"文件是{what},不能读取,{_SAVE_AS}")


def _part(data: bytes, entry: ZipInfo) -> Range | None:
    """Go through one part; only a sheet has a range."""
    name = entry.filename.lower().replace("\\", "/")
    if not name.endswith((".xml", ".rels", ".vml")):
        for _ in inflate(data, entry):
            pass
        return None
    if not name.startswith("xl/worksheets/") or name.endswith(".rels"):
        for _ in xml_blocks(data, entry):
            pass
        return None
    found = _measured(xml_blocks(data, entry))
    if not found.standard:
        walk(xml_blocks(data, entry), found)
        _refuse_unusual(facts_of(xml_blocks(data, entry)))
    _refuse_range(found)
    return found


def _measured(blocks: Iterator[bytes]) -> Range:
    """Measure blocks in order while the next are inflated here."""
    found, waiting = Range(), deque[Future[None]]()
    with ThreadPoolExecutor(1) as pool:
        for block in blocks:
            waiting.append(pool.submit(found.add, block))
            if len(waiting) > AHEAD:
                waiting.popleft().result()
        for measured in waiting:
            measured.result()
    return found


def _refuse_range(found: Range) -> None:
    if found.last_row > MOST_ROWS or found.last_column > MOST_COLUMNS:
        raise WorkbookRefusedError(
            f"表格用到了第 {found.last_row} 行、第 {found.last_column} 列,超过上限({MOST_ROWS} 行、{MOST_COLUMNS} 列),"
            "请选中数据以外的空行空列并删除(不是清除内容),保存后重新上传"
        )
    if found.last_row * found.last_column > MOST_CELLS:
        raise WorkbookRefusedError(
            f"表格范围过大({found.last_row} 行 × {found.last_column} 列),请删除多余的空行空列或分成几个文件后重新上传"
        )


def _refuse_unusual(facts: Facts) -> None:
    if facts.errors or facts.merged or facts.formulas or facts.foreign:
        raise WorkbookRefusedError(UNUSUAL)


def counted(data: bytes, entry: ZipInfo) -> Facts:
    """What a sheet holds that needs a closer look; raises WorkbookRefusedError where it is too much."""
    facts = facts_of(xml_blocks(data, entry))
    if facts.merged > MOST_MERGES:
        raise WorkbookRefusedError("合并单元格过多,请取消合并后重新上传")
    return facts
