"""Checks an uploaded file before it is kept: name, size, and whether the content is what the name says."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

import puremagic

from spectown.lib.refusal import Refused

TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OFFICE = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
SAME = {".jpeg": ".jpg", ".jfif": ".jpg"}
ALLOWED = "PDF、JPG、PNG、DOCX、XLSX"
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept: cleaned name and true content type."""

    name: str
    content_type: str


def inspect(name: str, data: bytes, limit: int) -> Accepted:
    """Accept a file or raise Refused with what is wrong and what to do; `limit` in bytes."""
    shown = clean_name(name)
    extension = PurePath(shown).suffix.lower()
    if extension not in TYPES:
        raise Refused(f"“{shown}”的类型不能上传,可以上传 {ALLOWED}。")
    if not data:
        raise Refused(f"“{shown}”是空文件,请重新选择。")
    if len(data) > limit:
        raise Refused(
            f"“{shown}”有 {len(data) / 1048576:.1f} MB,超过 {limit // 1048576} MB 的上限,请压缩或拆分后上传。"
        )
    if not (_is_office(data, extension) if extension in OFFICE else _is_of_kind(data, extension)):
        raise Refused(f"“{shown}”的内容不是 {extension[1:].upper()} 文件,请另存为正确的类型后上传。")
    return Accepted(shown, TYPES[extension])


def clean_name(name: str) -> str:
    """The file's own name without folders, control and direction characters."""
    own = re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", name.replace("\\", "/")).split("/")[-1]
    path = PurePath(re.sub(r'[<>:"|?*]', "_", own).strip(" ."))
    return f"{path.stem[:LONGEST_NAME]}{path.suffix}" or "未命名"


def _is_of_kind(data: bytes, extension: str) -> bool:
    try:
        found = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return False
    kinds = {SAME.get(match.extension, match.extension) for match in found}
    return SAME.get(extension, extension) in kinds


def _is_office(data: bytes, extension: str) -> bool:
    """A zip with the document's main part and no macros."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    return OFFICE[extension] in names and not any(name.endswith("vbaProject.bin") for name in names)
