"""Mistakes in a form's definition that would be left out or taken for something else in silence: each is said at its cell."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from tests.own_forms import column, shown, write_form
from tests.small import small_workspace
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_lists import UNIT
from toolkit.flows.office.load_forms import load_forms
from toolkit.flows.upkeep.doctor import doctor
from toolkit.model import sheet_titles
from toolkit.model.master import Master
from toolkit.views import form_guide
from toolkit.views.consolidated import sheet_names

STATES = (("查况", "没查", "未查", "未开始"), ("查况", "在查", "", "进行"), ("查况", "查完", "", "完成"))
FIELDS = (
    shown("事项", "事项"),
    shown("计划", "计划", kind="百分比"),
    column("数量", kind="整数", 最小=0, 最大=500, 汇总="合计"),
    column("完成率", "进度", kind="百分比", 汇总="加权"),
    column("状态", "状态", kind="选项", 选项="查况"),
)
LIST = (("编号", UNIT, "事项", "计划", "权重"), (1, "东河街道", "危化品", 50, 60), (2, "西山街道", "商贸", 40, 40))
SETTINGS = {"灯": "进度", "汇总表": "月检台账", "表栏目.工作表": "月检", "表栏目.每行": "清单", "表栏目.清单": "清单表"}
Edit = Callable[[Workbook], None]


def typed(sheet: str, cell: str, value: object) -> Edit:
    """Type one value into a cell of a definition."""

    def edit(book: Workbook) -> None:
        book[sheet][cell] = value

    return edit


def setting(key: str, value: object) -> Edit:
    """Set a setting of 表单, in a row of its own where there is none."""

    def edit(book: Workbook) -> None:
        row = next((row for row in book["表单"].iter_rows() if row[0].value == key), None)
        if row is None:
            book["表单"].append([key, value])
        else:
            row[1].value = value

    return edit


def without(sheet: str, first: int, rows: int) -> Edit:
    """Delete rows of a sheet."""
    return lambda book: book[sheet].delete_rows(first, rows)


def all_of(*edits: Edit) -> Edit:
    """Do several things to a definition."""

    def edit(book: Workbook) -> None:
        for each in edits:
            each(book)

    return edit


def renamed(sheet: str, name: str) -> Edit:
    """Give a sheet another name."""

    def edit(book: Workbook) -> None:
        book[sheet].title = name

    return edit


def definition(folder: Path, edit: Edit | None = None, name: str = "月检") -> Path:
    """Write a sound definition, and then make a mistake in it."""
    path = write_form(folder / f"{name}.xlsx", SETTINGS, {"表栏目": FIELDS}, states=STATES, lists={"清单表": LIST})
    if edit is not None:
        book = load_workbook(path)
        edit(book)
        book.save(path)
    return path


def test_a_sound_definition_has_nothing_to_be_said(tmp_path: Path) -> None:
    """The definition in which the mistakes are made is in order."""
    form, found = load_form(definition(tmp_path))

    assert (True, ()) == (form is not None, found)


MISTAKES: dict[str, tuple[Edit, tuple[str, str, str]]] = {
    "a setting that there is not": (setting("记分", "否"), ("NO_EFFECT", "表单", "A11")),
    "a setting of a table that there is not": (setting("补充栏目.工作表", "补充"), ("NO_EFFECT", "表单", "A11")),
    "a setting said twice": (lambda book: book["表单"].append(["灯", "无"]), ("REPEATED", "表单", "A11")),
    "a sheet that Excel refuses": (setting("表栏目.工作表", "a/b"), ("BAD_SETTING", "表单", "B8")),
    "a sheet with too long a name": (setting("表栏目.工作表", "很" * 32), ("BAD_SETTING", "表单", "B8")),
    "the guide's own sheet": (setting("表栏目.工作表", "填报说明"), ("BAD_SETTING", "表单", "B8")),
    "a sheet of the consolidated workbook": (setting("汇总表", "问题清单"), ("BAD_SETTING", "表单", "B7")),
    "a consolidated sheet that Excel refuses": (setting("汇总表", "台账[1]"), ("BAD_SETTING", "表单", "B7")),
    "two titles that differ by width": (all_of(typed("表栏目", "B4", "数量(家)"), typed("表栏目", "B5", "数量（家）")), ("REPEATED", "表栏目", "B5")),
    "an alias that is another's title": (typed("表栏目", "C4", "完成率"), ("NO_EFFECT", "表栏目", "C4")),
    "no column at all": (all_of(without("表栏目", 2, 9), setting("灯", "无")), ("MISSING_SETTING", "表栏目", "A2")),
    "no sheet of columns": (renamed("表栏目", "表栏"), ("NO_FIELDS", "表栏目", "")),
    "a formula of a column that there is not": (all_of(typed("表栏目", "D4", "公式"), typed("表栏目", "E4", "=[件数]*2")), ("BAD_SETTING", "表栏目", "E4")),
    "a formula column without a formula": (all_of(typed("表栏目", "D4", "公式"), typed("表栏目", "E4", None)), ("MISSING_SETTING", "表栏目", "E4")),
    "no word for finished": (typed("选项", "D4", "进行"), ("NO_FINISHED", "表栏目", "J6")),
    "a word twice": (typed("选项", "B3", "没查"), ("REPEATED", "选项", "B3")),
    "a synonym that is another's word": (typed("选项", "C2", "查完"), ("REPEATED", "选项", "C2")),
    "no weight in one row": (typed("清单表", "E3", None), ("NO_WEIGHT", "清单表", "E3")),
    "weights that do not add up": (typed("清单表", "E2", 50), ("WEIGHTS_NOT_WHOLE", "清单表", "E2")),
    "weights of a whole of 1 that do not add up": (all_of(typed("清单表", "E2", 0.5), typed("清单表", "E3", 0.6)), ("WEIGHTS_NOT_WHOLE", "清单表", "E2")),
    "a list without 单位": (typed("清单表", "B1", "谁填"), ("NO_SUCH_COLUMN", "清单表", "A1")),
    "no empty row": (all_of(setting("表栏目.每行", "空行"), setting("表栏目.空行数", 0)), ("BAD_SETTING", "表单", "B11")),
    "half a million empty rows": (all_of(setting("表栏目.每行", "空行"), setting("表栏目.空行数", 500000)), ("BAD_SETTING", "表单", "B11")),
    "a light by days without a day": (setting("灯", "日期"), ("NO_DUE_DAY", "表单", "B6")),
}


@pytest.mark.parametrize("mistake", sorted(MISTAKES))
def test_a_mistake_is_said_at_its_cell(tmp_path: Path, mistake: str) -> None:
    """A mistake in the definition is one of the findings, at its sheet and cell, in a sentence with all its facts."""
    edit, wanted = MISTAKES[mistake]

    found = load_form(definition(tmp_path, edit))[1]

    assert wanted in [(finding.code.name, finding.place.sheet, finding.place.cell) for finding in found]
    assert all(finding.message and finding.advice for finding in found)


def test_one_mistake_is_not_said_as_several(tmp_path: Path) -> None:
    """What follows from a mistake is not said beside it: a wrong word for 每行 or a lost header does not lose the sheet, nor a list without 单位 its rows."""
    edits = (setting("表栏目.每行", "一行一件"), typed("表栏目", "F1", "种类"), typed("清单表", "B1", "谁填"))

    assert [1, 1, 1] == [len(load_form(definition(tmp_path / str(at), edit))[1]) for at, edit in enumerate(edits)]


def test_nothing_to_fill_in_is_asked_about(tmp_path: Path) -> None:
    """A form all of whose columns are the office's own brings nothing back (NOTHING_TO_FILL)."""
    fields = (shown("事项", "事项"), shown("计划"))

    _, found = load_form(write_form(tmp_path / "月检.xlsx", SETTINGS | {"灯": "无"}, {"表栏目": fields}, lists={"清单表": LIST}))

    assert ["NOTHING_TO_FILL"] == [finding.code.name for finding in found]


def test_forms_are_held_against_each_other_the_register_and_the_languages(tmp_path: Path) -> None:
    """A second form of one code or name (SAME_FORM), a language without words (NO_LANGUAGE), and what no row shows (UNKNOWN_SOURCE)."""
    space = small_workspace(tmp_path, Master((), (), (), ()))
    definition(space.templates, all_of(setting("语言", "fr"), setting("发给", "市直机关"), typed("表栏目", "E3", "原计划")))
    definition(space.templates, setting("代码", "月检"), name="月检二")

    found = [finding for loaded in load_forms(space, Master((), (), (), ())) for finding in loaded.findings if finding.place.file.startswith("月检")]

    wanted = [("UNKNOWN_SOURCE", "E3"), ("NO_LANGUAGE", "B11"), ("LIST_UNIT", "B12"), ("SAME_FORM", "B2")]
    assert wanted == [(finding.code.name, finding.place.cell) for finding in found if finding.code.name != "LIST_UNIT" or finding.place.sheet == "表单"]
    seen = [line.seen for line in doctor(space)]
    assert all(any(finding.message in line for line in seen) for finding in found if finding.code.name in {"UNKNOWN_SOURCE", "NO_LANGUAGE", "SAME_FORM"})


def test_the_program_s_own_sheets_are_known() -> None:
    """The names that a form's sheets cannot have are those that the views give theirs."""
    others = {"TASKS", "NODE_DAY", "NOTHING_CAME", "NOTHING_TYPED"}
    own = {value for name, value in vars(sheet_names).items() if name.isupper() and isinstance(value, str) and name not in others}

    assert own == sheet_titles.OF_A_BOOK
    assert form_guide.SHEET in sheet_titles.OF_A_FORM
