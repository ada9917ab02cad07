"""A migrated test database that later test runs copy: running all migrations takes longer than most tests.

Only on SQLite, under the fingerprint of everything that migrations are made of. The copy is migrated all the same,
which then finds nothing to do.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE_OF = ("spectown/*/migrations/*.py", "spectown/lib/**/*.py", "spectown/**/models.py", "spectown/**/models/*.py")
KEPT = 3


class Kept:
    """Of several processes that start together the first migrates and keeps, the others wait and copy."""

    def __init__(self, folder: Path, target: str) -> None:
        self.target, self.file = target, folder / f"{_fingerprint()}.sqlite3"
        self.lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)

    def take(self) -> None:
        """Put the kept database in its place; where there is none, the others wait until `give`."""
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        if self.file.exists():
            shutil.copyfile(self.file, self.target)
            fcntl.flock(self.lock, fcntl.LOCK_UN)

    def give(self) -> None:
        """Keep what has been migrated, unless it came from here."""
        if not self.file.exists():
            self._keep()
        os.close(self.lock)

    def _keep(self) -> None:
        half = self.file.with_suffix(".part")
        half.unlink(missing_ok=True)
        database = sqlite3.connect(self.target)
        database.execute("VACUUM INTO ?", (str(half),))  # pages may still be in the write-ahead log
        database.close()
        half.rename(self.file)
        for old in sorted(self.file.parent.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink()


def _fingerprint() -> str:
    content = hashlib.sha256()
    files = {path for pattern in MADE_OF for path in ROOT.glob(pattern)} | {ROOT / "requirements-dev.lock"}
    for path in sorted(files):
        content.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return content.hexdigest()[:32]
