#!/usr/bin/env bash
# Gnumeric 1.12.55 saves comments of an .xlsx whose authorId points into an empty list of authors; openpyxl 3.1.5 then raises IndexError
# for the whole workbook. Its read-only way, which leaves comments alone, and calamine read it.
set -euo pipefail
command -v ssconvert >/dev/null || { echo "needs Gnumeric (apt-get install gnumeric)" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q xlsxwriter==3.3.1 openpyxl==3.1.5
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys

import xlsxwriter

book = xlsxwriter.Workbook(f"{sys.argv[1]}/in.xlsx")
sheet = book.add_worksheet()
sheet.write("A1", 1)
sheet.write_comment("A1", "a comment")
book.close()
PY
ssconvert --version
ssconvert --export-type=Gnumeric_Excel:xlsx "$folder/in.xlsx" "$folder/out.xlsx" 2>/dev/null
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys
import warnings
from zipfile import ZipFile

from openpyxl import __version__, load_workbook

warnings.simplefilter("ignore")
path = f"{sys.argv[1]}/out.xlsx"
part = next(name for name in ZipFile(path).namelist() if "comments" in name)
print(part, ZipFile(path).read(part).decode()[:300])
try:
    load_workbook(path)
    seen = "read"
except IndexError as error:
    seen = f"IndexError: {error}"
print("openpyxl", __version__, seen, "| read-only:", load_workbook(path, read_only=True).active["A1"].value)
sys.exit(0 if seen.startswith("IndexError") else 1)
PY
