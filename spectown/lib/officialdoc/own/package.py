"""Opens an uploaded .docx: what may be in the zip, and how large. Everything else is refused before it is parsed."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from spectown.lib.excel.guard import ENCRYPTED, OLE
from spectown.lib.officialdoc.own.refusal import TemplateRefused, damaged, holds

PACKED, UNPACKED, ENTRIES, RATIO, RATIO_FROM = 8_000_000, 40_000_000, 300, 200, 1_000_000
CONTENT_TYPES, MAIN = "[Content_Types].xml", "word/document.xml"
SAVE_AS = "请用 Word 或 WPS 另存为“Word 文档(.docx)”后重新上传"
XML, RELATIONS = (".xml", ".rels"), ".rels"
PICTURES = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".gif": b"GIF8",
    ".bmp": b"BM",
}
FORBIDDEN = (
    ("vba", "宏"),
    ("/embeddings/", "嵌入的对象"),
    ("/activex/", "嵌入的控件"),
    ("/afchunk", "嵌入的其他文档"),
    ("/customui/", "自定义界面"),
    ("/fonts/", "嵌入的字体"),
    ("webextension", "加载项"),
)
_BROKEN = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)


def read_package(data: bytes) -> dict[str, bytes]:
    """All parts of the file by name, in its order. Raises TemplateRefused."""
    _outside(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            _directory(archive.infolist())
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except _BROKEN as error:
        raise damaged() from error
    for name, content in parts.items():
        _content(name, content)
    if MAIN not in parts or CONTENT_TYPES not in parts:
        raise TemplateRefused(f"文件不是 Word 文档(.docx),{SAVE_AS}。")
    return parts


def write_package(parts: dict[str, bytes]) -> bytes:
    """The parts as a file; the same parts give the same bytes."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return stream.getvalue()


def _outside(data: bytes) -> None:
    if len(data) > PACKED:
        raise TemplateRefused(f"文件超过 {PACKED / 1e6:g} MB,请压缩或去掉图片后重新上传。")
    if data.startswith(OLE):
        locked = ENCRYPTED in data
        raise TemplateRefused(
            "文件设置了打开密码,请取消密码后重新上传。" if locked else f"文件是旧版 Word 格式(.doc),{SAVE_AS}。"
        )
    if not data.startswith(b"PK"):
        raise TemplateRefused(f"文件不是 Word 文档(.docx),{SAVE_AS}。")


def _directory(entries: list[ZipInfo]) -> None:
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
        raise TemplateRefused("文件解压后过大,已拒绝,请去掉多余的图片和内容后重新上传。")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise TemplateRefused("文件设置了密码,请取消密码后重新上传。")
    names = [f"/{entry.filename.lower().replace(chr(92), '/')}" for entry in entries]
    if len(set(names)) != len(names) or any("/../" in name or "//" in name for name in names):
        raise damaged()
    for entry, name in zip(entries, names, strict=True):
        if entry.file_size > RATIO_FROM and entry.file_size > RATIO * max(entry.compress_size, 1):
            raise TemplateRefused("文件的压缩比异常,已拒绝,请把内容复制到新的文档后重新上传。")
        for part, what in FORBIDDEN:
            if part in name:
                raise holds(what)


def _content(name: str, content: bytes) -> None:
    """Only XML and plain pictures; a picture is what its name says."""
    suffix = f".{name.lower().rpartition('.')[2]}"
    if suffix in XML:
        return
    if suffix not in PICTURES:
        raise holds(f"不能使用的部分 {name}", "模板中只能有文字、表格和 PNG、JPEG、GIF、BMP 图片")
    if not content.startswith(PICTURES[suffix]):
        raise holds(f"内容与名称不符的图片 {name}")
