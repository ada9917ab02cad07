"""Tables as workbooks: title, notes, heading, rows, totals, ready to print."""
