#!/usr/bin/env bash
# openpyxl: setting a sheet's freeze_panes a second time – from B2 to C2, say – is expected to move the pane. It moves it and adds two selections each time;
# a sheet view may have four at most (ECMA-376 part 1, 18.3.1.87), so that a book which a program touches up now and then is no valid Open XML any more.
# Seen: openpyxl 3.1.5 writes 3, then 5, then 7. Set it once, or clear sheet_view.selection before. Exits 1 when this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openpyxl==3.1.5 openxml-audit==0.8.0
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys
from importlib.metadata import version

from openpyxl import Workbook
from openxml_audit import FileFormat, OpenXmlValidator

print("openpyxl", version("openpyxl"), "openxml-audit", version("openxml-audit"))
book = Workbook()
sheet = book.active
counts, panes = [], []
for turn, cell in enumerate(("B2", "C2", "C2")):
    sheet.freeze_panes = cell
    book.save(path := f"{sys.argv[1]}/{turn}.xlsx")
    faults = [fault.description for fault in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(path).errors]
    counts.append(len(sheet.sheet_view.selection))
    panes.append(any("'selection'" in fault for fault in faults))
    print(cell, counts[-1], "selections,", "not valid" if panes[-1] else "valid")
sys.exit(counts != [3, 5, 7] or panes != [False, True, True])
PY
