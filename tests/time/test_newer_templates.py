"""Templates that the office edits get what a newer program's own have more, and keep every edit."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clerk import codes
from tests.small import Q1, issue, small_workspace
from tests.time.clerk import quarrel
from toolkit.edges.ledger.edition_tables import registrations
from toolkit.edges.templates import upgrade_templates
from toolkit.edges.workspace import starter_templates
from toolkit.flows.office.appeals_held import appeal_form
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.form import LightRule

FORM = "季度进展.xlsx"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's templates, as its next version has them: a new sheet, a new row, a new column of definitions."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    for path in starter_templates():
        (folder / path.name).write_bytes(path.read_bytes())
    book = load_workbook(folder / FORM)
    book["任务栏目"].append(["risk", "风险等级", "", "填报", "", "文本", "否"])
    own = book["任务栏目"]
    own.cell(1, own.max_column + 1, "合理范围")
    own.cell(2, own.max_column, "1-9")
    book["选项"].append(["风险", "高", "要上报"])
    more = book.create_sheet("说明栏目")
    for row in (["代码", "表头", "来源", "类型"], ["remark", "备注", "填报", "文本"]):
        more.append(row)
    book.save(folder / FORM)
    monkeypatch.setattr(upgrade_templates, "starter_templates", lambda: sorted(folder.iterdir()))
    return folder


@pytest.mark.usefixtures("shipped")
def test_an_edited_form_gets_what_is_new_and_keeps_its_edits(tmp_path: Path) -> None:
    """New sheet, row and column come by themselves, once; what the office changed, added or deleted stays as it is."""
    space = small_workspace(tmp_path / "office")
    book = load_workbook(space.templates / FORM)
    sheet = book["任务栏目"]
    sheet["B2"] = "序号（本办）"
    sheet.delete_rows(4)
    deleted, rows = sheet.max_row, [row[0].value for row in sheet.iter_rows(min_row=2)]
    book.save(space.templates / FORM)

    assert ["TEMPLATE_GREW"] == codes(space)
    book = load_workbook(space.templates / FORM)
    sheet = book["任务栏目"]
    assert "序号（本办）" == sheet["B2"].value
    assert [*rows, "risk"] == [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert ("合理范围", "1-9", deleted + 1) == (*(sheet.cell(row, sheet.max_column).value for row in (1, 2)), sheet.max_row)
    assert "说明栏目" in book.sheetnames
    assert "高" in [cell.value for cell in book["选项"]["B"]]

    sheet.delete_rows(deleted + 1)
    book.save(space.templates / FORM)
    assert [] == codes(space)
    assert "risk" not in [row[0].value for row in load_workbook(space.templates / FORM)["任务栏目"].iter_rows(min_row=2)]


def test_a_form_without_progress_keeps_its_work_when_lights_become_a_setting(tmp_path: Path) -> None:
    """An older form from which the office took 累计进度 is not made wrong by a line of settings that it never had."""
    space = small_workspace(tmp_path / "office")
    book = load_workbook(space.templates / FORM)
    for sheet, first in ((book["任务栏目"], "progress"), (book["表单"], "灯")):
        sheet.delete_rows(next(row[0].row for row in sheet.iter_rows() if row[0].value == first))
    book.save(space.templates / FORM)

    assert not {"LIGHT_NEEDS"} & {*codes(space)}
    issue(space)
    with open_office(space) as office:
        assert LightRule.DAY is office.form_of(Q1).light


@pytest.mark.parametrize("remembered", ["as it was", "of other templates only", "nothing"])
def test_an_appeal_form_of_an_earlier_version_learns_how_to_withdraw(tmp_path: Path, remembered: str) -> None:
    """The line on withdrawing comes by itself, whatever is remembered of the form; the office's own words in it stay, and the line comes once."""
    space = small_workspace(tmp_path / "office")
    assert [] == codes(space)
    path, memory = space.templates / "成绩申诉.xlsx", space.records / "模板底稿.json"
    book = load_workbook(path)
    settings = book["表单"]
    row = next(row[1] for row in settings.iter_rows() if "撤回申诉" in str(row[1].value))
    new, words = row.value, "有异议的写明理由，附依据。"
    settings.delete_rows(row.row)
    next(row[1] for row in settings.iter_rows() if row[0].value == "填报说明").value = words
    book.save(path)
    before = upgrade_templates.held(path)
    known = json.loads(memory.read_text("utf-8"))
    held = known["held"] | {path.name: before}
    if remembered == "of other templates only":
        del held[path.name]
    memory.write_text(json.dumps({"digest": "an earlier version's", "held": held}, ensure_ascii=False), "utf-8")
    if remembered == "nothing":
        memory.unlink()

    assert ["TEMPLATE_GREW"] == codes(space)
    said = [row[1].value for row in load_workbook(path)["表单"].iter_rows() if row[0].value == "填报说明"]
    assert (1, words) == (said.count(new), said[0])
    with open_office(space) as office:
        assert new in appeal_form(office).notes
    assert [] == codes(space)


def test_a_form_as_it_came_is_left_alone(tmp_path: Path) -> None:
    """Nothing is brought into templates that are the program's own."""
    space = small_workspace(tmp_path)
    before = (space.templates / FORM).read_bytes()

    assert [] == codes(space)
    assert before == (space.templates / FORM).read_bytes()


def test_books_that_an_older_program_wrote_are_kept(tmp_path: Path) -> None:
    """Before the first list of a year is kept, the consolidated workbooks that stand in outbox/ go, as they are, into records/旧稿."""
    space = quarrel(tmp_path)
    old = consolidate(space, Q1).path
    written = old.read_bytes()
    with open_office(space, alone=True) as office, office.ledger.writing() as connection:
        connection.execute(registrations.delete())

    consolidate(space, Q1)

    assert written == (space.records / "旧稿" / "2023Q1" / old.name).read_bytes()


@pytest.mark.parametrize("path", [path for path in starter_templates() if path.suffix == ".xlsx"], ids=lambda path: path.name)
def test_what_a_template_holds_is_the_same_by_another_reader(path: Path) -> None:
    """Headers and keys of rows are those that openpyxl finds, by which they are brought: number cells and blanks too."""
    book = load_workbook(path)

    assert {sheet.title: {"headers": list(upgrade_templates._headers(sheet)), "rows": list(upgrade_templates._rows(sheet))} for sheet in book.worksheets} == (
        upgrade_templates.held(path)
    )


@pytest.mark.usefixtures("shipped")
def test_much_that_is_new_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of much that a new version brings the first is named and all is counted: nobody reads a hundred names in a sentence."""
    monkeypatch.setattr(upgrade_templates, "_NAMED", 1)
    (said,) = upgrade_templates.bring_up(small_workspace(tmp_path / "office"))
    first, _, rest = said.facts["what"].partition("等 ")

    assert ("”" in first, "、" in first) == (True, False)
    assert int(rest.removesuffix(" 处")) > 1
