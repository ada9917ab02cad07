"""Files of issued documents, read back."""

from __future__ import annotations

import hashlib

from spectown.documents.models import DocumentFile, SignatureScan
from spectown.lib.refusal import Refused


def verified(file: DocumentFile | SignatureScan) -> bytes:
    """The content of a file whose hash is still the one of the day when it was kept. Raises Refused."""
    try:
        with file.file.open("rb") as stream:
            content: bytes = stream.read()
    except FileNotFoundError as lost:
        raise Refused("文件不在存储中,请与系统管理员联系,从备份找回。") from lost
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Refused("文件内容与印发时的校验值不符,已停止提供。请与系统管理员联系,从备份找回。")
    return content
