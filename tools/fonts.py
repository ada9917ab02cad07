"""Fetches the Fandol fonts (仿宋, 黑体, 楷体, 宋体) for official documents into var/fonts: `make fonts`.

They lie in Debian's texlive-lang-chinese (GPL with font exception). The package is downloaded and its fonts are taken
out; nothing is installed and none of its dependencies comes along, so no root is needed. Idempotent.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "fonts"
PACKAGE = "texlive-lang-chinese"
NAMES = tuple(f"Fandol{n}.otf" for n in ("Fang-Regular", "Hei-Regular", "Kai-Regular", "Song-Regular", "Song-Bold"))
PLACE = "./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"


def main() -> int:
    """Fetch what is missing; return 0 when all fonts are there."""
    if there():
        print(f"Fandol 字体已在 {FOLDER}。")
        return 0
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return _failed("这台机器没有 apt-get 和 dpkg-deb。")
    with tempfile.TemporaryDirectory() as place:
        if not (_download(place) or (_update() and _download(place))):
            return _failed(f"没有下载到 {PACKAGE}。")
        _take_out(next(Path(place).glob("*.deb")))
    if not there():
        return _failed(f"{PACKAGE} 中没有找到 {NAMES[0]} 等字体。")
    print(f"Fandol 字体(GPL,字体例外条款)已放入 {FOLDER}。")
    return 0


def there() -> bool:
    """Return whether all fonts are in their folder."""
    return all((FOLDER / name).is_file() for name in NAMES)


def _failed(reason: str) -> int:
    print(
        f"{reason}公文 PDF 将改用随程序安装的 Noto 字体。\n"
        "也可以把本单位有授权的公文字体放入一个文件夹,用环境变量 FONT_DIR 指定。",
        file=sys.stderr,
    )
    return 1


def _download(place: str) -> bool:
    print(f"正在下载 {PACKAGE}(约 49 MB) …", flush=True)
    command = ["apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", PACKAGE]
    return subprocess.run(command, cwd=place, capture_output=True, check=False).returncode == 0


def _update() -> bool:
    admin = [] if os.geteuid() == 0 else ["sudo", "-n"]
    try:
        return subprocess.run([*admin, "apt-get", "update", "-q"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _take_out(package: Path) -> None:
    """Copy the fonts out of the package; a font is there whole or not at all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE) as unpacking,
        tarfile.open(fileobj=unpacking.stdout, mode="r|") as archive,
    ):
        for member in archive:
            content = archive.extractfile(member) if member.name.startswith(PLACE) else None
            if content and Path(member.name).name in NAMES:
                half = FOLDER / f"{Path(member.name).name}.part"
                half.write_bytes(content.read())
                half.rename(half.with_suffix(""))


if __name__ == "__main__":
    sys.exit(main())
