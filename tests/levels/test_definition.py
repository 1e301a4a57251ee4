"""A form and its definition workbook are one thing, whichever is made of the other; and what travels with a form is both."""

import base64
import shutil
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.small import MASTER, Q1
from toolkit.edges.templates.definition_words import SUBJECTS
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.templates.write_form import form_bytes
from toolkit.edges.workspace import LANGUAGES, RULES, WORDS, starter_templates
from toolkit.issuing.make_issue import make_issue
from toolkit.issuing.unit_rows import NOTHING_YET
from toolkit.model.codec import encode
from toolkit.model.form import Form, ListRow, Subject
from toolkit.model.handover import form_from, form_text, list_from, list_text, own_part
from toolkit.model.place import Place
from toolkit.views.form_account import account_of

_OTHERS = {RULES, WORDS, LANGUAGES}
SHIPPED = [path for path in starter_templates() if path.suffix == ".xlsx" and path.name not in _OTHERS]
EXAMPLES = sorted(path for path in (Path(__file__).parents[2] / "docs" / "示例").glob("*/templates/*.xlsx") if path.stem == path.parents[1].name)
FORMS = [*SHIPPED, *EXAMPLES]


def _bare(form: Form) -> str:
    tables = (
        replace(table, fields=tuple(replace(field, place=Place()) for field in table.fields), rows=tuple(row._replace(place=Place()) for row in table.rows))
        for table in form.tables
    )
    return encode(replace(form, file="", tables=tuple(tables)))


def _copy(path: Path, folder: Path) -> Path:
    """Copy a definition into a folder of the test's own: what is read of one is kept beside it."""
    folder.mkdir(exist_ok=True)
    return Path(shutil.copy(path, folder))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_written_definition_reads_as_the_same_form(path: Path, tmp_path: Path) -> None:
    """
    A shipped form that is written as a definition and read again is the same form, and nothing is wrong with it.
    """
    form, _ = load_form(_copy(path, tmp_path / "shipped"))
    written = tmp_path / path.name
    written.write_bytes(form_bytes(form))  # type: ignore[arg-type]
    again, faults = load_form(written)

    assert ((), _bare(form)) == (faults, _bare(again))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_definition_that_travels_with_a_form_is_the_form(path: Path, tmp_path: Path) -> None:
    """
    A form's definition comes out of the text that travels with it as it went in, in whatever pieces it stands; a cut one is none.
    """
    form, _ = load_form(_copy(path, tmp_path))
    text = form_text(form)  # type: ignore[arg-type]

    assert _bare(form) == _bare(form_from((text[:1000], text[1000:])))  # type: ignore[arg-type]
    assert [None, None] == [form_from((text[:1000],)), form_from(())]


def test_what_is_no_text_is_no_definition() -> None:
    """
    A definition whose packed bytes are no text is none; the form is then asked for, and nothing fails.
    """
    packed = base64.b64encode(zlib.compress(bytes(range(128, 256)))).decode()

    assert (None, None) == (form_from((f"TASKFORM1.{packed}",)), list_from((f"TASKFORM1.{packed}",)))


def test_what_travels_of_the_list_is_the_units_own_and_tells_no_weights() -> None:
    """
    With a form travel its unit's own tasks and their indicators, without weights, leaders and notes, and nothing of other tasks.
    """
    form, _ = load_form(next(path for path in FORMS if path.stem == "季度进展"))
    master = replace(MASTER, tasks=tuple(replace(task, weight=Decimal(3), leader="某某", note="内部") for task in MASTER.tasks))
    issue = make_issue(form, master, master.units[1], period=Q1, due=date(2023, 3, 30), past=NOTHING_YET, key=b"k" * 32, number=1)  # type: ignore[arg-type]
    handed = list_from((list_text(issue, master, "云溪县政府办"),))

    assert handed is not None
    assert ("云溪县政府办", ["任务1", "任务2"], [Decimal(1)] * 2, ["新建标准厂房"]) == (
        handed.office,
        [task.number for task in handed.tasks],
        [task.weight for task in handed.tasks],
        [indicator.name for indicator in handed.indicators],
    )
    assert all("某某" not in task.leader and "内部" not in task.note for task in handed.tasks)


def test_every_kind_of_row_is_explained() -> None:
    """
    Whatever a row of a form may stand for, who writes a definition is told of it, and the account of a form can say it.
    """
    form = next(form for path in SHIPPED if path.stem == "季度进展" and (form := load_form(path)[0]))
    tables = tuple(replace(form.main, subject=subject) for subject in Subject)
    rules, _ = load_rules(next(path for path in starter_templates() if path.name == RULES))
    said = account_of(replace(form, tables=tables), rules)[0].sentence  # type: ignore[arg-type]

    assert sorted(Subject) == sorted(SUBJECTS.meanings)
    assert len(Subject) == said.count("：")


def test_of_a_forms_list_only_the_units_own_rows_travel() -> None:
    """
    What a form's own list asks of other units is not in the definition that travels with one unit's form.
    """
    form = next(form for path in SHIPPED if path.stem == "季度进展" and (form := load_form(path)[0]))
    rows = tuple(ListRow(unit, number, {"事项": f"{unit}的事"}) for unit, number in (("甲局", "1"), ("乙局", "2")))
    table = replace(form.main, subject=Subject.LIST, rows=rows)
    issue = make_issue(form, MASTER, MASTER.units[1], period=Q1, due=date(2023, 3, 30), past=NOTHING_YET, key=b"k" * 32, number=1)
    mine = replace(issue, tables={table.sheet: (replace(issue.tables[table.sheet][0], number="2"),)})

    assert ["乙局"] == [row.unit for row in own_part(replace(form, tables=(table,)), mine).main.rows]
