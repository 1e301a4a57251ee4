"""Plans the workbook that a unit fills in: 填报说明, one sheet a table, the very hidden seal."""

from collections.abc import Sequence

from toolkit.model import seal
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.period import Period
from toolkit.model.sheet import BookPlan, CellPlan, SheetPlan, Visibility
from toolkit.views.form_guide import guide_sheet
from toolkit.views.form_styles import form_looks
from toolkit.views.form_table import NOTHING_SAID, Own, counter_of, table_sheet

_CHUNK = 30_000  # characters of the seal per cell; a cell holds 32,767


def unit_book(
    issue: Issue, form: Form, *, sealed: str, office: str = "", own: Own = NOTHING_SAID, first: Sequence[SheetPlan] = (), handed: Sequence[str] = ()
) -> BookPlan:
    """Plan the workbook of one issue, carrying its seal; a receipt shows the unit's `own` values and has sheets that come `first`.

    `handed` are the texts of a handover, each kept beside the seal in a column of its own.
    """
    period = Period.parse(issue.period)
    title = form.title.replace("{期间}", period.span_label)
    line = head_line(issue, period)
    tables = tuple(
        table_sheet(table, issue.tables.get(table.sheet, ()), form=form, title=title, line=line, receipt=issue.receipt, own=own)
        for table in form.tables_with(issue.filled_sheets)
    )
    counters = {table.name: counter_of(table) for table in tables}
    return BookPlan(
        sheets=(*first, guide_sheet(form, issue, title=title, line=line, office=office, counters=counters), *tables, _seal_sheet(sealed, handed)),
        looks=form_looks(form, marked=own.opinions is not None),
        title=f"{issue.unit} {title}",
        author=office,
        properties={seal.PROPERTY: issue.receipt},
        names={seal.NAME: f'="{issue.receipt}"'},
    )


def head_line(issue: Issue, period: Period) -> str:
    """Write the visible line that survives every way back: unit, period, due date, receipt code."""
    due = f"    截止日期：{issue.due.isoformat()}" if issue.due else ""
    again = f"（第 {issue.number} 次发放）" if issue.number > 1 else ""
    return f"填报单位：{issue.unit}    期间：{period.span_label}{due}    回执编号：{issue.receipt}{again}"


def _seal_sheet(text: str, handed: Sequence[str]) -> SheetPlan:
    cells = [CellPlan(0, 0, "本表由系统用于核对，请勿改动。", "提示")]
    for column, whole in enumerate((text, *handed)):
        cells += [CellPlan(row, column, whole[start : start + _CHUNK], "提示") for row, start in enumerate(range(0, len(whole), _CHUNK), 1)]
    return SheetPlan(seal.SHEET, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), visibility=Visibility.VERY_HIDDEN, protect=True)
