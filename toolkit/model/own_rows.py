"""Rows of a form's own as tasks: those of its list (清单), and the lines that units added to an empty table; all that looks at tasks looks at them alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.model.answered_doubts import names_in
from toolkit.model.form import DONE, ITEM, LIMIT, Form, ListRow, Source, Subject, Table
from toolkit.model.master import Master, Role, Task
from toolkit.model.period import Period
from toolkit.model.returns import Row
from toolkit.model.seal import shown_text

OWN = frozenset({Subject.LIST, Subject.BLANK})
PARTED = "分报"  # column of a list: “是” where each unit that it names reports a part of its own, and all lead


def with_own_rows(master: Master, forms: Sequence[Form], period: Period) -> Master:
    """Give the master list that a period stands on: where its form has rows of its own they stand in the place of the office's tasks."""
    line = next((line for line in master.calendar if line.period == str(period)), None)
    form = next((form for form in forms if line and line.form in {form.name, form.code}), None)
    if form is None or form.main.subject not in OWN:
        return master
    tasks = tuple(task_of(row, form.main, form.name) for row in form.main.rows)
    return replace(master, tasks=tasks, indicators=())


def with_added_rows(master: Master, form: Form, rows: Iterable[tuple[str, Row]]) -> Master:
    """Give the list with the lines that units (by name) added to the form's first table, unit by unit in the order of the register."""
    order = {unit.name: number for number, unit in enumerate(master.units)}
    added = [(unit, row) for unit, row in rows if row.table == form.main.sheet and row.answers]
    added.sort(key=lambda unit_row: order.get(unit_row[0], len(order)))
    return replace(master, tasks=(*master.tasks, *(_added(unit, row, form) for unit, row in added)))


def with_own_numbers(rows: Iterable[Row], form: Form, unit: str) -> Iterator[Row]:
    """Give a unit's rows, those of an empty first table with a number that no other unit's has: 东山镇-1."""
    for row in rows:
        yield replace(row, number=f"{unit}-{row.key}") if row.table == form.main.sheet else row


def is_touched(row: Row, table: Table | None) -> bool:
    """Whether a row counts: a line that a unit may add does once something is typed into it, any other row always."""
    return table is None or table.subject is not Subject.BLANK or bool(row.answers) or len(row.blanks) < len(table.filled)


def speaks_of(row: Row, number: str, form: Form) -> bool:
    """Whether a row is about a task, or a row of the form's own, of a number: the numbers of lines that units add to further tables are those of the lines."""
    table = form.table(row.table)
    is_line = table is not None and table.subject is Subject.BLANK and table.sheet != form.main.sheet
    return row.number == number and not is_line


def told(table: Table, number: str, row: Row | None, code: str) -> object:
    """Give what stands in a row's column: what the form's list shows there, else what the unit filled in; None where neither says anything."""
    listed = found.shows(table.field(code)) if (found := table.list_row(number)) else None
    return row.value(code) if listed is None and row else listed


def units_of(row: ListRow) -> tuple[str, ...]:
    """Give the units that a row of a list names, the first one leads."""
    return names_in(row.unit)


def role_in(row: ListRow, unit: str, master: Master) -> Role | None:
    """Say what a unit is to a row of a list; None where it is not named. In a row in parts (分报) all lead."""
    for number, name in enumerate(units_of(row)):
        known = master.resolve(name)
        if known is not None and unit in (known.members or (known.name,)):
            return Role.SUPPORT if number and not is_parted(row) else Role.LEAD
    return None


def is_parted(row: ListRow) -> bool:
    """Whether the units that a row of a list names each report a part of their own."""
    return row.cells.get(PARTED) == "是"


def task_of(row: ListRow, table: Table, category: str) -> Task:
    """Give a row of a list as a task; `category` where the list has no column 类别."""
    names = units_of(row)
    return Task(
        number=row.number,
        category=row.cells.get("类别") or category,
        section=row.cells.get("章节", ""),
        subsection=row.cells.get("小节", ""),
        text=row.cells.get(_title_shown(table, ITEM), "") or next(iter(row.cells.values()), ""),
        leads=names if is_parted(row) else names[:1],
        supports=() if is_parted(row) else names[1:],
        deadline=row.cells.get(_title_shown(table, LIMIT), "") or row.cells.get("完成时限", ""),
        weight=Decimal(row.cells.get("权重", 1)),
        parted=is_parted(row),
    )


def _title_shown(table: Table, code: str) -> str:
    """Give the list's header that a prefilled column shows; '' where the table has no such column."""
    field = table.field(code)
    return field.taken_from if field is not None and field.source is Source.PREFILLED else ""


def _added(unit: str, row: Row, form: Form) -> Task:
    texts = (row.answers.get(code) for code in (ITEM, *(field.code for field in form.main.filled if field.kind.name == "文本"), DONE))
    text = next((shown_text(answer.value) for answer in texts if answer is not None), "")
    return Task(row.number, form.name, "", "", text, (unit,), (), deadline=shown_text(row.value(LIMIT)))
