"""Long sheets: what goes straight from the plan into the part is what xlsxwriter would have written."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from openpyxl import load_workbook

from tests.views.contest import contest, contest_rules
from tests.views.rounds import busy_round, shipped_rules
from toolkit.assessment.assess import assess
from toolkit.edges.writing.fast.workbook_cloning import WorkbookCloner
from toolkit.edges.writing.write_workbooks import draw
from toolkit.model.cell_style import CellStyle
from toolkit.model.rules import Rules
from toolkit.model.sheet import ROW, Body, BookPlan, CellPlan, ColumnFormula, Formula, Link, RowPlan, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.consolidated_book import consolidated

_LOOKS = {"正文": CellStyle(), "居中": CellStyle(across="center"), "日期": CellStyle(number_format="yyyy-mm-dd")}
_COVER = SheetPlan("封面", cells=(CellPlan(0, 0, "封面", "正文"),))


class Word(StrEnum):
    """A word of a list."""

    LEAD = "牵头"


def plain(plan: SheetPlan) -> SheetPlan:
    """Give the same sheet with every cell in its plan, for xlsxwriter to write."""
    heights = {at: row.height for at, row in enumerate(plan.rows()) if row.height is not None}
    return replace(plan, cells=tuple(plan.every_cell()), heights={**plan.heights, **heights}, body=None)


def parts(book: BookPlan) -> dict[str, str]:
    """Draw a book and give its parts, the texts of cells in the cells themselves."""
    with zipfile.ZipFile(io.BytesIO(draw(book))) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    texts = re.findall("<si>(.*?)</si>", found["xl/sharedStrings.xml"], re.DOTALL)
    found["xl/sharedStrings.xml"] = "".join(sorted(texts))
    return {name: re.sub(r' t="s"><v>(\d+)</v>', lambda match: f"><t>{texts[int(match[1])]}</t>", part) for name, part in found.items()}


def long_sheet(*rows: Sequence[object], looks: Sequence[str] = (), heights: Sequence[float | None] = ()) -> SheetPlan:
    """Plan a long sheet of equally long rows."""
    width = len(rows[0])

    def planned() -> Iterator[RowPlan]:
        for at, row in enumerate(rows):
            yield RowPlan(row, tuple(looks) or ("正文",) * width, heights[at] if heights else None)

    return SheetPlan("长表", body=Body(len(rows), width, planned))


@pytest.mark.parametrize(("state", "rules"), [(busy_round(), shipped_rules()), (contest(), contest_rules())], ids=["汇总", "考核"])
def test_every_part_of_a_consolidated_book_is_xlsxwriters_own(state: Round, rules: Rules) -> None:
    """Written row by row or kept cell by cell: the parts are the same, down to formats, heights, links and comments."""
    book = consolidated(state, rules, assess(state, rules))

    assert any(sheet.body for sheet in book.sheets)
    assert parts(replace(book, sheets=tuple(map(plain, book.sheets)))) == parts(book)


def test_every_kind_of_value_is_written_as_xlsxwriter_does() -> None:
    """Texts, numbers, days, words of a list, formulas with every kind of result, links, nothing at all."""
    inside, outside = Link("internal:'封面'!A1", "封面", "转到“封面”"), Link("external:../../a b/50%25.xlsx#'任务 进展'!J7", "原件 J7", 'a b/50%.xlsx "J7"')
    rows = [
        ["1", " 两边有空 ", '<b>&"\'', "第一行\n第二行", "_x0041_", "\x07铃", ""],
        [1, -2.5, Decimal("0.1"), 10**15, 1e-7, True, None],
        [date(2023, 3, 31), datetime(2023, 3, 31, 9, 30), Word.LEAD, "牵头", 0, False, Decimal(100)],  # noqa: DTZ001 - a sheet knows no time zones
        [Formula("=SUM(A2:B2)", Decimal("-1.50")), Formula('=IF(A1<>"","是&否",1)', "是&否"), Formula("=NOT(F2)", False), Formula("=A1", ""), *[None] * 3],
        [ColumnFormula(f'=IF(A{ROW}<B{ROW},"<",{ROW})', "<"), ColumnFormula(f"=STDEV.S(A{ROW}:B{ROW})", 1), inside, inside, outside,
         Link("external:../x.xlsx", "x"), None],
    ]  # fmt: skip
    plan = long_sheet(*rows, looks=["正文", "居中", "日期", "正文", "居中", "正文", "日期"], heights=[15, 15.2, None, 409, 30])
    book = BookPlan((_COVER, plan), _LOOKS)

    assert parts(replace(book, sheets=(_COVER, plain(plan)))) == parts(book)


def test_formulas_with_equal_values_of_different_types_are_written_each_as_its_own() -> None:
    """
    1, 1.0, a decimal 1 and TRUE are equal, and stand in rows that end alike: each row is written as xlsxwriter writes it, with its own number.
    """
    values = (1, True, Decimal(1), 1.0, 1, Decimal("1.0"), True, "1", "")
    sheet = long_sheet(*([f"第{at}行", ColumnFormula(f"=A{ROW}", "是"), ColumnFormula(f"=B{ROW}*{ROW}", value)] for at, value in enumerate(values)))
    book = BookPlan((_COVER, sheet), _LOOKS)

    assert parts(replace(book, sheets=(_COVER, plain(sheet)))) == parts(book)


@pytest.mark.parametrize("text", ["<r>注 & 意</r>", "<r><t>不见了</t></r>", "<si>", "]]>", "&#0;", "_x000A_", "<r>\n</r>"])
def test_a_text_that_looks_like_markup_stays_a_text(text: str) -> None:
    """Whoever types XML into a cell neither spoils the book nor hides a word: in a long sheet, in any other, in a workbook made like another."""
    cells = SheetPlan("短表", cells=(CellPlan(0, 0, text, "正文"), CellPlan(1, 0, "正文", "正文")))
    long, short = BookPlan((_COVER, cells, long_sheet([text])), _LOOKS), BookPlan((_COVER, cells), _LOOKS)
    alike = WorkbookCloner(draw)

    for content in (draw(long), draw(short), *(alike.draw(short) for _ in range(3))):
        book = load_workbook(io.BytesIO(content))
        assert [sheet["A1"].value for sheet in book.worksheets[1:]] == [text] * (len(book.sheetnames) - 1)


@pytest.mark.parametrize("odd", ["\x07", "\ufffe", "_x0041_"])
def test_a_link_with_what_xml_cannot_hold_spoils_no_book(odd: str) -> None:
    """Where it leads and its tip are written as Excel writes such signs, in a long sheet and in any other."""
    link = Link(f"external:x.xlsx#'任务{odd}'!J7", "原件", f"x.xlsx　任务{odd} J7")
    book = load_workbook(io.BytesIO(draw(BookPlan((SheetPlan("短表", cells=(CellPlan(0, 0, link, "正文"),)), long_sheet([link])), _LOOKS))))

    written = odd.replace("_x", "_x005F_x") if odd.startswith("_") else f"_x{ord(odd):04X}_"
    found = [sheet["A1"].hyperlink for sheet in book]
    assert [(f"'任务{written}'!J7", f"x.xlsx　任务{written} J7")] * 2 == [(one.location, one.tooltip) for one in found]


def test_what_a_sheet_cannot_hold_is_an_error() -> None:
    """A text longer than a cell, what is no number, more columns than a sheet has, a book without any other sheet: an exception, no damaged file."""
    with pytest.raises(ValueError, match="32768 characters"):
        draw(BookPlan((_COVER, long_sheet(["长" * 32_768])), _LOOKS))
    with pytest.raises(ValueError, match="no cell holds nan"):
        draw(BookPlan((_COVER, long_sheet([float("nan")])), _LOOKS))
    with pytest.raises(ValueError, match="20000 columns"):
        draw(BookPlan((_COVER, long_sheet([""] * 20_000)), _LOOKS))
    with pytest.raises(ValueError, match="long sheets only"):
        draw(BookPlan((long_sheet(["一"]),), _LOOKS))
