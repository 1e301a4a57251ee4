"""分析 and the sheets behind it: each table of the year's analysis with its sentence and a native chart; 分析 lists the sentences and leads to them."""

from collections.abc import Mapping, Sequence

from toolkit.model.analysis_table import AnalysisTable
from toolkit.model.cell_style import CellStyle
from toolkit.model.measure import columns, height
from toolkit.model.place import column_letters
from toolkit.model.sheet import Area, BookPlan, CellPlan, Chart, Link, Print, Series, SheetPlan

ANALYSIS = "分析"
_FIRST = 3  # the row of a table's header, counted from 0; above it stand title and sentence
_WIDE, _NUMBER, _NARROW = 34.0, 12.0, 10.0
_CHART_ROWS, _COLOURS = 16, ("4472C4", "ED7D31", "A5A5A5", "FFC000")
_LOOKS = {
    "标题": CellStyle(bold=True, size=14),
    "表头": CellStyle(bold=True, fill="D9E2F3", border="BFBFBF", across="center", wrap=True, size=10),
    "正文": CellStyle(border="BFBFBF", wrap=True, size=10),
    "数字": CellStyle(border="BFBFBF", across="right", size=10),
    "链接": CellStyle(colour="0563C1", underline=True, border="BFBFBF", size=10),
}


def analysis_sheets(tables: Sequence[AnalysisTable], looks: Mapping[str, CellStyle]) -> list[SheetPlan]:
    """Plan the group: 分析 first, then a sheet a table; none without tables."""
    return [_contents(tables, looks), *(_sheet(table, looks) for table in tables)] if tables else []


def analysis_book(tables: Sequence[AnalysisTable], title: str) -> BookPlan:
    """Plan a workbook of the analysis alone, one sheet a table in the order given."""
    return BookPlan(tuple(analysis_sheets(tables, _LOOKS)), _LOOKS, title=title)


def sheet_name(table: AnalysisTable) -> str:
    """Name a table's sheet: 分析_报送."""
    return f"{ANALYSIS}_{table.name}"


def _contents(tables: Sequence[AnalysisTable], looks: Mapping[str, CellStyle]) -> SheetPlan:
    rows = [("看什么", "说明什么"), *((Link(f"internal:'{sheet_name(table)}'!A1", table.title), table.sentence) for table in tables)]
    cells = [CellPlan(0, 0, "全年分析", "标题")]
    cells += [CellPlan(at, column, value, _look(value, at == 1)) for at, row in enumerate(rows, 1) for column, value in enumerate(row)]
    size = looks["正文"].size or 10
    heights = {at: height([(str(sentence), 90)], size) for at, (_, sentence) in enumerate(rows, 1)}
    return SheetPlan(ANALYSIS, tuple(cells), widths={0: _WIDE, 1: 90}, heights={0: 26.0} | heights, printing=Print(repeat=(1, 1)))


def _sheet(table: AnalysisTable, looks: Mapping[str, CellStyle]) -> SheetPlan:
    widths = {at: _NUMBER if column.numeric else _width(table, at) for at, column in enumerate(table.columns)}
    cells = [CellPlan(0, 0, table.title, "标题"), CellPlan(_FIRST, 0, table.columns[0].title, "表头")]
    cells += [CellPlan(_FIRST, at, column.title, "表头") for at, column in enumerate(table.columns) if at]
    cells += [
        CellPlan(at, column, "" if value is None else value, "数字" if table.columns[column].numeric else "正文")
        for at, row in enumerate(table.rows, _FIRST + 1)
        for column, value in enumerate(row)
    ]
    size, last = looks["正文"].size or 10, len(table.columns) - 1
    total = sum(widths.values())
    texts = {at: [(str(value or ""), widths[column]) for column, value in enumerate(row)] for at, row in enumerate(table.rows, _FIRST + 1)}
    return SheetPlan(
        name=sheet_name(table),
        cells=tuple(cells),
        widths=widths,
        heights={0: 26.0, 1: height([(table.sentence, total)], size), _FIRST: 30.0} | {at: height(row, size) for at, row in texts.items()},
        merges=((Area(1, 0, 1, max(1, last)), table.sentence, "正文"),),
        charts=_charts(table, last + 2),
        freeze=(_FIRST + 1, 1),
        filter=Area(_FIRST, 0, _FIRST + max(1, len(table.rows)), last),
        printing=Print(repeat=(_FIRST, _FIRST)),
    )


def _width(table: AnalysisTable, column: int) -> float:
    longest = max((columns(str(row[column] or "")) for row in table.rows), default=0)
    return min(_WIDE, max(_NARROW, columns(table.columns[column].title) + 4, longest + 2))


def _look(value: object, head: bool) -> str:
    return "表头" if head else "链接" if isinstance(value, Link) else "正文"


def _charts(table: AnalysisTable, column: int) -> tuple[Chart, ...]:
    if table.chart is None or not table.rows:
        return ()
    first, last = _FIRST + 2, _FIRST + 1 + min(len(table.rows), table.chart.most)  # counted from 1
    name = sheet_name(table)
    titles = [each.title for each in table.columns]
    series = tuple(
        Series(f"='{name}'!${letters}${_FIRST + 1}", f"='{name}'!$A${first}:$A${last}", f"='{name}'!${letters}${first}:${letters}${last}", colour)
        for title, colour in zip(table.chart.columns, _COLOURS, strict=False)
        for letters in [column_letters(titles.index(title))]
    )
    return (Chart(_FIRST, column, table.chart.kind, table.title, series, stacked=table.chart.stacked, width=560, height=20 * _CHART_ROWS),)
