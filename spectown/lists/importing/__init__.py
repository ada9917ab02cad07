"""Workbook into a list: read, check by the column, preview, then all or nothing (docs/algorithms/list-import.md)."""
