"""A form: one definition, used to write the workbook a unit fills in and to read what comes back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.column_kinds import Kind, Limits, PhoneKind
from toolkit.model.master import Role
from toolkit.model.place import Place
from toolkit.model.stages import KNOWN_WORDS, Stage, known_stage
from toolkit.model.state_synonyms import STATES

# Field codes that lights, merging and the consolidated workbook look at; a form that lacks one simply has no such column there.
STATUS, PROGRESS, PLAN, DONE, PROBLEM, NEXT = "status", "progress", "plan", "done", "problem", "next"
REASON, DUE, EVIDENCE, REACHED, REMARK = "reason", "due", "evidence", "reached", "remark"
FORECAST = "forecast"  # 年底预判: whether the unit will have finished the task by the end of the year, in its own judgement
ITEM, LIMIT, ENDED, BUDGET, SPENT = "task", "limit_day", "ended", "budget", "spent"
NOT_STARTED, RUNNING, FINISHED = STATES
# The kinds of paper that a form may ask for; NO_PAPER: none of them.
BULLETIN, LETTERS, REMINDERS, COLLECTION, PAGES, PRINTS = PAPERS = "通报", "督办通知单", "催报", "汇编", "签批页", "签批表"
NO_PAPER = "无"


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

    def of(self, role: Role, *, is_finished: bool = False) -> bool:
        """Whether it binds a unit in this role, in a row whose state means finished or does not."""
        if self is Required.LEAD:
            return role is Role.LEAD
        return self is Required.YES or (self is Required.FINISHED and is_finished)


class Subject(StrEnum):
    """What a row of a table stands for: a task, an indicator, a milestone, an empty row to add to, a matter passed on, a row of the form's own list."""

    TASK = "任务"
    INDICATOR = "指标"
    NODE = "节点"
    BLANK = "空行"
    MATTER = "事项"
    LIST = "清单"


class LightRule(StrEnum):
    """How a row's light is found: progress against plan, the day against the day due, money spent against the budget, or not at all."""

    PROGRESS = "进度"
    DAY = "日期"
    AMOUNT = "金额"
    NONE = "无"


class Total(StrEnum):
    """How a column is put together for several rows: added up, weighted by the rows' weights, as a mean, counted, or not at all."""

    NONE = "无"
    SUM = "合计"
    WEIGHTED = "加权"
    MEAN = "平均"
    COUNT = "计数"


NAMED_BY = {Subject.INDICATOR: "指标", Subject.NODE: "节点"}  # 取自 of the column that tells rows of one task apart; other rows are told by 目标任务


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
    total: Total = Total.NONE


class ListRow(NamedTuple):
    """One row of a form's own list (清单): whose it is, its number, what stands in its columns, as text by header; where its unit stands."""

    unit: str
    number: str
    cells: Mapping[str, str]
    place: Place = Place()

    def shows(self, column: Field | None) -> object:
        """Give what it says in a prefilled column that shows it, as the column's kind keeps it; None for any other column and for a blank."""
        text = self.cells.get(column.taken_from, "") if column and column.source is Source.PREFILLED else ""
        return column.kind.load(text) if column and text else None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a form: the sheet it is issued on, what a row stands for, its columns in order; `blank_rows` only for 空行, `rows` only for 清单.

    `filled` are the columns that the unit fills in, `telling` the one in which every unit tells in words what it does: the first text that
    all must fill in.
    """

    sheet: str
    subject: Subject
    fields: tuple[Field, ...]
    blank_rows: int = 0
    rows: tuple[ListRow, ...] = ()
    filled: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    telling: Field | None = field(init=False, repr=False, compare=False)
    _by_code: dict[str, Field] = field(init=False, repr=False, compare=False, default_factory=dict)
    _stages: dict[str, Stage] = field(init=False, repr=False, compare=False, default_factory=dict)
    _by_number: dict[str, ListRow] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the columns by code, its list by number and the states by their words, and pick the columns that the unit fills in."""
        object.__setattr__(self, "filled", tuple(column for column in self.fields if column.source is Source.FILLED))
        object.__setattr__(self, "telling", next((column for column in self.filled if column.required is Required.YES and column.kind.name == "文本"), None))
        self._by_code.update({column.code: column for column in reversed(self.fields)})
        self._by_number.update({row.number: row for row in reversed(self.rows)})
        if (states := self._by_code.get(STATUS)) is not None:
            words = states.limits.choices or KNOWN_WORDS
            self._stages.update({word: Stage(found) for word in words if (found := states.limits.stages.get(word) or known_stage(word))})

    @property
    def summed(self) -> tuple[Field, ...]:
        """The columns that are put together: of those that have a total what units fill in, and what the form's own list shows."""
        sources = {Source.FILLED, *([Source.PREFILLED] if self.subject is Subject.LIST else [])}
        return tuple(column for column in self.fields if column.total is not Total.NONE and column.source in sources)

    @property
    def is_optional(self) -> bool:
        """Whether a unit may leave the whole sheet out: lines of its own or matters to answer, none of whose columns must be filled in."""
        return self.subject in {Subject.BLANK, Subject.MATTER} and all(column.required is Required.NO for column in self.filled)

    def field(self, code: str) -> Field | None:
        """Find a column by its code; None where the table has none such."""
        return self._by_code.get(code)

    def list_row(self, number: str) -> ListRow | None:
        """Find a row of the form's own list by its number; None where there is none."""
        return self._by_number.get(number)

    def stage(self, status: object) -> Stage | None:
        """Give the stage that a value of the status column stands for; None for a blank and for a word that says none."""
        return self._stages.get(status) or known_stage(status) if isinstance(status, str) else None

    def is_finished(self, status: object) -> bool:
        """Whether a value of the status column means finished."""
        return self.stage(status) is Stage.FINISHED

    def is_waiting(self, status: object) -> bool:
        """Whether a value of the status column means not begun."""
        return self.stage(status) is Stage.WAITING

    def words_of(self, stage: Stage) -> tuple[str, ...]:
        """Give the words of the status column that stand for a stage, in order; those that need no explanation where it has none to choose from."""
        return tuple(word for word, found in self._stages.items() if found is stage)


@dataclass(frozen=True, slots=True)
class Form:
    """A form definition; cycle is 年, 季 or 月; looks are those of its 样式 sheet by name (标题, 表头, 预填, 填报, 提示 …).

    `light` is the rule of its rows' lights, `scored` whether units are assessed by it, `papers` which are written (() for all that fit),
    `book_sheet` the sheet of the consolidated workbook that has its rows, `issued_to` the classes and units that get it (() for all).

    `language` is that of its sheets, papers and messages by its short name (en), '' for the office's own.
    """

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
    light: LightRule = LightRule.PROGRESS
    scored: bool = True
    papers: tuple[str, ...] = ()
    language: str = ""
    book_sheet: str = "任务进展"
    issued_to: tuple[str, ...] = ()
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

    def speaking(self, language: str) -> "Form":
        """Give the same form in a language, where it names none itself."""
        return self if self.language or not language else replace(self, language=language.strip().lower())

    def table(self, sheet: str) -> Table | None:
        """Find a table by the name of the sheet it is issued on; None where there is none."""
        return self._by_sheet.get(sheet)

    def tables_with(self, sheets: Collection[str]) -> tuple[Table, ...]:
        """Give the tables that a workbook has in which rows stand on some sheets: one of milestones or of matters to answer only where there are any."""
        return tuple(table for table in self.tables if table.subject not in {Subject.MATTER, Subject.NODE} or table.sheet in sheets)

    @property
    def main(self) -> Table:
        """Its first table, whose rows are the tasks."""
        return self.tables[0]

    def writes(self, paper: str) -> bool:
        """Whether a kind of paper (of PAPERS) is written of its rounds: those it names, else a bulletin and letters where it has lights, or a collection."""
        if self.papers:
            return paper in self.papers
        has_lights = self.light is not LightRule.NONE
        return {BULLETIN: has_lights, LETTERS: has_lights, COLLECTION: not has_lights}.get(paper, True)


def phone_fields(form: Form | None) -> dict[str, str]:
    """Give the titles of a form's columns to fill in that hold telephone numbers, by code; none without a form."""
    return {field.code: field.title for table in form.tables for field in table.filled if isinstance(field.kind, PhoneKind)} if form else {}
