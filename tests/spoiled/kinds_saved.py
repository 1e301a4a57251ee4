"""What a unit's clerk saves in LibreOffice, as it was issued or spoiled before."""

from typing import NamedTuple

from openpyxl import Workbook

from tests.spoiled import kinds_cells, kinds_table
from tests.spoiled.kinds_files import PASSWORD
from tests.spoiled.office import MAIN, Case, Kind, clean, marked, out, refused, waits
from tests.spoiled.surgery import Make, cell_xml, edited

XLSX, XLSM, XLS, ODS = "Calc MS Excel 2007 XML", "Calc MS Excel 2007 VBA XML", "MS Excel 97", "calc8"
PROBLEM = "任务1.problem"
PRINTED = "NO_SEAL DOCUMENT_TABLE SHEET_RENAMED TABLE_SPLIT SHEET_RENAMED SHEET_RENAMED SHEETS_EXTRA"
PAGE = "NO_SEAL SHEET_RENAMED SHEET_RENAMED SHEET_RENAMED TEXT_ABOVE TEXT_OUTSIDE"


class Saved(NamedTuple):
    """A kind whose workbook LibreOffice saves: what is opened, the filter it is saved with, a password to open, a range that is copied instead."""

    kind: Kind
    filter: str
    password: str = ""
    copied: str = ""


def _as_is(case: Case) -> bytes:
    return case.filled


def _same(words: str) -> Kind:
    """Find a kind that spoils the workbook before it is saved."""
    return next(kind for kind in (*kinds_table.KINDS, *kinds_cells.KINDS) if kind.words == words)


def _first(words: str, filter_: str, end: object = None, **how: str) -> Saved:
    """Spoil first, then save in another format; it ends as it would have without."""
    kind = _same(words)
    word = {XLSX: "xlsx", XLS: "xls", ODS: "ods"}[filter_]
    return Saved(Kind(f"{words}，再存成 {word}", kind.make, end or kind.ends, f"来件.{word}"), filter_, **how)  # type: ignore[arg-type]


def _error(make: str = '<c r="{r}" s="{s}" t="e"><f>1/0</f><v>#DIV/0!</v></c>') -> Make:
    return cell_xml({PROBLEM: make})


def _percent(case: Case) -> bytes:
    def change(book: Workbook) -> None:
        for cell, value in (("K5", 0.31), ("K6", 1)):
            book[MAIN][cell] = value
            book[MAIN][cell].number_format = "0%"

    return edited(change)(case)


SAVED = (
    Saved(Kind("用 LibreOffice 存成 xlsx", _as_is, clean()), XLSX),
    Saved(Kind("用 LibreOffice 存成 xls", _as_is, clean(), "来件.xls"), XLS),
    Saved(Kind("用 LibreOffice 存成 ods", _as_is, clean(), "来件.ods"), ODS),
    Saved(Kind("存成 xls，改名 .et", _as_is, clean(), "来件.et"), XLS),
    Saved(Kind("存成 xls，改名 .xlsx", _as_is, clean()), XLS),
    Saved(Kind("存成带宏的格式 xlsm", _as_is, clean(), "来件.xlsm"), XLSM),
    Saved(Kind("存成模板 xltx", _as_is, clean(), "来件.xltx"), "Calc MS Excel 2007 XML Template"),
    Saved(Kind("存成单个 XML 的 fods", _as_is, refused("FLAT_ODS"), "来件.fods"), "OpenDocument Spreadsheet Flat XML"),
    Saved(Kind("存成网页", _as_is, marked(PAGE), "来件.html"), "HTML (StarCalc)"),
    Saved(Kind("存成 SYLK", _as_is, refused("NOT_WORKBOOK"), "来件.slk"), "SYLK"),
    Saved(Kind("存成 DIF", _as_is, refused("NOT_WORKBOOK"), "来件.dif"), "DIF"),
    Saved(Kind("打印成 PDF，改名 .xlsx", _as_is, marked(PRINTED)), "calc_pdf_Export"),
    Saved(Kind("复制到新工作簿再存", _as_is, marked("NO_SEAL SHEET_RENAMED NO_SHEET NO_SHEET", out("任务1|新建标准厂房"))), XLSX, copied="A1:S11"),
    Saved(Kind("xlsx 设了打开密码（密码已登记）", _as_is, clean()), XLSX, PASSWORD),
    Saved(Kind("xls 设了打开密码（密码已登记）", _as_is, clean(), "来件.xls"), XLS, PASSWORD),
    Saved(Kind("xls 设了打开密码（不知道密码）", _as_is, waits("PASSWORD", unit=""), "来件.xls"), XLS, "别的口令"),
    Saved(Kind("ods 设了打开密码", _as_is, waits("PASSWORD", unit=""), "来件.ods"), ODS, PASSWORD),
    Saved(Kind("公式出错，存成 xlsx", _error(), marked("CELL_ERROR", out(PROBLEM))), XLSX),
    Saved(Kind("公式出错，存成 xls", _error(), marked("CELL_ERROR", out(PROBLEM)), "来件.xls"), XLS),
    Saved(Kind("公式出错，存成 ods", _error(), marked("CELL_ERROR", out(PROBLEM)), "来件.ods"), ODS),
    Saved(Kind("百分比格式，存成 xlsx", _percent, clean()), XLSX),
    Saved(Kind("百分比格式，存成 xls", _percent, clean(), "来件.xls"), XLS),
    Saved(Kind("百分比格式，存成 ods", _percent, clean(), "来件.ods"), ODS),
    _first("日期从 1904 年算起", XLS),
    _first("日期从 1904 年算起", ODS),
    _first("表上面加了两行（附件1）", XLS),
    _first("表头分成两行并合并", ODS),
    _first("三项任务的“存在问题”合并成一格", XLS),
    _first("三项任务的“存在问题”合并成一格", ODS),
    _first("排序时只选了一部分列，编号没跟着动", XLS),
    _first("编号改成 1、2、3……", ODS),
    _first("改了工作表名", XLS),
    _first("行藏起来、筛选没取消", XLS),
    _first("富文本（半截红字加粗）", XLS),
    _first("文字以等号开头（=1+1）", XLS),
    _first("内容写在批注里", XLS),
    _first("内容写在批注里", ODS),
    _first("进度写全角“３１％”", XLS),
    _first("日期写 2023.12.1", ODS),
    _first("号码填成 18 位数字", XLS),
)
KINDS = tuple(one.kind for one in SAVED)
