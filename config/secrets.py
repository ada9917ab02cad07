"""Keys that an installation makes for itself at first start, in a folder outside the checkout."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def secret(folder: Path, name: str, given: str = "") -> str:
    """The key `name`: the given one, else the stored one, else a new one stored with mode 0600."""
    if given:
        return given
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _store_once(path)
        return path.read_text().strip()
    except OSError as error:
        message = f"不能在 {folder} 保存密钥({error.strerror})。请把环境变量 SECRETS_DIR 设为可写的文件夹。"
        raise ImproperlyConfigured(message) from error


def _store_once(path: Path) -> None:
    """Two workers starting together agree on one key: write aside, then link into place."""
    if path.exists():
        return
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32) + "\n")
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
