#!/usr/bin/env bash
# COUNTIF with the criterion "?*": texts of at least one sign. Expected, as in Excel, LibreOffice, Gnumeric, IronCalc and HyperFormula: a blank cell is not counted.
# formulas 1.3.4 counts blank cells too. "All less those that have a text" is a way to count rows without a section; there it gives 0 in silence.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q formulas==1.3.4 openpyxl==3.1.5
"$folder/venv/bin/python" -W ignore - "$folder" <<'PY'
import sys
from importlib.metadata import version

import formulas
from openpyxl import Workbook

path = f"{sys.argv[1]}/book.xlsx"
book = Workbook()
sheet = book.active
sheet.title = "S"
for row, text in enumerate(("a", None, "b", None), 1):
    sheet.cell(row, 1, text)
sheet["C1"] = '=COUNTIF(A1:A4,"?*")'
sheet["C2"] = '=COUNTIF(A1:A4,"a")'
book.save(path)
found = formulas.ExcelModel().loads(path).finish(circular=False).calculate()
signs, equal = (int(found[f"'[book.xlsx]S'!C{row}"].value[0, 0]) for row in (1, 2))
print("formulas", version("formulas"), "?* over two texts and two blank cells:", signs, "a:", equal)
sys.exit(0 if (signs, equal) == (4, 1) else 1)
PY
