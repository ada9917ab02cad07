"""The small parent of web server and worker: `python -m spectown.web.supervisor ADDRESS WORKERS`. No Django in here.

Stopped, it stops both. A dead worker comes back, each time after a longer pause; a dead web server ends everything, so
that whoever watches this process (systemd, a container) sees it.
"""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

PAUSES = (1, 2, 5, 15, 30, 60)  # seconds before the worker is started again
STEADY = 60.0  # a worker that lived so long begins with the first pause again
GRACE = 30.0  # seconds from SIGTERM to SIGKILL
LOOK = 0.2
PR_SET_PDEATHSIG = 1


def web_command(address: str, workers: str) -> list[str]:
    """How the application server is started."""
    arguments = ["--bind", address, "--workers", workers, "--threads", "4", "--worker-class", "gthread"]
    quiet = ["--log-level", "warning", "--timeout", "60", "--max-requests", "5000", "--max-requests-jitter", "500"]
    return [sys.executable, "-m", "gunicorn", "config.wsgi", *arguments, *quiet]


def worker_command() -> list[str]:
    """How the worker is started."""
    return [sys.executable, "-m", "config.manage", "worker"]


class Stop(Exception):
    """Somebody wants us to end."""


class Supervisor:
    """Two child processes: `web` must live, `worker` is brought back."""

    def __init__(self, web: Sequence[str], worker: Sequence[str], pauses: Sequence[float] = PAUSES) -> None:
        self._web_command, self._worker_command, self._pauses = web, worker, pauses
        self._deaths, self._next_start = 0, 0.0
        self._worker_since = 0.0
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Watch both until asked to stop (0) or the web server ends (its exit code, at least 1)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        try:
            self.web = _start(self._web_command)
            while self.web.poll() is None:
                self._keep_worker()
                time.sleep(LOOK)
            sys.stderr.write(f"网页服务意外退出(代码 {self.web.returncode}),全部停止。\n")
            return abs(self.web.returncode) or 1
        except Stop:
            return 0
        finally:
            self._end()

    def _keep_worker(self) -> None:
        now = time.monotonic()
        if self.worker is None:
            if now >= self._next_start:
                self.worker, self._worker_since = _start(self._worker_command), now
        elif self.worker.poll() is not None:
            self._deaths = 1 if now - self._worker_since > STEADY else self._deaths + 1
            pause = self._pauses[min(self._deaths, len(self._pauses)) - 1]
            sys.stderr.write(f"后台作业进程意外退出(代码 {self.worker.returncode}),{pause} 秒后重新启动。\n")
            self.worker, self._next_start = None, now + pause

    def _end(self) -> None:
        """Ask both to end, then insist."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        children = [child for child in (self.web, self.worker) if child is not None and child.poll() is None]
        for child in children:
            child.terminate()
        end = time.monotonic() + GRACE
        for child in children:
            try:
                child.wait(timeout=max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A child in a process group of its own (Ctrl+C reaches only us) that ends with us, even when we are killed."""
    return subprocess.Popen(command, process_group=0, preexec_fn=_end_with_parent)  # noqa: S603  # our own commands


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(Supervisor(web_command(*sys.argv[1:3]), worker_command()).run())
