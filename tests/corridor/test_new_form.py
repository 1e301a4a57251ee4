"""new-form lays out a filled example that is valid as it stands; doctor draws every form as a unit will see it."""

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import MASTER, small_workspace
from toolkit.edges.templates import definition_words as words
from toolkit.edges.templates.read_forms import COLUMNS, load_form
from toolkit.edges.workspace import Workspace
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.new_form import new_form
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.draw_forms import drawing_of
from toolkit.flows.upkeep.examined import Health
from toolkit.model.column_kinds import KINDS
from toolkit.model.column_uses import USES
from toolkit.model.command_error import CommandError
from toolkit.model.form import LightRule, Required, Source, Subject, Total
from toolkit.model.master import Deadline
from toolkit.model.period import Period
from toolkit.model.stages import Stage

NAME = "夜间巡查"


def office(folder: Path) -> Workspace:
    """Make the small office with a round of the new form in its calendar."""
    line = Deadline("2023M05", NAME, date(2023, 5, 1), date(2023, 5, 31))
    return small_workspace(folder, replace(MASTER, calendar=(*MASTER.calendar, line)))


def odd(space: Workspace, name: str = NAME) -> list[str]:
    """Give what doctor says of a form that is not well."""
    return [found.seen for found in doctor(space) if found.thing == f"{name}.xlsx" and found.health is not Health.GOOD]


def test_the_example_is_sound_and_can_be_issued_at_once(tmp_path: Path) -> None:
    """Without a change the example passes doctor and goes out to the units that its list names."""
    space = office(tmp_path)
    done = new_form(space, NAME, "")

    assert ("夜间巡查.xlsx", "form1", False) == (done.path.name, done.form.code, done.began_master)
    assert [] == odd(space)
    assert ("云溪县发改局", "云溪县工信局", "东山镇") == generate(space, Period(2023, 0, 5), only=(), progress=lambda items, _: items).issued


def test_another_form_is_laid_out_under_a_new_name(tmp_path: Path) -> None:
    """--like takes everything over but code, name and title; what it is like stays as it was."""
    space = office(tmp_path)
    before = (space.templates / "季度进展.xlsx").read_bytes()
    form = new_form(space, NAME, "季度进展").form

    like, _ = load_form(space.templates / "季度进展.xlsx")
    assert like is not None
    assert (NAME, "form1", f"{{期间}}{NAME}") == (form.name, form.code, form.title)
    assert [table.fields for table in like.tables] == [tuple(replace(field, place=other.place) for field, other in zip(table.fields, one.fields, strict=True))
                                                       for table, one in zip(form.tables, like.tables, strict=True)]  # fmt: skip
    assert before == (space.templates / "季度进展.xlsx").read_bytes()


def test_nothing_is_overwritten_and_near_names_are_offered(tmp_path: Path) -> None:
    """A name that is taken, reserved or no file name, and a form that is not there, are refused in words."""
    space = office(tmp_path)
    new_form(space, NAME, "")
    kept = (space.templates / f"{NAME}.xlsx").read_bytes()

    said = []
    for name, like in ((NAME, ""), ("任务总表2", ""), ("甲/乙", ""), ("", ""), ("月报", "季度进度")):
        with pytest.raises(CommandError) as caught:
            new_form(space, name, like)
        said.append(caught.value.message + caught.value.advice)
    assert "没有动它" in said[0]
    assert "程序自己要用" in said[1]
    assert said[-1].endswith("是不是“季度进展”？")
    assert kept == (space.templates / f"{NAME}.xlsx").read_bytes()


def test_an_office_without_a_list_gets_an_empty_one(tmp_path: Path) -> None:
    """From an empty folder the form comes with a master list in which the units are still to be written."""
    space = small_workspace(tmp_path)
    space.master.unlink()

    assert new_form(space, NAME, "").began_master
    assert "单位" in load_workbook(space.master).sheetnames


def test_every_cell_of_few_words_offers_them(tmp_path: Path) -> None:
    """The definition has a drop-down wherever only some words may stand, and a note on each header of its columns."""
    book = load_workbook(new_form(office(tmp_path), NAME, "").path)
    sheet = book["填报栏目"]
    offered = {str(rule.sqref)[0] for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    titles = [str(cell.value) for cell in sheet[1]]

    assert {"来源", "类型", "必填", "用途", "汇总", "取自"} == {titles[ord(letter) - ord("A")] for letter in offered}
    assert list(COLUMNS) == [cell.value for cell in sheet[1] if cell.comment]


def test_every_word_has_a_meaning() -> None:
    """What a definition may say is explained, no word more or less than the program knows."""
    known = (
        (words.SOURCES, Source),
        (words.KIND_WORDS, KINDS),
        (words.NEEDED, Required),
        (words.SUBJECTS, Subject),
        (words.LIGHTS, LightRule),
        (words.STAGES, Stage),
        (words.TOTALS, Total),
    )

    assert [{str(word) for word in meant} for _, meant in known] == [set(explained.meanings) for explained, _ in known]
    assert set(words.USE_NOTES) <= set(USES)
    assert set(COLUMNS) == set(words.COLUMN_NOTES)


def test_doctor_draws_what_a_unit_will_see_and_how_it_is_judged(tmp_path: Path) -> None:
    """The drawing has the unit's sheets, one of what is checked and lit, no seal; drawn twice it is the same file."""
    space = office(tmp_path)
    form = new_form(space, NAME, "").form
    said = [found.seen for found in doctor(space) if found.thing == f"{NAME}.xlsx"]
    path = drawing_of(space, form)
    first = path.read_bytes()
    doctor(space)

    assert ["填报说明", "夜间巡查", "补充事项", "检查和评定"] == load_workbook(path).sheetnames
    assert "灯：按日期：“已办结”的蓝" in said[-1]
    assert "投入资金（万元）（合计）" in said[-1]
    assert first == path.read_bytes()


def test_a_fault_is_named_at_its_cell_and_nothing_is_drawn(tmp_path: Path) -> None:
    """A word that the program does not know is pointed at in its cell, with the words that it knows."""
    space = office(tmp_path)
    form = new_form(space, NAME, "").form
    path = space.templates / f"{NAME}.xlsx"
    book = load_workbook(path)
    book["填报栏目"]["F5"] = "下拉"
    book.save(path)

    assert ["夜间巡查.xlsx!填报栏目!F5：“类型”不能是“下拉”。"] == odd(space)[:1]
    assert not drawing_of(space, form).exists()


def test_a_name_in_a_list_that_is_nobodys_is_said_before_it_is_issued(tmp_path: Path) -> None:
    """Doctor names a list's unit that the register has not, at its cell; what generate would leave out is known before."""
    space = office(tmp_path)
    path = new_form(space, NAME, "").path
    book = load_workbook(path)
    sheet = next(sheet for sheet in book.worksheets if sheet["A1"].value == "编号" and "单位" in [cell.value for cell in sheet[1]])
    sheet.cell(2, [cell.value for cell in sheet[1]].index("单位") + 1).value = "某某局"
    book.save(path)

    assert any("“某某局”不是单位名录里的单位" in seen for seen in odd(space))


def test_an_added_line_counts_as_blank_only_once_it_holds_something(tmp_path: Path) -> None:
    """The counter over a table of empty lines begins with nothing to fill in, and looks at lines that hold something."""
    space = office(tmp_path)
    new_form(space, NAME, "")
    folder = generate(space, Period(2023, 0, 5), only=(), progress=lambda items, _: items).folder
    path = next(folder.glob("东山镇*.xlsx"))

    assert "必填项已全部填写" == load_workbook(path, data_only=True)["补充事项"]["A3"].value
    assert "COUNTA($A5,$B5,$C5)=0" in str(load_workbook(path)["补充事项"]["A3"].value)
    assert zipfile.is_zipfile(path)
