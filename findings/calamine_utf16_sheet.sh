#!/usr/bin/env bash
# python-calamine on .xlsx: a sheet part in UTF-16 – which the package format allows (ECMA-376 part 2, 8.1.4) – is read as a sheet without a cell, no error.
# Seen: 0.9.1 gives [] for the sheet, and CalamineError where xl/workbook.xml is in UTF-16. Exits 1 when this changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install python-calamine==0.9.1 xlsxwriter==3.2.9
"$folder/venv/bin/python" - <<'PY'
import importlib.metadata, io, sys, zipfile
import python_calamine, xlsxwriter

out = io.BytesIO()
book = xlsxwriter.Workbook(out)
book.add_worksheet().write_row(0, 0, ["编号", 45])
book.close()


def with_utf16(name):
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as source, zipfile.ZipFile(copy, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            target.writestr(part, data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16") if part == name else data)
    return copy.getvalue()


def read(content):
    try:
        return python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except python_calamine.CalamineError as error:
        return f"CalamineError: {error}"


plain, sheet, workbook = read(out.getvalue()), read(with_utf16("xl/worksheets/sheet1.xml")), read(with_utf16("xl/workbook.xml"))
print("python-calamine", importlib.metadata.version("python-calamine"))
print("UTF-8:", plain)
print("the sheet in UTF-16:", sheet)
print("the workbook's part in UTF-16:", workbook)
sys.exit(plain != [["编号", 45.0]] or sheet != [] or "CalamineError" not in workbook)
PY
