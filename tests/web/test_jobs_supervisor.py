"""The parent of web server and worker, with small stand-ins for both."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from spectown.web.supervisor import Supervisor, web_command, worker_command

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 20.0
SCRIPT = """
import sys
from spectown.web.supervisor import Supervisor
sys.exit(Supervisor([sys.executable, "-c", sys.argv[1]], [sys.executable, "-c", sys.argv[2]], pauses=(0.1,)).run())
"""
# Notes its number in a file, then sleeps; a SIGTERM ends it as it ends gunicorn and our worker.
CHILD = "import os, time; open({path!r}, 'a').write(f'{{os.getpid()}}\\n'); time.sleep({seconds})"


def child(path: Path, seconds: float = 60) -> str:
    return CHILD.format(path=str(path), seconds=seconds)


def numbers(path: Path) -> list[int]:
    return [int(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return "State:\tZ" not in status


def supervise(web: str, worker: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", SCRIPT, web, worker], cwd=ROOT, stderr=subprocess.PIPE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_it_stops_both(tmp_path: Path, number: signal.Signals) -> None:
    web, worker = tmp_path / "web", tmp_path / "worker"
    parent = supervise(child(web), child(worker))
    until(lambda: numbers(web) and numbers(worker))
    parent.send_signal(number)
    _, said = parent.communicate(timeout=PATIENCE)
    assert (parent.returncode, said) == (0, b"")
    assert not any(lives(pid) for pid in numbers(web) + numbers(worker))


def test_a_dead_worker_comes_back_and_the_web_server_stays(tmp_path: Path) -> None:
    web, worker = tmp_path / "web", tmp_path / "worker"
    parent = supervise(child(web), child(worker))
    until(lambda: numbers(worker))
    os.kill(numbers(worker)[0], signal.SIGKILL)
    until(lambda: len(numbers(worker)) == 2)
    assert len(numbers(web)) == 1
    assert lives(numbers(web)[0])
    parent.terminate()
    _, said = parent.communicate(timeout=PATIENCE)
    assert "后台作业进程意外退出(代码 -9)" in said.decode()


def test_a_dead_web_server_ends_everything(tmp_path: Path) -> None:
    worker = tmp_path / "worker"
    parent = supervise(
        f"import sys, time, pathlib\nwhile not pathlib.Path({str(worker)!r}).exists(): time.sleep(0.05)\nsys.exit(3)",
        child(worker),
    )
    _, said = parent.communicate(timeout=PATIENCE)
    assert parent.returncode == 3
    assert "网页服务意外退出(代码 3)" in said.decode()
    assert not lives(numbers(worker)[0])


def test_killed_it_leaves_no_orphans(tmp_path: Path) -> None:
    web, worker = tmp_path / "web", tmp_path / "worker"
    parent = supervise(child(web), child(worker))
    until(lambda: numbers(web) and numbers(worker))
    parent.kill()
    parent.communicate(timeout=PATIENCE)
    until(lambda: not any(lives(pid) for pid in numbers(web) + numbers(worker)))


def test_the_pauses_grow_and_start_again_after_steady_work(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("spectown.web.supervisor.time.monotonic", lambda: clock[0])
    dead = [sys.executable, "-c", "raise SystemExit(1)"]
    supervisor = Supervisor(dead, dead, pauses=(1, 5, 60))
    pauses = []
    for lived in (0, 0, 0, 0, 100):
        supervisor._keep_worker()
        assert supervisor.worker is not None
        supervisor.worker.wait()
        clock[0] += lived
        supervisor._keep_worker()
        pauses.append(supervisor._next_start - clock[0])
        clock[0] = supervisor._next_start
    assert pauses == [1, 5, 60, 60, 1]


def test_commands_are_those_of_this_installation() -> None:
    assert web_command("127.0.0.1:8000", "2")[:4] == [sys.executable, "-m", "gunicorn", "config.wsgi"]
    assert worker_command()[1:] == ["-m", "config.manage", "worker"]
