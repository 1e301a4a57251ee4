"""All that leans on the inside of xlsxwriter; `fast_workbooks` and `workbook_cloning` are its doors."""
