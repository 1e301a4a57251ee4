"""What status, reminders, doctor and the menu make of levels; a district-wide register; an adoption that was killed."""

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from tests.killed.instants import cut_off, run
from tests.levels.offices import DISTRICT, Q1, STREETS, adopted, district, issued, report, row, taken_in
from tests.small import small_workspace
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.units_below import read_units
from toolkit.edges.workspace import Workspace
from toolkit.flows.levels.adopt import Wishes, adopt
from toolkit.flows.levels.answer import answer
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.reminder_texts import reminder_texts
from toolkit.flows.report.status import status
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.menu import menu
from toolkit.model.master import Unit

STREET = STREETS[0]


def test_status_and_reminders_are_grouped_by_the_unit_above(tmp_path: Path) -> None:
    """
    Where units have several units above them, status counts by these, and the text for the group lists who is missing under each.
    """
    units = (Unit("甲街道", issued=False), Unit("乙街道", issued=False), Unit("甲一社区", parent="甲街道"), Unit("乙一社区", parent="乙街道"))
    task = replace(DISTRICT.tasks[0], leads=("甲一社区", "乙一社区"), parted=True)
    space = small_workspace(tmp_path, replace(DISTRICT, tasks=(task,), units=units))
    forms = issued(space)
    report(space, {"甲一社区": forms["甲一社区"]}, lambda _: row("任务1", "推进中", 40, "改造4个。", 4))
    found = status(space, Q1)
    empty = small_workspace(tmp_path / "none", replace(DISTRICT, tasks=(task,), units=units))
    issued(empty)

    assert found is not None
    assert {"甲街道": (1, 1), "乙街道": (1, 0)} == found.above
    assert "甲街道：甲一社区；乙街道：乙一社区" in reminder_texts(empty, Q1).messages[0].text


def test_doctor_and_menu_know_of_the_form_above(tmp_path: Path) -> None:
    """
    Doctor says what came from above, and that an answer is old once more came in from below; the menu offers to answer while it is due.
    """
    street, _ = adopted(issued(district(tmp_path / "district"))[STREET], tmp_path / "street", {"甲社区": "任务1", "乙社区": "任务1"})
    forms = issued(street)

    def offered() -> list[tuple[str, ...]]:
        return [choice.command for choice in menu(street).choices if choice.command[0] in {"answer", "adopt"}]

    def seen() -> list[str]:
        return [f"{found.health}：{found.seen.rpartition('；')[2]}" for found in doctor(street) if found.thing == "上级来表"]

    before, health = offered(), seen()
    report(street, {"甲社区": forms["甲社区"]}, lambda _: row("任务1", "推进中", 40, "改造4个。", 4))
    due = offered()
    answer(street, Q1, None)
    answered, healthy = offered(), seen()
    report(street, {"乙社区": forms["乙社区"]}, lambda _: row("任务1", "推进中", 60, "改造6个。", 6))

    assert ([("adopt",)], [("answer", "2023Q1"), ("adopt",)], [("adopt",)]) == (before, due, answered)
    assert ["正常：还没有写答复"] == health
    assert healthy[0].startswith("正常：答复在")
    assert ["注意：写答复以后又收到了下级的表"] == seen()


def test_a_register_of_several_offices_is_read_for_the_own_units(tmp_path: Path) -> None:
    """
    Of a district's register with 上级单位 only the rows of the office itself become its units; one that weighs nothing stays so.
    """
    book = Workbook()
    for cells in (("单位", "上级单位", "权重"), ("甲社区", STREET, 0), ("乙社区", STREETS[1])):
        book.active.append(cells)
    book.save(tmp_path / "全区.xlsx")
    done = adopt(tmp_path / "street", issued(district(tmp_path / "district"))[STREET], None, Wishes(tmp_path / "全区.xlsx"))
    with open_office(Workspace(done.root)) as office:
        assert [("甲社区", 0)] == [(unit.name, unit.weight) for unit in office.master.addressees()]


def test_a_unit_of_the_register_may_weigh_nothing(tmp_path: Path) -> None:
    """
    A weight of 0 in the register of units below is 0, a blank one is 1.
    """
    book = Workbook()
    for cells in (("单位", "权重"), ("甲社区", 0), ("乙社区", None), ("丙社区", 2.5)):
        book.active.append(cells)
    book.save(tmp_path / "名单.xlsx")
    below, faults = read_units(tmp_path / "名单.xlsx", (), STREET)

    assert ([Decimal(0), Decimal(1), Decimal("2.5")], ()) == ([unit.unit.weight for unit in below], faults)


def test_killed_while_adopting_it_can_be_done_again(tmp_path: Path) -> None:
    """
    Killed at some instants of adopting, the same command ends as an undisturbed one does.
    """
    form = issued(district(tmp_path / "district"))[STREET]
    whole, done = adopted(form, tmp_path / "street", {"甲社区": "任务1"})
    register = (tmp_path / "street.xlsx").resolve()
    words = ("adopt", str(form), "--units", str(register), "--due", "2023-03-27")
    for instant in (12, 40):
        cut = tmp_path / "cut"
        cut.mkdir()
        cut_off(cut, instant, *words)
        assert 0 == run(cut, *words), instant
        assert load_master(whole.master)[0] == load_master(Workspace(cut).master)[0], instant
        shutil.rmtree(cut)
    assert (2, 1) == (done.tasks, done.units)
    assert taken_in(whole).arrivals == ()
