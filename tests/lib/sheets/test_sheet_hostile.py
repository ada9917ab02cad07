"""Files made to harm, or simply broken: always a refusal that says why, never another exception."""

import random
import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.sheets.guard import LARGE, inspect
from spectown.lib.sheets.reading import read_sheets
from tests.lib.sheets.books import table, tampered

SHEET = "xl/worksheets/sheet1.xml"
GOOD = table(("名称", "产值"), ("甲", 1), ("乙", 2))
OLD = Path(__file__).with_name("old.xls").read_bytes()
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def sheet(body: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'{head}<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
    return tampered(GOOD, {SHEET: lambda _: text.encode()})


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
HOSTILE = {
    "DTD": (sheet("", '<!DOCTYPE x [<!ENTITY a "b">]>'), "不安全的 XML"),
    "DTD behind a comment": (sheet("", "<!-- x --><!DOCTYPE x>"), "不安全的 XML"),
    "UTF-16": (tampered(GOOD, {SHEET: lambda data: data.decode().encode("utf-16")}), "UTF-8"),
    "UTF-7": (sheet("", '<?xml version="1.0" encoding="UTF-7"?>'), "不安全的 XML"),
    "macro": (tampered(GOOD, {}, {"xl/vbaProject.bin": b"x"}), "宏"),
    "external link": (tampered(GOOD, {}, {"xl/externalLinks/externalLink1.xml": b"<a/>"}), "指向其他文件"),
    "connection": (tampered(GOOD, {}, {"xl/connections.xml": b"<a/>"}), "外部数据连接"),
    "embedding": (tampered(GOOD, {}, {"xl/embeddings/oleObject1.bin": b"x"}), "嵌入的对象"),
    "activeX": (tampered(GOOD, {}, {"xl/activeX/activeX1.xml": b"<a/>"}), "控件"),
    "Word": (tampered(GOOD, {}, {"word/document.xml": b"<a/>"}), "Word"),
    "far row": (sheet(FAR.format(1_048_576, "A")), "超过上限"),
    "far column": (sheet(FAR.format(2, "XFD")), "超过上限"),
    "large area": (sheet(FAR.format(200_000, "CV")), "范围过大"),
    "far in single quotes": (sheet(FAR.format(1_048_576, "XFD").replace('"', "'")), "超过上限"),
    "far with blanks": (sheet(FAR.format(1_048_576, "XFD").replace(' r="', '  r = "')), "超过上限"),
    "far with a prefix": (
        sheet(FAR.format(1_048_576, "XFD").replace("<c ", "<x:c ").replace("</c>", "</x:c>")),
        "超过上限",
    ),
    "far row without references": (sheet('<row r="1048576"><c><v>1</v></c></row>'), "超过上限"),
    "formula without result": (sheet('<row r="1"><c r="A1"><f>1+1</f></c></row>'), "没有保存计算结果"),
    "PDF": (b"%PDF-1.7 ...", "PDF"),
    "empty": (b"", "空的"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "old with macro": (OLD + "_VBA_PROJECT".encode("utf-16-le"), "宏"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "不是 Excel"),
    "binary": (b"\x00\x01\x02" * 100, "损坏"),
    "nothing filled in": (table(), "没有填写"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_with_reason(name: str) -> None:
    data, reason = HOSTILE[name]
    with pytest.raises(WorkbookRefusedError, match=reason):
        read_sheets(data, "清单.xlsx")


@pytest.mark.parametrize("name", ["清单.et", "清单.xlsb", "清单.docx"])
def test_other_formats_are_refused_by_name(name: str) -> None:
    with pytest.raises(WorkbookRefusedError, match="另存为"):
        inspect(GOOD, name)


def test_too_large_is_refused() -> None:
    with pytest.raises(WorkbookRefusedError, match="40 MB"):
        inspect(b"PK" + bytes(LARGE.packed), "清单.xlsx")


def test_bomb_is_refused_before_it_is_inflated() -> None:
    buffer = BytesIO()
    with ZipFile(BytesIO(GOOD)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr("xl/media/image1.png", bytes(30_000_000))
    with pytest.raises(WorkbookRefusedError, match="压缩比"):
        inspect(buffer.getvalue(), "清单.xlsx")


def test_part_longer_than_the_directory_says_is_refused() -> None:
    """Lie about the length and the check sum of a part: a reader that stops at the length would be content."""
    data = bytearray(GOOD)
    with ZipFile(BytesIO(GOOD)) as archive:
        entry, content = archive.getinfo(SHEET), archive.read(SHEET)
    start = data.index(struct.pack("<I", entry.CRC), archive.start_dir)
    lie = struct.pack("<III", zlib.crc32(content[:200]), entry.compress_size, 200)
    data[start : start + 12] = lie
    with pytest.raises(WorkbookRefusedError, match="损坏"):
        inspect(bytes(data), "清单.xlsx")


@pytest.mark.parametrize("seed", range(60))
def test_broken_workbooks_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(GOOD)
    if seed % 3 == 0:
        data = data[: chance.randrange(1, len(data))]
    for _ in range(chance.randrange(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        assert read_sheets(bytes(data), "清单.xlsx")
    except WorkbookRefusedError as error:
        assert len(str(error)) > 5  # noqa: PT017


@pytest.mark.parametrize("seed", range(30))
def test_random_bytes_are_refused(seed: int) -> None:
    start = random.Random(seed).choice([b"", b"PK\x03\x04"])
    with pytest.raises(WorkbookRefusedError):
        read_sheets(start + random.Random(seed).randbytes(500), random.Random(seed).choice(["a.csv", "a.xlsx"]))


@pytest.mark.parametrize("seed", range(4))
def test_broken_old_workbooks_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(OLD if seed else OLD[:2000])
    for _ in range(40):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    try:
        assert read_sheets(bytes(data), "清单.xls")
    except WorkbookRefusedError as error:
        assert len(str(error)) > 5  # noqa: PT017
