"""The demonstration's data, made once for all processes of a run while they go through the other journeys."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
FOLDER = Path(tempfile.gettempdir()) / f"spectown-site-{RUN}"
LOG, DONE = FOLDER / "log", FOLDER / "done"
PATIENCE_SECONDS = 120.0
OWN = {"DEMO": "1", "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}


def environment(folder: Path) -> dict[str, str]:
    """What a server gets whose data stands in a folder."""
    return {**os.environ, **OWN, "DATA_DIR": str(folder / "data"), "SECRETS_DIR": str(folder / "secrets")}


def begin() -> None:
    """Start making it, in the first process only; it goes when that one ends."""
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
        return
    FOLDER.mkdir(mode=0o700)
    atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
    command = f"{sys.executable} -m config.manage start --prepare-only && touch {DONE}"
    with LOG.open("wb") as log:
        child = subprocess.Popen(["sh", "-c", command], cwd=ROOT, env=environment(FOLDER), stdout=log, stderr=log)
    atexit.register(child.kill)


def take(folder: Path) -> None:
    """Wait for it and copy it to a folder of one's own."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not DONE.exists():
        if time.monotonic() > end:
            raise TimeoutError(f"the demonstration is not ready: {LOG.read_text('utf-8', 'replace')[-4000:]}")
        time.sleep(0.2)
    for part in ("data", "secrets"):
        shutil.copytree(FOLDER / part, folder / part)
