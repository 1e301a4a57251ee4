"""What the office decides: typed into the consolidated workbook or given as a command, kept for good; a later word on the same thing overrides."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from toolkit.model.findings import SENT_BACK, SETTLED, Finding
from toolkit.model.kinds import plain
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW
from toolkit.model.supervision import Step

HANDLING, REASON = "处理", "处理说明"
LIGHT, LIGHT_REASON = "认定灯", "认定说明"
ALIAS_FIELD = "栏目"
STATE, FEEDBACK, REMARK = "状态", "反馈情况", "备注"
TOKEN = "认定底稿"  # noqa: S105 - the document property that says which decisions a workbook was written with

CONFLICT_WORDS = ("以牵头为准", "以责任为准", "退回核实")

Fields = Mapping[str, str]  # column → value


class About(StrEnum):
    """What a decision is about; it says what its `subject` names."""

    FILE = "file"  # a file, by its number in the ledger
    TASK = "task"  # a task in a period: 2023Q1|任务3
    FINDING = "finding"  # a line of 问题清单 in a period
    ALIAS = "alias"  # how a unit calls a column, once confirmed: 区商务局|progress|完成情况
    SUPERVISION = "supervision"  # a letter of supervision, by its number: 〔2023〕第3号
    CONFLICT = "conflict"  # a task that two units report differently: 2023Q1|任务3|进展状态|区商务局


_OF_ALL_PERIODS = frozenset({About.FILE, About.SUPERVISION})  # what is numbered through all periods


class Deed(StrEnum):
    """What can be decided about a file."""

    ACCEPT = "接受"
    REFUSE = "退回"
    EXCLUDE = "停用"
    RESTORE = "恢复"


class Decision(NamedTuple):
    """One decided cell: about what, in which column, what stands there now and what stood there before, and when it was read."""

    about: About
    subject: str
    field: str
    value: str
    before: str
    at: datetime


class Editable(NamedTuple):
    """The clerk's own columns of a sheet: which columns tell a row from others, and what may be typed into each ((): anything)."""

    sheet: str
    about: About
    keys: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, str] = MappingProxyType({})  # what stands in a column before anybody typed into it

    def subject(self, period: str, cells: Mapping[str, str]) -> str:
        """Name the thing that a row is about, '' for a row that is about nothing."""
        texts = [cells.get(key, "") for key in self.keys]
        if not texts[0]:
            return ""
        return texts[0] if self.about in _OF_ALL_PERIODS else "|".join([period, *texts])


EDITABLE = (
    Editable("任务进展", About.TASK, ("编号",), {LIGHT: (BLUE, GREEN, YELLOW, RED, GREY), LIGHT_REASON: ()}),
    Editable("问题清单", About.FINDING, ("代码", "单位", "文件", "工作表", "单元格", "栏目", "问题"), {HANDLING: (*SETTLED, SENT_BACK), REASON: ()}),
    Editable("报送情况", About.FILE, ("文件号",), {HANDLING: tuple(Deed), REASON: ()}),
    Editable("督办台账", About.SUPERVISION, ("文号",), {STATE: tuple(Step), FEEDBACK: (), REMARK: ()}, {STATE: Step.ASSIGNED.value}),
    Editable("进展不一", About.CONFLICT, ("编号", "项目", "责任单位"), {HANDLING: CONFLICT_WORDS, REASON: ()}),
)


def finding_key(finding: Finding) -> str:
    """Name a finding as its line in 问题清单 does."""
    place = finding.place
    return "|".join(map(plain, (finding.code.text.id, finding.unit, place.file, place.sheet, place.cell, finding.title, finding.message)))


class Decided(NamedTuple):
    """Every decision that holds, by what it is about, by subject, by column."""

    by: Mapping[About, Mapping[str, Fields]]

    def on(self, about: About, subject: str) -> Fields:
        """Give what was decided on one thing, {} where nothing was."""
        return self.by.get(about, {}).get(subject, {})

    def within(self, period: str) -> "Decided":
        """Keep what is said of one period: its own things, and of files and letters all, which are numbered through every period."""
        kept = {
            about: {subject: fields for subject, fields in subjects.items() if about in _OF_ALL_PERIODS or subject.startswith(f"{period}|")}
            for about, subjects in self.by.items()
        }
        return Decided(kept)

    def of(self, numbered: Mapping[About, Collection[str]]) -> "Decided":
        """Keep of what is numbered through all periods only some: the files and letters that a workbook shows."""
        kept = {about: {subject: fields for subject, fields in self.by.get(about, {}).items() if subject in some} for about, some in numbered.items()}
        return Decided({**self.by, **kept})

    def written(self) -> str:
        """Write down as text, the same decisions always the same."""
        told = {about.value: {subject: dict(fields) for subject, fields in subjects.items()} for about, subjects in self.by.items() if subjects}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)

    def token(self) -> str:
        """Give a short mark of exactly these decisions."""
        return hashlib.sha256(self.written().encode()).hexdigest()[:16]


NOTHING_DECIDED = Decided({})


def decided_from(text: str) -> Decided:
    """Read what `written` wrote."""
    return Decided({About(about): subjects for about, subjects in json.loads(text).items()})
