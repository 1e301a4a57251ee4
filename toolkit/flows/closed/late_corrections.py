"""定稿后更正: what came after a period was closed – returns, rulings, changes of the list and of the rules – held against what was closed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from toolkit.amending.list_differences import differences
from toolkit.edges.ledger.decision_records import after, holding
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.unit_history import filed_records, taken
from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.merge_versions import current_files
from toolkit.model.amendments import Amendment, Change
from toolkit.model.amendments import AmendmentSubject as Part
from toolkit.model.closing import Correction
from toolkit.model.decisions import LIGHT_REASON, REASON, REPORTED, Decided, Decision, DecisionSubject
from toolkit.model.form import Form
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Outcome, Row
from toolkit.model.rules import Rules
from toolkit.model.seal import shown_text

LATE, JUDGED, RULED, LIST, RULES = "定稿后收到", "结果改判", "认定", "总表改动", "考核规则"
_NOTHING, _NOT_SENT = "（没有）", "未报"


def corrections(office: OfficeContext, period: Period) -> tuple[Correction, ...]:
    """List what came after a period's newest draft, in a fixed order; nothing where it was never closed."""
    newest = office.drafts.newest(period)
    if newest is None:
        return ()
    then, live = (office.whole or office).closed(period, newest.number), office.live(period)
    found = [*_files(then, live, period), *_rulings(then, live, period), *_list(then, live, period, newest.at), *_rules(then.rules(), live.rules())]
    return tuple(correction._replace(period=str(period), draft=newest.number) for correction in found)


def _files(then: OfficeContext, live: OfficeContext, period: Period) -> Iterator[Correction]:
    """List the files that came after, cell by cell, those whose outcome was changed, and those that were moved to another round."""
    stage, records = then.stage, {record.id: record for record in live.records()}
    known = {record.id: record for record in stage.files} if stage else {}
    for record in (record for number, record in known.items() if number not in records):
        yield Correction("", 0, JUDGED, record.unit, "", "整份文件", record.outcome.words, "归到别的一期", None, "", path=record.path, place=Place(record.name))
    new = [record for number, record in records.items() if number not in known or record.outcome is not known[number].outcome]
    if not new:
        return
    form = live.form_of(period)
    closed = {unit: file.rows for unit, file in current_files(taken(then, period), None).items()}
    files = {file.id: file for file in filed_records(live, new)}
    for record in sorted(new, key=lambda record: record.id):
        yield from _file(record, known.get(record.id), files[record.id], form, closed.get(record.unit))


def _file(record: FileRecord, before: FileRecord | None, file: FiledReturn, form: Form, closed: Sequence[Row] | None) -> Iterator[Correction]:
    kind, was = (JUDGED, before.outcome.words) if before else (LATE, _NOT_SENT if closed is None else _NOTHING)
    now, place = record.outcome.words, Place(record.name)
    whose = record.unit or f"（文件）{record.name}"
    whole = Correction("", 0, kind, whose, "", "整份文件", was, now, record.collected, record.reason, path=record.path, place=place)
    if record.outcome is Outcome.IGNORED:
        return
    if record.outcome is Outcome.ATTACHED:
        yield whole._replace(column="佐证材料", closed=before.outcome.words if before else _NOTHING)
        return
    if record.outcome is Outcome.APPEALED:
        yield whole._replace(column="申诉", closed=_NOTHING)
        return
    yield whole
    held = {(row.table, row.key, code): answer.value for row in closed or () for code, answer in row.answers.items()}
    for row in file.rows:
        table = form.table(row.table)
        for code, answer in row.answers.items():
            old, new = held.get((row.table, row.key, code)), shown_text(answer.value)
            field = table.field(code) if table else None
            if field and shown_text(old) != new:
                title = f"{row.key.partition('|')[2]}：{field.title}" if "|" in row.key else field.title
                yield whole._replace(number=row.number, column=title, closed=shown_text(old), now=new, place=answer.place)


def _rulings(then: OfficeContext, live: OfficeContext, period: Period) -> Iterator[Correction]:
    """List what the office has ruled since, the last word on each thing."""
    stage = then.stage
    if stage is None:
        return
    with then.ledger.reading() as connection:
        since = after(connection, stage.decided)
        closed, holds = (holding(connection, stage.decided), holding(connection)) if since else (Decided({}), Decided({}))
    files = {str(record.id): record for record in live.records()}
    letters = {letter.reference for letter in then.letters()}
    last = {(decision.about, decision.subject, decision.field): decision for decision in since}
    for (about, subject, field), word in sorted(last.items()):
        mine = (
            subject in files
            if about is DecisionSubject.FILE
            else subject in letters
            if about is DecisionSubject.SUPERVISION
            else subject.startswith(f"{period}|")
        )
        old, new = closed.on(about, subject).get(field, ""), holds.on(about, subject).get(field, "")
        if mine and old != new and field != REPORTED:
            why = "" if field in {REASON, LIGHT_REASON} else holds.on(about, subject).get(LIGHT_REASON if about is DecisionSubject.TASK else REASON, "")
            yield _ruling(word, old, new, why, files.get(subject) if about is DecisionSubject.FILE else None)


def _ruling(word: Decision, old: str, new: str, why: str, file: FileRecord | None) -> Correction:
    parts = word.subject.split("|")
    unit, number, column = "", "", word.field
    if file is not None:
        unit, column = file.unit, f"{file.id} 号文件{word.field}"
    elif word.about is DecisionSubject.FINDING:
        _, code, unit, number, title, *_ = (*parts, "", "", "", "", "")
        column = "：".join(filter(None, (f"{code} {title}".strip(), word.field)))
    elif word.about is DecisionSubject.EVIDENCE:
        _, unit, number, piece, *_ = (*parts, "", "", "")
        column = f"佐证材料（{piece} 号文件）{word.field}"
    elif word.about is DecisionSubject.APPEAL:
        _, unit, mark, *_ = (*parts, "", "")
        column = f"申诉 {mark}：{word.field}"
    elif word.about is DecisionSubject.CONFLICT:
        _, number, title, unit, *_ = (*parts, "", "", "")
        column = f"{title}：{word.field}"
    else:
        number = parts[min(1, len(parts) - 1)]
    return Correction("", 0, RULED, unit, number, column, old, new, word.at, why, word.who, path=file.path if file else "")


def _list(then: OfficeContext, live: OfficeContext, period: Period, since: datetime) -> Iterator[Correction]:
    """List where the list that would hold in the period today is another than the one that was closed."""
    changes = differences(then.master, live.master)
    if not changes:
        return
    rows = live.lists.amendments(period.year)
    for change in changes:
        row = next((row for row in reversed(rows) if _brought(row, change, since)), None)
        number = change.subject.partition("|")[0] if change.about in {Part.TASK, Part.INDICATOR} else ""
        unit = change.subject if change.about is Part.UNIT else ""
        what = "：".join(filter(None, (change.subject.partition("|")[2], change.matter)))
        why = "，".join(filter(None, (row.nature.value, row.reference, row.reason))) if row else ""
        yield Correction("", 0, LIST, unit, number, what, change.before, _short(change.after), row.at if row else None, why, row.who if row else "")


def _brought(row: Amendment, change: Change, since: datetime) -> bool:
    """Whether a row of 调整台账 is the one that brought a change."""
    same = (row.change.about, row.change.subject, row.change.matter) == (change.about, change.subject, change.matter)
    return same and row.at is not None and row.at >= since


def _short(text: str) -> str:
    return "（整行）" if text.startswith("{") else text


def _rules(then: Rules, now: Rules) -> Iterator[Correction]:
    """List what is different in the rules."""
    if then == now:
        return
    old, new = ({parameter.code: parameter for parameter in rules.parameters} for rules in (then, now))
    for code in dict.fromkeys((*old, *new)):
        was, value = (str(answers[code].value) if code in answers else "" for answers in (old, new))
        if was != value:
            yield _rule((new.get(code) or old[code]).name, was, value)
    modes = [{code.text.id: rules.mode(code).value for code in (*then.modes, *now.modes)} for rules in (then, now)]
    yield from (_rule(f"检查 {code}", modes[0][code], modes[1][code]) for code in modes[0] if modes[0][code] != modes[1][code])
    for title, name in _SHEETS.items():
        adjustment, other = getattr(then, name), getattr(now, name)
        if adjustment != other:
            yield _rule(title, f"{len(adjustment)} 行", f"{len(other)} 行，有改动")


_SHEETS = {"豁免": "exemptions", "任务权重": "weights", "加减分": "merits", "一票否决": "vetoes", "否决条件": "veto_conditions", "督办阶梯": "ladder"}


def _rule(title: str, old: str, new: str) -> Correction:
    return Correction("", 0, RULES, "", "", title, old, new, None, "考核规则.xlsx 改过")
