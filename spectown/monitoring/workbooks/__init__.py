"""Sheets as a workbook: one form and period, all towns of whoever fills it in; written prefilled, read back whole."""
