"""汇编: what every unit wrote of every task, such as its work plan, in one document, by section of the notice."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby

from toolkit.model.column_kinds import show_number
from toolkit.model.form import Field
from toolkit.model.standing import Round, TaskStanding, UnitRow
from toolkit.model.word_document import Block, Paragraph, Style, Table, WordDocument
from toolkit.views.papers.letterhead import Letterhead
from toolkit.views.papers.paper_wording import day, one_line
from toolkit.views.papers.reminder import what_is_owed

_LONG = 500  # characters a field may hold: from here on it tells what is done, below it who does it and when
_HEADER = ("单位", "目标和措施", "时间和责任")
_WIDTHS = (28.0, 84.0, 44.0)


def plans(state: Round, letterhead: Letterhead) -> WordDocument:
    """Write the collection: a table a task, a row a unit that handed in, leads first; tasks nobody planned are listed as such."""
    title = f"{what_is_owed(state)}汇编"
    returned = sum(bool(unit.outcome and unit.outcome.counts) for unit in state.units)
    planned = sum(1 for task in state.tasks if _rows(task))
    summary = f"应报送{len(state.units)}家单位，已报送{returned}家；{len(state.tasks)}项目标任务中，{planned}项已有{state.form.name}。"
    blocks: list[Block] = [Paragraph(title, Style.TITLE), Paragraph(f"{letterhead.preamble}现将各单位报送的{state.form.name}汇编如下。{summary}")]
    for section, tasks in groupby(state.tasks, key=lambda task: task.task.section or task.task.category):
        blocks.append(Paragraph(one_line(section), Style.HEADING))
        for subsection, mine in groupby(tasks, key=lambda task: task.task.subsection):
            blocks += [Paragraph(one_line(subsection), Style.SUBHEADING)] if subsection else []
            for standing in mine:
                blocks += _task(standing, state)
    return letterhead.paper(title, (*blocks, *letterhead.signed()))


def _task(standing: TaskStanding, state: Round) -> Iterator[Block]:
    yield Paragraph(f"{standing.task.number}　{one_line(standing.task.text)}", Style.CAPTION)
    rows = _rows(standing)
    if rows:
        cells = ((f"{row.unit}\n（{row.role}）", _row_text(row, state, long=True), _row_text(row, state, long=False)) for row in rows)
        yield Table(_HEADER, tuple(cells), _WIDTHS, (0,))
    if standing.silent:
        yield Paragraph(f"没有报送：{'、'.join(standing.silent)}。", Style.NOTE)


def _rows(standing: TaskStanding) -> list[UnitRow]:
    """Give what the lead and the others handed in."""
    return [row for row in ((standing.lead, *standing.others) if standing.lead else standing.others) if row.row.answers]


def _row_text(unit_row: UnitRow, state: Round, *, long: bool) -> str:
    fields = [field for field in state.form.main.filled if _is_long(field) is long]
    return "\n".join(f"{field.title}：{_shown(field, unit_row)}" for field in fields if unit_row.row.value(field.code) is not None)


def _shown(field: Field, row: UnitRow) -> str:
    value = row.row.value(field.code)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return f"{show_number(value)}{'%' if field.kind.name == '百分比' else ''}"
    return one_line(value)


def _is_long(field: Field) -> bool:
    return field.kind.name == "文本" and int(field.limits.high or 0) >= _LONG
