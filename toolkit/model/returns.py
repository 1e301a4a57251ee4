"""What comes back: raw cells, typed answers, and where each file ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from toolkit.model.evidence import EvidenceMatch
from toolkit.model.findings import Finding
from toolkit.model.lower_source import LowerSource
from toolkit.model.master import Role
from toolkit.model.period import Period
from toolkit.model.place import Place, address


class Outcome(StrEnum):
    """Where a file that was in the inbox ends; each ends in exactly one."""

    MERGED = "merged"
    WITH_FINDINGS = "merged with findings"
    WAITING = "waiting"
    REFUSED = "refused"
    IGNORED = "ignored"
    ATTACHED = "attached"
    APPEALED = "appealed"

    @property
    def words(self) -> str:
        """The clerk's words for it, as sheets and screen show them."""
        return _OUTCOME_WORDS[self]

    @property
    def counts(self) -> bool:
        """Whether the unit's values went in: merged, with findings or without."""
        return self in {Outcome.MERGED, Outcome.WITH_FINDINGS}

    @property
    def speaks(self) -> bool:
        """Whether a file says anything of how its unit reported; evidence, appeals and what is ignored do not."""
        return self not in {Outcome.IGNORED, Outcome.ATTACHED, Outcome.APPEALED}


BESIDE = {Outcome.ATTACHED: "佐证", Outcome.APPEALED: "申诉"}  # what a file is that is no return
_OUTCOME_WORDS = {
    Outcome.MERGED: "已汇总",
    Outcome.WITH_FINDINGS: "已汇总（有问题）",
    Outcome.WAITING: "待认定",
    Outcome.REFUSED: "不予接收",
    Outcome.IGNORED: "已忽略",
    Outcome.ATTACHED: "佐证已归档",
    Outcome.APPEALED: "申诉已登记",
}


class Fault(StrEnum):
    """Why a cell holds no value, although something stands in it."""

    ERROR = "error"  # the formula failed: #REF!, #N/A …
    FORMULA = "formula"  # the formula was saved without its result
    NUMBER = "number"  # a number that no sheet can hold
    PICTURE = "picture"  # a picture stands in the cell


TEXT_BEFORE = "前的文字"  # how the sheet is called that holds what stands before a document's table


class CellFault(NamedTuple):
    """The raw value of a cell that holds none: what stands there instead (error word, formula or digits), and why."""

    text: str
    kind: Fault = Fault.ERROR

    def __str__(self) -> str:
        """Show what stands in the cell."""
        return self.text


class GridSheet(NamedTuple):
    """One sheet of a returned workbook: rows × columns of raw values from A1 on, ragged ends allowed.

    `merges` are the ranges that were made one cell: top, left, bottom, right, counted from 0; only the first cell of each is seen.
    """

    name: str
    rows: tuple[tuple[object, ...], ...]
    hidden: bool = False
    merges: tuple[tuple[int, int, int, int], ...] = ()

    def at(self, row: int, column: int) -> object:
        """Give a raw value, row and column counted from 0; None where nothing stands."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    def merged_from(self, row: int, column: int) -> tuple[int, int] | None:
        """Give the first cell of the merged range that covers a cell further down in it; None elsewhere."""
        if not self.merges:
            return None
        return next(((top, left) for top, left, bottom, right in self.merges if top < row <= bottom and left <= column <= right), None)

    def covered_by(self, row: int, column: int) -> tuple[int, int] | None:
        """Give the first cell of the merged range under which another cell lies; None for a cell that is seen."""
        return next(
            ((top, left) for top, left, bottom, right in self.merges if top <= row <= bottom and left <= column <= right and (top, left) != (row, column)), None
        )


class Grid(NamedTuple):
    """A returned workbook as raw values, with the name it came under.

    `marks` are receipt codes kept outside its cells, by carrier; `findings` say what else is in the file; `since_1904`: its bare date
    numbers count from 1904-01-01. `sources` is what its sheet 数据来源 said, which is then none of its sheets.
    """

    file: str
    sheets: tuple[GridSheet, ...]
    marks: Mapping[str, str] = MappingProxyType({})
    findings: tuple[Finding, ...] = ()
    since_1904: bool = False
    sources: tuple[LowerSource, ...] = ()

    def place(self, sheet: GridSheet, row: int, column: int) -> Place:
        """Name a cell of a sheet: file, sheet, address; row and column counted from 0."""
        return Place(self.file, sheet.name, address(row, column))


class IdentityEvidence(NamedTuple):
    """What one carrier of identity says: a receipt code or a unit's name; whether it agrees with what was decided."""

    carrier: str
    says: str
    agrees: bool


class Answer(NamedTuple):
    """What a cell was understood to say, what was typed, and where."""

    value: object
    raw: str
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """One row that a unit filled in: its key in the table (task number, or task number and indicator), its role, its answers by field code.

    `blanks` are the cells of columns to fill in where nothing was typed, with the sheet (表2!D5) where that is not the row's own; a cell
    whose text could not be understood is in neither.
    """

    table: str
    key: str
    number: str
    role: Role
    answers: Mapping[str, Answer]
    place: Place
    blanks: Mapping[str, str] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type["Row"], tuple[object, ...]]:
        """Travel from the reading process as plain arguments: the way of frozen dataclasses costs three times as much."""
        return Row, (self.table, self.key, self.number, self.role, self.answers, self.place, self.blanks)

    def value(self, code: str) -> object:
        """Give the accepted value of a field, None where there is none."""
        answer = self.answers.get(code)
        return answer.value if answer else None

    def blank(self, code: str) -> Place | None:
        """Give the place of a field's cell where nothing was typed, None where something was."""
        if code not in self.blanks:
            return None
        sheet, _, cell = self.blanks[code].rpartition("!")
        return Place(self.place.file, sheet or self.place.sheet, cell)


class Sent(NamedTuple):
    """A file as it arrived: name with its chain of origin, time sent, size in bytes and SHA-256 ('' where only its name is known).

    `origin` names the mail that brought it: 发件人：主题; `received` is when the office's mail server took that in, None where no server says so.
    """

    name: str
    sent: datetime
    size: int
    digest: str
    origin: str = ""
    received: datetime | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A recognised return of one unit for one period; `changed` counts the cells of a receipt that differ from how it went out, -1 of a first issue."""

    sent: Sent
    unit: str
    period: Period
    form: str
    receipt: str
    issue: int
    rows: tuple[Row, ...]
    changed: int = -1


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one file: exactly one outcome, its reason in words, the return if one was read, every finding, every vote on its identity.

    `evidence` says of which tasks a file is that is archived as evidence, `sources` on whose words below the unit its values rest.
    """

    sent: Sent
    outcome: Outcome
    reason: str
    unit: str = ""
    period: str = ""
    content: Return | None = None
    findings: tuple[Finding, ...] = field(default=())
    votes: tuple[IdentityEvidence, ...] = ()
    evidence: EvidenceMatch | None = None
    sources: tuple[LowerSource, ...] = ()


def by_number(rows: Iterable[Row]) -> dict[str, Row]:
    """Give a unit's rows by task number: of the main table, for free rows of others are counted from 1, as some offices number their tasks."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row.number, row)
    return found
