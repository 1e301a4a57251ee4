"""An office below may ask its own units for more than the one above asks: its columns stay when a later form comes, and are not answered upwards."""

import shutil
from pathlib import Path

from openpyxl import load_workbook

from tests.levels.offices import Q1, STREETS, adopted, district, issued, report, row
from toolkit.edges.templates.read_forms import load_form
from toolkit.flows.levels.adopt import Wishes, adopt
from toolkit.flows.levels.answer import answer
from toolkit.model.period import Period

STREET, FORM = STREETS[0], "templates/季度进展.xlsx"


def _add(path: Path, code: str, title: str) -> None:
    """Add a whole number to fill in to the first table of a definition."""
    book = load_workbook(path)
    sheet = next(book[name] for name in book.sheetnames if name.endswith("栏目"))
    heads = {cell.value: cell.column for cell in sheet[1]}
    at = sheet.max_row + 1
    for head, value in (("代码", code), ("表头", title), ("来源", "填报"), ("类型", "整数"), ("必填", "否"), ("宽度", 8)):
        sheet.cell(at, heads[head]).value = value
    book.save(path)


def test_a_column_of_the_own_stays_and_is_not_answered(tmp_path: Path) -> None:
    """
    A column that the street adds is asked of its communities and in no answer; the next quarter's form leaves it there, and the answer is written as before.
    """
    above = district(tmp_path / "district")
    street, _ = adopted(issued(above)[STREET], tmp_path / "street", {"甲社区": "任务1"})
    _add(street.root / FORM, "homes", "涉及户数")
    forms = issued(street)
    report(street, forms, lambda _: row("任务1", "推进中", 40, "改造4个。", 4) | {("任务进展", "任务1", "涉及户数"): 120})
    done = answer(street, Q1, None)
    later = adopt(street.root, issued(above, Period(2023, 2))[STREET], None, Wishes())
    form, _ = load_form(street.root / FORM)

    assert (5, ()) == (done.merged, done.asked)
    assert ((), True) == (later.asked, form is not None and form.main.field("homes") is not None)


def test_a_column_that_the_office_above_adds_comes_down(tmp_path: Path) -> None:
    """
    A column that a later form has more comes into an untouched definition by itself; of one that the street has changed it is said what is missing.
    """
    above = district(tmp_path / "district")
    street, _ = adopted(issued(above)[STREET], tmp_path / "street", {"甲社区": "任务1"})
    shutil.copytree(street.root, tmp_path / "changed")
    _add(tmp_path / "changed" / FORM, "homes", "涉及户数")
    _add(above.root / FORM, "money", "投入万元")
    later = issued(above, Period(2023, 2))[STREET]
    untouched, changed = (adopt(folder, later, None, Wishes()) for folder in (street.root, tmp_path / "changed"))
    form, faults = load_form(street.root / FORM)

    assert ((), True, ()) == (untouched.asked, form is not None and form.main.field("money") is not None, faults)
    assert [True] == ["投入万元" in sentence for sentence in changed.asked]
