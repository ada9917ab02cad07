"""Finds what the tests need from the system; installs what is missing, or names the exact command and fails.

Chromium, a Chinese font, LibreOffice Calc and Writer, poppler's tools and the PostgreSQL server, by Debian's package
manager, as root or with sudo; the Fandol fonts by tools/fonts.py.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import fonts
from tools.browser import chromium_path
from tools.with_postgres import server_folder


def main() -> int:
    """Install what is missing; return 0 when all is there."""
    missing = _missing()
    if missing and _may_install():
        _install(missing)
        missing = _missing()
    if not missing:
        _fulfil()
        return fonts.main() if not fonts.there() else 0
    print(
        f"测试还缺少系统软件:{'、'.join(missing)}。请运行:\n"
        f"  sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(missing)}\n"
        "(Chromium 不在 PATH 中时,可用环境变量 CHROMIUM=路径 指定。)",
        file=sys.stderr,
    )
    return 1


def chinese_font() -> bool:
    """Return whether some installed font covers simplified Chinese."""
    if not shutil.which("fc-list"):
        return False
    answer = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(answer.stdout.strip())


def _opens_word() -> bool:
    """Return whether LibreOffice has its word processor."""
    office = shutil.which("soffice")
    return bool(office) and (Path(os.path.realpath(str(office))).parent / "libswlo.so").exists()


def _speaks_uno() -> bool:
    """Return whether Debian's python3 can drive LibreOffice."""
    python = "/usr/bin/python3"
    return Path(python).exists() and subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0


NEEDS: dict[str, Callable[[], object]] = {  # Debian package -> is what it brings there?
    "chromium": chromium_path,
    "fontconfig": lambda: shutil.which("fc-list"),
    "fonts-noto-cjk": chinese_font,
    "libreoffice-calc-nogui": lambda: shutil.which("soffice"),
    "libreoffice-writer-nogui": _opens_word,
    "poppler-utils": lambda: shutil.which("pdftotext"),
    "postgresql": server_folder,
    "python3-uno": _speaks_uno,
}


WISHES = {"chromium-headless-shell": "chromium-headless-shell"}  # Debian package -> program: quicker with it, no need


def _missing() -> list[str]:
    return [package for package, there in NEEDS.items() if not there()]


def _admin() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]


def _may_install() -> bool:
    if not shutil.which("apt-get"):
        return False
    if os.geteuid() == 0:
        return True
    sudo = shutil.which("sudo")
    return bool(sudo) and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def _install(packages: list[str]) -> None:
    print(f"正在安装测试所需的系统软件:{'、'.join(packages)} …", flush=True)
    apt = [*_admin(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    subprocess.run([*apt, "update"], check=False, stdout=subprocess.DEVNULL)
    install = [*apt, "install", "--no-install-recommends", *packages]
    subprocess.run(install, check=False, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _fulfil() -> None:
    """Install what would be quicker, where that changes nothing else; go on without it where it cannot be had."""
    wanted = [package for package, program in WISHES.items() if not shutil.which(program)]
    if wanted and _may_install():
        command = [*_admin(), "apt-get", "-qq", "-y", "install", "--no-install-recommends", "--no-remove", *wanted]
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
