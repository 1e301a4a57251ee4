"""Writes a form definition as a workbook for a clerk: its sheets, beside each setting what may stand there, drop-downs, a sheet of the words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from toolkit.edges.templates import definition_words as words
from toolkit.edges.templates.read_choices import CHOICE_COLUMNS, STAGE, SYNONYMS
from toolkit.edges.templates.read_forms import COLUMNS
from toolkit.edges.workspace import starter_templates
from toolkit.model.form_definition import Cells, Definition
from toolkit.model.measure import height

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SETTINGS, CHOICES, STYLES, WORD_SHEET, NOTE = "表单", "选项", "样式", "可填的词", "可以填什么"
_STYLED_LIKE = "季度进展.xlsx"
_DOWN_TO = 200  # the row down to which drop-downs reach
_WIDTHS = {"代码": 14, "表头": 18, "别名": 18, "来源": 8, "取自": 18, "类型": 9, "必填": 8, "最小": 8, "最大": 8, "选项": 12, "提示": 40, "宽度": 7}
_SETTING_WIDTHS = (26, 70, 76)
_CHOICE_WIDTHS = (14, 14, 40, 60, 10)
_WORD_WIDTHS = (10, 18, 70)
_FAMILY = "宋体"


def form_bytes(definition: Definition, sources: Sequence[str]) -> bytes:
    """Write a definition with the shipped forms' styles; `sources` are the words that 取自 knows besides the columns of a list."""
    book = load_workbook(next(path for path in starter_templates() if path.name == _STYLED_LIKE))
    for name in book.sheetnames:
        if name != STYLES:
            book.remove(book[name])
    settings = book.create_sheet(SETTINGS, 0)
    for row in (("键", "值", NOTE), *definition.settings):
        settings.append(row)
    for at, (name, columns) in enumerate(definition.tables.items(), 1):
        sheet = book.create_sheet(name, at)
        sheet.append(COLUMNS)
        for column in columns:
            sheet.append([column.get(title) for title in COLUMNS])
    choices = book.create_sheet(CHOICES, len(definition.tables) + 1)
    for cells in ((*CHOICE_COLUMNS, "含义", SYNONYMS, STAGE), *definition.choices):
        choices.append(list(cells))
    for at, (name, rows) in enumerate(definition.lists.items(), len(definition.tables) + 2):
        _lay_list(book.create_sheet(name, at), rows)
    return dressed(book, sources)


def form_like(path: Path, settings: Mapping[str, str], sources: Sequence[str]) -> bytes:
    """Write another definition anew under other settings (代码, 名称, 标题 …), whatever else it holds. Raises OSError where it cannot be read."""
    book = load_workbook(path)
    sheet = book[SETTINGS]
    for row in sheet.iter_rows(max_col=2):
        if str(row[0].value or "").strip() in settings:
            row[1].value = settings[str(row[0].value).strip()]
    return dressed(book, sources)


def dressed(book: "Workbook", sources: Sequence[str]) -> bytes:
    """Put beside every setting what may stand there, drop-downs into the cells of few words, notes on the headers, and a sheet that explains the words."""
    if WORD_SHEET in book.sheetnames:
        book.remove(book[WORD_SHEET])
    refer = _word_sheet(book, sources)
    _dress_settings(book[SETTINGS], refer)
    for sheet in book.worksheets:
        if sheet.title.endswith("栏目"):
            _dress_columns(sheet, refer)
    _dress_choices(book[CHOICES], refer)
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == SETTINGS
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _word_sheet(book: "Workbook", sources: Sequence[str]) -> Callable[[str], str]:
    """Write the sheet of words; gives the range of a setting's words, '' for one that takes any."""
    from toolkit.model.column_uses import USES

    sheet = book.create_sheet(WORD_SHEET)
    fixed = (words.SUBJECTS, words.CYCLES, words.LIGHTS, words.YES_NO, words.SOURCES, words.KIND_WORDS, words.NEEDED, words.TOTALS, words.STAGES)
    uses = words.Words("用途", {use: words.USE_NOTES.get(use, "") for use in USES})
    known = words.Words("取自", dict.fromkeys(sources, "任务总表里的这一项") | {"上期.代码": "上一期这一栏填的内容；“代码”换成那一栏的代码"})
    ranges: dict[str, str] = {}
    _head(sheet, 1, 1, ("在哪里", "可以填", "含义"))
    row = 2
    for listed in (*fixed, uses, known):
        ranges[listed.title] = f"'{WORD_SHEET}'!$B${row}:$B${row + len(listed.meanings) - 1}"
        for word, meaning in listed.meanings.items():
            for column, (text, colour) in enumerate(((listed.title, "7F7F7F"), (word, "000000"), (meaning, "595959")), 1):
                sheet.cell(row, column, text).font = Font(name=_FAMILY, size=10, color=colour)
            row += 1
    for letters, width in zip("ABC", _WORD_WIDTHS, strict=True):
        sheet.column_dimensions[letters].width = width
    sheet.freeze_panes = "A2"
    return lambda title: ranges.get(title, "")


def _dress_settings(sheet: "Worksheet", refer: Callable[[str], str]) -> None:
    _head(sheet, 1, 1, ("键", "值", NOTE))
    for number, row in enumerate(sheet.iter_rows(min_row=2, max_col=3), 2):
        key = str(row[0].value or "").strip()
        ending = key.rpartition(".")[2]
        row[2].value = words.SETTING_NOTES.get(ending, "")
        for cell in row:
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            cell.font = Font(name=_FAMILY, size=11, color="7F7F7F" if cell is row[2] else "000000")
        row[1].fill = PatternFill("solid", fgColor="FFFDF0")
        sheet.row_dimensions[number].height = height(((str(cell.value or ""), width) for cell, width in zip(row, _SETTING_WIDTHS, strict=True)), 11)
        if refer(ending):
            _offer(sheet, row[1].coordinate, refer(ending), ending, words.SETTING_NOTES.get(ending, ""))
    for letters, width in zip("ABC", _SETTING_WIDTHS, strict=True):
        sheet.column_dimensions[letters].width = width
    sheet.freeze_panes = "A2"


def _dress_columns(sheet: "Worksheet", refer: Callable[[str], str]) -> None:
    titles = [str(cell.value or "").strip() for cell in sheet[1]]
    for title in (title for title in COLUMNS if title not in titles):
        titles.append(title)
        sheet.cell(1, len(titles), title)
    _head(sheet, 1, 1, titles)
    for column, title in enumerate(titles, 1):
        letters = get_column_letter(column)
        sheet.column_dimensions[letters].width = _WIDTHS.get(title, 10)
        note = words.COLUMN_NOTES.get(title, "")
        if note:
            sheet.cell(1, column).comment = Comment(note, "任务进展汇总", width=320, height=110)
        _offer(sheet, f"{letters}2:{letters}{_DOWN_TO}", refer(title), title, note)
    for row in sheet.iter_rows(min_row=2, max_row=sheet.max_row):
        for cell in row:
            cell.font = Font(name=_FAMILY, size=10)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.freeze_panes = "C2"


def _dress_choices(sheet: "Worksheet", refer: Callable[[str], str]) -> None:
    titles = [str(cell.value or "").strip() for cell in sheet[1]]
    if STAGE not in titles:
        titles.append(STAGE)
        sheet.cell(1, len(titles), STAGE)
    _head(sheet, 1, 1, titles)
    at = get_column_letter(titles.index(STAGE) + 1)
    _offer(sheet, f"{at}2:{at}{_DOWN_TO}", refer(STAGE), STAGE, "状态一类的选项才要填：这个词表示还没开始、正在进行，还是已经完成。")
    for letters, width in zip("ABCDE", _CHOICE_WIDTHS, strict=True):
        sheet.column_dimensions[letters].width = width


def _lay_list(sheet: "Worksheet", rows: Sequence[Cells]) -> None:
    for row in rows:
        sheet.append(list(row))
    _head(sheet, 1, 1, [str(title) for title in rows[0]])
    for column in range(1, len(rows[0]) + 1):
        longest = max(len(str(row[column - 1])) for row in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(60, max(10, 2 * longest + 2))
    sheet.freeze_panes = "A2"


def _head(sheet: "Worksheet", row: int, left: int, titles: Iterable[str]) -> None:
    for column, title in enumerate(titles, left):
        cell = sheet.cell(row, column, title)
        cell.font = Font(name="黑体", size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="D9E1F2")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _offer(sheet: "Worksheet", cells: str, source: str, title: str, prompt: str) -> None:
    """Offer the words of a range in a drop-down, or only say what may stand there; other words are warned of, not forbidden."""
    rule = DataValidation("list" if source else None, formula1=source or None, allow_blank=True, errorStyle="warning", showErrorMessage=bool(source))
    rule.promptTitle, rule.prompt, rule.showInputMessage = title, prompt[:250], bool(prompt)
    if source or prompt:
        rule.add(cells)
        sheet.add_data_validation(rule)
