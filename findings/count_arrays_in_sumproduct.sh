#!/usr/bin/env bash
# =SUMPRODUCT((classes="A")*COUNTIF(names,leads)) – a COUNTIF whose criteria are a range – counts 2 in Excel and LibreOffice.
# HyperFormula 3.5.0 says #VALUE!, formualizer 0.13.0 counts 0 without a word; TRIM over a range is #VALUE!, 1 there, and 0 in IronCalc 0.9.1.
# One COUNTIF with one criterion counts 2 in all of them; so a workbook meant for every program keeps helper columns and adds them up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q xlsxwriter==3.3.1 ironcalc==0.9.1 formualizer==0.13.0
npm install --silent --no-fund --no-audit --prefix "$folder" hyperformula@3.5.0
cat >"$folder/hf.js" <<'JS'
const {HyperFormula} = require("hyperformula");
const names = ["x", "y", "x"], leads = [["x", "A"], ["y", "B"]];
const rows = names.map((name, at) => [name, ...(leads[at] ?? [null, null])]);
rows.push(['=SUMPRODUCT((C1:C2="A")*COUNTIF(A1:A3,B1:B2))', '=SUMPRODUCT((TRIM(A1:A3)="x")*1)']);
const engine = HyperFormula.buildFromSheets({S: rows}, {licenseKey: "gpl-v3"});
console.log("HyperFormula", HyperFormula.version, ...engine.getSheetValues(0)[3].slice(0, 2).map(value => value.value ?? value));
JS
NODE_PATH="$folder/node_modules" node "$folder/hf.js" | tee "$folder/hf.txt"
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys
from importlib.metadata import version

import formualizer
import ironcalc
import xlsxwriter

path = f"{sys.argv[1]}/book.xlsx"
book = xlsxwriter.Workbook(path)
sheet = book.add_worksheet("S")
sheet.write_column("A1", ["x", "y", "x"])
sheet.write_column("B1", ["x", "y"])
sheet.write_column("C1", ["A", "B"])
formulas = ('=SUMPRODUCT((C1:C2="A")*COUNTIF(A1:A3,B1:B2))', '=SUMPRODUCT((TRIM(A1:A3)="x")*1)', "=COUNTIF(A1:A3,B1)", '=SUMIF(C1:C2,"A",E3:E4)')
for row, formula in enumerate(formulas, 1):
    sheet.write_formula(f"E{row}", formula)
book.close()
model = ironcalc.load_from_xlsx(path, "en", "UTC", "en")
model.evaluate()
iron = [model.get_cell_value(0, row, 5) for row in (1, 2, 3)]
other = formualizer.load_workbook(path)
other.evaluate_all()
formu = [other.get_value("S", row, 5) for row in (1, 2, 3)]
print("IronCalc", version("ironcalc"), *iron)
print("formualizer", version("formualizer"), *formu)
hyper = open(f"{sys.argv[1]}/hf.txt").read()
sys.exit(0 if iron[1] != 2 and formu[0] != 2 and "#VALUE!" in hyper and iron[2] == formu[2] == 2 else 1)
PY
