"""Exported tables for people: a workbook with a sheet a table and the data dictionary, and a static page for 政务公开."""

import html
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from toolkit.model.cell_style import CellStyle
from toolkit.model.data_table import TABLES, DataColumn, DataTable, Holds
from toolkit.model.sheet import BookPlan, CellPlan, SheetPlan
from toolkit.model.words import SOURCE, Words
from toolkit.views.consolidated.data_sheet import Column, Extras, data_sheet, text_of

Rows = Sequence[Sequence[object]]
Notes = Sequence[tuple[str, str]]  # of each period, by its label, a sentence
_HEAD = ("表", "表名", "栏目", "名称", "类型", "单位", "含义", "来源", "取值")
_LOOKS = {
    "表头": CellStyle(bold=True, fill="D9E2F3", border="BFBFBF", across="center", wrap=True, size=10),
    "正文": CellStyle(border="BFBFBF", wrap=True, size=10),
    "居中": CellStyle(border="BFBFBF", across="center", wrap=True, size=10),
    "数字": CellStyle(border="BFBFBF", across="right", size=10),
    "日期": CellStyle(border="BFBFBF", across="center", number_format="yyyy-mm-dd", size=10),
    "时间": CellStyle(border="BFBFBF", across="center", number_format="yyyy-mm-dd hh:mm", size=10),
}
_LOOK_OF = {Holds.NUMBER: "数字", Holds.COUNT: "数字", Holds.DAY: "日期", Holds.MOMENT: "时间", Holds.CATEGORY: "居中", Holds.FLAG: "居中"}
_WIDTHS = {Holds.NUMBER: 11.0, Holds.COUNT: 9.0, Holds.DAY: 12.0, Holds.MOMENT: 17.0, Holds.CATEGORY: 11.0, Holds.FLAG: 8.0}
_TITLE = "目标任务进展公开"
_FLAGS = {True: "是", False: "否"}
_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>{title}</title>
<style>body{{font-family:"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:1.5rem auto;max-width:75rem;padding:0 1rem;line-height:1.5}}
.wide{{overflow-x:auto}}table{{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}}
th,td{{border:1px solid #bbb;padding:.35rem .5rem;text-align:left;vertical-align:top}}th{{background:#d9e2f3;position:sticky;top:0}}td.n{{text-align:right}}
@media print{{body{{font-size:9pt;max-width:none}}thead{{display:table-header-group}}}}</style></head>
<body><h1>{title}</h1>{body}</body></html>
"""


def dictionary_rows() -> Iterator[tuple[str, ...]]:
    """Give the data dictionary, its header first: table, its title, column, its title, type, unit, meaning, source, a category's values."""
    yield _HEAD
    for table in TABLES:
        for column in table.columns:
            words = (column.holds.value, column.unit, column.meaning, column.source, "、".join(map(str, column.order)))
            yield (table.name, table.title, column.name, column.title, *words)


def tables_book(tables: Mapping[DataTable, Rows], *, dictionary: bool, notes: Notes = ()) -> BookPlan:
    """Plan a workbook: what is in it, what is to be said of its periods, a sheet a table with headers in Chinese, and the dictionary where it is wanted."""
    sheets = [_sheet(table, rows) for table, rows in tables.items()]
    return BookPlan((_contents(tables, notes), *sheets, *((_dictionary(),) if dictionary else ())), _LOOKS, title="目标任务数据")


def _contents(tables: Mapping[DataTable, Rows], notes: Notes) -> SheetPlan:
    lines = [("表", "一行是什么", "行数"), *((table.title, table.row, len(rows)) for table, rows in tables.items())]
    said = [("期间", "定稿情况"), *notes] if notes else []
    heads, whole = {0, len(lines)}, [*lines, *said]
    cells = [CellPlan(at, column, value, "表头" if at in heads else "正文") for at, line in enumerate(whole) for column, value in enumerate(line)]
    return SheetPlan("说明", tuple(cells), widths={0: 16, 1: 60, 2: 10})


def _sheet(table: DataTable, rows: Rows) -> SheetPlan:
    columns = [_column(column, at) for at, column in enumerate(table.columns)]
    return data_sheet(table.title, columns, rows, looks=_LOOKS, title=table.title, extras=Extras(frozen=2, large=True))


def _column(column: DataColumn, at: int) -> Column[Sequence[object]]:
    look, widest = _LOOK_OF.get(column.holds, "正文"), 0 if column.holds in _WIDTHS else 60
    return Column(column.title, _WIDTHS.get(column.holds, 16.0), look, lambda row: _shown(row[at]), widest)


def _shown(value: object) -> object:
    return "" if value is None else _FLAGS[value] if isinstance(value, bool) else value


def _dictionary() -> SheetPlan:
    head, *rows = dictionary_rows()
    widths = (11, 12, 15, 15, 8, 10, 48, 18, 36)
    columns: list[Column[tuple[str, ...]]] = [Column(title, widths[at], "正文", itemgetter(at)) for at, title in enumerate(head)]
    return data_sheet("数据字典", columns, rows, looks=_LOOKS, title="数据字典", extras=Extras(frozen=4))


def public_page(tables: Mapping[DataTable, Rows], words: Words = SOURCE, *, notes: Notes = ()) -> str:
    """Write one page that needs nothing from anywhere: a table each, every text as text, nothing that runs; in a language whose `kept` are the data."""
    said = "".join(f"<li><b>{html.escape(words.shown(label))}</b> {html.escape(words.shown(sentence))}</li>" for label, sentence in notes)
    body = (f"<ul>{said}</ul>" if said else "") + "".join(_block(table, rows, words) for table, rows in tables.items())
    return _PAGE.format(lang=words.language or "zh-CN", title=html.escape(words.shown(_TITLE)), body=body)


def _block(table: DataTable, rows: Rows, words: Words) -> str:
    head = "".join(f"<th scope=col>{html.escape(words.shown(column.title))}</th>" for column in table.columns)
    marks = ['<td class="n">' if column.holds is Holds.NUMBER else "<td>" for column in table.columns]
    lines = ("".join(f"{mark}{_cell(value, words)}</td>" for mark, value in zip(marks, row, strict=True)) for row in rows)
    rows_text = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<h2>{html.escape(words.shown(table.title))}</h2><div class=wide><table><thead><tr>{head}</tr></thead><tbody>{rows_text}</tbody></table></div>"


def _cell(value: object, words: Words) -> str:
    return html.escape("" if value is None else words.shown(text_of(value))).replace("\n", "<br>")
