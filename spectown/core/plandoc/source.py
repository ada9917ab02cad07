"""Bytes of a file to the one text that everything else works on; the kind of file is told by its content."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from spectown.core.plandoc import readers
from spectown.core.plandoc.encodings import decode
from spectown.core.plandoc.model import Problem, Severity

_HTML = re.compile(rb"<(?:!doctype html|html|head|body|div|table|p|span|meta)\b", re.IGNORECASE)
_MOST_UNPACKED = 60_000_000
_LONGEST_PAGE = 1_500_000


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text that ranges index into: for .txt the decoded file unchanged, else as `readers` renders it."""

    text: str
    format: str
    problems: tuple[Problem, ...] = ()


def read(data: bytes, name: str = "") -> SourceText:
    """Return the text of a file; a file that cannot be read gives an empty text and a problem."""
    kind = _kind(data)
    if kind in _REFUSED:
        return SourceText("", kind, (_unreadable(_REFUSED[kind]),))
    if kind == "docx":
        return _document(data)
    if kind == "pdf":
        return _rendered(readers.binary("pdf", data), "pdf", "PDF 中没有可读的文字(可能是扫描件,请先识别文字)")
    text, problems = decode(data)
    if kind == "html":
        if len(text) > _LONGEST_PAGE:
            problems += (Problem(Severity.UNREADABLE, f"网页过长,只读取了前{_LONGEST_PAGE}个字符"),)
        return SourceText(readers.html(text[:_LONGEST_PAGE]), "html", problems)
    if name.lower().endswith((".doc", ".docx", ".pdf", ".xls", ".xlsx")) and not problems:
        problems = (Problem(Severity.ODD, "文件名与内容不符:内容是纯文本"),)
    return SourceText(text, "txt", problems)


_REFUSED = {
    "empty": "文件是空的",
    "doc": "这是旧版 Word(.doc)文件,请另存为 .docx 或 .txt 后再读",
    "zip": "这是压缩包,不是方案文件",
    "rtf": "这是 RTF 文件,请另存为 .docx 或 .txt 后再读",
    "image": "这是图片,请先识别文字",
    "binary": "文件内容不是文字",
}
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM6")


def _kind(data: bytes) -> str:
    head = data[:4096]
    if not data.strip(b"\x00 \r\n\t"):
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if _is_docx(data) else "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_IMAGES):
        return "image"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "txt"
    return _text_kind(data, head)


def _text_kind(data: bytes, head: bytes) -> str:
    control = sum(1 for byte in head if byte < 9 or 13 < byte < 27 or 27 < byte < 32)
    if control > len(head) // 20 and not _is_utf16(head):
        return "binary"
    return "html" if len(_HTML.findall(data[:20000])) >= 2 else "txt"


def _is_utf16(head: bytes) -> bool:
    """Whether bytes without a mark are UTF-16: line ends and digits leave zeros at every other place."""
    return head.count(b"\n\x00") + head.count(b"\x00\n") > 1 or head.count(b"\x00") > len(head) // 3


def _is_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _document(data: bytes) -> SourceText:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > _MOST_UNPACKED:
            return SourceText("", "docx", (_unreadable("文件展开后过大,没有读取"),))
    return _rendered(readers.binary("docx", data), "docx", "这个 Word 文件打不开或已损坏")


def _rendered(text: str | None, kind: str, message: str) -> SourceText:
    if text is None or not text.strip():
        return SourceText("", kind, (_unreadable(message),))
    return SourceText(text, kind)


def _unreadable(message: str) -> Problem:
    return Problem(Severity.UNREADABLE, message)
