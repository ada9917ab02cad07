"""What an uploaded file must be: one of a few plain kinds, by name and by content alike."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

import puremagic
from django.conf import settings

from spectown.lib.refusal import Refused

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
}
SHOWN_IN_PLACE = frozenset({"application/pdf", "image/jpeg", "image/png"})
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
ACCEPT = ",".join(f".{extension}" for extension in TYPES)
SHOWN_KINDS, KINDS = "PDF、JPG、PNG", "PDF、JPG、PNG、DOCX、XLSX"
LONGEST_NAME = 120
MOST_UNPACKED = 200 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff<>:\"|?*]")
_EXTENSION = re.compile(r"[a-z][a-z0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its cleaned name, its type, its SHA-256."""

    name: str
    content_type: str
    sha256: str


def inspect(name: str, content: bytes, only: frozenset[str] = frozenset(TYPES.values())) -> Checked:
    """Check a file by name, size and content. Raises Refused with what is wrong and what to do."""
    clean = clean_name(name)
    extension = PurePosixPath(clean).suffix.lower().lstrip(".")
    if not content:
        raise Refused(f"“{clean}”是空文件,请重新选择。")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // 1024 // 1024
        raise Refused(f"“{clean}”超过 {most} MB,请压缩或拆分后上传。")
    if TYPES.get(extension) not in only:
        raise Refused(f"“{clean}”的类型不能上传,只接受 {SHOWN_KINDS if only == SHOWN_IN_PLACE else KINDS}。")
    inner = PurePosixPath(PurePosixPath(clean).stem).suffix.lower().lstrip(".")
    if _EXTENSION.fullmatch(inner):
        raise Refused(f"“{clean}”有两个扩展名(.{inner}.{extension}),请改名后上传。")
    if not _is_of_kind(extension, content):
        raise Refused(f"“{clean}”的内容不是 {extension.upper()} 文件,请用原软件另存后上传。")
    return Checked(clean, TYPES[extension], hashlib.sha256(content).hexdigest())


def clean_name(name: str) -> str:
    """The last part of a path without control, direction and reserved characters, shortened before its extension."""
    last = _CONTROL.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    path = PurePosixPath(last or "未命名")
    return f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix[:LONGEST_NAME]}"


def _is_of_kind(extension: str, content: bytes) -> bool:
    try:
        found = {match.mime_type for match in puremagic.magic_string(content)}
    except puremagic.PureError:
        return False
    if TYPES[extension] not in found:
        return False
    return extension not in PARTS or _is_plain_package(content, PARTS[extension])


def _is_plain_package(content: bytes, part: str) -> bool:
    """A zip that holds the main part of its kind, no macros, and nothing that explodes when unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
    names = [entry.filename.lower() for entry in entries]
    harmless = not any("vbaproject" in name or "/activex/" in name or "/embeddings/" in name for name in names)
    return part in names and harmless and sum(entry.file_size for entry in entries) <= MOST_UNPACKED
