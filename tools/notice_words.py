"""The shipped words of notices, templates/通知用语.xlsx."""

from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from toolkit.edges.templates.read_notice_words import WORD_COLUMNS, WORD_SHEETS
from toolkit.model.vocabulary import READINGS, SHIPPED


def words_book(office_sheet: Callable[..., None]) -> Workbook:
    """Write the words of notices: sheets 表头和标签, 动词; the office adds its own. `office_sheet` lays out a sheet with headers, widths and a note."""
    book = Workbook()
    book.remove(book.worksheets[0])
    notes = {
        "表头和标签": "词语是通知里表头或冒号前的字样；读作写它的意思，只能写：" + "、".join(READINGS) + "。不认识的表头，在这里加一行，再导入一次。",
        "动词": "词语是单位名称后面的字样，如“县财政局抓总”里的“抓总”；读作只能写：牵头、责任、配合。",
    }
    for name, readings in WORD_SHEETS.items():
        office_sheet(book, name, WORD_COLUMNS, (36, 12), notes[name])
        sheet = book[name]
        for place, word, reading in SHIPPED:
            if place == name:
                sheet.append((word, reading))
        choices = DataValidation("list", formula1=f'"{",".join(readings)}"', allow_blank=True)
        choices.add("B2:B1000")
        sheet.add_data_validation(choices)
    return book
