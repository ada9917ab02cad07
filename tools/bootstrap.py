"""Makes .venv ready: `python3 tools/bootstrap.py [--dev]`. Standard library only; idempotent.

It works on a Debian or Ubuntu machine that has python3 >= 3.11 and nothing else:
1. `python3 -m venv --without-pip .venv` (the part of venv that needs no python3-venv package), by Debian's python3 of
   the same version where the calling one was built without optimisation, which makes everything 1.5 times as slow;
2. pip from the first place that has one: the venv, ensurepip, the machine's pip, Debian's pip wheel
   (`apt-get download` needs no root);
3. uv from the hash-pinned tools/uv.lock, then the hash-locked requirements by uv; by pip where uv fails;
4. `.venv/bin/spectown` and a path file. They are written here instead of `pip install -e .`: an editable
   install would fetch a build backend and its dependencies, unlocked, to write the same two files.

A stamp in .venv holds the lock's hash and the place; it is written last. This file must parse on Python 3.7,
to be able to say that 3.11 is needed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
UV = str(VENV / "bin" / "uv")
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")  # an office may have its own authority in it
DEBIAN = Path("/usr/bin")
PIP_WHEEL = "usr/share/python-wheels/pip-*.whl"
LAUNCHER = """#!/bin/sh
# Written by tools/bootstrap.py: Django's management entry under the project's own name.
entry='import sys; sys.argv[0] = "spectown"; from config.manage import main; main()'
exec "$(dirname "$0")/python" -P -c "$entry" "$@"
"""


class SetupError(Exception):
    """What cannot be set up, and in Chinese what to do about it."""


def main(argv: list[str]) -> int:
    """Make .venv ready for running, with --dev for testing too; return the exit code."""
    if sys.version_info < OLDEST:
        return _with_newer_python(argv)
    dev = "--dev" in argv
    lock = ROOT / ("requirements-dev.lock" if dev else "requirements.lock")
    stamp = VENV / (".ready-dev" if dev else ".ready")
    try:
        if _read(stamp) != _state(lock):
            _install(lock)
            _write_entry()
            stamp.write_text(_state(lock), "utf-8")
    except SetupError as error:
        print(f"\n准备环境未完成:{error}", file=sys.stderr)
        return 1
    return 0


def _with_newer_python(argv: list[str]) -> int:
    for name in NEWER:
        if _runs([name, "--version"]):  # tried, not looked up: version managers leave dead names on the path
            return subprocess.call([name, __file__, *argv])
    have = ".".join(map(str, sys.version_info[:2]))
    print(
        f"需要 Python 3.11 或更高版本,这台机器的 {sys.executable} 是 {have}。\n"
        "Debian 12、Ubuntu 24.04 起自带的 python3 即可;较旧的系统请先安装 python3.11,然后重试。",
        file=sys.stderr,
    )
    return 1


def _state(lock: Path) -> str:
    """Return what the stamp must say for the venv to be usable as it is (scripts hold absolute paths)."""
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {VENV}\n"


def _install(lock: Path) -> None:
    print("正在准备运行环境(首次约需一分钟) …", flush=True)
    _make_venv()
    pip = _pip()
    if _has_uv(pip) and _run([UV, "pip", "install", *_what(lock), "--python", PYTHON], _uv_environment(pip)):
        return
    print("uv 不可用,改用 pip 安装(较慢) …", flush=True)
    if not _run([*pip, "install", "--no-warn-script-location", *_what(lock)]):
        raise SetupError(
            "依赖包没有装上,原因见上面的英文信息。\n"
            "  若是网络不通:检查网络,或用 PIP_INDEX_URL=镜像地址 make run 指定单位的软件源,然后重试。\n"
            "  若提示 hash 不符:下载的文件与清单不一致,请换一个软件源,不要绕过校验。"
        )


def _what(lock: Path) -> list[str]:
    return ["--quiet", "--require-hashes", "-r", str(lock)]


def _make_venv() -> None:
    if _runs([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]) and _is_here():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if not _run([_base(), "-m", "venv", "--without-pip", str(VENV)]):
        raise SetupError("无法建立虚拟环境 .venv。请运行:sudo apt-get install python3-venv,然后重试。")


def _base() -> str:
    """Return the Python that the venv is made of: our own, or Debian's where that one is the faster build."""
    if "--enable-optimizations" in str(sysconfig.get_config_var("CONFIG_ARGS")):
        return sys.executable
    debian = str(DEBIAN / "python{}.{}".format(*sys.version_info))  # always built with them, without saying so
    return debian if _runs([debian, "-c", "import ctypes, sqlite3, ssl, venv"]) else sys.executable


def _is_here() -> bool:
    """Return whether the venv was made at this place."""
    return all(_read(stamp).endswith(f" {VENV}\n") for stamp in VENV.glob(".ready*"))


def _pip() -> list[str]:
    """Return the words that run some pip on .venv."""
    own = [PYTHON, "-m", "pip"]
    if _runs([*own, "--version"]) or _runs([PYTHON, "-m", "ensurepip"]):
        return own
    machine = [sys.executable, "-m", "pip", "--python", PYTHON]
    if _runs([*machine, "--version"]):
        return machine
    return [PYTHON, f"{_pip_wheel()}/pip"]


def _pip_wheel() -> Path:
    """Return Debian's pip wheel, fetched into .venv where missing; a wheel runs without being installed."""
    folder = VENV / "debian"
    admin = [] if os.geteuid() == 0 else ["sudo", "-n"]
    steps = (
        lambda: True,
        lambda: _download_wheel(folder),
        lambda: _run([*admin, "apt-get", "update", "-q"]) and _download_wheel(folder),
    )
    for step in steps:
        found = [*Path("/").glob(PIP_WHEEL), *folder.glob(PIP_WHEEL)] if step() else []
        if found:
            return found[0]
    raise SetupError("这台机器的 Python 没有 pip。请运行:sudo apt-get install python3-venv,然后重试。")


def _download_wheel(folder: Path) -> bool:
    with tempfile.TemporaryDirectory() as place:
        fetched = _runs(["apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", "python3-pip-whl"], place)
        packages = [str(path) for path in Path(place).glob("*.deb")]
        return fetched and _runs(["dpkg-deb", "-x", *packages, str(folder)])


def _has_uv(pip: list[str]) -> bool:
    lock = ROOT / "tools" / "uv.lock"
    return _runs([UV, "--version"]) or _run([*pip, "install", "--no-warn-script-location", *_what(lock)])


def _uv_environment(pip: list[str]) -> dict[str, str]:
    """Return the environment for uv, which reads neither pip's settings nor the system's certificates by itself."""
    listing = subprocess.run(
        [*pip, "config", "list"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    ).stdout.decode()
    pairs = [line.split("=", 1) for line in listing.splitlines() if "=" in line]
    said = {key.rsplit(".", 1)[-1]: value.strip("'\"") for key, value in pairs}
    wanted = {
        "UV_DEFAULT_INDEX": said.get("index-url", ""),
        "SSL_CERT_FILE": said.get("cert", ""),
        "UV_SYSTEM_CERTS": "true" if CERTIFICATES.exists() else "",
    }
    return {**{name: value for name, value in wanted.items() if value}, **os.environ}


def _write_entry() -> None:
    launcher = VENV / "bin" / "spectown"
    launcher.write_text(LAUNCHER, "utf-8")
    launcher.chmod(0o755)
    for folder in VENV.glob("lib/python3.*/site-packages"):
        (folder / "spectown.pth").write_text(f"{ROOT}\n", "utf-8")


def _run(command: list[str], env: dict[str, str] | None = None) -> bool:
    """Run with its output shown; return whether it succeeded."""
    try:
        return subprocess.call(command, env=env) == 0
    except OSError as error:
        print(f"{command[0]}: {error}", file=sys.stderr)
        return False


def _runs(command: list[str], folder: str | None = None) -> bool:
    """Run silently; return whether it succeeded."""
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
