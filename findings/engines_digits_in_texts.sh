#!/usr/bin/env bash
# formualizer and HyperFormula: a number that becomes part of a text keeps up to 17 digits; LibreOffice, as Excel and WPS, keeps 15.
# Expected of ="剩"&(100-70.3): 剩29.7.
# It matters where what a formula comes to is stored for readers that do not recalculate: a sentence with a balance in it is read by people.
# Seen: formualizer 0.13.0 and HyperFormula 3.5.0 give 剩29.700000000000003, LibreOffice 7.4.7.2 剩29.7. Exits 1 when one changes. Needs npm, LibreOffice Calc.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install formualizer==0.13.0
npm install --silent --no-fund --no-audit --prefix "$folder" hyperformula@3.5.0
"$folder/venv/bin/python" - > "$folder/ours.txt" <<'PY'
import formualizer

book = formualizer.Workbook()
book.add_sheet("a")
book.set_formula("a", 1, 1, '="剩"&(100-70.3)')
print(book.evaluate_cell("a", 1, 1))
PY
cat > "$folder/other.js" <<'JS'
const { HyperFormula } = require("hyperformula");
const book = HyperFormula.buildFromArray([['="剩"&(100-70.3)']], { licenseKey: "gpl-v3" });
console.log(book.getCellValue({ sheet: 0, row: 0, col: 0 }));
JS
node "$folder/other.js" > "$folder/theirs.txt"
"$folder/venv/bin/pip" -q install xlsxwriter==3.3.1
"$folder/venv/bin/python" - "$folder/book.xlsx" <<'PY'
import sys, xlsxwriter

with xlsxwriter.Workbook(sys.argv[1]) as book:
    book.add_worksheet().write_formula(0, 0, '="剩"&(100-70.3)', None, "")
PY
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76' --outdir "$folder" "$folder/book.xlsx" >/dev/null 2>&1
echo "formualizer $("$folder/venv/bin/pip" show formualizer | sed -n 's/^Version: //p'): $(cat "$folder/ours.txt")"
echo "HyperFormula 3.5.0: $(cat "$folder/theirs.txt")"
echo "$(soffice --version): $(cat "$folder/book.csv")"
long=剩29.700000000000003
[[ "$(cat "$folder/ours.txt")" == "$long" && "$(cat "$folder/theirs.txt")" == "$long" && "$(tr -d '\r\n' < "$folder/book.csv")" == 剩29.7 ]]
