"""PDF of a filled template by LibreOffice, where the installation has it (SOFFICE)."""

from __future__ import annotations

import logging
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from xml.sax.saxutils import escape

from django.conf import settings

from spectown.core.officialdoc.geometry import Face
from spectown.lib.officialdoc.docx.styles import FONTS
from spectown.lib.officialdoc.fonts import FontSet, installed
from spectown.lib.officialdoc.own.refusal import TemplateRefused

logger = logging.getLogger(__name__)
SECONDS = 30
SYSTEM_FONTS = Path("/usr/share/fonts")
INSTALL = "请系统管理员安装 LibreOffice Writer,并把设置 SOFFICE 写成它的程序文件,如 /usr/bin/soffice"
_ONE = Lock()  # LibreOffice takes a processor and 200 MB: one at a time in a process


def offered() -> bool:
    """Whether own templates can be had as PDF; otherwise only as Word."""
    return settings.SOFFICE is not None and settings.SOFFICE.is_file()


def as_pdf(data: bytes, seconds: int = SECONDS) -> bytes:
    """A .docx as PDF, within these seconds. Raises TemplateRefused where LibreOffice is absent, busy or fails."""
    if not offered():
        raise TemplateRefused(f"没有 LibreOffice,自有模板只能生成 Word 文件。{INSTALL}。")
    if not _ONE.acquire(timeout=seconds):
        raise TemplateRefused("LibreOffice 正忙,请稍后再试,或下载 Word 文件。")
    try:
        return _made(data, seconds)
    finally:
        _ONE.release()


def _made(data: bytes, seconds: int) -> bytes:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.docx").write_bytes(data)
        (folder / "fonts.conf").write_text(_font_config(folder, installed()), "utf-8")
        _run(folder, seconds)
        target = folder / "a.pdf"
        if not target.is_file():
            raise TemplateRefused("LibreOffice 没有生成 PDF,请稍后再试,或下载 Word 文件。")
        return target.read_bytes()


def _run(folder: Path, seconds: int) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf", "--outdir", str(folder)]
    environment = {
        **{key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "TMPDIR")},
        "HOME": str(folder),
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
    }
    try:
        subprocess.run(  # noqa: S603  # a program that the installation names, our own file
            [str(settings.SOFFICE), profile, *options, str(folder / "a.docx")],
            capture_output=True, timeout=seconds, check=True, env=environment, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        logger.warning("LibreOffice took more than %s s", seconds)
        raise TemplateRefused(f"LibreOffice {seconds} 秒内没有生成 PDF,请稍后再试,或下载 Word 文件。") from error
    except subprocess.CalledProcessError as error:
        logger.warning("LibreOffice ended with %s: %s", error.returncode, error.stderr.decode(errors="replace")[-500:])
        raise TemplateRefused("LibreOffice 没有生成 PDF,请稍后再试,或下载 Word 文件。") from error
    except OSError as error:
        logger.warning("LibreOffice could not be started: %s", error)
        raise TemplateRefused(f"LibreOffice 不能启动,自有模板暂时只能生成 Word 文件。{INSTALL}。") from error


def _font_config(folder: Path, fonts: FontSet) -> str:
    """Fonts of our own PDF in the places of the official ones, then the system's."""
    matches = "".join(_stand_in(FONTS[face], fonts.family(face)) for face in Face)
    places = [*fonts.folders, str(SYSTEM_FONTS)]
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"{''.join(f'<dir>{escape(place)}</dir>' for place in places)}"
        f"<cachedir>{escape(str(folder / 'fonts'))}</cachedir>{matches}</fontconfig>"
    )


def _stand_in(official: str, ours: str) -> str:
    return (
        f'<match target="pattern"><test name="family"><string>{escape(official)}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{escape(ours)}</string></edit></match>'
    )
