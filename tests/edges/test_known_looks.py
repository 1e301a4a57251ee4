"""What is known of the looks of the program's own templates is what openpyxl reads in them; of any other file nothing is believed."""

import shutil
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill

from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.templates.read_styles import Definition, Examples, open_definition, read_examples
from tools.make_looks import TARGET, looks_text

ROOT = Path(__file__).parents[2]
FORMS, RULES = ("季度进展.xlsx", "工作方案.xlsx", "成绩申诉.xlsx"), "考核规则.xlsx"


def test_the_looks_that_are_kept_are_those_of_the_templates() -> None:
    """Whoever changes a template runs python -m tools.make_looks; a look that is forgotten would show in the forms of every office."""
    assert looks_text() == TARGET.read_text("utf-8")


def test_they_are_what_openpyxl_reads() -> None:
    """Every example of every definition, and the cells of the lights."""
    for name in (*FORMS, RULES):
        path = ROOT / "templates" / name
        opened, read = open_definition(path, ("样式",)), read_examples(path)
        assert isinstance(opened, Definition)
        assert isinstance(read, Examples)
        assert (dict(read.named), dict(read.lights)) == (dict(opened.examples.named), dict(opened.examples.lights))
        assert len(read.named) > 10


def test_a_definition_that_the_office_has_styled_shows_its_own(tmp_path: Path) -> None:
    """A colour changed in Excel is what counts, in a form and in the rules."""
    for name, sheet, cell in ((FORMS[0], "样式", "B4"), (RULES, "灯", "D3")):
        shutil.copy(ROOT / "templates" / name, tmp_path / name)
        book: Any = load_workbook(tmp_path / name)
        book[sheet][cell].fill = PatternFill("solid", fgColor="00FFAA")
        book[sheet][cell].font = Font(name="楷体", size=13, italic=True)
        book.save(tmp_path / name)

    form, faults = load_form(tmp_path / FORMS[0])
    rules, more = load_rules(tmp_path / RULES)

    assert ((), ()) == (faults, more)
    assert form is not None
    assert rules is not None
    assert ("00FFAA", "楷体", 13.0, True) == (form.looks["表头"].fill, form.looks["表头"].font, form.looks["表头"].size, form.looks["表头"].italic)
    assert ("00FFAA", "楷体") == (rules.lights[1].look.fill, rules.lights[1].look.font)
