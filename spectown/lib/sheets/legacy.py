"""Reads an .xls in a process of its own: the old binary format has no guard, so memory and time are limited instead.

Run as `python -m spectown.lib.sheets.legacy FOLDER` with the file on standard input; leaves one Arrow file per sheet
and a list of their names in FOLDER.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import fastexcel
import polars as pl

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.sheets.digits import unnoised
from spectown.lib.sheets.sheet import Sheet

_MEMORY, _SECONDS = 4 << 30, 60
_NAMES = "sheets.json"
_BROKEN = "文件已损坏、设置了密码,或不是完整的 .xls 文件,请用 Excel 或 WPS 打开,另存为 .xlsx 后重新上传"
_NOTICE = "旧版 .xls 文件中的合并单元格、隐藏行和出错的公式不能识别(出错的公式按空白读取),建议另存为 .xlsx。"
_ROOT = Path(__file__).resolve().parents[3]


def read_legacy(data: bytes) -> list[Sheet]:
    """Return the shown sheets of an .xls; refuses what the child cannot read within its limits."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "spectown.lib.sheets.legacy", folder]
        try:
            subprocess.run(command, input=data, cwd=_ROOT, check=True, timeout=_SECONDS, capture_output=True)  # noqa: S603
        except subprocess.SubprocessError as error:
            raise WorkbookRefusedError(_BROKEN) from error
        names = json.loads(Path(folder, _NAMES).read_text("utf-8"))
        return [
            Sheet(name, number, unnoised(pl.read_ipc(Path(folder, f"{number}.arrow"))), None, (), (_NOTICE,))
            for number, name in names
        ]


def main(folder: Path, data: bytes) -> None:
    """Leave the sheets in the folder."""
    reader, names = fastexcel.read_excel(data), []
    for number, name in enumerate(reader.sheet_names, start=1):
        sheet = reader.load_sheet(number - 1, header_row=None, skip_rows=0, dtypes="string")
        if sheet.visible == "visible":
            sheet.to_polars().write_ipc(folder / f"{number}.arrow")
            names.append((number, name))
    (folder / _NAMES).write_text(json.dumps(names), "utf-8")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    main(Path(sys.argv[1]), sys.stdin.buffer.read())
