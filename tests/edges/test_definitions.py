"""Form definitions: read as the office left them, faults named by their cells."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_rules import load_rules
from toolkit.model.form import Field
from tools.make_templates import main as make_templates

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def form_file(tmp_path: Path) -> Path:
    """A copy of the progress form to spoil."""
    path = tmp_path / "季度进展.xlsx"
    path.write_bytes((TEMPLATES / "季度进展.xlsx").read_bytes())
    return path


def spoil(path: Path, sheet: str, cell: str, value: object) -> list[tuple[str, str, str, str]]:
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    return [(f.code.name, f.place.sheet, f.place.cell, f.message) for f in load_form(path)[1]]


@pytest.mark.parametrize("name", ["季度进展", "工作方案"])
def test_shipped_forms_have_no_faults(name: str) -> None:
    """The forms that come with the program load without a finding."""
    form, faults = load_form(TEMPLATES / f"{name}.xlsx")

    assert form is not None
    assert (name, ()) == (form.name, faults)


def test_shipped_templates_are_what_the_script_writes(tmp_path: Path) -> None:
    """The committed templates hold, cell by cell, what tools/make_templates.py writes."""
    make_templates(tmp_path)

    for made in sorted(tmp_path.glob("*.xlsx")):
        ours, theirs = load_workbook(TEMPLATES / made.name), load_workbook(made)
        assert theirs.sheetnames == ours.sheetnames
        for sheet in theirs:
            expected = [(c.coordinate, c.value, c.fill.fgColor.rgb, c.font.name, c.font.sz) for row in sheet for c in row]
            assert expected == [(c.coordinate, c.value, c.fill.fgColor.rgb, c.font.name, c.font.sz) for row in ours[sheet.title] for c in row]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "expected"),
    [
        ("任务栏目", "F12", "百分数", ("BAD_SETTING", "任务栏目", "F12", "“类型”不能是“百分数”。")),
        ("任务栏目", "D3", None, ("MISSING_SETTING", "任务栏目", "D3", "“来源”没有填。")),
        ("任务栏目", "H12", "若干", ("BAD_SETTING", "任务栏目", "H12", "“最小”不能是“若干”。")),
        ("任务栏目", "J11", "没有的名单", ("BAD_SETTING", "任务栏目", "J11", "“选项”不能是“没有的名单”。")),
        ("任务栏目", "A12", "status", ("REPEATED", "任务栏目", "A12", "“代码”“status”出现了两次（另一处在 A11）。")),
        ("任务栏目", "B1", "名字", ("NO_SUCH_COLUMN", "任务栏目", "A1", "缺少“表头”这一列。")),
        ("表单", "B5", "旬", ("BAD_SETTING", "表单", "B5", "“期间”不能是“旬”。")),
        ("任务栏目", "H12", 200, ("CONTRADICTS", "任务栏目", "H12", "“最小”是 200，与“最大”的 100 矛盾。")),
        ("任务栏目", "I12", "=1/0", ("OFFICE_NO_RESULT", "任务栏目", "I12", "“最大”是公式“=1/0”，文件里没有存下它的结果。")),
        ("任务栏目", "L12", "宽", ("BAD_SETTING", "任务栏目", "L12", "“宽度”不能是“宽”。")),
        ("任务栏目", "I13", "两千", ("OFFICE_READ_AS", "任务栏目", "I13", "“最大”写作“两千”，按 2000 读取。")),
        ("表单", "B5", "季度", ("OFFICE_UNDERSTOOD", "表单", "B5", "“期间”写作“季度”，理解为 季。")),
        ("表单", "B4", None, ("MISSING_SETTING", "表单", "", "“名称”没有填。")),
        ("样式", "A2", "题目", ("MISSING_SETTING", "样式", "", "“标题”没有填。")),
    ],
)
def test_a_fault_in_a_definition_is_named_with_its_cell(form_file: Path, sheet: str, cell: str, value: object, expected: tuple[str, ...]) -> None:
    """Each fault that the office can make in a definition is a finding at its cell."""
    assert [expected] == spoil(form_file, sheet, cell, value)


def test_a_definition_that_is_no_workbook_is_a_finding(tmp_path: Path) -> None:
    """A broken definition file is a finding, not an exception."""
    path = tmp_path / "季度进展.xlsx"
    path.write_bytes(b"not a workbook")

    form, faults = load_form(path)

    assert (None, ["OFFICE_UNREADABLE"]) == (form, [fault.code.name for fault in faults])


def test_looks_follow_the_example_cells(form_file: Path) -> None:
    """A font or colour changed in 样式 is the look of the form, theme colours and tints included."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.colors import Color

    book = load_workbook(form_file)
    book["样式"]["B6"].font = Font(name="楷体", size=13, bold=True)
    book["样式"]["B6"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.8))
    book.save(form_file)

    form, _ = load_form(form_file)

    assert form is not None
    look = form.looks["预填"]
    assert ("楷体", 13.0, True) == (look.font, look.size, look.bold)
    assert look.fill in {"DCE6F2", "DBE5F1", "DCE6F1"}


def test_sheets_with_a_blank_in_their_names_are_read(form_file: Path, tmp_path: Path) -> None:
    """A sheet renamed “样式 ” or “选 项” is still the sheet, in forms and in rules."""
    rules_file = tmp_path / "考核规则.xlsx"
    rules_file.write_bytes((TEMPLATES / "考核规则.xlsx").read_bytes())
    for path, name in ((form_file, "选项"), (form_file, "样式"), (rules_file, "灯"), (rules_file, "样式")):
        book = load_workbook(path)
        book[name].title = f"{name[:1]} {name[1:]}"
        book.save(path)

    (form, form_faults), (rules, faults) = load_form(form_file), load_rules(rules_file)

    assert form is not None
    assert rules is not None
    assert ((), ()) == (form_faults, faults)


def test_shipped_rules_have_no_faults() -> None:
    """The assessment rules that come with the program load without a finding."""
    rules, faults = load_rules(TEMPLATES / "考核规则.xlsx")

    assert rules is not None
    assert ((), 10) == (faults, rules.value("yellow_gap"))


def test_an_office_adds_its_own_words_for_a_choice(form_file: Path) -> None:
    """A word written into 同义词 is read as its choice, for review; it may overrule a word that is understood by itself."""
    book = load_workbook(form_file)
    book["选项"]["D3"] = "走流程、已挂网；完成一半"
    book.save(form_file)

    form, faults = load_form(form_file)

    assert form is not None
    field = form.main.field("status")
    assert field is not None
    assert () == faults
    assert [("推进中", "UNDERSTOOD")] * 4 == [_read(field, word) for word in ("已挂网", "走流程", "☑完成一半", "进行中")]


def test_a_form_from_before_the_synonyms_understands_the_usual_ones(form_file: Path) -> None:
    """Without the column 同义词 the common words for the three states are still understood."""
    book = load_workbook(form_file)
    book["选项"].delete_cols(4, 3)
    book.save(form_file)

    form, faults = load_form(form_file)

    assert form is not None
    field = form.main.field("status")
    assert field is not None
    assert () == faults
    assert [("推进中", "UNDERSTOOD"), ("未启动", "UNDERSTOOD")] == [_read(field, word) for word in ("进行中", "尚未开工")]


def test_a_synonym_of_two_choices_is_named(form_file: Path) -> None:
    """A word under two choices means neither: its second cell is an error."""
    assert [("CONTRADICTS", "选项", "D4", "“同义词”是 办结，与“推进中”的 同义词 矛盾。")] == spoil(form_file, "选项", "D3", "办结")


def _read(field: Field, typed: str) -> tuple[str, str]:
    read = field.kind.read(typed, field.limits)
    return str(read.value), read.code.name if read.code else ""
