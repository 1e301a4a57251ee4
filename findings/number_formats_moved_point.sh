#!/usr/bin/env bash
# Chinese offices show ten thousands with 0\.0, or 0!.0, (an escaped point and a comma; Excel's Chinese help names both escapes): 20480 is 2.0万.
# LibreOffice, SSF and numfmt take no "!" for an escape and print it: 20!.5. With "\" SSF fills the digits wrongly where the first would be a zero.
# A currency in brackets with a per cent sign is scaled by 100 in SSF and numfmt, not in LibreOffice: programs differ, so such a cell must be asked about.
# Seen: ssf 0.11.2, numfmt 4.0.1, LibreOffice 7.4.7. Exits 1 when this changes.
set -euo pipefail
for tool in node soffice; do command -v "$tool" >/dev/null || { echo "$tool is needed" >&2; exit 2; }; done
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install xlsxwriter==3.2.9
npm install --silent --prefix "$folder" ssf@0.11.2 numfmt@4.0.1 >/dev/null
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import csv, json, subprocess, sys
import xlsxwriter

CASES = [(2048, "0\\.0,"), (20480, "0\\.0,"), (20480, "0!.0,"), (0.5, "[$￥-804]0.00%"), (20480, "0.0,")]
book = xlsxwriter.Workbook("cases.xlsx")
sheet = book.add_worksheet()
for row, (number, code) in enumerate(CASES):
    sheet.write_number(row, 0, number, book.add_format({"num_format": code}))
book.close()
version = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True).stdout.strip()
command = ["soffice", "-env:UserInstallation=file://" + sys.prefix + "/profile", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
subprocess.run([*command, "cases.xlsx"], capture_output=True, check=True)
office = [row[0] for row in csv.reader(open("cases.csv", encoding="utf-8"))]
code = ("import {format} from 'numfmt'; import S from 'ssf'; import fs from 'fs'; const all = JSON.parse(fs.readFileSync(0));"
        "console.log(JSON.stringify(all.map(([v, c]) => [S.format(c, v), format(c, v)])))")
done = subprocess.run(["node", "--input-type=module", "-e", code], input=json.dumps(CASES), capture_output=True, text=True, check=True)
print(version, "· ssf 0.11.2 · numfmt 4.0.1")
seen = {}
for (number, form), shown, (ssf, numfmt) in zip(CASES, office, json.loads(done.stdout), strict=True):
    seen[number, form] = (shown, ssf, numfmt)
    print(f"{number:>6} {form:<16} LibreOffice {shown!r:<10} SSF {ssf!r:<12} numfmt {numfmt!r}")
small, escaped, money = seen[2048, "0\\.0,"], seen[20480, "0!.0,"], seen[0.5, "[$￥-804]0.00%"]
sys.exit(not (small[0] == "0.2" and small[1] != "0.2" and all("!" in text for text in escaped) and money[0] == "￥0.50%" and "50.00%" in money[1]))
PY
