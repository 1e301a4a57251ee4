"""What people do to the table: rows, columns, headers, sheets."""

from copy import copy

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.spoiled.office import MAIN, Case, Kind, clean, marked, out
from tests.spoiled.surgery import Make, column_titled, edited, on_main, unmerged

FIRST, LAST = 5, 9  # the rows of the tasks
WIDTH = 19  # columns of the main sheet, A to S


def _insert_rows(at: int, *values: object) -> Make:
    return on_main(lambda sheet: _inserted(sheet, at, *values))


def _inserted(sheet: Worksheet, at: int, *values: object) -> None:
    unmerged(sheet).insert_rows(at)
    for column, value in enumerate(values, 1):
        sheet.cell(at, column).value = value  # type: ignore[assignment]


def _put_above(sheet: Worksheet) -> None:
    unmerged(sheet).insert_rows(1, 2)
    sheet["A1"] = "附件1"


def _add_own_column(sheet: Worksheet) -> None:
    sheet["T4"], sheet["T5"] = "投资额（万元）", 300


def _move_column(sheet: Worksheet) -> None:
    at = column_titled(unmerged(sheet), "本季进展情况")
    values = [sheet.cell(row, at).value for row in range(4, LAST + 1)]
    sheet.delete_cols(at)
    sheet.insert_cols(3)
    for row, value in enumerate(values, 4):
        sheet.cell(row, 3).value = value


def _delete_column(title: str) -> Make:
    return on_main(lambda sheet: unmerged(sheet).delete_cols(column_titled(sheet, title)))


def _retitle(**titles: str) -> Make:
    def change(sheet: Worksheet) -> None:
        for old, new in titles.items():
            sheet.cell(4, column_titled(sheet, old)).value = new

    return on_main(change)


def _two_row_header(sheet: Worksheet) -> None:
    unmerged(sheet).insert_rows(4)
    for column in range(1, WIDTH + 1):
        above, below = sheet.cell(4, column), sheet.cell(5, column)
        if below.value in {"累计进度", "本季进展情况"}:
            continue
        above.value, below.value = below.value, None
        sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    sheet["K4"] = "完成进度及情况"
    sheet.merge_cells("K4:L4")


def _title_over_header(sheet: Worksheet) -> None:
    sheet.merge_cells("A4:S4")
    sheet["A4"] = "一季度任务进展情况"


def _repeat_header(sheet: Worksheet) -> None:
    unmerged(sheet).insert_rows(7, 4)
    for row in range(1, 5):
        for column in range(1, WIDTH + 1):
            sheet.cell(row + 6, column).value = sheet.cell(row, column).value


def _copy_row(sheet: Worksheet, row: int) -> None:
    unmerged(sheet).insert_rows(row + 1)
    for column in range(1, WIDTH + 1):
        sheet.cell(row + 1, column).value = sheet.cell(row, column).value


def _copy_row_otherwise(sheet: Worksheet) -> None:
    _copy_row(sheet, FIRST)
    sheet.cell(FIRST + 1, column_titled(sheet, "累计进度")).value = 66


def _reverse(sheet: Worksheet, first_column: int = 1) -> None:
    rows = [[sheet.cell(row, column).value for column in range(first_column, WIDTH + 1)] for row in range(FIRST, LAST + 1)]
    for row, values in enumerate(reversed(rows), FIRST):
        for column, value in enumerate(values, first_column):
            sheet.cell(row, column).value = value


def _sort_part(sheet: Worksheet) -> None:
    for column in range(2, WIDTH + 1):
        one, two = sheet.cell(FIRST, column), sheet.cell(FIRST + 1, column)
        one.value, two.value = two.value, one.value


def _renumber(sheet: Worksheet) -> None:
    for row in range(FIRST, LAST + 1):
        sheet.cell(row, 1).value = row - FIRST + 1


def _prefilled_overwritten(sheet: Worksheet) -> None:
    for row in range(FIRST, LAST + 1):
        sheet.cell(row, 4).value = "本单位"


def _merge_problem(sheet: Worksheet) -> None:
    sheet["M7"] = None
    sheet.merge_cells("M5:M7")


def _split_row(sheet: Worksheet) -> None:
    _inserted(sheet, 6)
    sheet["L6"] = "第二段：设备已经到位。"


def _set(cell: str, value: object) -> Make:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = value

    return on_main(change)


def _sheet_called(title: str) -> Make:
    def change(book: Workbook) -> None:
        book[MAIN].title = title

    return edited(change)


def _extra_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("企业名单")
    sheet.append(["企业", "产值（万元）"])
    sheet.append(["某某公司", 1200])


def _copy_sheet(book: Workbook) -> None:
    book.copy_worksheet(book[MAIN])


def _split_over_sheets(book: Workbook) -> None:
    first = unmerged(book[MAIN])
    second = book.create_sheet("续表")
    for row in (4, 8, 9):
        second.append([first.cell(row, column).value for column in range(1, WIDTH + 1)])
    first.delete_rows(8, 2)


def _into_new_book(case: Case, *, keep_title: bool) -> bytes:
    """Copy values only, into a book of another program, one sheet each."""
    from io import BytesIO

    from openpyxl import load_workbook

    from tests.spoiled.office import FIGURES, saved

    source, target = load_workbook(BytesIO(case.filled)), Workbook()
    for at, name in enumerate((MAIN, FIGURES)):
        sheet = target.active if at == 0 else target.create_sheet()
        for row in source[name].iter_rows(min_row=1 if keep_title else 4, values_only=True):
            sheet.append([value for value in row if not (isinstance(value, str) and value.startswith("="))] if row[0] and str(row[0]).startswith("=") else row)
    return saved(target)


def _hide_rows(sheet: Worksheet) -> None:
    for row in (6, 7, 8):
        sheet.row_dimensions[row].hidden = True
    sheet.auto_filter.ref = "A4:S9"
    sheet.auto_filter.add_filter_column(9, ["推进中"])


def _hide_sheet(book: Workbook) -> None:
    book[MAIN].sheet_state = "hidden"


def _colour(sheet: Worksheet) -> None:
    from openpyxl.styles import PatternFill

    for row in range(FIRST, LAST + 1):
        sheet.cell(row, 2).fill = copy(PatternFill("solid", fgColor="FF0000"))


def _only(*names: str) -> Make:
    def change(book: Workbook) -> None:
        for name in names:
            del book[name]

    return edited(change)


KINDS = (
    Kind("原样填好，什么也没坏", lambda case: case.filled, clean()),
    Kind("表上面加了两行（附件1）", on_main(_put_above), clean("TEXT_ABOVE")),
    Kind("删了标题和回执编号那几行", on_main(lambda sheet: unmerged(sheet).delete_rows(1, 3)), clean()),
    Kind("插了一个空列", on_main(lambda sheet: unmerged(sheet).insert_cols(3)), clean()),
    Kind("自己加了一列“投资额”", on_main(_add_own_column), marked("COLUMN_EXTRA")),
    Kind("把“本季进展情况”挪到前面", on_main(_move_column), clean()),
    Kind("删了“存在问题”一列", _delete_column("存在问题"), marked("NO_COLUMN", out(".problem"))),
    Kind("删了“目标任务”一列", _delete_column("目标任务"), marked("NAME_GONE")),
    Kind("删了“编号”一列", _delete_column("编号"), clean("PREFILLED_GONE")),
    Kind("表头换成别名", _retitle(本季进展情况="完成情况", 下一步措施="下一步打算"), clean("COLUMN_ALIAS COLUMN_ALIAS")),
    Kind("表头加了单位说明", _retitle(累计进度="累计进度（%）", 预计完成时间="*预计完成时间"), clean("COLUMN_ALIAS")),
    Kind("表头写成繁体", _retitle(本季进展情况="本季進展情況"), clean()),
    Kind("表头改得面目全非", _retitle(本季进展情况="本季度主要工作进展"), marked("PLACED")),
    Kind("表头改成认不出的字", _retitle(存在问题="其他"), marked("UNSURE", out(".problem"))),
    Kind("表头分成两行并合并", on_main(_two_row_header), clean()),
    Kind("大标题盖住了表头", on_main(_title_over_header), marked("HEADER_LOST" + " PLACED" * 8 + " TEXT_ABOVE")),
    Kind("表中间又抄了一遍标题和表头", on_main(_repeat_header), clean("TABLE_SPLIT")),
    Kind("删了一行任务", on_main(lambda sheet: unmerged(sheet).delete_rows(7)), marked("ROW_MISSING", out("任务3"))),
    Kind("把一行复制了一遍", on_main(lambda sheet: _copy_row(sheet, 6)), marked("ROW_TWICE")),
    Kind("复制一行又改了数", on_main(_copy_row_otherwise), marked("ROW_TWICE CELL_TWICE", out("任务1.progress"))),
    Kind(
        "加了一项自己的任务",
        _insert_rows(10, "任务99", "自己加的事", None, None, None, None, None, None, None, "推进中", 50, "做了一半的事"),
        marked("ROW_EXTRA"),
    ),
    Kind("任务之间加了小标题", _insert_rows(7, "（二）民生"), marked("TEXT_OUTSIDE")),
    Kind("加了合计行", _insert_rows(10, "合计", None, None, None, None, None, None, None, None, None, 40.6), marked("ROW_EXTRA")),
    Kind("整表倒着排序", on_main(_reverse), clean("ROWS_REORDERED")),
    Kind("排序时只选了一部分列，编号没跟着动", on_main(_sort_part), marked("ROW_MIXED ROW_MIXED", out("任务1", "任务2"))),
    Kind("编号改成 1、2、3……", on_main(_renumber), clean("ROW_BY_TEXT" + " ROW_BY_TEXT" * 4)),
    Kind("丢了一个编号", _set("A7", None), clean("ROW_BY_TEXT")),
    Kind("改了预填的任务内容", _set("B6", "盘活低效企业10家。"), marked("CHANGED")),
    Kind("预填的一整列被盖掉", on_main(_prefilled_overwritten), marked("CHANGED CHANGED CHANGED CHANGED CHANGED")),
    Kind("一项任务拆成两行写", on_main(_split_row), marked("CONTINUED", {"任务1.done": "建成厂房二十万平方米，三家企业进场。\n第二段：设备已经到位。"})),
    Kind("三项任务的“存在问题”合并成一格", on_main(_merge_problem), marked("MERGED_DOWN", {"任务2.problem": "用地紧张", "任务3.problem": "用地紧张"})),
    Kind("表下面写了注", _set("A13", "注：以上为快报数"), marked("TEXT_OUTSIDE")),
    Kind("表旁边写了字", _set("T6", "请领导过目"), marked("COLUMN_EXTRA")),
    Kind("改了工作表名", _sheet_called("Sheet1"), clean("SHEET_RENAMED")),
    Kind("加了一张自己的工作表", edited(_extra_sheet), marked("SHEET_EXTRA")),
    Kind("同一张工作表复制了一份", edited(_copy_sheet), marked("TABLE_SPLIT ROW_TWICE")),
    Kind("一张表拆成两张工作表", edited(_split_over_sheets), clean("TABLE_SPLIT")),
    Kind("删了“指标进展”工作表", _only("指标进展"), marked("NO_SHEET", out("任务1|新建标准厂房"))),
    Kind("删了“填报说明”工作表", _only("填报说明"), clean()),
    Kind("整表按数值粘贴到新工作簿", lambda case: _into_new_book(case, keep_title=True), marked("NO_SEAL SHEET_RENAMED SHEET_RENAMED NO_SHEET")),
    Kind("行藏起来、筛选没取消", on_main(_hide_rows), clean()),
    Kind("填报的工作表被隐藏", edited(_hide_sheet), clean()),
    Kind("用颜色标记", on_main(_colour), clean()),
)
