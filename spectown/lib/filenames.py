"""Names of files as the disks of our users can keep them."""

from __future__ import annotations

from pathlib import PurePosixPath

MOST_BYTES = 200  # a name may have 255 bytes on most disks; browsers add " (1)" and the like


def short_name(name: str, most: int = MOST_BYTES) -> str:
    """The name itself, or cut before its suffix, with …, so that it has at most so many bytes in UTF-8."""
    if len(name.encode()) <= most:
        return name
    suffix = PurePosixPath(name).suffix
    tail = f"…{suffix if len(suffix.encode()) <= 16 else ''}"
    kept = name.encode()[: most - len(tail.encode())].decode(errors="ignore")
    return kept.rstrip(" .") + tail
