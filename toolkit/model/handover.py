"""What travels with an issued form so that its unit can make it a list and a form of its own: the definition, and what the list says of its rows.

It holds nothing secret, is signed by nobody, and is of no use to the office that gave the form out.
"""

import base64
import binascii
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from toolkit.model.codec import encode, understood
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.master import Deadline, Indicator, Master, Task
from toolkit.model.place import Place

_T = TypeVar("_T")
_MARK = "TASKFORM1."
_LIMIT = 8_000_000  # bytes of an opened handover


@dataclass(frozen=True, slots=True)
class HandedList:
    """Of whom a form comes, and what that office's list says of its rows: tasks without weights, leaders and notes; their indicators; the round's line."""

    office: str
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]
    line: Deadline | None = None


def form_text(form: Form) -> str:
    """Write a form's definition as one line of plain ASCII, without saying in which file and cells it stands."""
    tables = tuple(replace(table, fields=tuple(replace(field, place=Place()) for field in table.fields)) for table in form.tables)
    return _packed(encode(replace(form, tables=tables, file="")))


def own_part(form: Form, issue: Issue) -> Form:
    """Give the form with only those rows of its lists that an issue has: what is asked of other units does not travel."""
    if not any(table.rows for table in form.tables):
        return form
    numbers = {sheet: {row.number for row in rows} for sheet, rows in issue.tables.items()}
    kept = (tuple(row._replace(place=Place()) for row in table.rows if row.number in numbers.get(table.sheet, ())) for table in form.tables)
    return replace(form, tables=tuple(replace(table, rows=rows) for table, rows in zip(form.tables, kept, strict=True)))


def list_text(issue: Issue, master: Master, office: str) -> str:
    """Write what the list says of an issue's rows, in one line of plain ASCII."""
    numbers = dict.fromkeys(row.number for rows in issue.tables.values() for row in rows)
    tasks = (task for number in numbers if (task := master.task(number)) is not None)
    plain = tuple(Task(task.number, task.category, task.section, task.subsection, task.text, (), (), task.deadline) for task in tasks)
    indicators = tuple(indicator for task in plain for indicator in master.targets(task.number))
    line = next((line for line in master.calendar if line.period == issue.period), None)
    return _packed(encode(HandedList(office, plain, indicators, line)))


def form_from(texts: Sequence[str]) -> Form | None:
    """Give the form among the texts of a sheet's cells, in pieces one behind the other; None where there is none that this program understands."""
    return _unpacked(Form, "".join(texts))


def list_from(texts: Sequence[str]) -> HandedList | None:
    """Give what a list said of a form's rows, from the texts of a sheet's cells; None where there is none that this program understands."""
    return _unpacked(HandedList, "".join(texts))


def _packed(text: str) -> str:
    return _MARK + base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 9)).decode()


def _unpacked(kind: type[_T], text: str) -> _T | None:
    if not text.startswith(_MARK):
        return None
    try:
        opened = zlib.decompressobj().decompress(base64.b64decode(text.removeprefix(_MARK), validate=True), _LIMIT).decode("utf-8", "surrogatepass")
    except (ValueError, binascii.Error, zlib.error):
        return None
    return understood(kind, opened)
