#!/usr/bin/env bash
# A criterion of COUNTIF for a text that has signs of its own. Expected, as in Excel: "~~" means one tilde, "=" before it "equals", "" inside quotes one quotation mark.
# HyperFormula 3.5.0 cannot parse a doubled quotation mark and calls "?>x" no criterion; IronCalc 0.9.1 finds no text for "~~x".
# "?" in the place of such a sign is understood by both (and by LibreOffice, Gnumeric and formualizer).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q ironcalc==0.9.1
npm install --silent --no-fund --no-audit --prefix "$folder" hyperformula@3.5.0
cat >"$folder/hf.js" <<'JS'
const {HyperFormula} = require("hyperformula");
const count = criterion => {
  const engine = HyperFormula.buildFromSheets({S: [["'~x"], ["'>x"], ["'\"x"], [`=COUNTIF(A1:A3,"${criterion}")`]]}, {licenseKey: "gpl-v3"});
  const value = engine.getSheetValues(0)[3][0];
  return value.value ?? value;
};
console.log("HyperFormula", HyperFormula.version, 'doubled quote:', count('""x'), '?>x:', count("?>x"), "~~x:", count("~~x"), "?x:", count("?x"));
JS
NODE_PATH="$folder/node_modules" node "$folder/hf.js" | tee "$folder/hf.txt"
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys
from importlib.metadata import version

import ironcalc

model = ironcalc.create("book", "en", "UTC", "en")
model.set_user_input(0, 1, 1, "~x")
model.set_user_input(0, 2, 1, '=COUNTIF(A1:A1,"~~x")')
model.set_user_input(0, 3, 1, '=COUNTIF(A1:A1,"?x")')
model.evaluate()
doubled, open_ = (model.get_cell_value(0, row, 1) for row in (2, 3))
print("IronCalc", version("ironcalc"), "~~x:", doubled, "?x:", open_)
hyper = open(f"{sys.argv[1]}/hf.txt").read()
sys.exit(0 if "#ERROR!" in hyper and "#VALUE!" in hyper and doubled == 0 and open_ == 1 else 1)
PY
