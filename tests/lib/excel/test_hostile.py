"""Uploads that nobody filled in with good intent, or that Excel users send by mistake."""

import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.excel.guard import Limits
from spectown.lib.excel.reader import read_form
from tests.lib.excel.declared import BOOK, FIELDS, empty

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600
SHEET = "xl/worksheets/sheet2.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def read(data, limits=None):
    options = {"limits": limits} if limits else {}
    return read_form(data, FIELDS, form_id=BOOK.form_id, **options)


def repacked(change=None, extra=None, without=()):
    """The empty form with parts changed, added or left out."""
    buffer = BytesIO()
    with ZipFile(BytesIO(empty())) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename not in without:
                part = source.read(entry)
                target.writestr(entry.filename, (change or {}).get(entry.filename, lambda same: same)(part))
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return buffer.getvalue()


def replacing(old, new):
    def change(part):
        assert old in part
        return part.replace(old, new, 1)

    return change


def saved(book):
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def other_workbook():
    return saved(Workbook())


def renamed():
    book = load_workbook(BytesIO(empty()))
    del book.defined_names["in_amount"]
    return saved(book)


def older_edition():
    book = load_workbook(BytesIO(empty()))
    book["填写说明"]["A4"] = "demo 0"
    return saved(book)


def lost_row():
    book = load_workbook(BytesIO(empty()))
    book.defined_names["in_amount"].attr_text = "表一!#REF!"
    return saved(book)


def name_of_a_range():
    book = load_workbook(BytesIO(empty()))
    book.defined_names["in_amount"].attr_text = "'表一'!$C$1:$C$1048576"
    return saved(book)


BOMB = b"<x>" + b" " * 20_000_000 + b"</x>"
DTD = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
MERGE = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
LINK = b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks></worksheet>'
END = b"</worksheet>"
REFUSED = {
    "empty file": (lambda: b"", "不是 Excel 工作簿"),
    "text": (lambda: "产值,12亿".encode("gbk"), "不是 Excel 工作簿"),
    "html called xlsx": (lambda: b"<html><table></table></html>", "不是 Excel 工作簿"),
    "old xls": (lambda: OLE, "旧版 Excel 格式"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "cut off": (lambda: empty()[:3000], "已损坏"),
    "a zip of something else": (lambda: repacked(without=["xl/workbook.xml"]), "不是 Excel 工作簿"),
    "no content types": (lambda: repacked(without=["[Content_Types].xml"]), "不是 Excel 工作簿"),
    "no sheet": (lambda: repacked(without=[SHEET]), "模板被改动"),
    "zip bomb": (lambda: repacked(extra={"xl/media/x.xml": BOMB}), "解压后过大"),
    "very many entries": (lambda: repacked(extra={f"xl/{i}.txt": b"" for i in range(300)}), "解压后过大"),
    "macros": (lambda: repacked(extra={"xl/vbaProject.bin": b"x"}), "含有宏"),
    "macro sheet": (lambda: repacked(extra={"xl/macrosheets/sheet1.xml": b"<x/>"}), "含有宏"),
    "macro type": (
        lambda: repacked({"[Content_Types].xml": replacing(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")}),
        "含有宏",
    ),
    "external link": (
        lambda: repacked(extra={"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "指向其他文件的链接",
    ),
    "backslash path": (lambda: repacked(extra={"xl\\externalLinks\\a.xml": b"<x/>"}), "指向其他文件的链接"),
    "embedded object": (lambda: repacked(extra={"xl/embeddings/oleObject1.bin": b"x"}), "嵌入的对象"),
    "connection": (lambda: repacked(extra={"xl/connections.xml": b"<x/>"}), "外部数据连接"),
    "entities": (lambda: repacked({SHEET: replacing(b"<worksheet", DTD + b"<worksheet")}), "不安全的 XML"),
    "broken xml": (lambda: repacked({SHEET: replacing(END, b"")}), "已损坏"),
    "huge merge": (lambda: repacked({SHEET: replacing(END, MERGE)}), "表格过大"),
    "huge link": (lambda: repacked({SHEET: replacing(END, LINK)}), "表格过大"),
    "deep nesting": (
        lambda: repacked({SHEET: replacing(END, b"<a>" * 300_000 + b"</a>" * 300_000 + END)}),
        "表格过大",
    ),
    "merge of nonsense": (
        lambda: repacked({SHEET: replacing(END, MERGE.replace(b"A1:XFD1048576", b"??"))}),
        "已损坏",
    ),
    "another workbook": (other_workbook, "不是本系统的申报模板"),
    "an older edition": (older_edition, "另一版模板"),
    "a name deleted": (renamed, "金额(万元)"),
    "a row deleted": (lost_row, "金额(万元)"),
    "a name of a whole column": (name_of_a_range, "金额(万元)"),
}


HANGS = 60  # seconds of CPU: no measure of speed, what was refused late would take minutes


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name):
    make, reason = REFUSED[name]
    data, start = make(), time.process_time()
    with pytest.raises(WorkbookRefusedError, match=reason.replace("(", r"\(").replace(")", r"\)")):
        read(data)
    assert time.process_time() - start < HANGS


def test_limits():
    with pytest.raises(WorkbookRefusedError, match=r"超过 0\.001 MB"):
        read(empty(), Limits(packed=1000))
    with pytest.raises(WorkbookRefusedError, match="表格过大"):
        read(empty(), Limits(elements=10))


def test_a_declared_size_that_lies_is_no_way_round():
    data = bytearray(repacked(extra={"xl/media/x.xml": BOMB}))
    size, position = len(BOMB).to_bytes(4, "little"), 0
    while (position := data.find(size, position)) >= 0:
        data[position : position + 4] = (100).to_bytes(4, "little")
    with pytest.raises(WorkbookRefusedError, match="已损坏"):
        read(bytes(data))


@settings(max_examples=60)
@given(st.data())
def test_damage_of_any_kind_is_refused_or_read(data):
    content = bytearray(empty())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(bytes(content))
    except WorkbookRefusedError as refusal:
        message = str(refusal)
    else:
        message = "read"
    assert message


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data):
    for content in (data, b"PK\x03\x04" + data):
        with pytest.raises(WorkbookRefusedError):
            read(content)
