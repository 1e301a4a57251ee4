#!/usr/bin/env bash
# LibreOffice: rows repeated on every printed page together with columns (Print_Titles $A:$B,$1:$1) make a workbook slow to open, sheet by sheet, even one
# of a single cell that is not printed; rows alone and columns alone cost nothing. Expected: the two cost what they cost apart.
# It matters for books of wide tables, whose second page nobody can read without the header and without the columns that name the row.
# Seen: LibreOffice 7.4.7.2, files by xlsxwriter 3.3.1: 40 sheets of one cell open in 0.7 s of processor with rows or columns repeated, in 7 s with both;
# the other order, and $A$1:$B$1048576 in place of $A:$B, change nothing. Exits 1 when both cost less than three times what rows do. Needs LibreOffice Calc.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install xlsxwriter==3.3.1
"$folder/venv/bin/python" - "$folder" <<'PY'
import pathlib, resource, statistics, subprocess, sys
import xlsxwriter

folder = pathlib.Path(sys.argv[1])


def book(name, sheets, repeat):
    made = xlsxwriter.Workbook(str(folder / name))
    for number in range(sheets):
        sheet = made.add_worksheet(f"s{number}")
        sheet.write(0, 0, number)
        repeat(sheet)
    made.close()
    return folder / name


def processor(path):
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "csv", "--outdir", str(folder), str(path)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


books = {
    "one sheet": book("one.xlsx", 1, lambda sheet: None),
    "40 sheets, rows repeated": book("rows.xlsx", 40, lambda sheet: sheet.repeat_rows(0)),
    "40 sheets, columns repeated": book("columns.xlsx", 40, lambda sheet: sheet.repeat_columns(0, 1)),
    "40 sheets, both": book("both.xlsx", 40, lambda sheet: (sheet.repeat_rows(0), sheet.repeat_columns(0, 1))),
}
processor(books["one sheet"])  # makes the profile
took = {name: statistics.median(processor(path) for _ in range(3)) for name, path in books.items()}
print(subprocess.run(["soffice", "--version"], capture_output=True, text=True).stdout.strip())
for name, seconds in took.items():
    print(f"{name}: {seconds:.2f} s of processor")
start, rows, columns, both = took.values()
sys.exit(both - start < 3 * max(rows - start, columns - start))
PY
