"""What is wrong with a workbook: as a whole, or in one cell."""

from dataclasses import dataclass


class WorkbookRefusedError(ValueError):
    """The file cannot be used at all; the text says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: number and name of the sheet, the cell, and the heading beside it."""

    sheet_number: int
    sheet: str
    cell: str
    heading: str


@dataclass(frozen=True, slots=True)
class CellFault:
    """One cell whose value cannot be used: where, the value as shown, and what to do about it."""

    field: str
    place: Place
    value: str
    reason: str

    @property
    def message(self) -> str:
        """The fault as one sentence that names the sheet, the cell, the heading and what to do."""
        where = f"第{self.place.sheet_number}张表“{self.place.sheet}”单元格 {self.place.cell}"
        return f"{where}“{self.place.heading}”{self.reason}"

    def as_dict(self) -> dict[str, str]:
        """Return the fault for JSON."""
        return {
            "field": self.field,
            "sheet": self.place.sheet,
            "cell": self.place.cell,
            "heading": self.place.heading,
            "value": self.value,
            "reason": self.reason,
            "message": self.message,
        }
