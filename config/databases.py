"""Database settings: SQLite in WAL with IMMEDIATE transactions, or PostgreSQL by DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
}


def make_folder(folder: Path, setting: str) -> None:
    """Make a folder that a setting names, or say which setting to change."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"环境变量 {setting} 所指的文件夹 {folder} 不能建立({error.strerror})。请改为可写的文件夹。"
        raise ImproperlyConfigured(message) from error


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's DATABASES["default"] for a URL ('' = the embedded file in data_dir)."""
    if not url:
        make_folder(data_dir, "DATA_DIR")
        url = f"sqlite:///{data_dir / 'spectown.sqlite3'}"
    if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
        message = f"环境变量 DATABASE_URL 的值“{url}”不可用:应以 postgres:// 或 sqlite:/// 开头。"
        raise ImproperlyConfigured(message)
    config: dict[str, Any] = dict(Env.db_url_config(url))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    config["ATOMIC_REQUESTS"] = False
    return config
