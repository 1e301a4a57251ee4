"""A form from above whose rows are a list (清单): its rows arrive with the units below, what names none is said."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.levels.offices import adopted, issued, register, taken_in
from tests.own_forms import column, shown, write_form
from tests.small import small_workspace
from toolkit.edges.clock import held
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.workspace import starter_templates
from toolkit.flows.issue.generate import generate
from toolkit.flows.levels.adopt import Wishes, adopt
from toolkit.flows.levels.answer import answer
from toolkit.flows.levels.own_definition import OwnDefinition, rows_for_nobody
from toolkit.flows.report.trace import trace
from toolkit.issuing.lower_rows import with_lower_rows
from toolkit.model.form import Form, ListRow, Subject
from toolkit.model.master import Deadline, Master, Unit
from toolkit.model.period import Period
from toolkit.model.unit_below import UnitBelow
from tools.example_forms import BUDGET
from tools.example_returns import COLLECTIONS, Sent
from tools.make_examples import begin, fill_in

BUDGETS, ROOM = "预算执行", 12  # empty lines of the form on hazards
HAZARDS, MAY = "隐患排查", Period(2026, month=5)

BELOW = tuple(UnitBelow(Unit(name, aliases), (), ()) for name, aliases in (("一社区", ("一居",)), ("二社区", ())))


def _with_rows(*rows: tuple[str, str]) -> Form:
    """Give a form whose first table has the rows of a list: number, 单位."""
    form = next(form for path in starter_templates() if path.stem == "季度进展" and (form := load_form(path)[0]))
    table = replace(form.main, subject=Subject.LIST, rows=tuple(ListRow(unit, number, {}) for number, unit in rows))
    return replace(form, tables=(table,))


def test_rows_of_a_list_that_name_no_unit_below_are_said() -> None:
    """
    Rows that still name the office itself are counted with their numbers; a list that names units below, also by a short name, is in order.
    """
    own = OwnDefinition(Path("隐患排查.xlsx"), _with_rows(("1", "一居"), ("2", "东湖街道")))
    settled = OwnDefinition(Path("隐患排查.xlsx"), _with_rows(("1", "一居"), ("2", "二社区"), ("3", "二社区、一社区")))

    nobody = "隐患排查.xlsx 的清单里有 1 行（2）不知道由哪个下级填报，不会发给任何下级。"
    assert [f"{nobody}请在 下级单位.xlsx 的“负责编号”里写上，或在清单的“单位”栏写下级单位，再运行一次 adopt。"] == list(rows_for_nobody(own, BELOW))
    assert [] == list(rows_for_nobody(settled, BELOW))


def test_rows_that_units_below_added_go_into_empty_lines(tmp_path: Path) -> None:
    """
    Lines that communities added stand in the street's empty lines with their source; after one changes and another comes each stays in its own line, a line
    that the street typed itself is left alone, and what finds no line is named. The district traces a line down to the community's cell.
    """
    above = begin(next(collection for collection in COLLECTIONS if collection.name == HAZARDS), tmp_path / "district")
    with held(MAY.begins):
        form = next(generate(above, MAY, only=(), progress=lambda items, _: items).folder.glob("东湖街道_*.xlsx"))
        street, _ = adopted(form, tmp_path / "street", {"一社区": "", "二社区": ""})
        forms = issued(street, MAY)
        _hazards(forms["二社区"], street.inbox / "二.xlsx", {5: "井盖缺失"})
        taken_in(street)
        first = answer(street, MAY, None)
        _hazards(first.path, first.path, {6: "街道自查"})
        _hazards(forms["一社区"], street.inbox / "一.xlsx", {line: f"灯箱{line}" for line in range(5, 5 + ROOM)})
        taken_in(street)
        second = answer(street, MAY, None)
        shutil.copy(second.path, above.inbox / second.path.name)
        taken_in(above)
        traced = trace(above, MAY, "东湖街道-3", "东湖街道")

    lines = [row[0].value for row in load_workbook(second.path)[HAZARDS].iter_rows(min_row=5, max_row=4 + ROOM)]
    assert ["井盖缺失", "街道自查", *(f"灯箱{line}" for line in range(5, 3 + ROOM))] == lines
    assert ["“隐患排查”的空行不够，下级添加的 2 行（一社区）放不下"] == [sentence.partition("：")[0] for sentence in second.asked]
    assert [("一社区", "隐患排查!A5", "灯箱5")] == [(step.unit, step.place, step.typed) for step in traced.lower]


def test_empty_lines_at_the_end_of_a_sheet_are_lines_too(tmp_path: Path) -> None:
    """
    A form without a place to sign has nothing below its empty lines, which then are not in the file: a line added below still finds one.
    """
    may = date(2026, 5, 1)
    above = small_workspace(tmp_path / "district", Master((), (), (Unit("东湖街道"),), (Deadline("2026M05", "隐患", may, may),), title="隐患"))
    fields = {"A栏目": (shown("编号"), shown("名称", "事项"), column("进展")), "B栏目": (column("隐患", "事项"), column("经费", kind="小数", 汇总="合计"))}
    settings = {"期间": "月", "灯": "无", "A栏目.工作表": "事项", "A栏目.每行": "清单", "A栏目.清单": "事项单", "B栏目.工作表": "隐患", "B栏目.每行": "空行"}
    rows = (("单位", "编号", "名称"), ("东湖街道", "1", "排查"))
    write_form(above.root / "templates" / "隐患.xlsx", settings, fields, lists={"事项单": rows})
    with held(MAY.begins):
        street, _ = adopted(issued(above, MAY)["东湖街道"], tmp_path / "street", {"一社区": ""})
        _typed_into(issued(street, MAY)["一社区"], street.inbox / "一.xlsx")
        taken_in(street)
        done = answer(street, MAY, None)

    assert ((), ["井盖缺失", 3]) == (done.asked, [cell.value for cell in load_workbook(done.path)["隐患"][5]])


def _typed_into(source: Path, target: Path) -> None:
    book = load_workbook(source)
    book["事项"]["C5"].value = "排查了一遍"
    book["隐患"]["A5"].value, book["隐患"]["B5"].value = "井盖缺失", 3
    book.save(target)


def _hazards(source: Path, target: Path, texts: dict[int, str]) -> None:
    book = load_workbook(source)
    for line, text in texts.items():
        book[HAZARDS][f"A{line}"].value = text
    book.save(target)


def test_rows_of_a_list_arrive_with_the_units_below(tmp_path: Path) -> None:
    """
    A bureau's rows come down with its schools: one school's row is its own, a row of two is in parts and their sums go into the answer; a row that the
    register gives to nobody is asked about, and settled once the register says whose it is. A row that the clerk gave to a unit by hand stays there.
    """
    above = begin(next(collection for collection in COLLECTIONS if collection.name == BUDGETS), tmp_path / "district")
    with held(MAY.begins):
        form = next(generate(above, MAY, only=(), progress=lambda items, _: items).folder.glob("区教育局_*.xlsx"))
        bureau, done = adopted(form, tmp_path / "bureau", {"一中": "X01", "二中": "X01"})
        names = register(tmp_path / "again.xlsx", {"一中": "X01", "二中": "X01、X02"})
        again = adopt(bureau.root, form, None, Wishes(names))
        forms = issued(bureau, MAY)
        for unit, cells in {"一中": {"X01": 1200}, "二中": {"X01": "1100.5万元", "X02": 65.5}}.items():
            sent = Sent(unit, {row: {"累计执行（万元）": spent} for row, spent in cells.items()}, MAY.begins)
            fill_in(forms[unit], bureau.inbox / f"{unit}.xlsx", BUDGET, sent)
        taken_in(bureau)
        book = load_workbook(answer(bureau, MAY, None).path)

    own = load_form(bureau.templates / "预算执行.xlsx")[0]
    spent = next(cell.column for row in book[BUDGETS].iter_rows() for cell in row if cell.value == "累计执行（万元）")
    assert [True] == ["1 行（X02）不知道由哪个下级填报" in sentence for sentence in done.asked]
    assert ((), 2) == (again.asked, again.tasks)
    assert own is not None
    assert [("X01", "一中、二中", "是"), ("X02", "二中", "")] == [(row.number, row.unit, row.cells.get("分报", "")) for row in own.main.rows]
    assert {"X01": 2300.5, "X02": 65.5} == {row[0].value: row[spent - 1].value for row in book[BUDGETS].iter_rows() if str(row[0].value).startswith("X")}


def test_a_later_list_keeps_what_the_clerk_settled() -> None:
    """
    Of a later list the new row goes to whom the register says, the one that the clerk gave to a unit stays with it, texts follow the one above unless
    the clerk changed them, an own row stays, and what is no longer in the list above goes.
    """
    first = _with_rows(("1", "东湖街道"), ("2", "东湖街道"))
    own = _with_rows(("1", "二居"), ("2", "东湖街道"), ("自1", "一社区"))
    later = _with_rows(("1", "东湖街道"), ("3", "东湖街道"))
    below = (UnitBelow(Unit("一社区"), ("1", "3"), ()), UnitBelow(Unit("二社区", ("二居",)), ("1",), ()))
    rows = with_lower_rows(own, later, first, below, "东湖街道").main.rows

    assert [("1", "二居"), ("3", "一社区"), ("自1", "一社区")] == [(row.number, row.unit) for row in rows]
