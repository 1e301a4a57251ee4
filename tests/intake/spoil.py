"""What people do to a sheet: each spoilage takes a workbook and gives it back spoiled."""

from collections.abc import Callable, Mapping

from toolkit.model.column_kinds import plain
from toolkit.model.returns import Grid, GridSheet

Rows = list[list[object]]
Spoil = Callable[[Grid], Grid]
Change = Callable[[Rows], Rows]
MAIN = "任务进展"
NUMBER, TASK, LEAD, PLAN, STATUS, PROGRESS, DONE, PROBLEM, DUE = range(9)


def on_main(change: Change) -> Spoil:
    """Change the rows of the main sheet, which is the first that holds a task; ragged rows are made even first."""

    def spoil(grid: Grid) -> Grid:
        sheets = list(grid.sheets)
        at = next((at for at, sheet in enumerate(sheets) if any("任务2" in map(plain, row) for row in sheet.rows)), 0)
        width = max((len(row) for row in sheets[at].rows), default=0)
        rows = change([[*row, *[None] * (width - len(row))] for row in sheets[at].rows])
        sheets[at] = sheets[at]._replace(rows=tuple(tuple(row) for row in rows))
        return grid._replace(sheets=tuple(sheets))

    return spoil


def changed(grid: Grid, *changes: Change) -> Grid:
    """Change the rows of the main sheet, one change after the other."""
    for change in changes:
        grid = on_main(change)(grid)
    return grid


def header_at(rows: Rows) -> int:
    """Find the header row, 0 when there is none."""
    return next((at for at, row in enumerate(rows) if "编号" in row or "进展状态" in row or "累计进度" in row), 0)


def column_of(rows: Rows, title: str) -> int:
    """Find a column by its title, whatever stands around it; LookupError where it is not there."""
    for at, value in enumerate(rows[header_at(rows)]):
        if title in plain(value):
            return at
    raise LookupError(title)


def row_of(rows: Rows, number: str) -> int:
    """Find a row by its task number, the last when it is not there."""
    return next((at for at, row in enumerate(rows) if number in row), len(rows) - 1)


def put_above(rows: Rows) -> Rows:
    """Put two rows above the title."""
    blank: list[object] = [None] * len(rows[0])
    return [["附件1", *blank[1:]], blank, *rows]


def drop_title(rows: Rows) -> Rows:
    """Take the title block away."""
    return rows[header_at(rows) :]


def insert_column(rows: Rows) -> Rows:
    """Put an empty column before the header's third."""
    return [[*row[:2], None, *row[2:]] for row in rows]


def add_own_column(rows: Rows) -> Rows:
    """Add a column of the unit's own with values."""
    head, first = header_at(rows), row_of(rows, "任务1")
    return [[*row, "投资额" if at == head else 300.0 if at == first else None] for at, row in enumerate(rows)]


def move_column(rows: Rows) -> Rows:
    """Move 本季进展情况 to the front."""
    at = column_of(rows, "本季进展情况")
    return [[row[at], *row[:at], *row[at + 1 :]] for row in rows]


def delete_column(title: str) -> Callable[[Rows], Rows]:
    """Delete a column."""

    def change(rows: Rows) -> Rows:
        at = column_of(rows, title)
        return [[*row[:at], *row[at + 1 :]] for row in rows]

    return change


def retitle(titles: Mapping[str, str]) -> Callable[[Rows], Rows]:
    """Write other titles into the header."""

    def change(rows: Rows) -> Rows:
        head = header_at(rows)
        return [[titles.get(plain(value), value) if at == head else value for value in row] for at, row in enumerate(rows)]

    return change


def two_row_header(rows: Rows) -> Rows:
    """Spread the header over two rows, with a word over two of its columns."""
    head = header_at(rows)
    at = column_of(rows, "累计进度")
    upper = [None if column in {at, at + 1} else value for column, value in enumerate(rows[head])]
    upper[at] = "完成进度及情况"
    lower = [value if column in {at, at + 1} else None for column, value in enumerate(rows[head])]
    return [*rows[:head], upper, lower, *rows[head + 1 :]]


def header_overwritten(rows: Rows) -> Rows:
    """Merge a title over the header, which leaves its first cell only."""
    head = header_at(rows)
    return [*rows[:head], ["一季度进展", *[None] * (len(rows[head]) - 1)], *rows[head + 1 :]]


def repeat_header(rows: Rows) -> Rows:
    """Repeat title and header in the middle, as a printed copy does."""
    head, at = header_at(rows), row_of(rows, "任务3")
    return [*rows[:at], *rows[: head + 1], *rows[at:]]


def delete_row(rows: Rows) -> Rows:
    """Delete a row."""
    at = row_of(rows, "任务3")
    return [*rows[:at], *rows[at + 1 :]]


def copy_row(rows: Rows) -> Rows:
    """Copy a row below itself."""
    at = row_of(rows, "任务2")
    return [*rows[: at + 1], rows[at], *rows[at + 1 :]]


def copy_row_otherwise(rows: Rows) -> Rows:
    """Copy a row and write another progress into the copy."""
    at = row_of(rows, "任务1")
    column = column_of(rows, "累计进度")
    return [*rows[: at + 1], [66.0 if here == column else value for here, value in enumerate(rows[at])], *rows[at + 1 :]]


def add_row(rows: Rows) -> Rows:
    """Add a task that was not issued."""
    at = row_of(rows, "任务5")
    column = column_of(rows, "本季进展情况")
    new: list[object] = ["任务99" if here == 0 else "自己加的事" if here == 1 else "做了一半" if here == column else None for here in range(len(rows[at]))]
    return [*rows[: at + 1], new, *rows[at + 1 :]]


def heading_row(rows: Rows) -> Rows:
    """Put a heading between the tasks."""
    at = row_of(rows, "任务3")
    return [*rows[:at], ["（二）民生", *[None] * (len(rows[at]) - 1)], *rows[at:]]


def reorder(rows: Rows) -> Rows:
    """Sort whole rows the other way round."""
    first, last = row_of(rows, "任务1"), row_of(rows, "任务5")
    return [*rows[:first], *reversed(rows[first : last + 1]), *rows[last + 1 :]]


def sort_part(rows: Rows) -> Rows:
    """Swap two rows but leave their numbers where they were."""
    one, two = row_of(rows, "任务1"), row_of(rows, "任务2")
    column = column_of(rows, "编号")
    rows[one], rows[two] = rows[two], rows[one]
    rows[one][column], rows[two][column] = rows[two][column], rows[one][column]
    return rows


def renumber(rows: Rows) -> Rows:
    """Count the rows anew from 1."""
    column, head = column_of(rows, "编号"), header_at(rows)
    count = 0
    for row in rows[head + 1 :]:
        if plain(row[column]).startswith("任务"):
            count += 1
            row[column] = float(count)
    return rows


def lose_number(rows: Rows) -> Rows:
    """Clear one number."""
    rows[row_of(rows, "任务3")][column_of(rows, "编号")] = None
    return rows


def change_text(rows: Rows) -> Rows:
    """Correct a prefilled text."""
    rows[row_of(rows, "任务2")][column_of(rows, "目标任务")] = "完成老旧小区改造15个"
    return rows


def change_all(rows: Rows) -> Rows:
    """Overwrite a prefilled column."""
    column, head = column_of(rows, "牵头单位"), header_at(rows)
    for row in rows[head + 1 :]:
        if plain(row[column]):
            row[column] = "本单位"
    return rows


def split_row(rows: Rows) -> Rows:
    """Go on with a task's text in a row of its own."""
    at = row_of(rows, "任务1")
    column = column_of(rows, "本季进展情况")
    return [*rows[: at + 1], ["第二段文字" if here == column else None for here in range(len(rows[at]))], *rows[at + 1 :]]


def note_below(rows: Rows) -> Rows:
    """Write a note under the table."""
    return [*rows, ["以上数据为快报数", *[None] * (len(rows[0]) - 1)]]


def note_beside(rows: Rows) -> Rows:
    """Write a word beside a row."""
    first = row_of(rows, "任务2")
    return [[*row, None, "请领导过目" if at == first else None] for at, row in enumerate(rows)]


def rename_sheet(grid: Grid) -> Grid:
    """Give every sheet another name."""
    return grid._replace(sheets=tuple(sheet._replace(name=f"Sheet{at}") for at, sheet in enumerate(grid.sheets, 1)))


def extra_sheet(grid: Grid) -> Grid:
    """Add a sheet with a text."""
    return grid._replace(sheets=(*grid.sheets, GridSheet("补充说明", ((None, "另有三个项目正在谈"),))))


def hide_extra_sheet(grid: Grid) -> Grid:
    """Add a hidden sheet."""
    return grid._replace(sheets=(*grid.sheets, GridSheet("数据源", (("未启动",),), hidden=True)))


def copy_sheet(grid: Grid) -> Grid:
    """Copy the main sheet."""
    return grid._replace(sheets=(*grid.sheets, grid.sheets[0]._replace(name=f"{grid.sheets[0].name} (2)")))


def split_sheet(grid: Grid) -> Grid:
    """Move the last two tasks to a sheet of their own, with the header."""
    rows = [list(row) for row in grid.sheets[0].rows]
    head, at, end = header_at(rows), row_of(rows, "任务3"), row_of(rows, "任务5") + 1
    one = grid.sheets[0]._replace(rows=tuple(map(tuple, [*rows[:at], *rows[end:]])))
    two = GridSheet("续表", tuple(map(tuple, [*rows[: head + 1], *rows[at:end]])))
    return grid._replace(sheets=(one, two, *grid.sheets[1:]))


def split_columns(grid: Grid) -> Grid:
    """Move the last columns to a sheet of their own, with the numbers."""
    rows = [list(row) + [None] * 9 for row in grid.sheets[0].rows]
    at = column_of(rows, "本季进展情况")
    one = grid.sheets[0]._replace(rows=tuple(tuple(row[:at]) for row in rows))
    two = GridSheet("续表", tuple((row[0], *row[at:]) for row in rows[header_at(rows) :]))
    return grid._replace(sheets=(one, two, *grid.sheets[1:]))


SPOILS: Mapping[str, Spoil] = {
    "上面加了两行": on_main(put_above),
    "删了标题行": on_main(drop_title),
    "插了空列": on_main(insert_column),
    "自己加了一列": on_main(add_own_column),
    "挪了一列": on_main(move_column),
    "删了存在问题": on_main(delete_column("存在问题")),
    "删了目标任务": on_main(delete_column("目标任务")),
    "删了编号": on_main(delete_column("编号")),
    "表头换成别名": on_main(retitle({"本季进展情况": "完成情况"})),
    "表头用繁体": on_main(retitle({"本季进展情况": "完成情況", "进展状态": "進展狀態"})),
    "表头差一两个字": on_main(retitle({"本季进展情况": "本季度进展情况", "存在问题": "存在的问题"})),
    "表头加了单位": on_main(retitle({"累计进度": "累计进度（%）", "编号": "*编号"})),
    "表头面目全非": on_main(retitle({"本季进展情况": "工作开展情况"})),
    "表头认不出": on_main(retitle({"存在问题": "备忘"})),
    "状态表头改了": on_main(retitle({"进展状态": "办理结果"})),
    "表头成了两行": on_main(two_row_header),
    "表头被标题盖住": on_main(header_overwritten),
    "中间又一个表头": on_main(repeat_header),
    "删了一行": on_main(delete_row),
    "复制了一行": on_main(copy_row),
    "复制一行又改了数": on_main(copy_row_otherwise),
    "加了一行": on_main(add_row),
    "加了小标题": on_main(heading_row),
    "整行倒序": on_main(reorder),
    "只排了一部分列": on_main(sort_part),
    "编号重排": on_main(renumber),
    "丢了一个编号": on_main(lose_number),
    "改了任务内容": on_main(change_text),
    "改了一整列预填": on_main(change_all),
    "一行拆成两行": on_main(split_row),
    "表下写了注": on_main(note_below),
    "表旁写了字": on_main(note_beside),
    "改了表名": rename_sheet,
    "加了工作表": extra_sheet,
    "有隐藏工作表": hide_extra_sheet,
    "复制了工作表": copy_sheet,
    "拆成两张表": split_sheet,
    "右半边另起一张表": split_columns,
}
