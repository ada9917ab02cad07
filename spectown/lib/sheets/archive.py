"""The parts of an uploaded zip, inflated in blocks that end before a tag; the directory is not believed."""

import re
from collections.abc import Iterator
from struct import unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from isal import isal_zlib

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.excel.guard import damaged

BLOCK = 1 << 20  # most that one step may inflate to
PIECE = 1 << 17  # packed bytes given to it at a time: what it leaves over is copied
_HEADER = 30  # bytes of a local file header before the name
_RATIO, _RATIO_FROM = 300, 20_000_000
# What may stand before the first element: no DTD, no encoding but UTF-8.
_PROLOG = re.compile(
    rb'^(?:\xef\xbb\xbf)?\s*(?:<\?xml\b(?:(?!encoding)[^>])*(?:encoding\s*=\s*["\'](?:utf-?8|us-ascii)["\'][^>]*)?\?>)?'
    rb"\s*(?:<(?:!--(?:(?!--).)*--|\?(?!xml\b)[^>]*\?)>\s*)*<[A-Za-z_]",
    re.DOTALL | re.IGNORECASE,
)
_PROLOG_BYTES = 4096


def inflate(data: bytes, entry: ZipInfo) -> Iterator[bytes]:
    """Yield the content of a part; refuses one that is longer or shorter than the directory says."""
    start = entry.header_offset + _HEADER + sum(unpack_from("<HH", data, entry.header_offset + 26))
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.file_size > _RATIO_FROM and entry.file_size > _RATIO * max(entry.compress_size, 1):
        raise WorkbookRefusedError("文件的压缩比异常,已拒绝,请把数据复制到新的工作簿后重新上传")
    if entry.compress_type == ZIP_STORED:
        if entry.compress_size != entry.file_size:
            raise damaged()
        yield bytes(packed)
    elif entry.compress_type == ZIP_DEFLATED:
        yield from _inflated(packed, entry.file_size)
    else:
        raise damaged()


def _inflated(packed: memoryview, expected: int) -> Iterator[bytes]:
    machine, total = isal_zlib.decompressobj(-isal_zlib.MAX_WBITS), 0
    for block in _steps(machine, packed):
        total += len(block)
        if total > expected:
            raise damaged()
        yield block
    if total != expected or not machine.eof:
        raise damaged()


def _steps(machine: "isal_zlib.Decompress", packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), PIECE):
        rest: bytes | memoryview = packed[start : start + PIECE]
        while rest and not machine.eof:
            yield machine.decompress(rest, BLOCK)
            rest = machine.unconsumed_tail
    while not machine.eof and (block := machine.decompress(b"", BLOCK)):
        yield block


def xml_blocks(data: bytes, entry: ZipInfo) -> Iterator[bytes]:
    """Yield an XML part in blocks, each cut before a tag; refuses a DTD and every encoding but UTF-8."""
    carry, first = b"", True
    for block in inflate(data, entry):
        whole = carry + block
        if first:
            _inspect_prolog(whole)
            first = False
        cut = max(whole.rfind(b"<"), 0)
        carry = whole[cut:]
        if cut:
            yield whole[:cut]
    yield carry


def _inspect_prolog(start: bytes) -> None:
    head = start[:_PROLOG_BYTES]
    if _PROLOG.match(head):
        return
    if b"\x00" in head:
        raise WorkbookRefusedError("文件内部不是 UTF-8 编码,已拒绝,请用 Excel 或 WPS 另存为 .xlsx 后重新上传")
    raise WorkbookRefusedError("文件中含有不安全的 XML 声明,已拒绝,请使用模板重新填写")


def read_part(data: bytes, archive: ZipFile, name: str, limit: int = 8_000_000) -> bytes:
    """Return a small XML part at once, b"" if there is none."""
    entry = next((entry for entry in archive.infolist() if entry.filename.lower() == name.lower()), None)
    if entry is None:
        return b""
    if entry.file_size > limit:
        raise WorkbookRefusedError("文件内部结构过大,已拒绝,请把数据复制到新的工作簿后重新上传")
    return b"".join(xml_blocks(data, entry))
