#!/usr/bin/env bash
# formualizer: a number that becomes part of a text keeps up to 17 digits; Excel, WPS, LibreOffice and HyperFormula keep 15. Expected of ="剩"&(100-70.3): 剩29.7.
# It matters where what a formula comes to is stored for readers that do not recalculate: a sentence with a balance in it is read by people.
# Seen: formualizer 0.13.0 gives 剩29.700000000000003, HyperFormula 3.5.0 剩29.7. Exits 1 when either changes. Needs npm.
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
echo "formualizer $("$folder/venv/bin/pip" show formualizer | sed -n 's/^Version: //p'): $(cat "$folder/ours.txt")"
echo "HyperFormula 3.5.0: $(cat "$folder/theirs.txt")"
[[ "$(cat "$folder/ours.txt")" == "剩29.700000000000003" && "$(cat "$folder/theirs.txt")" == "剩29.7" ]]
