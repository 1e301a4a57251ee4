"""Every spreadsheet engine computes in every cell with a formula the value that we stored there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from tests.edges.test_workbooks_alike import notice_plans, receipts
from tests.engines.engines import ENGINES, Engine, equal
from tests.engines.formula_cells import Cell, spoil, stored
from tests.milestones.drawn_nodes import node_book
from tests.scoring.drawn_books import cards, year_book
from tests.scoring.drawn_years import fixed_year
from tests.views.contest import contest, contest_rules, last_quarter
from tests.views.own_rounds import FORMS, own_round
from tests.views.rounds import busy_round, shipped_rules
from tests.views.test_recalculation import contested, later, planned
from toolkit.assessment.assess import assess
from toolkit.edges.writing.write_workbooks import draw
from toolkit.model.cell_style import CellStyle
from toolkit.model.period import Period
from toolkit.model.place import address
from toolkit.model.sheet import BookPlan, CellPlan, Formula, SheetPlan
from toolkit.model.standing import TaskStanding
from toolkit.views.consolidated.consolidated_book import consolidated
from toolkit.views.consolidated.criteria import rounded

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
HALVES = ("1.005", "2.675", "78.615", "99.995", "0.125")
_LARGE = ("1000000.125", "-12345678.9049", "12345678.905", "600000000.994")
STEPS = tuple(map(Decimal, ("0", "0.0001", "-0.0001", "0.000001", "-0.000001")))
_LONG = "、".join(f"第{number}街道办事处" for number in range(1, 31))
_SIGNS = (
    *("重点*项目?", "=1+1", "<>豁免", "~波浪~", ">5", '引"号', "", "1.1", "1.10", "01", "1", "2024-1-1", "50%", "0.5", "TRUE", "A局"),
    *("a局", "引“号", "重点一项目二", f"{_LONG}甲", f"{_LONG}乙", f"{_LONG[:100]}别的{_LONG[102:]}甲"),
)


def year() -> BookPlan:
    """Plan the year's book of the contest."""
    state, rules = replace(contest(), period=Period(2023)), contest_rules()
    return consolidated(state, rules, assess(state, rules), [last_quarter()])


def own_book(rule: str) -> BookPlan:
    """Plan the book of a form of an office's own."""
    state, rules = own_round(rule), shipped_rules()
    return consolidated(state, rules, assess(state, rules))


def odd() -> BookPlan:
    """Plan a book whose sections and leads have the signs of criteria in their names, or none."""
    state, rules = busy_round(), shipped_rules()
    more = [replace(one, task=replace(one.task, number=f"再{at}")) for at, one in enumerate((*state.tasks, *state.tasks))]
    tasks = tuple(_renamed(one, _SIGNS[at % len(_SIGNS)]) for at, one in enumerate((*state.tasks, *more)))
    state = replace(state, tasks=tasks)
    return consolidated(state, rules, assess(state, rules))


def _renamed(one: TaskStanding, name: str) -> TaskStanding:
    category = "" if name in {"=1+1", ">5"} else one.task.category
    return replace(one, task=replace(one.task, section=name, category=category, leads=(name,) if name else ()))


@cache
def form(year_plan: bool) -> BookPlan:
    """Plan a unit's form of the real notice: a quarter's or the year's."""
    with TemporaryDirectory() as folder:
        return list(notice_plans(Path(folder), Period(2023) if year_plan else Period(2023, 1)))[3]


@cache
def receipt() -> BookPlan:
    """Plan a unit's receipt with its own values."""
    with TemporaryDirectory() as folder:
        return list(receipts(Path(folder)))[1]


def halves() -> BookPlan:
    """Plan a sheet of roundings of halves that binary cannot hold, positive and negative, and of their nearest neighbours."""
    exact = [Decimal(f"{sign}{half}") + step for half in HALVES for sign in ("", "-") for step in STEPS] + list(map(Decimal, _LARGE))
    cells = [CellPlan(row, 0, value, "正文") for row, value in enumerate(exact)]
    cents = [value.quantize(Decimal("0.01"), ROUND_HALF_UP) for value in exact]
    sums = [CellPlan(row, 1, Formula(f"={rounded(f'A{row + 1}', 2, value)}", value), "正文") for row, value in enumerate(cents)]
    return BookPlan((SheetPlan("取整", cells=(*cells, *sums)),), {"正文": CellStyle()})


BOOKS: dict[str, Callable[[], BookPlan]] = {
    "一季度": planned,
    "四季度": lambda: planned(4),
    "考核并列": lambda: contested(36),
    "二季度分表": later,
    "全年": year,
    "年度考核": lambda: year_book(fixed_year(1)),
    "成绩单": lambda: cards(fixed_year(3))[0],
    "怪名字": odd,
    "里程碑": node_book,
    "取整": halves,
    "季度表": lambda: form(False),
    "方案表": lambda: form(True),
    "退改表": receipt,
    **{f"{rule}的表": partial(own_book, rule) for rule in FORMS},
}


class Spoiled(NamedTuple):
    """A book's file in which every formula carries a wrong value, and what we had stored in those cells."""

    path: Path
    wanted: Mapping[Cell, object]


@pytest.fixture(scope="module", params=BOOKS)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Spoiled:
    """Draw a book once for all engines."""
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    path.write_bytes(draw(BOOKS[request.param]()))
    return Spoiled(spoil(path, path.with_name("spoiled.xlsx")), stored(path))


def differing(engine: Engine, book: Spoiled) -> Iterator[tuple[str, str, object, object]]:
    """Name the cells in which an engine finds something else than is stored in a file: sheet, cell, ours, theirs."""
    found = engine.compute(book.path, book.wanted)
    for (sheet, row, column), ours in book.wanted.items():
        if not equal(ours, theirs := found.get((sheet, row, column))):
            yield sheet, address(row - 1, column - 1), ours, theirs


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")  # of openpyxl, for what Gnumeric wrote
@pytest.mark.parametrize("engine", ENGINES, ids=[engine.name for engine in ENGINES])
def test_an_engine_computes_what_we_stored(engine: Engine, book: Spoiled) -> None:
    """Given the book with a wrong value in every formula, the engine computes the very values that we would have stored."""
    if lack := engine.lacks():
        pytest.skip(lack)

    assert [] == list(differing(engine, book))
