"""The shipped words of other languages, templates/用语.xlsx, made from words_en.tsv: area, Chinese text, English."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment

from toolkit.edges.templates.read_words import CHINESE, LANGUAGE_COLUMNS, REMARK
from toolkit.model.words import ENGLISH

SHEET_OF_ENGLISH = Path(__file__).with_name("words_en.tsv")
AREAS = {
    "表单": "发给单位的表、退改表、回执上的话，和随程序发放的表单定义里的话。",
    "问题": "问题清单、退改表、屏幕上指出问题的话；花括号里的内容显示时换成实际内容，译文里要照样写上。",
    "汇总表": "汇总表的工作表、表头、说明和批注。",
    "文书": "通报、督办通知单、催报和信件里的话。",
    "屏幕": "命令运行时屏幕上的话。",
    "页面": "本机操作页面上的话；以“页面/”开头的只在页面上这样说。",
    "程序": "其余的话。",
}
_NOTE = "“English”一栏可以改；要加别的语言，在后面加一栏，表头写语言的代号，如 fr；空着的显示中文。“中文”一栏请不要改。"


class WordRow(NamedTuple):
    """A row of words: the sheet it stands on, the Chinese text or pattern, the English."""

    area: str
    chinese: str
    english: str


def word_rows() -> Iterator[WordRow]:
    """Go through the rows, in their order."""
    for line in SHEET_OF_ENGLISH.read_text("utf-8").splitlines():
        yield WordRow(*(_unescaped(cell) for cell in line.split("\t")))


def languages_book(office_sheet: Callable[..., None]) -> Workbook:
    """Write the words, a sheet for each area. `office_sheet` lays out a sheet with headers, widths and a note."""
    book = Workbook()
    book.remove(book.worksheets[0])
    rows = list(word_rows())
    for area, about in AREAS.items():
        office_sheet(book, area, (CHINESE, LANGUAGE_COLUMNS[ENGLISH], REMARK), (60, 60, 30), about + _NOTE)
        sheet = book[area]
        sheet.move_range("E1", cols=5)  # the note, out of the way of other languages' columns
        for row in rows:
            if row.area == area:
                sheet.append((row.chinese, row.english))
        for cells in sheet.iter_rows(min_row=2, max_col=2):
            for cell in cells:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.data_type = "s"  # a text that begins with = is no formula here
    return book


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), text)
