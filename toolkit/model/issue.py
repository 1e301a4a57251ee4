"""What was issued to a unit: the rows it was given, which seal and baseline are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from toolkit.model.form import Form, Table
from toolkit.model.master import Role


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One row given to a unit: its key in the table, the task's number, the unit's role, and the prefilled values by field code.

    `filled` holds the unit's own values that a receipt gives back to it, as text by field code.
    """

    key: str
    number: str
    role: Role
    shown: Mapping[str, object]
    filled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issue:
    """One workbook issued to one unit; `number` counts the issues of the same form, period and unit from 1."""

    receipt: str
    form: str
    version: str
    period: str
    unit: str
    number: int
    due: date | None
    tables: Mapping[str, tuple[IssuedRow, ...]]

    @property
    def filled_sheets(self) -> frozenset[str]:
        """The sheets on which rows were given."""
        return frozenset(sheet for sheet, rows in self.tables.items() if rows)


def given_tables(form: Form, issue: Issue) -> tuple[Table, ...]:
    """Give the tables of a form that an issue has sheets for: all, but for one of milestones or of matters to answer where the unit has none."""
    return form.tables_with(issue.filled_sheets)
