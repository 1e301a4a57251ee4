"""Puts the program's own words on a form in another language back into those of its definition, before anything is looked for on it.

What a unit wrote is left as it is, but for the words of a list that it chose from.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from toolkit.model import seal
from toolkit.model.column_kinds import plain
from toolkit.model.form import Form, Table
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Role
from toolkit.model.returns import CellFault, Grid, GridSheet
from toolkit.model.unit_statements import OPINION, OWN_STATEMENT, STATEMENT
from toolkit.model.words import Words

_LABELS = ("填报单位", "期间", "截止日期", "回执编号")
_ALL_DONE = "必填项已全部填写"
_BLOCK = ("本单位没有需要在这张表中填报的内容。", _ALL_DONE, "本表没有必填项。")
_BLANKS_LEFT = "还有 {1} 处必填未填（红色单元格）"
_RECEIPT_SHEET, _GUIDE = "需修改的{1}处", "填报说明"
_RECEIPT = ("序号", "级别", "位置", "单元格", "栏目", "问题", "怎么改", OPINION, STATEMENT, OWN_STATEMENT)
_BLOCK_ROWS = 30  # a title block is at the top, also after a few rows were put above it
_PERIOD = "{期间}"
_WITHDRAWS = lazy_pattern(r"(?i)withdraw\s+(\S.*)")  # with the title of a column
_HEADER_LEAST = 2  # words of a header in one row


class _Table(NamedTuple):
    """The words of one table: its sheet in the definition's words, its titles, its words to choose from by title; Remarks may be one form's own title,
    and another's 说明.
    """

    sheet: str
    titles: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]


class _Back(NamedTuple):
    """The way back from a language: sheets, tables (the receipt's first), lines of the title block, labels, a counter's word; titles of any table."""

    sheets: Mapping[str, str]
    receipt: re.Pattern[str]
    tables: tuple[_Table, ...]
    lines: tuple[tuple[re.Pattern[str], str], ...]
    labels: tuple[tuple[re.Pattern[str], str], ...]
    titles: Mapping[str, str]
    all_done: str

    def table(self, sheet: str, texts: Sequence[str]) -> _Table:
        """Give the table that has most of a row's texts as its titles: of those of a sheet, or of all where none is called so."""
        named = [table for table in self.tables if table.sheet == sheet] or self.tables
        return max(named, key=lambda table: sum(text in table.titles for text in texts))


def in_source_words(grid: Grid, forms: Iterable[Form], tongues: Sequence[Words]) -> Grid:
    """Give a workbook with the words of the definitions where it has those of a language; one in Chinese is given back as it is."""
    for words in tongues:
        back = _way_back(words, tuple(forms))
        if any(sheet.name in back.sheets for sheet in grid.sheets) or any(label.search(text) for text in _top(grid) for label, _ in back.labels[:1]):
            grid = grid._replace(sheets=tuple(_sheet(sheet, back) for sheet in grid.sheets))
    return grid


def _top(grid: Grid) -> Iterable[str]:
    return (value for sheet in grid.sheets if not sheet.hidden for row in sheet.rows[:_BLOCK_ROWS] for value in row if isinstance(value, str))


def _sheet(sheet: GridSheet, back: _Back) -> GridSheet:
    found = back.receipt.fullmatch(sheet.name)
    name = back.sheets.get(sheet.name) or (_RECEIPT_SHEET.replace("{1}", found[1]) if found else sheet.name)
    rows: list[tuple[object, ...]] = []
    chosen: dict[int, Mapping[str, str]] = {}
    for at, row in enumerate(sheet.rows):
        texts = {column: plain(value) for column, value in enumerate(row) if isinstance(value, str)}
        table = back.table(name, tuple(texts.values()))
        heads = {column: title for column, text in texts.items() if (title := table.titles.get(text, text)) != text}
        if heads and sum(text in table.titles for text in texts.values()) >= _HEADER_LEAST:
            chosen = {column: table.choices[title] for column, title in heads.items() if title in table.choices}
            rows.append(tuple(heads.get(column, value) for column, value in enumerate(row)))
        else:
            rows.append(tuple(_cell(value, back, at, chosen.get(column)) for column, value in enumerate(row)))
    return sheet._replace(name=name, rows=tuple(rows))


def _cell(value: object, back: _Back, row: int, choices: Mapping[str, str] | None) -> object:
    if isinstance(value, CellFault) and back.all_done in value.text:  # the counter, saved by a program that computes nothing
        return _ALL_DONE
    if not isinstance(value, str):
        return value
    if choices is not None:
        return choices.get(_bare(value), value)
    named = _WITHDRAWS.fullmatch(value.strip())
    if named and named[1].strip(" .") in back.titles:
        return f"撤回{back.titles[named[1].strip(' .')]}"
    if row < _BLOCK_ROWS:
        for line, source in back.lines:
            if found := line.fullmatch(value.strip()):
                return source.replace("{1}", found[1]) if found.groups() else source
    text = value
    for label, source in back.labels:
        text = label.sub(f"{source}：", text)
    return text if text != value else value


def _bare(text: str) -> str:
    return plain(text).strip(" .。").casefold()


def _made(words: Words, forms: tuple[Form, ...]) -> _Back:
    tables = [table for form in forms for table in form.tables]
    sheets = {words.sheet_name(name): name for name in (_GUIDE, seal.SHEET, *(table.sheet for table in tables))}
    of_receipts = {words.shown(title): title for title in _RECEIPT}
    known = [_Table(_RECEIPT_SHEET, of_receipts, {}), *(_table(table, of_receipts, words) for table in tables)]
    lines = [(_line(words.shown(text)), text) for text in _BLOCK]
    lines += [(_line(words.texts.get(text, text)), text) for text in (_BLANKS_LEFT,)]
    lines += [(_line(words.texts.get(form.title, form.title).replace(_PERIOD, "{1}")), form.title.replace(_PERIOD, "{1}")) for form in forms]
    signs = {label for form in forms for label in form.sign_off}
    labels = [(re.compile(rf"(?<!\S){re.escape(words.shown(label))}[:：] ?"), label) for label in (*_LABELS, *sorted(signs, key=len, reverse=True))]
    receipt = _line(words.texts.get(_RECEIPT_SHEET, _RECEIPT_SHEET))
    shown = {text: source for text, source in sheets.items() if text != source}
    any_title = {text: source for table in known for text, source in table.titles.items() if text != source}
    return _Back(shown, receipt, tuple(known), tuple(lines), tuple(labels), any_title, words.shown(_ALL_DONE))


def _table(table: Table, of_receipts: Mapping[str, str], words: Words) -> _Table:
    """Give the words of a table; a column of its own goes before one that its receipt adds."""
    titles = {**of_receipts, **{words.shown(field.title, table.sheet): field.title for field in table.fields}}
    own = {field.title: (*field.limits.choices, *(Role if field.taken_from == "本单位角色" else ())) for field in table.fields}
    return _Table(table.sheet, titles, {title: {_bare(words.shown(word)): str(word) for word in chosen} for title, chosen in own.items() if chosen})


def _way_back(words: Words, forms: tuple[Form, ...]) -> _Back:
    """Give the way back, made once for the files of a run."""
    if _last and _last[0][0] is words and _last[0][1] == forms:
        return _last[0][2]
    _last[:] = [(words, forms, _made(words, forms))]
    return _last[0][2]


_last: list[tuple[Words, tuple[Form, ...], _Back]] = []


def _line(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(re.escape("{1}"), "(.+?)"))
