"""Reading and checking spreadsheets by column, whatever they are about (docs/algorithms/reading-sheets.md)."""
