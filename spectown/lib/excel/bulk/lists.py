"""Drop-down lists on a hidden sheet, each under a defined name; equal lists are stored once."""

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from spectown.lib.excel.escape import safe_text

SHEET = "_选项"


class Lists:
    """Collects the lists of a workbook; `write` is called once, after all sheets have asked."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.names: dict[tuple[str, ...], str] = {}

    def name_of(self, options: tuple[str, ...]) -> str:
        """The defined name of a list."""
        return self.names.setdefault(options, f"options_{len(self.names) + 1}")

    def write(self) -> None:
        """The hidden sheet, one column for each list; nothing where there is none."""
        if not self.names:
            return
        sheet = self.book.add_worksheet(SHEET)
        sheet.hide()
        for column, (options, name) in enumerate(self.names.items()):
            for row, option in enumerate(options):
                sheet.write_string(row, column, safe_text(option))
            letters = xl_col_to_name(column)
            self.book.define_name(name, f"='{SHEET}'!${letters}$1:${letters}${len(options)}")
