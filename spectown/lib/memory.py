"""Memory that a large piece of work has freed goes back to the system: a worker lives for weeks."""

from __future__ import annotations

import ctypes
from functools import cache


def give_back() -> None:
    """Return free memory of the C library's heap (glibc keeps it otherwise); does nothing elsewhere."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> ctypes._FuncPointer | None:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # no glibc
        return None
