"""Rulings given on the page: the same rows and words as in the consolidated workbook, put down through the same way as what is typed there."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.checks.gather import gather
from toolkit.edges.clock import now
from toolkit.edges.ledger import decisions as kept
from toolkit.edges.reading.rulings_in import Book, Typed
from toolkit.edges.workspace import Workspace
from toolkit.flows.ground import Ground, opened
from toolkit.flows.receipts import write_receipts
from toolkit.flows.rulings import read_back, take_in
from toolkit.flows.standing import stand, stand_year
from toolkit.merging.arrivals import moment_in
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
    About,
    Editable,
    finding_subject,
)
from toolkit.model.findings import ADOPT, SENT_BACK, SETTLED, Finding, Level
from toolkit.model.kinds import plain
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.requests import REFERENCE, REQUEST_WORDS, Request, requests
from toolkit.model.seal import shown_text
from toolkit.model.standing import Round
from toolkit.model.trouble import Trouble

PAGE = "页面"  # where a word was given that stands in no workbook
_SHEETS = {About.FINDING: "问题清单", About.CONFLICT: "进展不一", About.REQUEST: "申请事项"}
_ADOPTABLE = "批注"


class Line(NamedTuple):
    """One thing to rule on: what it is about (finding, conflict, request), its subject, whose, on which task, what is said, where, what may be ruled,
    what holds now with its reason; `asks` the further column that a word needs (认定值, 文号).
    """

    about: str
    subject: str
    unit: str
    number: str
    title: str
    said: str
    advice: str
    place: str
    choices: tuple[str, ...]
    word: str
    why: str
    asks: str
    level: str
    cells: Mapping[str, str]


def lines_of(space: Workspace, period: Period) -> tuple[Line, ...]:
    """List what may be ruled on in a period: what waits first, then what was ruled. Raises Trouble where nothing was issued."""
    with opened(space) as ground:
        found = list(_lines(_state(ground, period)))
    return tuple(sorted(found, key=lambda one: bool(one.word)))


def rule(space: Workspace, period: Period, subject: str, word: str, *, why: str = "", more: str = "") -> tuple[str, ...]:
    """Put down the office's word on one line, '' takes it back; gives what there is to say. Raises Trouble for a line or word that is none."""
    with opened(space, alone=True) as ground:
        back = read_back(ground)
        line = next((one for one in _lines(_state(ground, period)) if one.subject == subject), None)
        if line is None:
            raise Trouble("这一条已经不在了：内容有了变化。", "请刷新页面再看。")
        if word and word not in line.choices:
            raise Trouble(f"不能认定为“{word}”。", f"可以选：{'、'.join(line.choices)}。")
        if word == CONFLICT_WORDS[2] and not more:
            raise Trouble(f"“{word}”要写明认定值。", "请填进度（如 60%）、数值或状态。")
        words = {HANDLING: word, REASON: why if word else "", **({line.asks: more if word else ""} if line.asks else {})}
        return _put(ground, period, _editable(About(line.about)), line.cells, words, back.said, back.units)


def correct_arrival(space: Workspace, period: Period, number: int, arrived: str, why: str) -> tuple[str, ...]:
    """Put down when a file really came, on the office's word. Raises Trouble for a day that cannot be read, or without a reason."""
    with opened(space, alone=True) as ground:
        if ground.ledger.file(number) is None:
            raise Trouble(f"没有 {number} 号文件。", "请刷新页面再看。")
        line = ground.line(period)
        moment = moment_in(arrived, line.due if line else None)
        if moment is None or not why:
            raise Trouble("收到时间没有改。", "请写明哪一天收到（如 2023-03-29 16:30）和理由。")
        back = read_back(ground)
        words = {ARRIVED: f"{moment:%Y-%m-%d %H:%M}", ARRIVED_REASON: why}
        editable = next(one for one in EDITABLE if one.about is About.FILE)
        return _put(ground, period, editable, {"文件号": str(number)}, words, back.said, back.units)


def _put(
    ground: Ground, period: Period, editable: Editable, cells: Mapping[str, str], words: Mapping[str, str], said: list[str], units: set[tuple[str, str]]
) -> tuple[str, ...]:
    """Put words down as if they had been typed into a workbook that shows all that is decided; then the receipts that they change."""
    with ground.ledger.writing() as connection:
        token = kept.remember_shown(connection, kept.holding(connection), now())
    typed = tuple(Typed(editable, cells, field, value, Place(PAGE, editable.sheet, "")) for field, value in words.items())
    done = take_in(ground, Book(str(period), token, typed))
    return (*ground.questions, *said, *done.said, *write_receipts(ground, units | done.units).left)


def _state(ground: Ground, period: Period) -> Round:
    return stand(ground, period) if period.quarter or period.month or ground.ledger.issued_units(str(period)) else stand_year(ground, period)


def _editable(about: About) -> Editable:
    return next(one for one in EDITABLE if one.about is about and one.sheet == _SHEETS[about])


def _lines(state: Round) -> Iterator[Line]:
    for finding in gather(state.findings):
        if (finding.level is Level.REVIEW and not finding.aside) or finding.verdict:
            yield _of_finding(finding, state)
    for one in ruled(state):
        yield _of_conflict(one, state)
    for request in requests(state):
        yield _of_request(request, state)


def _of_finding(one: Finding, state: Round) -> Line:
    cells = {"代码": one.code.text.id, "单位": one.unit, "编号": one.number, "栏目": one.title, MARK: one.mark, "问题": one.message}
    place = one.place
    subject = f"{state.period}|{finding_subject(one)}"
    choices = tuple(word for word in (*SETTLED, SENT_BACK) if word != ADOPT or _ADOPTABLE in one.message)
    where = " ".join(filter(None, (place.file, place.sheet, place.cell)))
    about = About.FINDING.value
    texts = {title: plain(text) for title, text in cells.items()}
    return Line(
        about, subject, one.unit, one.number, one.title, one.message, one.advice, where, choices, one.verdict, one.word, "", one.level.value, texts
    )


def _of_conflict(one: Ruled, state: Round) -> Line:
    conflict = one.conflict
    first, other, name = conflict.first, conflict.other, name_of(conflict, state)
    reported = [shown_text(said.row.value(conflict.field)) for said in (first, other)]
    cells = {
        "编号": first.row.number,
        "项目": name,
        "牵头单位": first.unit,
        "牵头所报": reported[0],
        "责任单位": other.unit,
        "责任所报": reported[1],
        MARK: conflict_mark(conflict),
    }
    said = f"{first.unit}（牵头）报“{reported[0]}”，{other.unit}（责任）报“{reported[1]}”。{one.why}"
    word, why = one.fields.get(HANDLING, ""), one.fields.get(REASON, "")
    subject = conflict_subject(conflict, state)
    return Line(
        About.CONFLICT.value, subject, other.unit, first.row.number, name, said, "", "", CONFLICT_WORDS, word, why, RULED_VALUE, "进展不一", cells
    )


def _of_request(one: Request, state: Round) -> Line:
    subject = one.subject(str(state.period))
    fields = state.decided.on(About.REQUEST, subject)
    said = f"申请{one.kind}：{one.now or '（空）'} → {one.to or '（空）'}。理由：{one.why or '（没有写）'}{'；依据：' + one.basis if one.basis else ''}"
    cells = {"单位": one.unit, "编号": one.number, "类型": one.kind, MARK: one.mark, "现": one.now, "申请改为": one.to}
    word, why = fields.get(HANDLING, ""), fields.get(REASON, "")
    return Line(About.REQUEST.value, subject, one.unit, one.number, one.kind, said, "", "", REQUEST_WORDS, word, why, REFERENCE, "申请事项", cells)
