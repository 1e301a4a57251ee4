"""Shows a finished plan of a workbook, or a paper, in another language: every text, name, formula, list and chart of it; rows grow with their words."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from toolkit.model.cell_style import CellStyle
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.measure import TALLEST, height, lines, room_of
from toolkit.model.sheet import Area, Body, BookPlan, CellPlan, Chart, ColumnFormula, Condition, Formula, Guard, Link, RowPlan, Series, SheetPlan, Visibility
from toolkit.model.word_document import Block, Imprint, Paragraph, Section, Table, WordDocument
from toolkit.model.words import Words, is_chinese

_LONGEST_PROMPT, _LONGEST_TITLE = 255, 32  # Excel's own limits
_NORMAL = 10.0  # points of a look that names no size
_PRINT = lazy_pattern(r"(&[LCRB])")
_ANCHOR = lazy_pattern(r"(internal:|#)'((?:[^']|'')+)'!")
_WIDEST_GROWN = 16.0  # columns, that a column grows to for the longest word of its header


def book_in(plan: BookPlan, words: Words) -> BookPlan:
    """Show a workbook in a language; the Chinese one is given back as it is."""
    if words.is_source:
        return plan
    names = {name: words.formula(text) for name, text in plan.names.items()}
    return replace(
        plan,
        sheets=tuple(_SheetShown(sheet, plan.looks, words).plan() for sheet in plan.sheets),
        title=words.shown(plan.title),
        author=words.shown(plan.author),
        properties={words.shown(name): value for name, value in plan.properties.items()},
        names=names,
    )


def document_in(paper: WordDocument, words: Words) -> WordDocument:
    """Show a paper in a language; the Chinese one is given back as it is."""
    if words.is_source:
        return paper
    sections = tuple(Section(tuple(_block(block, words) for block in section.blocks), section.landscape) for section in paper.sections)
    return replace(paper, latin=True, title=words.shown(paper.title), sections=sections, subject=words.shown(paper.subject), author=words.shown(paper.author))


def text_in(text: str, words: Words) -> str:
    """Show a text of several lines in a language, line by line."""
    return text if words.is_source else "".join(map(words.shown, re.split(r"(\r?\n)", text)))


def _block(block: Block, words: Words) -> Block:
    if isinstance(block, Paragraph):
        text = words.shown(block.text)
        return block._replace(text=text if text == block.text else text[:1].upper() + text[1:])
    if isinstance(block, Table):
        rows = tuple(tuple(map(words.shown, row)) for row in block.rows)
        return block._replace(header=tuple(map(words.shown, block.header)), rows=rows)
    return Imprint(*map(words.shown, block)) if isinstance(block, Imprint) else block


class _SheetShown:
    """One sheet in a language."""

    def __init__(self, sheet: SheetPlan, looks: Mapping[str, CellStyle], words: Words) -> None:
        self._sheet, self._looks, self._words = sheet, looks, words
        self._widths = dict(sheet.widths)

    def plan(self) -> SheetPlan:
        """Give the sheet's plan in the language."""
        sheet, words = self._sheet, self._words
        if sheet.visibility is Visibility.VERY_HIDDEN:  # holds what programs read, not a person
            kept = tuple(cell._replace(value=words.texts.get(str(cell.value), cell.value)) for cell in sheet.cells)
            return replace(sheet, name=words.sheet_name(sheet.name), cells=kept)
        cells = tuple(cell._replace(value=self._value(cell.value)) for cell in sheet.cells)
        merges = tuple((area, self._value(value), look) for area, value, look in sheet.merges)
        heads = self._first_row(cells)
        self._widths |= {column: self._wide_enough(column, text) for column, text in heads.items() if column in self._widths}
        printing = replace(sheet.printing, header=self._on_page(sheet.printing.header), footer=self._on_page(sheet.printing.footer))
        return replace(
            sheet,
            name=words.sheet_name(sheet.name),
            cells=cells,
            widths=self._widths,
            heights=self._heights(cells, merges),
            merges=merges,
            guards=tuple((area, self._guard(guard)) for area, guard in sheet.guards),
            conditions=tuple(Condition(area, words.formula(text), look) for area, text, look in sheet.conditions),
            comments=tuple((row, column, words.shown(text)) for row, column, text in sheet.comments),
            charts=tuple(map(self._chart, sheet.charts)),
            printing=printing,
            body=sheet.body and self._body(sheet.body),
        )

    def _first_row(self, cells: tuple[CellPlan, ...]) -> dict[int, str]:
        """Give the headers of a table by column: of a long sheet its first row, of another the cells that look like headers."""
        if self._sheet.body:
            first = next(iter(self._sheet.rows()), None)
            return {column: str(self._value(text)) for column, text in enumerate(first.values if first else ())}
        return {cell.column: str(cell.value) for cell in cells if cell.look.endswith("表头")}

    def _wide_enough(self, column: int, text: str) -> float:
        """Let a column hold the longest word of its header on one line."""
        longest = max(map(len, re.split(r"[\s/-]+", text)), default=0)
        return max(self._widths[column], min(_WIDEST_GROWN, longest * 1.15 + 1.5))

    def _value(self, value: object) -> object:
        words = self._words
        if type(value) is str:
            return words.shown(value, self._sheet.name)
        if isinstance(value, Formula):
            return Formula(words.formula(value.text), self._value(value.value))
        if isinstance(value, ColumnFormula):
            return ColumnFormula(words.formula(value.pattern), self._value(value.value))
        if isinstance(value, Link):
            return Link(self._target(value.target), words.shown(value.words), words.shown(value.tip))
        return words.shown(str(value)) if isinstance(value, str) else value

    def _target(self, target: str) -> str:
        return _ANCHOR.sub(lambda found: f"{found[1]}'{self._words.sheet_name(found[2])}'!", target)

    def _guard(self, guard: Guard) -> Guard:
        words = self._words
        choices = words.formula(guard.choices) if guard.choices.startswith("=") else ",".join(map(words.shown, guard.choices.split(",")))
        low, high = (words.formula(limit) if isinstance(limit, str) else limit for limit in (guard.low, guard.high))
        title, prompt, error = words.shown(guard.title)[:_LONGEST_TITLE], _cut(words.shown(guard.prompt)), _cut(words.shown(guard.error))
        return guard._replace(low=low, high=high, choices=choices, title=title, prompt=prompt, error=error)

    def _chart(self, chart: Chart) -> Chart:
        words = self._words
        series = tuple(
            Series(self._series_name(drawn.name), words.formula(drawn.categories), words.formula(drawn.values), drawn.colour) for drawn in chart.series
        )
        return chart._replace(title=words.shown(chart.title), series=series)

    def _series_name(self, name: str) -> str:
        return self._words.formula(name) if name.startswith("=") else self._words.shown(name)

    def _on_page(self, text: str) -> str:
        """Show what stands between the codes of a header or footer; one that is a pattern with its codes, as a whole."""
        apart = "".join(part if _PRINT.fullmatch(part) else self._words.shown(part) for part in _PRINT.split(text))
        return self._words.shown(text) if is_chinese(apart) else apart

    def _heights(self, cells: tuple[CellPlan, ...], merges: tuple[tuple[Area, object, str], ...]) -> dict[int, float]:
        """Let rows whose heights are set be high enough for their words."""
        heights: dict[int, float] = dict(self._sheet.heights)
        spans: list[tuple[int, str, float, str]] = [
            (cell.row, cell.value, self._widths.get(cell.column, 8.4), cell.look) for cell in cells if isinstance(cell.value, str)
        ]
        for area, value, look in merges:
            text = value.value if isinstance(value, Formula) else value
            if isinstance(text, str) and area.top == area.bottom:
                wide = sum(self._widths.get(column, 8.4) for column in range(area.left, area.right + 1))
                spans.append((area.top, text, wide, look))
        for row, text, wide, look in spans:
            style = self._looks.get(look)
            if style is not None and style.wrap and len(text) > wide * 0.8 and lines(text, wide) > 1:
                heights[row] = max(heights.get(row, 0.0), height([(text, wide)], style.size or _NORMAL))
        return heights

    def _body(self, body: Body) -> Body:
        return Body(body.length, body.columns, self._rows(body.make))

    def _rows(self, make: Callable[[], Iterator[RowPlan]]) -> Callable[[], Iterator[RowPlan]]:
        def rows() -> Iterator[RowPlan]:
            for row in make():
                values = [self._value(value) for value in row.values]
                yield row._replace(values=values, height=self._row_height(row, values))

        return rows

    def _row_height(self, row: RowPlan, values: list[object]) -> float | None:
        if row.height is None:
            return None
        most = row.height
        for column, (value, before, look) in enumerate(zip(values, row.values, row.looks, strict=True)):
            text = value.words if isinstance(value, Link) else value
            if isinstance(text, str) and value != before:
                size = style.size if (style := self._looks.get(look)) is not None and style.size else _NORMAL
                wide = room_of(self._widths.get(column, 8.4), size).width
                if len(text) > wide * 0.8:
                    most = max(most, height(((text, self._widths.get(column, 8.4)),), size) + (6 if look == "表头" else 0)) if lines(text, wide) > 1 else most
        return min(TALLEST, most)


def _cut(text: str) -> str:
    """Shorten a prompt to what Excel takes, at the end of a sentence where there is one."""
    if len(text) <= _LONGEST_PROMPT:
        return text
    end = text.rfind(". ", 0, _LONGEST_PROMPT)
    return text[: end + 1] if end > _LONGEST_PROMPT // 2 else text[: _LONGEST_PROMPT - 1].rsplit(" ", 1)[0] + "…"
