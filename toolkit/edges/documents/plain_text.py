"""Reads plain text and comma-separated tables: bytes to characters, lines to paragraphs."""

import codecs
import csv
import re

from toolkit.edges.documents.markdown import plain_line
from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph, Table, TableCell
from toolkit.model.lazy_pattern import lazy_pattern

# The characters that running Chinese text is fullest of, in both scripts: what shows the right decoding of two that both succeed.
_COMMON = frozenset(
    "的一是在不了有和人这這中大为為上个個国國以要时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子"
    "说說产產种種面而方后後多定行學学法所民得经經三之进進着著等部度家",
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ODD = lazy_pattern("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_MOST_BYTES = 20 * 2**20
_MOST_ODD = 0.01


def read_text(content: bytes, *, markdown: bool = False) -> list[Paragraph | Table]:
    """Read a text file, one paragraph a line, blank ones too, the markup of Markdown taken off; `where` counts lines as an editor does."""
    lines = re.split(r"\r\n|\n|\r", whole_text(content).replace("\f", ""))
    return [Paragraph(plain_line(line) if markdown else line, f"第{number}行") for number, line in enumerate(lines, 1)]


def read_separated(content: bytes) -> list[Paragraph | Table]:
    """Read a .csv or .tsv file: single cells above the first row of several are paragraphs, the rest one table. Raises CommandError if broken."""
    text = whole_text(content)
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    try:
        rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter) if any(map(str.strip, row))]
    except csv.Error as error:
        raise CommandError("不是完好的逗号分隔表。", "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。") from error
    first = next((at for at, row in enumerate(rows) if sum(bool(text.strip()) for text in row) > 1), len(rows))
    blocks: list[Paragraph | Table] = [Paragraph("".join(row).strip(), f"表1第{number}行") for number, row in enumerate(rows[:first], 1)]
    width = max(map(len, rows), default=0)
    table = tuple(
        tuple(TableCell(text.strip(), f"表1第{number}行") for text in row + [""] * (width - len(row))) for number, row in enumerate(rows[first:], first + 1)
    )
    return [*blocks, Table(table, "表1")] if table else blocks


def whole_text(content: bytes) -> str:
    """Decode a whole file; raises CommandError when it is too long or no encoding fits."""
    if len(content) > _MOST_BYTES:
        raise CommandError(f"有 {len(content) // 2**20} MB 文字，不像一份通知，没有读。", "请只留下通知正文和任务分解部分后再导入。")
    text = decoded(content)
    if len(_ODD.findall(text)) > len(text) * _MOST_ODD:
        raise CommandError("的文字编码认不出来。", "请用记事本打开，核对文字无误后另存为 UTF-8 编码。")
    return text


def decoded(content: bytes) -> str:
    """Decode by byte order mark, else as UTF-8, GB18030 or Big5, whichever gives the most ordinary text; never fails."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").lstrip("\ufeff")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    readings = [content.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030", "big5")]
    return max(readings, key=_ordinary)


def _ordinary(text: str) -> float:
    """Score a decoding: common characters for it, broken and private ones against it."""
    sample = text[:20000] + text[-20000:]
    return sum(char in _COMMON for char in sample) / (len(sample) + 1) - 5 * len(_ODD.findall(sample)) / (len(sample) + 1)
