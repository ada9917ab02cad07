"""A file is kept beside the others of its owner, or taken out; the caller says who may, and writes it down."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.db.models import Manager, QuerySet
from django.utils import timezone

from spectown.lib.proofs.check import Checked, inspect
from spectown.lib.proofs.models import KeptFile, RemovableFile
from spectown.lib.refusal import Refused

Kept = TypeVar("Kept", bound=KeptFile)
Removable = TypeVar("Removable", bound=RemovableFile)


def content_fields(checked: Checked, content: bytes) -> dict[str, Any]:
    """Fields of a KeptFile."""
    return {
        "file": ContentFile(content, name=checked.name),
        "name": checked.name,
        "content_type": checked.content_type,
        "size": len(content),
        "sha256": checked.sha256,
    }


def present(rows: Manager[Kept] | QuerySet[Kept]) -> QuerySet[Kept]:
    """Those that were not taken out."""
    return rows.filter(removed_at__isnull=True) if issubclass(rows.model, RemovableFile) else rows.all()


def require_room(rows: QuerySet[Kept], checked: Checked, most: int, holder: str) -> None:
    """Refuse the same content twice, and more than `most` files; `holder`: what has them, as in 一格."""
    if rows.filter(sha256=checked.sha256).exists():
        raise Refused(f"“{checked.name}”已经上传过,内容完全相同。")
    if rows.count() >= most:
        instead = "请先移除不用的,或合并为一个文件" if issubclass(rows.model, RemovableFile) else "请合并后上传"
        raise Refused(f"{holder}最多 {most} 个文件,{instead}。")


def keep(files: Manager[Kept], upload: tuple[str, bytes], *, most: int, holder: str, **more: Any) -> Kept:
    """Keep an upload (name, content) among the files of an owner. Raises Refused for what may not be kept."""
    name, content = upload
    checked = inspect(name, content)
    require_room(present(files), checked, most, holder)
    return files.create(**content_fields(checked, content), **more)


def take_out(file: Removable, person: int | None) -> Removable:
    """Mark a file as removed; its content stays. Raises Refused where it was already."""
    kept = type(file)._default_manager.select_for_update().get(pk=file.pk)
    if kept.removed_at is not None:
        raise Refused(f"“{kept.name}”已经移除。")
    kept.removed_at, kept.removed_by_id = timezone.now(), person
    kept.save(update_fields=["removed_at", "removed_by"])
    return kept
