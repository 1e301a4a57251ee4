"""A form from above whose rows are a list (清单): what names no unit below is said, for nobody would get it."""

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from tests.levels.offices import adopted, issued, taken_in
from toolkit.edges.clock import held
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.workspace import starter_templates
from toolkit.flows.issue.generate import generate
from toolkit.flows.levels.answer import answer
from toolkit.flows.levels.own_definition import OwnDefinition, rows_for_nobody
from toolkit.model.form import Form, ListRow, Subject
from toolkit.model.master import Unit
from toolkit.model.period import Period
from toolkit.model.unit_below import UnitBelow
from tools.example_returns import COLLECTIONS
from tools.make_examples import begin

HAZARDS, MAY = "隐患排查", Period(2026, month=5)

BELOW = tuple(UnitBelow(Unit(name, aliases), (), ()) for name, aliases in (("一社区", ("一居",)), ("二社区", ())))


def _with_rows(*rows: tuple[str, str]) -> Form:
    """Give a form whose first table has the rows of a list: number, 单位."""
    form = next(form for path in starter_templates() if path.stem == "季度进展" and (form := load_form(path)[0]))
    table = replace(form.main, subject=Subject.LIST, rows=tuple(ListRow(unit, number, {}) for number, unit in rows))
    return replace(form, tables=(table,))


def test_rows_of_a_list_that_name_no_unit_below_are_said() -> None:
    """
    Rows that still name the office itself are counted with their numbers, rows that only the list above has too; a list that names units below is in order.
    """
    above = _with_rows(("1", "东湖街道"), ("2", "东湖街道"), ("3", "东湖街道"))
    own = OwnDefinition(Path("隐患排查.xlsx"), _with_rows(("1", "一居"), ("2", "东湖街道")))
    settled = OwnDefinition(Path("隐患排查.xlsx"), _with_rows(("1", "一居"), ("2", "二社区"), ("3", "二社区、一社区")))

    assert [
        "上级的清单里有 1 行（3），隐患排查.xlsx 的清单里没有。请在那里加上，“单位”写下级单位，再运行一次 adopt。",
        "隐患排查.xlsx 的清单里有 1 行（2）没有写下级单位，不会发给任何下级。请把“单位”一栏改成下级单位，再运行一次 adopt。",
    ] == list(rows_for_nobody(own, above, BELOW))
    assert [] == list(rows_for_nobody(settled, above, BELOW))


def test_rows_that_units_below_added_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    """
    Of a form whose rows the units add themselves nothing can be put into the form from above by itself: the answer counts those rows and asks for them.
    """
    above = begin(next(collection for collection in COLLECTIONS if collection.name == HAZARDS), tmp_path / "district")
    with held(MAY.begins):
        form = next(generate(above, MAY, only=(), progress=lambda items, _: items).folder.glob("东湖街道_*.xlsx"))
        street, _ = adopted(form, tmp_path / "street", {"一社区": "", "二社区": ""})
        for path in issued(street, MAY).values():
            book = load_workbook(path)
            book[HAZARDS]["A5"].value = "灯箱破损"
            book.save(street.inbox / path.name)
        taken_in(street)
        done = answer(street, MAY, None)

    assert ("“隐患排查”里下级添加了 2 行（一社区、二社区），没有并入：请看汇总表，要上报的在写给上级的表里人工填写。",) == done.asked
