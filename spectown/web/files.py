"""Files of people: one way in, one way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any, Protocol

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from spectown.lib.proofs.check import SHOWN_IN_PLACE
from spectown.lib.refusal import Refused
from spectown.web.http import Request

PDF = "application/pdf"
# A browser's own PDF viewer does not run in a sandbox; some pages show it beside what it proves.
POLICY = {PDF: "frame-ancestors 'self'; base-uri 'none'"}


class Stored(Protocol):
    """A stored file with its name and type."""

    file: Any
    name: Any
    content_type: Any


def accepted(sent: UploadedFile[Any] | None, missing: str = "请先选择文件。") -> UploadedFile[Any]:
    """Return an upload that may be read. Raises Refused where there is none or it is too large."""
    if sent is None:
        raise Refused(missing)
    if (sent.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise Refused(f"文件超过 {settings.UPLOAD_MAX_BYTES // 1048576} MB 的上限,没有保存。")
    return sent


def keep_all(request: Request, keep: Callable[[str, bytes], Any]) -> str:
    """Keep every file of the field `file` and say how many. Raises Refused before the first where one is refused."""
    sent = [accepted(each) for each in request.FILES.getlist("file")]
    for each in sent or [accepted(None)]:
        keep(each.name or "", each.read())
    return f"已保存 {len(sent)} 个文件。"


def kept_file(stored: Stored) -> HttpResponseBase:
    """A stored file. Raises Http404 where the storage has lost it."""
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as lost:
        raise Http404("文件不在存储中") from lost
    return shown(content, stored.name, stored.content_type)


def shown(content: IO[bytes] | File[Any], name: str, content_type: str) -> HttpResponseBase:
    """Content with headers that let it do nothing; images and PDF open in the browser."""
    return FileResponse(
        content,
        as_attachment=content_type not in SHOWN_IN_PLACE,
        filename=name,
        content_type=content_type,
        headers={
            "Content-Security-Policy": POLICY.get(content_type, "sandbox; default-src 'none'"),
            "X-Content-Type-Options": "nosniff",
        },
    )
