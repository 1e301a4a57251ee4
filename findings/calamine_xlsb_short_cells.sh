#!/usr/bin/env bash
# SheetJS writes .xlsb with short cell records (MS-XLSB 2.5.10: no column, one to the right of the cell before); python-calamine reads only the first
# cell of each row, without an error. Seen: xlsx 0.18.5 wrote 4 columns, python-calamine 0.9.1 read [['a', '', '', '']] or fewer. Exits 1 when this changes.
set -euo pipefail
command -v node >/dev/null || { echo "node is needed" >&2; exit 2; }
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install python-calamine==0.9.1
npm install --silent --prefix "$folder" xlsx@0.18.5 >/dev/null
cd "$folder"
node -e '
const X = require("xlsx"), book = X.utils.book_new();
X.utils.book_append_sheet(book, X.utils.aoa_to_sheet([["a", 45, "b", true]]), "s");
require("fs").writeFileSync("short.xlsb", X.write(book, { bookType: "xlsb", type: "buffer" }));
console.log("SheetJS", X.version, "reads:", JSON.stringify(X.utils.sheet_to_json(X.readFile("short.xlsb").Sheets.s, { header: 1 })));'
"$folder/venv/bin/python" - <<'PY'
import importlib.metadata, sys
import python_calamine

rows = python_calamine.load_workbook("short.xlsb").get_sheet_by_index(0).to_python()
print("python-calamine", importlib.metadata.version("python-calamine"), "reads:", rows)
sys.exit(rows == [["a", 45.0, "b", True]] or not rows or rows[0][0] != "a")
PY
