#!/usr/bin/env bash
# ROUND of a half that binary cannot hold: =ROUND(1.005,2) is expected to be 1.01 and =ROUND(78.615,2) 78.62, as LibreOffice, Gnumeric and IronCalc have it,
# which round what is shown (15 digits). HyperFormula 3.5.0 gives 1 and 78.61, and 2.68 for 2.675. One mean of a year's 3,299 formulas met it (a class of ten units).
# IronCalc 0.9.1 rounds them up. Exits 1 when this changes.
set -euo pipefail
command -v node >/dev/null || { echo "node is needed" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q ironcalc==0.9.1
npm install --silent --no-fund --no-audit --prefix "$folder" hyperformula@3.5.0
cat >"$folder/hf.js" <<'JS'
const {HyperFormula} = require("hyperformula");
const engine = HyperFormula.buildFromSheets({S: [["=ROUND(1.005,2)", "=ROUND(78.615,2)", "=ROUND(2.675,2)"]]}, {licenseKey: "gpl-v3"});
console.log("HyperFormula", HyperFormula.version, ...engine.getSheetValues(0)[0]);
JS
NODE_PATH="$folder/node_modules" node "$folder/hf.js" | tee "$folder/hf.txt"
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys
from importlib.metadata import version
from pathlib import Path

import ironcalc

model = ironcalc.create("book", "en", "UTC", "en")
for column, number in enumerate(("1.005", "78.615", "2.675"), 1):
    model.set_user_input(0, 1, column, f"=ROUND({number},2)")
model.evaluate()
others = [model.get_cell_value(0, 1, column) for column in (1, 2, 3)]
print("IronCalc", version("ironcalc"), *others)
theirs = (Path(sys.argv[1]) / "hf.txt").read_text().split()[2:]
sys.exit(theirs != ["1", "78.61", "2.68"] or others != [1.01, 78.62, 2.68])
PY
