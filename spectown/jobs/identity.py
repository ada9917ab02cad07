"""Name of a process, and whether a process so named is certainly dead: a killed worker is seen at once, not by time."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

_TOKEN = secrets.token_hex(4)


def machine() -> str:
    """Host and process namespace: numbers of processes mean something only within."""
    namespace = Path("/proc/self/ns/pid")
    inside = str(namespace.stat().st_ino) if namespace.exists() else "-"
    return f"{socket.gethostname()[:50].replace('/', '-')}/{inside}"


def identity() -> str:
    """Name of this process, different after every start (`host/namespace/pid/random`)."""
    return f"{machine()}/{os.getpid()}/{_TOKEN}"


def is_gone(name: str) -> bool:
    """True where the process of this name has certainly ended; False also where that cannot be known from here."""
    place, _, rest = name.rpartition("/")[0].rpartition("/")
    if place != machine() or not rest.isdecimal():
        return False
    pid = int(rest)
    if pid == os.getpid():
        return name != identity()  # our number belonged to somebody before us
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # somebody else's process: it lives
        return False
    return False
