"""清单: one declaration gives a list its page, filters, forms, workbook both ways, scope and audit."""
