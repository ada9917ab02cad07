"""Large tables as official-looking workbooks, written by column and streamed: see docs/algorithms/bulk-workbook.md."""

from spectown.lib.excel.bulk.limits import MAX_ROWS, check_rows
from spectown.lib.excel.bulk.marked import write_marked
from spectown.lib.excel.bulk.sheet import BulkColumn, BulkSheet, Kind
from spectown.lib.excel.bulk.stream import stream_workbook, write_workbook

__all__ = [
    "MAX_ROWS",
    "BulkColumn",
    "BulkSheet",
    "Kind",
    "check_rows",
    "stream_workbook",
    "write_marked",
    "write_workbook",
]
