"""问题清单: one row a finding, errors first and those on trial last, each with its place and what to do."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.decisions import FORMER, HANDLING, LOTS, MARK, REASON
from toolkit.model.findings import EXEMPT, SENT_BACK, SETTLED, TRIAL, Code, Finding, Level
from toolkit.model.place import Place
from toolkit.model.sheet import Guard, SheetPlan
from toolkit.model.standing import Round
from toolkit.model.unit_statements import STATEMENT
from toolkit.views.consolidated.data_sheet import Column, Extras, Styled, body, data_sheet
from toolkit.views.consolidated.sheet_names import FINDINGS, title_of
from toolkit.views.consolidated.source_links import original

ADVICE = "建议"


class _Line(NamedTuple):
    """A row of the sheet: a finding, and the archived original that it stands in."""

    finding: Finding
    path: str


COLUMNS: tuple[Column[_Line], ...] = (
    Column("代码", 7, "居中", lambda line: line.finding.code.text.id),
    Column("级别", 7, "居中", lambda line: _level(line.finding)),
    Column("单位", 22, "正文", lambda line: line.finding.unit),
    Column("文件", 30, "正文", lambda line: line.finding.place.file),
    Column("工作表", 12, "居中", lambda line: line.finding.place.sheet),
    Column("单元格", 9, "链接", lambda line: _cell(line.finding.place, line.path)),
    Column("栏目", 14, "正文", lambda line: line.finding.title),
    Column("问题", 46, "正文", lambda line: line.finding.message, 90),
    Column(ADVICE, 42, "正文", lambda line: line.finding.advice, 90),
    Column(HANDLING, 9, "认定", lambda line: line.finding.verdict),
    Column(REASON, 24, "认定", lambda line: line.finding.word, 60),
    Column("编号", 8, "居中", lambda line: line.finding.number),
    Column(FORMER, 12, "正文", lambda line: line.finding.former, 60),
    Column(MARK, 14, "居中", lambda line: line.finding.mark),
)
_STATEMENT: Column[_Line] = Column(STATEMENT, 22, "正文", lambda line: line.finding.stated, 60)
_ORDER = {word: number for number, word in enumerate((*(level.value for level in Level), TRIAL))}
SET_ASIDE = f"{EXEMPT}：*"  # how the 问题 of an exempted finding begins, for formulas that count


def columns(state: Round) -> tuple[Column[_Line], ...]:
    """Give the columns: units' own words stand before the clerk's, where units said something."""
    if not any(finding.stated for finding in state.findings):
        return COLUMNS
    at = next(at for at, column in enumerate(COLUMNS) if column.title == HANDLING)
    return (*COLUMNS[:at], _STATEMENT, *COLUMNS[at:])


def finding_sheet(state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan:
    """Plan 问题清单, one row a finding, errors first; within a level, findings keep the round's order."""
    paths = _paths(state)
    rows = [_Line(finding, paths.get(finding.place.file, "")) for finding in sorted(shown(state), key=lambda finding: _ORDER[finding.shown_level])]
    titles = columns(state)
    extras = Extras(frozen=3, guards=((body(titles, HANDLING, len(rows)), _GUARD),))
    return data_sheet(FINDINGS, titles, rows, looks=looks, title=title_of(state), extras=extras)


def shown(state: Round) -> list[Finding]:
    """Leave out statements that stand beside what they are about; all others in the round's order."""
    return [finding for finding in state.findings if not (finding.code is Code.STATED and finding.answered)]


def _level(finding: Finding) -> Styled:
    return Styled(finding.shown_level, Level.NOTE.value if finding.shown_level == TRIAL else finding.level.value)


def _cell(place: Place, path: str) -> object:
    """Name the cell that a finding stands in, a link where its file is archived."""
    link = original(path, place, words="") if place.cell else ""
    return Styled(place.cell, "居中") if isinstance(link, str) else link._replace(words=place.cell)


_GUARD = Guard(
    "list",
    choices=",".join((*SETTLED, SENT_BACK, *LOTS.values())),
    title=HANDLING,
    prompt="接受：照现在的样子采用，不再计数；退回：写进该单位的退改表；豁免：这次不算；采用批注：把批注、文本框里的话当作这一格的内容。下次运行时执行，理由写在右边。同一种问题（代码、栏目都一样）要一起定的，在其中一行选“同类接受”等，并写明理由。",
    error="请从下拉框中选一个，或者清空。",
)


def _paths(state: Round) -> dict[str, str]:
    """Find the archived original of each file that a finding may name."""
    places: list[tuple[Place, str]] = [(detail.row.place, detail.path) for detail in state.details]
    return {file.name: file.path for file in state.other_files} | {place.file: path for place, path in places if place.file}
