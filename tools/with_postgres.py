"""Runs a command with a throw-away PostgreSQL: `python tools/with_postgres.py -- pytest -m data`.

A new cluster in a temporary folder, on a free port of 127.0.0.1, with a random password; the command finds
it in TEST_DATABASE_URL. The server ends with the command, on Ctrl-C, on SIGTERM, and (by the kernel's
parent-death signal) even when this process is killed. PostgreSQL refuses to run as root, so root runs it as
another user.
"""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

USER = "spectown"
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")
PR_SET_PDEATHSIG = 1
START_SECONDS = 30.0


def main(argv: list[str]) -> int:
    """Run the command after `--`; return its exit code, 1 when there is no server to run it with."""
    command = argv[1:] if argv[:1] == ["--"] else argv
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with cluster() as url:
            return subprocess.call(command, env={**os.environ, "TEST_DATABASE_URL": url})
    except (RuntimeError, subprocess.CalledProcessError) as error:
        print(f"临时 PostgreSQL 没有启动:{error}", file=sys.stderr)
        return 1


def server_folder() -> Path | None:
    """Return the folder of the server's programs (initdb, postgres), newest version first, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    whole = (path for path in folders if (path / "initdb").exists() and (path / "postgres").exists())
    return next(whole, None)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster, yield its address, stop it and remove its folder.

    Raises RuntimeError when there is no server program or it does not start, CalledProcessError when initdb
    fails.
    """
    programs = server_folder()
    if programs is None:
        raise RuntimeError("没有找到服务器程序,请运行:apt-get install --no-install-recommends postgresql")
    owner = _owner()
    folder = _folder(owner)
    try:
        password = secrets.token_urlsafe(24)
        _initialise(programs, folder, owner, password)
        server, port = _start(programs, folder, owner)
        try:
            _wait(server, port, folder / "log")
            yield f"postgres://{USER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> dict[str, Any]:
    """Return the subprocess arguments that make a program run as an ordinary user."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _folder(owner: dict[str, Any]) -> Path:
    """Return a new folder for the owner; raises RuntimeError when the owner cannot get there."""
    place = Path(tempfile.gettempdir()).resolve()
    closed = [path for path in (place, *place.parents) if not path.stat().st_mode & stat.S_IXOTH]
    if owner and closed:  # root's own temporary folder, say
        raise RuntimeError(f"用户 {owner['user']} 进不了 {closed[-1]},请用 TMPDIR 指定一个公用的临时文件夹")
    folder = Path(tempfile.mkdtemp(prefix="spectown-pg-"))
    if owner:
        shutil.chown(folder, owner["user"], owner["group"])
    return folder


def _initialise(programs: Path, folder: Path, owner: dict[str, Any], password: str) -> None:
    secret = folder / "password"
    secret.write_text(password, "utf-8")
    if owner:
        shutil.chown(secret, owner["user"], owner["group"])
    options = [
        "--auth=scram-sha-256",
        f"--username={USER}",
        f"--pwfile={secret}",
        "--encoding=UTF8",
        "--locale=C",
    ]
    command = [str(programs / "initdb"), "--no-sync", *options, "-D", str(folder / "data")]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=_plain(), **owner)


def _plain() -> dict[str, str]:
    """Return the environment without another cluster's settings (PGDATA, PGPORT …)."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def _start(programs: Path, folder: Path, owner: dict[str, Any]) -> tuple[subprocess.Popen[bytes], int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={port}", *SPEED]
    command = [
        str(programs / "postgres"),
        "-D",
        str(folder / "data"),
        *(f"-c{setting}" for setting in settings),
    ]
    libc = ctypes.CDLL(None)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(  # its own process group: Ctrl-C ends the tests first
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_plain(),
            process_group=0,
            preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGQUIT),
            **owner,
        )
    return server, port


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        if "ready to accept connections" in log.read_text("utf-8", "replace"):
            return
        time.sleep(0.05)
    raise RuntimeError(f"端口 {port},服务器的话:\n{log.read_text('utf-8', 'replace')}")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGQUIT)  # immediate: nothing of a throw-away cluster needs to be kept
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
