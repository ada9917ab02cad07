"""Lists saved as text: .csv and .tsv in UTF-8, GB18030 or UTF-16."""

import re
from io import StringIO

import polars as pl

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.sheets.sheet import Sheet

_UNREADABLE = "文件不是文本表格,请在 Excel 或 WPS 中打开,另存为“Excel 工作簿(.xlsx)”后重新上传"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SEPARATORS = (",", "\t", ";", "|")
_SNIFFED = 50
_MOST_COLUMNS = 1_000


def decode(data: bytes) -> str:
    """Return the text, by trying strictly: a mark at the beginning, UTF-8, then GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise WorkbookRefusedError(_UNREADABLE)


def separator_of(text: str) -> str:
    """Return the separator that stands most often outside of quotes in the first lines."""
    start = re.sub(r'"[^"]*"', "", "\n".join(text.splitlines()[:_SNIFFED]))
    return max(_SEPARATORS, key=start.count)


def read_plain(data: bytes, name: str) -> list[Sheet]:
    """Read a text table as one sheet; every line is a row, so rows keep their numbers."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    separator = separator_of(text)
    # A blank line would be dropped, and with it the numbers of the rows below: it becomes a row of one blank.
    text = re.sub(r"(?m)^$\n", f"{separator}\n", text) if '"' not in text else _filled(text, separator)
    # Separators within quotes count too: a few columns too many, which are dropped again below.
    width = 1 + max(line.count(separator) for line in text.split("\n"))
    if width > _MOST_COLUMNS:
        raise WorkbookRefusedError(f"表格超过 {_MOST_COLUMNS} 列,请删除多余的列后重新上传")
    try:
        frame = pl.read_csv(
            text.encode(),
            has_header=False,
            separator=separator,
            schema={f"c{index}": pl.String() for index in range(width)},
            truncate_ragged_lines=True,
            missing_columns="insert",
        )
    except pl.exceptions.PolarsError as error:
        raise WorkbookRefusedError(f"文件的引号不成对,不能读取。{_UNREADABLE}") from error
    used = [column.null_count() < frame.height for column in frame.iter_columns()]
    frame = frame[:, : len(used) - used[::-1].index(True)] if any(used) else frame.clear()
    title = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "表1"
    return [Sheet(title, 1, frame)]


def _filled(text: str, separator: str) -> str:
    """Fill blank lines that stand outside of quotes."""
    out, quotes = StringIO(), 0
    for line in text.splitlines(keepends=True):
        out.write(f"{separator}\n" if line == "\n" and quotes % 2 == 0 else line)
        quotes += line.count('"')
    return out.getvalue()
