"""Rulings given on the page: the same rows and words as in the consolidated workbook, put down through the same way as what is typed there."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.checks.group_findings import group_findings
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.take_rulings import read_back
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.period_standing import period_standing, year_standing
from toolkit.flows.page.put_words import put_words
from toolkit.merging.arrival_times import moment_in
from toolkit.model.column_kinds import plain
from toolkit.model.command_error import CommandError
from toolkit.model.conflicts import Ruled, conflict_mark, conflict_subject, name_of, ruled
from toolkit.model.decisions import (
    ARRIVED,
    ARRIVED_REASON,
    CONFLICT_WORDS,
    EDITABLE,
    HANDLING,
    MARK,
    REASON,
    RULED_VALUE,
    DecisionSubject,
    Editable,
    finding_subject,
)
from toolkit.model.findings import ADOPT, SENT_BACK, SETTLED, Finding, Level
from toolkit.model.period import Period
from toolkit.model.requests import REFERENCE, REQUEST_WORDS, Request, requests
from toolkit.model.seal import shown_text
from toolkit.model.standing import Round

_SHEETS = {DecisionSubject.FINDING: "问题清单", DecisionSubject.CONFLICT: "进展不一", DecisionSubject.REQUEST: "申请事项"}
_ADOPTABLE = "批注"


class Line(NamedTuple):
    """One thing to rule on: what it is about (finding, conflict, request), its subject, whose, on which task, its message and advice, where, what may be ruled,
    what holds now with its reason; `asks` the further column that a word needs (认定值, 文号).
    """

    about: str
    subject: str
    unit: str
    number: str
    title: str
    message: str
    advice: str
    place: str
    choices: tuple[str, ...]
    word: str
    why: str
    asks: str
    level: str
    cells: Mapping[str, str]


def lines_of(space: Workspace, period: Period) -> tuple[Line, ...]:
    """List what may be ruled on in a period: what waits first, then what was ruled. Raises CommandError where nothing was issued."""
    with open_office(space) as office:
        found = list(_lines(_state(office, period)))
    return tuple(sorted(found, key=lambda line: bool(line.word)))


def rule(space: Workspace, period: Period, subject: str, word: str, *, why: str = "", more: str = "", shown: str | None = None) -> tuple[str, ...]:
    """Put down the office's word on one line, '' takes it back; gives what there is to say. `shown` is the word that the clerk saw there, None for any.

    Raises CommandError for a line or word that is none, and where somebody else has ruled meanwhile.
    """
    with open_office(space, alone=True) as office:
        back = read_back(office)
        line = next((line for line in _lines(_state(office, period)) if line.subject == subject), None)
        if line is None:
            raise CommandError("这一条已经不在了：内容有了变化。", "请刷新页面再看。")
        if shown is not None and line.word != shown:
            raise CommandError(f"没有记下：这一条已经有人认定为“{line.word}”。" if line.word else "没有记下：这一条的认定已经有人撤回。", "请刷新页面再看。")
        if word and word not in line.choices:
            raise CommandError(f"不能认定为“{word}”。", f"可以选：{'、'.join(line.choices)}。")
        if word == CONFLICT_WORDS[2] and not more:
            raise CommandError(f"“{word}”要写明认定值。", "请填进度（如 60%）、数值或状态。")
        words = {HANDLING: word, REASON: why if word else "", **({line.asks: more if word else ""} if line.asks else {})}
        return put_words(office, period, _editable(DecisionSubject(line.about)), line.cells, words, back)


def correct_arrival(space: Workspace, period: Period, number: int, arrived: str, why: str) -> tuple[str, ...]:
    """Put down when a file really came, on the office's word. Raises CommandError for a day that cannot be read, or without a reason."""
    with open_office(space, alone=True) as office:
        if office.ledger.file(number) is None:
            raise CommandError(f"没有 {number} 号文件。", "请刷新页面再看。")
        line = office.line(period)
        moment = moment_in(arrived, line.due if line else None)
        if moment is None or not why:
            raise CommandError("收到时间没有改。", "请写明哪一天收到（如 2023-03-29 16:30）和理由。")
        back = read_back(office)
        words = {ARRIVED: f"{moment:%Y-%m-%d %H:%M}", ARRIVED_REASON: why}
        editable = next(editable for editable in EDITABLE if editable.about is DecisionSubject.FILE)
        return put_words(office, period, editable, {"文件号": str(number)}, words, back)


def _state(office: OfficeContext, period: Period) -> Round:
    return period_standing(office, period) if period.is_part or office.ledger.issued_units(str(period)) else year_standing(office, period)


def _editable(about: DecisionSubject) -> Editable:
    return next(editable for editable in EDITABLE if editable.about is about and editable.sheet == _SHEETS[about])


def _lines(state: Round) -> Iterator[Line]:
    for finding in group_findings(state.findings):
        if (finding.level is Level.REVIEW and not finding.aside) or finding.verdict:
            yield _of_finding(finding, state)
    for ruling in ruled(state):
        yield _of_conflict(ruling, state)
    for request in requests(state):
        yield _of_request(request, state)


def _of_finding(finding: Finding, state: Round) -> Line:
    cells = {"代码": finding.code.text.id, "单位": finding.unit, "编号": finding.number, "栏目": finding.title, MARK: finding.mark, "问题": finding.message}
    place = finding.place
    subject = f"{state.period}|{finding_subject(finding)}"
    choices = tuple(word for word in (*SETTLED, SENT_BACK) if word != ADOPT or _ADOPTABLE in finding.message)
    where = " ".join(filter(None, (place.file, place.sheet, place.cell)))
    about = DecisionSubject.FINDING.value
    texts = {title: plain(text) for title, text in cells.items()}
    return Line(
        about,
        subject,
        finding.unit,
        finding.number,
        finding.title,
        finding.message,
        finding.advice,
        where,
        choices,
        finding.verdict,
        finding.word,
        "",
        finding.level.value,
        texts,
    )


def _of_conflict(ruling: Ruled, state: Round) -> Line:
    conflict = ruling.conflict
    first, other, name = conflict.first, conflict.other, name_of(conflict, state)
    reported = [shown_text(row.row.value(conflict.field)) for row in (first, other)]
    cells = {
        "编号": first.row.number,
        "项目": name,
        "牵头单位": first.unit,
        "牵头所报": reported[0],
        "责任单位": other.unit,
        "责任所报": reported[1],
        MARK: conflict_mark(conflict),
    }
    text = f"{first.unit}（牵头）报“{reported[0]}”，{other.unit}（责任）报“{reported[1]}”。{ruling.why}"
    word, why = ruling.fields.get(HANDLING, ""), ruling.fields.get(REASON, "")
    subject = conflict_subject(conflict, state)
    return Line(
        DecisionSubject.CONFLICT.value, subject, other.unit, first.row.number, name, text, "", "", CONFLICT_WORDS, word, why, RULED_VALUE, "进展不一", cells
    )


def _of_request(request: Request, state: Round) -> Line:
    subject = request.subject(str(state.period))
    fields = state.decided.on(DecisionSubject.REQUEST, subject)
    basis = f"；依据：{request.basis}" if request.basis else ""
    text = f"申请{request.kind}：{request.now or '（空）'} → {request.to or '（空）'}。理由：{request.why or '（没有写）'}{basis}"
    cells = {"单位": request.unit, "编号": request.number, "类型": request.kind, MARK: request.mark, "现": request.now, "申请改为": request.to}
    word, why = fields.get(HANDLING, ""), fields.get(REASON, "")
    return Line(
        DecisionSubject.REQUEST.value, subject, request.unit, request.number, request.kind, text, "", "", REQUEST_WORDS, word, why, REFERENCE, "申请事项", cells
    )
