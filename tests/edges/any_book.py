"""Plans of workbooks of any shape, for tests: one of a kind, and others of that kind with other values and lengths."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from toolkit.model.cell_style import CellStyle
from toolkit.model.sheet import Area, BookPlan, CellPlan, Condition, Formula, Guard, Link, Print, SheetPlan, Visibility

LOOKS = {
    "题": CellStyle(bold=True, size=16),
    "正文": CellStyle(border="BFBFBF", wrap=True),
    "填": CellStyle(fill="FFF2CC", locked=False),
    "同": CellStyle(bold=True, size=16),
}
LAST = 50  # the row that a block begins in; the cells end above it
DAYS = st.dates(min_value=date(1900, 3, 1), max_value=date(2100, 1, 1))
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | st.decimals(allow_nan=False, allow_infinity=False, places=3)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12) | st.sampled_from(
    [" 前", "后\n", "\t", "&<>\"'%s", "100%", "%(0)s", "\ue000", "一\n二", "=1+1", "0071", "</sheetData>"]
)
FORMULAS = st.builds(Formula, st.sampled_from(['=A1&"<%"', "=SUM(A1:B2)"]), st.sampled_from(["", "词&", 0, 1.5, Decimal("2.50")]))
LINKS = st.builds(Link, st.just("internal:'表'!A1"), st.sampled_from(["▶ 表", "%"]), st.sampled_from(["", "提示"]))
USUAL = st.none() | NUMBERS | TEXTS | DAYS | FORMULAS
ODD = st.sampled_from(  # only the ordinary writer knows what to do with these
    [
        *(True, float("nan"), float("inf"), Area(0, 0, 1, 1), date(1900, 1, 5), datetime(2024, 1, 2, 3)),  # noqa: DTZ001 - a cell has no zone
        *("_x0041_", "<r>a</r>", "a\x07b", "\r\n", "\ufffe", "字" * 16_400, "字" * 40_000),
        *(Formula("=XLOOKUP(1,A1:A2,B1:B2)"), Formula("=A1", "#N/A"), Formula("=A1", value=True), Link("a/b.xlsx", "原件"), Link("internal:'表'!A1", "")),
    ]
)
GUARDS = st.sampled_from(
    [Guard("list", choices="是,否", title="选", prompt="100%"), Guard("date", date(2000, 1, 1), date(2099, 1, 1)), Guard("decimal", 0, 9.5, strict=False)]
)
HEIGHTS = st.dictionaries(st.integers(0, 20), st.sampled_from([15.0, 15.2, 62.0, 409.0]), max_size=4)
LOOK = st.sampled_from(sorted(LOOKS))
CELLS = st.lists(st.builds(CellPlan, st.integers(0, 40), st.integers(0, 30), USUAL | LINKS, LOOK), max_size=12)


@st.composite
def sheets(make: st.DrawFn, name: str) -> SheetPlan:
    """Any sheet that a unit may be given."""
    block = Area(LAST, 0, LAST + 1, 2)
    rules = make(st.lists(st.tuples(st.integers(1, 12), LOOK), max_size=3))
    return SheetPlan(
        name,
        tuple(make(CELLS)),
        widths=make(st.dictionaries(st.integers(0, 9), st.sampled_from([6.0, 14.5]), max_size=3)),
        heights=make(HEIGHTS),
        merges=tuple((area, make(USUAL), "题") for area in make(st.sampled_from([(), (block,), (Area(45, 1, 46, 1), block)]))),
        guards=tuple((Area(1, column, LAST, column), make(GUARDS)) for column in range(make(st.integers(0, 3)))),
        conditions=tuple(Condition(Area(1, column, LAST, column), f'=TRIM(B{column})=""', look) for column, look in rules),
        comments=make(st.sampled_from([(), (), (), (), ((3, 1, "请改"),)])),
        freeze=make(st.sampled_from([None, (3, 1)])),
        filter=make(st.sampled_from([None, Area(0, 0, LAST, 3)])),
        protect=make(st.booleans()),
        printing=Print(landscape=make(st.booleans()), footer=make(st.sampled_from(["", "&L甲", "&L乙 100%"])), repeat=make(st.sampled_from([None, (0, 1)]))),
        tab=make(st.sampled_from(["", "FF9999"])),
    )


@st.composite
def books(make: st.DrawFn) -> BookPlan:
    """Any workbook with two sheets."""
    second = replace(make(sheets("A&B 表")), visibility=make(st.sampled_from(Visibility)))
    author, title = make(st.sampled_from(["", "办公室"])), make(st.sampled_from(["", "某局 100%"]))
    return BookPlan((make(sheets("表一")), second), LOOKS, title=title, author=author, properties={"编号": "甲1"}, names={"code": '="甲1"'})


@st.composite
def others(make: st.DrawFn, book: BookPlan) -> BookPlan:
    """A workbook of the same kind: other values, heights and texts, areas that end higher or lower."""
    values = make(st.sampled_from([USUAL, USUAL, USUAL, USUAL | ODD]))
    sheets_of_it = []
    for sheet in book.sheets:
        cells = tuple(cell if isinstance(cell.value, Link) else cell._replace(value=make(values)) for cell in sheet.cells)
        sheets_of_it.append(replace(_ending(sheet, make(st.integers(-LAST + 1, 60))), cells=cells, heights=make(HEIGHTS)))
    number = make(st.integers(1, 10**6))
    title = book.title and make(TEXTS | st.sampled_from(["_x0041_", "办公室"]))
    return replace(book, sheets=tuple(sheets_of_it), title=title, properties={"编号": f"乙{number}"}, names={"code": f'="乙{number}"'})


def _ending(sheet: SheetPlan, rows: int) -> SheetPlan:
    """The sheet with so many rows more (or fewer): its areas end further down or up."""
    return replace(
        sheet,
        merges=tuple((_moved(area, max(rows, 0)), value, look) for area, value, look in sheet.merges),
        guards=tuple((_longer(area, rows), guard) for area, guard in sheet.guards),
        conditions=tuple(condition._replace(area=_longer(condition.area, rows)) for condition in sheet.conditions),
        filter=_longer(sheet.filter, rows) if sheet.filter else None,
    )


def _longer(area: Area, rows: int) -> Area:
    return area._replace(bottom=area.bottom + rows)


def _moved(area: Area, rows: int) -> Area:
    return area._replace(top=area.top + rows, bottom=area.bottom + rows)
