"""A form: one definition, used to write the workbook a unit fills in and to read what comes back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from toolkit.model.cell_style import CellStyle
from toolkit.model.column_kinds import Kind, Limits, PhoneKind
from toolkit.model.master import Role
from toolkit.model.place import Place
from toolkit.model.state_synonyms import STATES

# Field codes that lights, merging and the consolidated workbook look at; a form that lacks one simply has no such column there.
STATUS, PROGRESS, PLAN, DONE, PROBLEM, NEXT = "status", "progress", "plan", "done", "problem", "next"
REASON, DUE, EVIDENCE, REACHED, REMARK = "reason", "due", "evidence", "reached", "remark"
NOT_STARTED, RUNNING, FINISHED = STATES


class Source(StrEnum):
    """Who writes a column."""

    PREFILLED = "预填"
    FILLED = "填报"
    FORMULA = "公式"


class Required(StrEnum):
    """Whether a cell must be filled in: no, yes, by the lead only, or once the row's status says finished."""

    NO = "否"
    YES = "是"
    LEAD = "牵头"
    FINISHED = "已完成"

    def of(self, role: Role, status: object = None) -> bool:
        """Whether it binds a unit in this role, with this status in its row."""
        if self is Required.LEAD:
            return role is Role.LEAD
        return self is Required.YES or (self is Required.FINISHED and status == FINISHED)


class Subject(StrEnum):
    """What a row of a table stands for."""

    TASK = "任务"
    INDICATOR = "指标"
    BLANK = "空行"
    MATTER = "事项"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a form's table; `taken_from` names what a 预填 column shows or holds a 公式 column's formula with [栏目] names."""

    code: str
    title: str
    source: Source
    kind: Kind
    aliases: tuple[str, ...] = ()
    taken_from: str = ""
    required: Required = Required.NO
    limits: Limits = field(default_factory=Limits)
    hint: str = ""
    width: float = 12
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a form: the sheet it is issued on, what a row stands for, its columns in order; `blank_rows` only for 空行.

    `filled` are the columns that the unit fills in, `telling` the one in which every unit tells in words what it does: the first text that
    all must fill in.
    """

    sheet: str
    subject: Subject
    fields: tuple[Field, ...]
    blank_rows: int = 0
    filled: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    telling: Field | None = field(init=False, repr=False, compare=False)
    _by_code: dict[str, Field] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the columns by code, and pick those that the unit fills in."""
        object.__setattr__(self, "filled", tuple(column for column in self.fields if column.source is Source.FILLED))
        object.__setattr__(self, "telling", next((column for column in self.filled if column.required is Required.YES and column.kind.name == "文本"), None))
        self._by_code.update({column.code: column for column in reversed(self.fields)})

    @property
    def is_optional(self) -> bool:
        """Whether a unit may leave the whole sheet out: lines of its own or matters to answer, none of whose columns must be filled in."""
        return self.subject in {Subject.BLANK, Subject.MATTER} and all(column.required is Required.NO for column in self.filled)

    def field(self, code: str) -> Field | None:
        """Find a column by its code; None where the table has none such."""
        return self._by_code.get(code)


@dataclass(frozen=True, slots=True)
class Form:
    """A form definition; cycle is 年, 季 or 月; looks are those of its 样式 sheet by name (标题, 表头, 预填, 填报, 提示 …)."""

    code: str
    version: str
    name: str
    cycle: str
    title: str
    notes: tuple[str, ...]
    sign_off: tuple[str, ...]
    tables: tuple[Table, ...]
    looks: Mapping[str, CellStyle]
    file: str = ""
    _by_sheet: dict[str, Table] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the tables by sheet."""
        self._by_sheet.update({table.sheet: table for table in reversed(self.tables)})

    def with_aliases(self, names: Mapping[str, str]) -> "Form":
        """Give the same form with more names for its columns: what is seen → the column's title."""
        more: dict[str, tuple[str, ...]] = {}
        for seen, title in names.items():
            more[title] = (*more.get(title, ()), seen)
        tables = tuple(
            replace(table, fields=tuple(replace(column, aliases=(*column.aliases, *more.get(column.title, ()))) for column in table.fields))
            for table in self.tables
        )
        return replace(self, tables=tables)

    def table(self, sheet: str) -> Table | None:
        """Find a table by the name of the sheet it is issued on; None where there is none."""
        return self._by_sheet.get(sheet)

    def tables_with(self, sheets: Collection[str]) -> tuple[Table, ...]:
        """Give the tables that a workbook has in which rows stand on some sheets: one of matters to answer only where there are any."""
        return tuple(table for table in self.tables if table.subject is not Subject.MATTER or table.sheet in sheets)

    @property
    def main(self) -> Table:
        """Its first table, whose rows are the tasks."""
        return self.tables[0]


def phone_fields(form: Form | None) -> dict[str, str]:
    """Give the titles of a form's columns to fill in that hold telephone numbers, by code; none without a form."""
    return {field.code: field.title for table in form.tables for field in table.filled if isinstance(field.kind, PhoneKind)} if form else {}
