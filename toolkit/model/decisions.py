"""What the office decides: typed into the consolidated workbook or given as a command, kept for good; a later word on the same thing overrides."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from toolkit.model import life_words
from toolkit.model.column_kinds import plain
from toolkit.model.evidence import CHECK, CHECK_NOTE, CHECK_WORDS
from toolkit.model.findings import SENT_BACK, SETTLED, Finding
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW
from toolkit.model.supervision import Step, reference_in

HANDLING, REASON = "处理", "处理说明"
ARRIVED, ARRIVED_REASON = "更正收到时间", "更正理由"
ASSIGNED = "归属"  # the receipt code of the form that the office says a file is
GRACE, GRACE_REASON = "延期至", "延期理由"
LIGHT, LIGHT_REASON = "认定灯", "认定说明"
ALIAS_FIELD = "栏目"
STATE, FEEDBACK, REMARK = "状态", "反馈情况", "备注"
RULED_VALUE = "认定值"  # what the office says itself, where neither of two units is right
MARK = "认定号"  # tells what a line of 问题清单 or 进展不一 is about, whatever file and cell it stood in
REPORTED = "所报"  # what stood there when the office ruled: a ruling holds while that is still said
FORMER = "原认定"  # a ruling on what is said no more
TOKEN = "认定底稿"  # noqa: S105 - the document property, and the line of a sheet, that say which decisions a workbook was written with
TOKEN_SHEET, TOKEN_NAME = "参数与图例", "rulings_token"  # that sheet, and the defined name of the cell

BY_LEAD, BY_OTHER, BY_OFFICE, ASK_AGAIN = "以牵头为准", "以责任为准", "以本办认定为准", "退回核实"
CONFLICT_WORDS = (BY_LEAD, BY_OTHER, BY_OFFICE, ASK_AGAIN)

# Words on a line of 问题清单 that hold for all lines of its code and column; '' takes back what was said of them.
LOTS = {word: f"同类{word}" for word in (*SETTLED[:2], SENT_BACK)} | {"": "同类清空"}

Fields = Mapping[str, str]  # column → value


class DecisionSubject(StrEnum):
    """What a decision is about; it says what its `subject` names."""

    FILE = "file"  # a file, by its number in the ledger
    TASK = "task"  # a task in a period: 2023Q1|任务3
    FINDING = "finding"  # a line of 问题清单: 2023Q1|C09|东山镇|任务3|本季进展情况|认定号
    GRACE = "grace"  # a unit that may report later: 2023Q1|区商务局
    REQUEST = "request"  # what a unit asks for: 2023Q1|区商务局|任务3|延期|认定号
    ALIAS = "alias"  # how a unit calls a column, once confirmed: 区商务局|progress|完成情况
    SUPERVISION = "supervision"  # a letter of supervision, by its name in the ledger: 〔2023〕第3号
    EVIDENCE = "evidence"  # a piece of evidence of a task, or a task without any: 2023Q1|区商务局|任务3|文件号 or 无
    APPEAL = "appeal"  # a line of a unit's appeal against its score: 2023Q1|区商务局|扣分号
    LIFE = "life"  # a task in a round, and the request to close it: 2023Q1|任务3|认定号
    MATTER = "matter"  # a matter to be coordinated, by its number: 协2023Q1-3FA2C0
    STEP = "step"  # a step of the ladder of supervision, by its number: 〔2023〕阶梯第3号
    CONFLICT = "conflict"  # a task that two units report differently: 2023Q1|任务3|进展状态|区商务局|认定号


OF_ALL_PERIODS = frozenset(
    {DecisionSubject.FILE, DecisionSubject.SUPERVISION, DecisionSubject.MATTER, DecisionSubject.STEP}
)  # what is numbered through all periods


class DecisionAction(StrEnum):
    """What can be decided about a file."""

    ACCEPT = "接受"
    REFUSE = "退回"
    EXCLUDE = "停用"
    RESTORE = "恢复"


class Decision(NamedTuple):
    """One decided cell: about what, in which column, what stands there now and what stood there before, when it was read, and who decided."""

    about: DecisionSubject
    subject: str
    field: str
    value: str
    before: str
    at: datetime
    who: str = ""


class Editable(NamedTuple):
    """The clerk's own columns of a sheet: which columns tell a row from others, and what may be typed into each ((): anything).

    `former` told a row before there was a 认定号; `reported` are the columns in which stands what is ruled on.
    """

    sheet: str
    about: DecisionSubject
    keys: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, str] = MappingProxyType({})  # what stands in a column before anybody typed into it
    former: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()

    def subject(self, period: str, cells: Mapping[str, str]) -> str:
        """Name the thing that a row is about, '' for a row that is about nothing; a row without its 认定号 is told as it used to be."""
        keys = self.former if MARK in self.keys and not cells.get(MARK) else self.keys
        texts = [cells.get(key, "") for key in keys]
        if not texts[0]:
            return ""
        if self.about is DecisionSubject.SUPERVISION:
            return reference_in(texts[0])
        return texts[0] if self.about in OF_ALL_PERIODS else "|".join([period, *texts])


EDITABLE = (
    Editable("任务进展", DecisionSubject.TASK, ("编号",), {LIGHT: (BLUE, GREEN, YELLOW, RED, GREY), LIGHT_REASON: ()}, reported=("进展状态", "累计进度")),
    Editable(
        "问题清单",
        DecisionSubject.FINDING,
        ("代码", "单位", "编号", "栏目", MARK),
        {HANDLING: (*SETTLED, SENT_BACK), REASON: ()},
        former=("代码", "单位", "文件", "工作表", "单元格", "栏目", "问题"),
        reported=("问题",),
    ),
    Editable("报送情况", DecisionSubject.FILE, ("文件号",), {HANDLING: tuple(DecisionAction), REASON: (), ARRIVED: (), ARRIVED_REASON: ()}),
    Editable("报送情况", DecisionSubject.GRACE, ("单位",), {GRACE: (), GRACE_REASON: ()}),
    Editable("督办台账", DecisionSubject.SUPERVISION, ("文号",), {STATE: tuple(Step), FEEDBACK: (), REMARK: ()}, {STATE: Step.ASSIGNED.value}),
    Editable(
        "进展不一",
        DecisionSubject.CONFLICT,
        ("编号", "项目", "责任单位", MARK),
        {HANDLING: CONFLICT_WORDS, RULED_VALUE: (), REASON: ()},
        former=("编号", "项目", "责任单位"),
        reported=("牵头单位", "牵头所报", "责任单位", "责任所报"),
    ),
    Editable("佐证材料", DecisionSubject.EVIDENCE, ("单位", "编号", "文件号"), {CHECK: CHECK_WORDS, CHECK_NOTE: ()}),
    Editable(
        "申请事项",
        DecisionSubject.REQUEST,
        ("单位", "编号", "类型", MARK),
        {HANDLING: ("同意", "不同意", "补充材料"), "文号": (), REASON: ()},
        reported=("现", "申请改为"),
    ),
    Editable(
        "申诉",
        DecisionSubject.APPEAL,
        ("单位", "扣分号"),
        {HANDLING: ("支持", "部分支持", "不支持", "不予受理"), "返还分值": (), REASON: ()},
    ),
    Editable(
        "销号台账",
        DecisionSubject.LIFE,
        ("编号", MARK),
        {CHECK: life_words.CHECK_WORDS, life_words.CHECK_REFERENCE: (), life_words.CHECK_DAY: (), CHECK_NOTE: (), life_words.SIGNED_ON: ()},
        former=("编号",),
    ),
    Editable(
        "协调事项",
        DecisionSubject.MATTER,
        (life_words.MATTER_ID,),
        {life_words.TO: (), life_words.BY: (), life_words.REPLY: (), STATE: life_words.MATTER_WORDS},
    ),
    Editable("督办阶梯台账", DecisionSubject.STEP, (life_words.STEP_ID,), {life_words.RESULT: life_words.RESULT_WORDS, life_words.RESULT_NOTE: ()}),
)


def finding_subject(finding: Finding) -> str:
    """Name what a finding is about, without its period: code, unit, task, column, and the mark of what was said there."""
    return "|".join(map(plain, (finding.code.text.id, finding.unit, finding.number, finding.title, finding.mark)))


def former_finding_subject(finding: Finding) -> str:
    """Name a finding by the file and cell it stood in, as ledgers did before version 6."""
    place = finding.place
    return "|".join(map(plain, (finding.code.text.id, finding.unit, place.file, place.sheet, place.cell, finding.title, finding.message)))


def mark_of(*texts: str) -> str:
    """Give the 认定号 of what was said: twelve signs, the same for the same words."""
    return hashlib.sha256("\x1f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def ruling_in_words(fields: Fields) -> str:
    """Write a ruling down in a few words: 接受（现场核查；认定时：累计进度 30）."""
    text = "、".join(fields[name] for name in (LIGHT, HANDLING, RULED_VALUE) if fields.get(name))
    why = next((fields[name] for name in (LIGHT_REASON, REASON) if fields.get(name)), "")
    about = f"认定时：{fields[REPORTED]}" if fields.get(REPORTED) else ""
    beside = "；".join(filter(None, (why, about)))
    return f"{text}（{beside}）" if text and beside else text


class Decided(NamedTuple):
    """Every decision that holds, by what it is about, by subject, by column."""

    by: Mapping[DecisionSubject, Mapping[str, Fields]]

    def on(self, about: DecisionSubject, subject: str) -> Fields:
        """Give what was decided on one thing: field → word, {} where nothing was."""
        return self.by.get(about, {}).get(subject, {})

    def last_on(self, about: DecisionSubject) -> dict[str, str]:
        """Give in words the last ruling on each thing, whatever was said of it: subjects that differ only in their last part, the 认定号, are one thing."""
        told_of = ((subject.rpartition("|")[0], ruling_in_words(fields)) for subject, fields in self.by.get(about, {}).items())
        return {thing: words for thing, words in told_of if words}

    def without(self, about: DecisionSubject, subjects: Collection[str]) -> "Decided":
        """Leave out what was decided on some things of one sort; itself where there are none."""
        if not subjects:
            return self
        return Decided({**self.by, about: {subject: fields for subject, fields in self.by.get(about, {}).items() if subject not in subjects}})

    def within(self, period: str) -> "Decided":
        """Keep what is said of one period: its own things, and of files and letters all, which are numbered through every period."""
        remaining = {
            about: {subject: fields for subject, fields in subjects.items() if about in OF_ALL_PERIODS or subject.startswith(f"{period}|")}
            for about, subjects in self.by.items()
        }
        return Decided(remaining)

    def of(self, numbered: Mapping[DecisionSubject, Collection[str]]) -> "Decided":
        """Keep of what is numbered through all periods only some: the files and letters that a workbook shows."""
        chosen = {about: {subject: fields for subject, fields in self.by.get(about, {}).items() if subject in some} for about, some in numbered.items()}
        return Decided({**self.by, **chosen})

    def written(self) -> str:
        """Write down as JSON, keys sorted: the same decisions always give the same text."""
        filled = {about.value: {subject: dict(fields) for subject, fields in subjects.items()} for about, subjects in self.by.items() if subjects}
        return json.dumps(filled, ensure_ascii=False, sort_keys=True)

    def token(self) -> str:
        """Give a mark of exactly these decisions: the first 16 hexadecimal digits of a SHA-256, another as soon as a decision is."""
        return hashlib.sha256(self.written().encode()).hexdigest()[:16]


NOTHING_DECIDED = Decided({})


def decided_from(text: str) -> Decided:
    """Read what `Decided.written` wrote (JSON). Raises ValueError or KeyError for anything else."""
    return Decided({DecisionSubject(about): subjects for about, subjects in json.loads(text).items()})
