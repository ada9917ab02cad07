"""What an .xlsx can hold, and the refusals of what it cannot."""

from spectown.lib.excel.bulk.sheet import BulkSheet
from spectown.lib.refusal import Refused

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767  # UTF-16 units in one cell
MAX_PART = 2_000_000_000  # bytes of one sheet's XML: beyond, the zip would need extensions that readers lack
_FILTER = "请先筛选(例如按县区、年份或专业镇),分几次导出"


def check_rows(sheet: BulkSheet, rows: int) -> None:
    """Raise Refused if so many rows do not fit one sheet; call it before the first byte is sent."""
    room = MAX_ROWS - sheet.heading_row - sheet.spare_rows - sheet.totals
    if rows > room:
        raise Refused(f"“{sheet.name}”超过 Excel 一张表能放下的 {room:,} 行,{_FILTER}")


def check_bytes(sheet: BulkSheet, size: int) -> None:
    """Raise Refused if the sheet has become too large for spreadsheet programs."""
    if size > MAX_PART:
        raise Refused(f"“{sheet.name}”内容过多,Excel 打不开这样大的文件,{_FILTER}")
