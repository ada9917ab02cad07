"""A list as a workbook, and the workbook that counties fill in: docs/reference/lists.md says how both are laid out."""

from spectown.lists.exporting.frames import frames
from spectown.lists.exporting.sheet import export_sheet, layout, template_sheet
from spectown.lists.exporting.workbook import export, template

__all__ = ["export", "export_sheet", "frames", "layout", "template", "template_sheet"]
