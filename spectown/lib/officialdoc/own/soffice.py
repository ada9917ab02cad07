"""PDF of a filled template by LibreOffice, where the installation has it (SOFFICE)."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from spectown.lib.officialdoc.own.refusal import TemplateRefused

SECONDS = 60


def offered() -> bool:
    """Whether own templates can be had as PDF; otherwise only as Word."""
    return settings.SOFFICE is not None and settings.SOFFICE.is_file()


def as_pdf(data: bytes) -> bytes:
    """A .docx as PDF. Raises TemplateRefused where LibreOffice is absent or fails."""
    if not offered():
        raise TemplateRefused("没有安装 LibreOffice,自有模板只能生成 Word 文件。")
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "a.docx"), Path(folder, "a.pdf")
        source.write_bytes(data)
        command = [str(settings.SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        try:
            subprocess.run(  # noqa: S603  # a program that the installation names, our own file
                [*command, "--convert-to", "pdf", "--outdir", folder, str(source)],
                capture_output=True, timeout=SECONDS, check=True,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise TemplateRefused("LibreOffice 没有生成 PDF,请稍后再试,或下载 Word 文件。") from error
        if not target.is_file():
            raise TemplateRefused("LibreOffice 没有生成 PDF,请下载 Word 文件。")
        return target.read_bytes()
