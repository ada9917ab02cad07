"""预审: applications, their result, form and workbook."""
