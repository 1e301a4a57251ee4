"""The pieces of which make_templates puts its workbooks together: example cells, headers, sheets that the office fills in, the sheet 督办阶梯."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.templates.read_ladder import COLUMNS as LADDER_COLUMNS
from toolkit.edges.templates.read_ladder import SHEET as LADDER
from tools.rules_words import LADDER_RUNGS

SONG, HEI, KAI = "宋体", "黑体", "楷体"
GREY = "BFBFBF"


def look(sheet: Worksheet, row: int, name: str, words: str, *, font: str = SONG, size: float = 10, bold: bool = False, colour: str = "000000",
         fill: str = "", border: bool = True, across: str = "", wrap: bool = True, locked: bool = True, number_format: str = "") -> None:  # fmt: skip
    """Write one example cell: its name in column A, the example in column B, what it is for in column C."""
    sheet.cell(row, 1, name)
    sheet.cell(row, 3, words)
    cell = sheet.cell(row, 2, "样例 Sample 123")
    cell.font = Font(name=font, size=size, bold=bold, color=colour)
    cell.alignment = Alignment(horizontal=across or None, vertical="center", wrap_text=wrap)
    cell.protection = Protection(locked=locked)
    if number_format:
        cell.number_format = number_format
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if border:
        side = Side(style="thin", color=GREY)
        cell.border = Border(left=side, right=side, top=side, bottom=side)


def heading(sheet: Worksheet, names: tuple[str, ...]) -> None:
    """Write a bold header row and freeze it."""
    sheet.append(list(names))
    for cell in sheet[1]:
        cell.font = Font(name=HEI, bold=True)
        cell.fill = PatternFill("solid", fgColor="D9E1F2")
    sheet.freeze_panes = "A2"


def office_sheet(book: Workbook, name: str, titles: tuple[str, ...], widths: tuple[float, ...], note: str) -> None:
    """Write a sheet that the office fills in itself; how, stands to the right of its columns."""
    sheet = book.create_sheet(name)
    heading(sheet, titles)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    cell = sheet.cell(1, len(titles) + 2, note)
    cell.font = Font(name=KAI, size=10, color="7F7F7F")


def ladder_sheet(book: Workbook) -> None:
    """Write the sheet 督办阶梯 with its rows and the lists of what may be chosen."""
    note = "同一件事每级只发一次，从低到高；启用写“是”才执行，值守写“是”的由 watch 自动写文书、发邮件，其余在运行 documents 时写。间隔从上一级发出之日起算。"
    office_sheet(book, LADDER, LADDER_COLUMNS, (11, 15, 12, 22, 20, 8, 8, 60), note)
    for row in LADDER_RUNGS:
        book[LADDER].append(row)
    for column, words in (("A", "提醒,催办,督办通知,约谈"), ("F", "是,否"), ("G", "是,否")):
        choices = DataValidation("list", formula1=f'"{words}"', allow_blank=True)
        choices.add(f"{column}2:{column}60")
        book[LADDER].add_data_validation(choices)
