"""A table of the analysis as data: what it shows, one sentence that says what it means, and the chart that draws it."""

from typing import NamedTuple


class AnalysisColumn(NamedTuple):
    """A column: its title, and whether its values are numbers."""

    title: str
    numeric: bool = True


class AnalysisChart(NamedTuple):
    """A native chart over a table's rows: its kind (column, bar, line), the columns it draws by title; the first column holds the categories.

    `most` is how many rows from the top it shows.
    """

    kind: str
    columns: tuple[str, ...]
    most: int = 12
    stacked: bool = False


class AnalysisTable(NamedTuple):
    """A table: its sheet's name behind 分析_, its title, the sentence, columns, rows (None: not known), and its chart, if any."""

    name: str
    title: str
    sentence: str
    columns: tuple[AnalysisColumn, ...]
    rows: tuple[tuple[object, ...], ...]
    chart: AnalysisChart | None = None
