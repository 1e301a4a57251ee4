#!/usr/bin/env bash
# python-calamine on .ods: a tab or a line break inside a cell's text vanishes, so that "4<tab>5" becomes 45; ruby is read as part of the text;
# white space between rows and cells, which the format allows and Gnumeric, Calligra and SheetJS write, makes the whole file unreadable.
# Seen: 0.9.1 gives '45', '完成1234户', '蔡cai甸' and CalamineError "Cannot detect file format". Exits 1 when any of this changes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install python-calamine==0.9.1
"$folder/venv/bin/python" - <<'PY'
import importlib.metadata, io, sys, zipfile
import python_calamine

SPACES = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))


def ods(rows):
    content = (f'<office:document-content {SPACES} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="a">{rows}'
               "</table:table></office:spreadsheet></office:body></office:document-content>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
    return out.getvalue()


def cell(text):
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def read(rows):
    try:
        return python_calamine.load_workbook(io.BytesIO(ods(rows))).get_sheet_by_index(0).to_python()
    except python_calamine.CalamineError as error:
        return f"CalamineError: {error}"


ruby = "<text:ruby><text:ruby-base>蔡</text:ruby-base><text:ruby-text>cai</text:ruby-text></text:ruby>甸"
glued = read(f"<table:table-row>{cell('4<text:tab/>5')}{cell('完成12<text:line-break/>34户')}{cell(ruby)}</table:table-row>")
indented = read(f"\n <table:table-row>\n  {cell('4')}\n </table:table-row>\n")
print("python-calamine", importlib.metadata.version("python-calamine"))
print("a tab, a line break, ruby:", glued)
print("indented:", indented)
sys.exit(glued != [["45", "完成1234户", "蔡cai甸"]] or "Cannot detect file format" not in indented)
PY
