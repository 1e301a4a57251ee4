"""What came in, file by file, for a person: whose, for which round, what it is, what it brought, what is next."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from toolkit.model.findings import Code, Finding
from toolkit.model.returns import Outcome, Row
from toolkit.model.seal import shown_text

TITLE = "今天收到什么"
_OF_SEVERAL = {Code.SEVERAL_UNITS: "几个单位合在一起的表", Code.FROM_SITE: "收集表导出的数据"}
_NOTHING_NEW = {Code.BLANK_FORM: "空表（未填）", Code.UNCHANGED: "退改表（原样发回）", Code.DUPLICATE: "重复的文件", Code.SYSTEM_FILE: "系统文件"}
_ASKS = frozenset({Code.BLANK_FORM, Code.UNCHANGED, Code.APPEAL_BLANK})  # of those that are ignored, the ones that a unit should send again
_OUTCOMES = {Outcome.APPEALED: "成绩申诉", Outcome.WAITING: "待认定的表", Outcome.REFUSED: "收不了的文件", Outcome.IGNORED: "不必读的文件"}
MEND, CLEAN, OLDER = "退改表已写好，请发给该单位", "不用处理，回执已写好", "不用处理，该单位另有更新的一份"
_WAIT, _NONE = "请在汇总表“报送情况”的“处理”栏选接受或退回", "不用处理"
_CHECK = "看过以后，请在汇总表“佐证材料”的“核验”栏选一个"
_RULE = "请在“申诉”里处理，再运行 scorecards 写答复"
_NOTHING = "没有采用内容"


class Brought(NamedTuple):
    """How much a return holds: rows that say something, values, and of a receipt that came back the cells that differ from how it went out (else -1)."""

    rows: int = 0
    values: int = 0
    changed: int = -1


class Received(NamedTuple):
    """One line of the list; `period` is '' for a file that tells none, `path` the archived original ('' where the line does not lead there)."""

    unit: str
    period: str
    file: str
    what: str
    brought: str
    following: str
    at: datetime | None = None
    path: str = ""


def brought_by(rows: Sequence[Row], given: Mapping[tuple[str, str], Mapping[str, str]]) -> Brought:
    """Count what a return holds; `given` are the values that a receipt gave back, as text by (table sheet, row key) and field code."""
    filled = [row for row in rows if row.answers]
    values = sum(len(row.answers) for row in filled)
    if not given:
        return Brought(len(filled), values)
    changed = 0
    for row in rows:
        before = given.get((row.table, row.key), {})
        now = {code: shown_text(answer.value) for code, answer in row.answers.items()}
        changed += sum(now.get(code, "") != before.get(code, "") for code in {*now, *before})
    return Brought(len(filled), values, changed)


def what_it_is(outcome: Outcome, findings: Sequence[Finding], issue: int) -> str:
    """Name a file's sort; `issue` is the number of the issue it was filled in on."""
    codes = {finding.code: finding for finding in reversed(findings)}
    if Code.ENVELOPE in codes:
        return str(codes[Code.ENVELOPE].facts.get("kind", "来件"))
    if Code.EVIDENCE in codes:
        return str(codes[Code.EVIDENCE].facts["kind"])
    if Code.EVIDENCE_ASKED in codes and outcome is Outcome.WAITING:
        return "像是佐证材料"
    of_several = next((words for code, words in _OF_SEVERAL.items() if code in codes), "")
    if of_several:
        return of_several
    named = next((words for code, words in _NOTHING_NEW.items() if code in codes and not outcome.counts), "")
    if named or not outcome.counts:
        return named or _OUTCOMES[outcome]
    before = "以前一期的" if Code.OTHER_ROUND in codes else ""
    return before + (f"退改表或换发的表（第 {issue} 次发放）" if issue > 1 else "填报表")


def what_it_brought(outcome: Outcome, held: Brought, findings: Sequence[Finding]) -> str:
    """Tell in Chinese what of a file went in, for the list of what came: its values, its parts or files, the tasks it proves, or nothing."""
    attached = next((finding for finding in findings if finding.code is Code.EVIDENCE), None)
    if attached is not None:
        return f"{attached.facts['unit']}{attached.facts['tasks'] or '的整表'}"
    whole = next((finding for finding in findings if finding.code in _OF_SEVERAL), None)
    if whole is not None:
        return f"按单位分成 {whole.facts['count']} 份"
    envelope = next((finding for finding in findings if finding.code is Code.ENVELOPE), None)
    if envelope is not None:
        return f"里面 {envelope.facts['count']} 个文件另列"
    if not outcome.counts:
        return _NOTHING
    codes = [finding.code for finding in findings if not finding.answered or finding.code is not Code.STATED]
    number, back = sum(code in {Code.STATED, Code.STATED_UNCLEAR} for code in codes), codes.count(Code.WITHDRAWN)
    parts = [f"{held.rows} 行 {held.values} 个数据"]
    parts += [f"其中改动 {held.changed} 格"] if held.changed >= 0 else []
    parts += [f"单位说明 {number} 处"] if number else []
    parts += [f"撤回 {back} 处"] if back else []
    return "，".join(parts)


def what_is_next(outcome: Outcome, findings: Sequence[Finding], after: str) -> str:
    """Tell what the clerk does with it; `after` is the word for a return that counts."""
    if outcome.counts:
        return after
    if outcome is Outcome.IGNORED:
        asked = next((finding for finding in findings if finding.code in _ASKS), None)
        return f"请告诉该单位：{asked.advice}" if asked else _NONE
    if outcome is Outcome.ATTACHED:
        return _CHECK
    if outcome is Outcome.APPEALED:
        return _RULE
    if outcome is Outcome.WAITING:
        return next((finding.advice for finding in findings if finding.code in {Code.PASSWORD, Code.EVIDENCE_ASKED}), _WAIT)
    return f"请告诉对方：{findings[0].advice}" if findings else _NONE


def after_of(unit: str, mended: Collection[str], clean: Collection[str]) -> str:
    """Say what is next for a unit's return by whom receipts were just written for."""
    return MEND if unit in mended else CLEAN if unit in clean else OLDER
