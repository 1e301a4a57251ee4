"""What leaves the program says what its books say: forms with money, lines beside the list, long and like names of units."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.clerk import codes
from tests.command import run
from tests.levels.offices import issued, taken_in
from tests.own_forms import column, shown, write_form
from tests.small import small_workspace
from toolkit.data import open_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.master import Deadline, Master, Unit
from toolkit.model.period import Period

MAY, NAME = Period(2026, month=5), "预算"
LONG = "某某县某某某某某某某某示范区管理委员会" * 4
UNITS = ("甲局", "乙局", f"{LONG}甲分局", f"{LONG}乙分局")
SPENT = {"甲局": 25.5, "乙局": None, UNITS[2]: 0, UNITS[3]: 120}


def _office(folder: Path, units: tuple[str, ...] = UNITS) -> Workspace:
    calendar = (Deadline(str(MAY), NAME, MAY.begins, date(2026, 5, 31)),)
    space = small_workspace(folder, Master((), (), tuple(map(Unit, units)), calendar, title="预算"))
    main = (shown("编号"), shown("项目", "事项"), shown("预算数", "预算", kind="小数"), column("支出", "执行", kind="小数"), column("情况"))
    lines = (column("用途", code="what"), column("金额", code="money", kind="小数", 汇总="合计"))
    settings = {"期间": "月", "灯": "金额", "A栏目.工作表": NAME, "A栏目.每行": "清单", "A栏目.清单": "项目清单", "B栏目.工作表": "明细", "B栏目.每行": "空行"}
    rows = (("单位", "编号", "项目", "预算数"), *((unit, str(number), f"项目{number}", 100) for number, unit in enumerate(units, 1)))
    write_form(folder / "templates" / f"{NAME}.xlsx", settings, {"A栏目": main, "B栏目": lines}, lists={"项目清单": rows})
    return space


def _played(folder: Path) -> Workspace:
    space = _office(folder)
    for at, path in enumerate(issued(space, MAY).values()):
        book = load_workbook(path)
        unit = UNITS[int(book[NAME]["A5"].value) - 1]
        book[NAME]["D5"].value, book[NAME]["E5"].value = SPENT[unit], "已经签了合同。"
        book["明细"]["A5"].value, book["明细"]["B5"].value = "设备", 7 + at
        book.save(space.inbox / path.name)
    taken_in(space)
    return space


def test_the_gap_of_a_form_with_money_is_that_of_its_book(tmp_path: Path) -> None:
    """Given what was spent of four budgets, table tasks has the gap that the book has, with the other sign; a long name's form went out and came back."""
    space = _played(tmp_path)
    sheet = load_workbook(consolidate(space, MAY).path, data_only=True)["任务进展"]
    titles = [cell.value for cell in sheet[1]]
    book = [row[titles.index("差距")] for row in sheet.iter_rows(min_row=2, values_only=True)]

    table = open_workspace(tmp_path).tasks()

    assert list(UNITS) == list(table["leads"])
    assert [-16.2, None, -41.7, 78.3] == [None if value in ("", None) else value for value in book]
    assert [16.2, None, 41.7, -78.3] == [None if value is None else value for value in table["gap"].astype(object).where(table["gap"].notna(), None)]


def test_a_line_beside_the_list_is_not_of_the_row_with_its_number(tmp_path: Path) -> None:
    """Row 1 of the list and a unit's first line in another table are both called 1: trace tells of the row, and its source leads to it."""
    _played(tmp_path)
    code, out, _ = run(tmp_path, "trace", str(MAY), "1", "甲局", "--json")

    assert 0 == code
    assert "已经签了合同。" in out
    assert "明细" not in out


def test_long_names_have_files_of_their_own(tmp_path: Path) -> None:
    """Two units whose names begin alike, longer than a disk takes, each get a file."""
    names = [path.name for path in issued(_office(tmp_path), MAY).values()]

    assert all(len(name.encode()) <= 255 for name in names)
    assert len(UNITS) == len(list(tmp_path.rglob(f"*{NAME}.xlsx"))) - 1


def test_names_that_make_one_file_are_an_error(tmp_path: Path) -> None:
    """On Windows A局 and a局, 甲/乙 and 甲／乙 would have one file; two that differ otherwise are fine."""
    assert ["SAME_FILE", "SAME_FILE"] == [code for code in codes(_office(tmp_path, ("A局", "a局", "甲/乙", "甲／乙", "甲乙"))) if code == "SAME_FILE"]
