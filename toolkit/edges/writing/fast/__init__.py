"""All that leans on the inside of xlsxwriter; `books` and `workbooks_alike` are its doors."""
