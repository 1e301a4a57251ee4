"""Plans a receipt's first sheet: what the unit has to mend, each line a link to its cell, and what of its file was not taken over."""

from collections.abc import Sequence

from toolkit.model.findings import Fault, Finding
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.measure import height
from toolkit.model.place import address
from toolkit.model.sheet import Area, CellPlan, Link, Print, SheetPlan
from toolkit.model.unit_statements import STATEMENT
from toolkit.views.form_table import FIRST_ROW, HEADER_ROW, STATEMENT_GUARD

_WIDTHS = (6.0, 7.0, 14.0, 9.0, 14.0, 46.0, 42.0, 26.0)
_TITLES = ("序号", "级别", "位置", "单元格", "栏目", "问题", "怎么改", STATEMENT)
_HOW = (
    "点“单元格”一栏可跳到要改的地方；各表里有问题的格子涂了颜色，末尾“审核意见”一栏可以筛选。改好后保存，原样发回即可。\n"
    "数据没有错的，在“单位说明”里写“情况属实：理由”；要撤回已报的内容，写“撤回”。这里写或在各表末尾的“单位说明”里写都可以。"
)
_NOT_TAKEN, _TOLD = "以下 {} 处没有采用；需要说明的内容请写入已有栏目", "以下 {} 处只是告知，不必修改"
_HEAD = 3  # the row of the column titles


def fault_sheet(faults: Sequence[Fault], not_taken: Sequence[Finding], issue: Issue, form: Form, *, line: str, told: Sequence[Finding] = ()) -> SheetPlan:
    """Plan the sheet 需修改的 N 处; what was not taken over, and what is only told, is listed below."""
    size = form.looks["填报"].size or 11
    last_column = len(_TITLES) - 1
    merges: list[tuple[Area, object, str]] = [
        (Area(0, 0, 0, last_column), f"需修改的 {len(faults)} 处", "标题"),
        (Area(1, 0, 1, last_column), line, "副题"),
        (Area(2, 0, 2, last_column), _HOW, "提示"),
    ]
    heights = {0: 30.0, 1: 18.0, 2: 36.0, _HEAD: 22.0}
    cells = [CellPlan(_HEAD, column, title, "填报表头" if title == STATEMENT else "表头") for column, title in enumerate(_TITLES)]
    row = _HEAD
    for number, fault in enumerate(faults, 1):
        row += 1
        line_of = _line(number, fault, issue, form)
        cells += [CellPlan(row, column, value, "说明") for column, value in enumerate(line_of)]
        cells.append(CellPlan(row, last_column, None, "填报"))
        heights[row] = height(((value if isinstance(value, str) else "", width) for value, width in zip(line_of, _WIDTHS, strict=False)), size) + 4
    last = row
    for words, findings in ((_NOT_TAKEN, not_taken), (_TOLD, told)):
        row += 2 if findings else 0
        merges += [(Area(row, 0, row, last_column), words.format(len(findings)), "副题")] if findings else []
        for finding in findings:
            row += 1
            text = f"{finding.place.sheet}{finding.place.cell and ' ' + finding.place.cell}：{finding.message}{finding.advice}".lstrip("：")
            merges.append((Area(row, 0, row, last_column), text, "说明"))
            heights[row] = height([(text, sum(_WIDTHS))], size) + 4
    return SheetPlan(
        f"需修改的{len(faults)}处",
        tuple(cells),
        widths=dict(enumerate(_WIDTHS)),
        heights=heights,
        merges=tuple(merges),
        freeze=(_HEAD + 1, 0),
        guards=((Area(_HEAD + 1, last_column, max(last, _HEAD + 1), last_column), STATEMENT_GUARD),),
        filter=Area(_HEAD, 0, max(last, _HEAD + 1), len(_TITLES) - 1),
        protect=True,
        printing=Print(footer=f"&L回执编号 {issue.receipt}&C第 &P 页 共 &N 页", repeat=(_HEAD, _HEAD)),
        tab="FF9999",
    )


def _line(number: int, fault: Fault, issue: Issue, form: Form) -> tuple[object, ...]:
    finding = fault.finding
    cell = _cell(fault, issue, form)
    where = fault.table or (f"所报文件“{finding.place.sheet}”" if finding.place.sheet else "")
    shown: object = Link(f"internal:'{fault.table}'!{cell}", cell) if cell else finding.place.cell
    return (number, finding.level.value, where, shown, finding.title, finding.message, fault.advice)


def _cell(fault: Fault, issue: Issue, form: Form) -> str:
    """Name the cell in the receipt that a fault stands in: the row's first, or the column's title, where it is wider than a cell; '' for a whole file."""
    table = form.table(fault.table)
    rows = [row.key for row in issue.tables.get(fault.table, ())]
    if table is None or not rows or (fault.key and fault.key not in rows) or not (fault.key or fault.code):
        return ""
    column = next((column for column, field in enumerate(table.fields) if field.code == fault.code), 0)
    return address(FIRST_ROW + rows.index(fault.key) if fault.key else HEADER_ROW, column)


def _noted(note: Finding) -> str:
    return f"{note.message}单位说明“{note.stated}”已收到，由汇总人员核定。" if note.answered and note.stated else f"{note.message}{note.advice}"


def short_receipt(unit: str, receipt: str, *, label: str, name: str, sent: str, rows: int, values: int, notes: Sequence[Finding]) -> str:
    """Write the receipt of a return in which nothing has to be mended."""
    lines = [
        "回　执",
        "",
        f"填报单位：{unit}",
        f"期　　间：{label}",
        f"回执编号：{receipt}",
        f"收到文件：{name}",
        f"报送时间：{sent}",
        "",
        f"共采用 {rows} 行、{values} 个数据，没有需要修改的地方。",
    ]
    if notes:
        lines += ["", "提示（不必重新报送）：", *(f"{number}. {_noted(note)}" for number, note in enumerate(notes, 1))]
    return "\r\n".join([*lines, ""])
