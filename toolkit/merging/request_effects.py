"""What an agreed request changes in the master list, what of it cannot be told from its words, and what is still to be ruled or told."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from toolkit.model.amendments import AmendmentSubject as Row
from toolkit.model.amendments import Change
from toolkit.model.answered_doubts import names_in
from toolkit.model.column_kinds import show_number
from toolkit.model.deadlines import last_day
from toolkit.model.decisions import GRACE, HANDLING, REASON, DecisionSubject
from toolkit.model.findings import SENT_BACK, Code, Finding
from toolkit.model.master import WITHDRAWN, Indicator, Master, Task
from toolkit.model.numerals import quantity_in, unit_of
from toolkit.model.place import Place
from toolkit.model.requests import AGREED, KIND, MORE, REFERENCE, Request, RequestKind, requests
from toolkit.model.standing import Round
from toolkit.model.task_numbers import task_number
from toolkit.model.values import joined_words

_NO_CHANGE = frozenset({RequestKind.NOTE, RequestKind.REPORT_LATER, RequestKind.CLOSE})
_STEP = Decimal(100)  # a bare number that many times as much as the target, or as little, was meant in another unit


def task_of(request: Request, master: Master) -> Task | None:
    """Find the task that a request is about: its number may be typed with or without 任务; None where it names none of the list."""
    return master.task(task_number(request.number, (task.number for task in master.tasks)))


def changes_list(request: Request) -> bool:
    """Whether a request is of a kind that asks for a change of the master list."""
    return request.kind not in _NO_CHANGE


def change_of(request: Request, master: Master, year: int) -> Change | str:
    """Give the change that an agreed request makes of the list as it stands, or in words why it cannot be told."""
    change = _wanted(request, master, year)
    if isinstance(change, Change) and request.kind in {RequestKind.DEADLINE, RequestKind.TARGET, RequestKind.LEAD}:
        return _hindrance(request, change, master, year) or change
    return change


def _wanted(request: Request, master: Master, year: int) -> Change | str:
    task = task_of(request, master)
    if task is None:
        return f"“{request.number}”不是任务总表里的编号" if request.number else "没有写编号"
    if request.kind == RequestKind.DEADLINE:
        later = last_day(request.to, year=year)
        return Change(Row.TASK, task.number, "完成时限", task.deadline, later.isoformat()) if later else f"看不出延到哪一天（“{request.to}”）"
    if request.kind == RequestKind.WITHDRAW:
        return Change(Row.TASK, task.number, "状态", task.state, WITHDRAWN)
    if request.kind == RequestKind.LEAD:
        return _lead(request, task, master)
    return _target(request, master.targets(task.number))


def _hindrance(request: Request, change: Change, master: Master, year: int) -> str:
    """Say why a change cannot be what is meant: its task is withdrawn, or a later deadline is none; '' where nothing speaks against it."""
    task = task_of(request, master)
    if task is not None and task.state == WITHDRAWN:
        return "这项任务已经撤销"
    if request.kind != RequestKind.DEADLINE:
        return ""
    later, stands = last_day(change.after, year=year), last_day(change.before, year=year)
    if later and stands and later < stands:
        return f"“{request.to}”比现在的时限“{change.before}”还早"
    return f"“{request.to}”早在{year}年以前" if later and later.year < year else ""


def _lead(request: Request, task: Task, master: Master) -> Change | str:
    names = names_in(request.to)
    unknown = [name for name in names if master.resolve(name) is None]
    if unknown or not names:
        return f"“{'、'.join(unknown)}”不在单位名录里" if unknown else "没有写改为哪个单位"
    leads = [unit.name for name in names if (unit := master.resolve(name))]
    return Change(Row.TASK, task.number, "牵头单位", "、".join(task.leads), "、".join(dict.fromkeys(leads)))


def _target(request: Request, targets: list[Indicator]) -> Change | str:
    named = [target for target in targets if target.name in f"{request.now}{request.to}{request.why}"] if len(targets) > 1 else targets
    if len(named) != 1:
        return f"这项任务有 {len(targets)} 个量化指标，看不出要改哪一个" if targets else "这项任务没有量化指标"
    (indicator,) = named
    value = _number(request.to.removeprefix(indicator.name), indicator)
    if value is None:
        return f"看不出改为多少（“{request.to}”）"
    return Change(Row.INDICATOR, f"{indicator.number}|{indicator.name}", "目标值", show_number(indicator.target), show_number(value))


def _number(text: str, indicator: Indicator) -> Decimal | None:
    """Read a value in the indicator's unit; a bare number is in it. None for what may be a step up or down (+5, -5), or a number in another unit."""
    found = None if unicodedata.normalize("NFKC", text).strip().startswith("+") else quantity_in(text)
    if found is None or found.number < 0 <= indicator.target:
        return None
    power, name = unit_of(indicator.unit)
    if found.name or found.power:
        return found.in_power(power) if found.name == name else None
    is_strange = (power or name == "%") and found.number and indicator.target and not 1 / _STEP < abs(found.number / indicator.target) < _STEP
    return None if is_strange else found.number


def open_requests(state: Round, granted: Collection[str]) -> Iterator[Finding]:
    """Ask about requests that nobody has ruled on, in one line; about agreed ones that nothing could be made of, that contradict each other, or that the
    unit has put into other words since. `granted` are the subjects of those that the list was changed for.
    """
    made = [*requests(state)]
    waiting = [request for request in made if not request.word(state) and request.kind != RequestKind.NOTE]
    if waiting:
        facts = {"count": str(len(waiting)), "which": joined_words([f"{request.unit}（{request.number}{request.kind}）" for request in waiting])}
        yield Finding(Code.REQUESTS_OPEN, Place(), facts, title="申请事项")
    agreed = [request for request in made if request.word(state) == AGREED]
    for request in agreed:
        given = state.decided.on(DecisionSubject.GRACE, f"{state.period}|{request.unit}").get(GRACE)
        if request.kind == RequestKind.REPORT_LATER and not request.to and not given:
            nothing = {"field": GRACE, "seen": "", "why": "申请里没有写延到哪一天"}
            yield Finding(Code.BAD_ARRIVAL, _place(request), nothing, request.unit, "申请事项")
        elif changes_list(request) and request.subject(str(state.period)) not in granted:
            why = change_of(request, state.master, state.period.year)
            if isinstance(why, str):
                yield Finding(Code.REQUEST_UNCLEAR, _place(request), {"kind": request.kind, "number": request.number, "why": why}, request.unit, "申请事项")
    yield from _contrary(agreed, state)
    yield from _reworded(made, state, granted)


def _contrary(agreed: Sequence[Request], state: Round) -> Iterator[Finding]:
    """Point at agreed requests that want different things of one cell, and at those for a task that another one withdraws: which holds is chance."""
    year = state.period.year
    wanted = [(request, change) for request in agreed if changes_list(request) and isinstance(change := _wanted(request, state.master, year), Change)]
    withdrawn = {change.subject for request, change in wanted if request.kind == RequestKind.WITHDRAW}
    groups: dict[tuple[str, str], list[tuple[Request, Change]]] = {}
    for request, change in wanted:
        task = change.subject.partition("|")[0]
        groups.setdefault((task, "状态") if task in withdrawn else (change.subject, change.matter), []).append((request, change))
    for (_, matter), found in groups.items():
        some = sorted(found, key=lambda pair: pair[0][:7])
        if len({(change.matter, change.after) for _, change in some}) > 1:
            which = joined_words([f"{request.unit}（{request.number}{request.kind}：{change.after}）" for request, change in some])
            holds = next(change.before for _, change in some if change.matter == matter)
            facts = {"which": which, "matter": matter, "value": holds or "（空着）"}
            yield Finding(Code.REQUESTS_CONTRARY, _place(some[-1][0]), facts, title="申请事项")


def _reworded(made: Sequence[Request], state: Round, granted: Collection[str]) -> Iterator[Finding]:
    """Tell of agreed requests that stand no more as they were agreed to: the list is still as it was changed for them."""
    period = str(state.period)
    now = {request.subject(period) for request in made}
    answered = {_about(request.subject(period)) for request in made if request.word(state) in {AGREED, ""}}
    for subject, fields in state.decided.by.get(DecisionSubject.REQUEST, {}).items():
        if fields.get(HANDLING) == AGREED and subject in granted and subject.startswith(f"{period}|") and subject not in now:
            unit, number, kind = _about(subject)
            if (unit, number, kind) not in answered:
                yield Finding(Code.REQUEST_REWORDED, Place(), {"unit": unit, "kind": kind, "number": number}, unit, "申请事项")


def _about(subject: str) -> tuple[str, str, str]:
    """Give the unit, the number and the kind that a request's subject names."""
    unit, _, rest = subject.partition("|")[2].partition("|")
    number, kind, _ = rest.rsplit("|", 2)
    return unit, number, kind


def answers(state: Round) -> Iterator[Finding]:
    """Tell each unit what became of its requests; one that lacks material is to be mended."""
    for request in requests(state):
        word = request.word(state)
        if word:
            fields = state.decided.on(DecisionSubject.REQUEST, request.subject(str(state.period)))
            grounds = "，".join(filter(None, (fields.get(REFERENCE, ""), fields.get(REASON, ""))))
            facts = {"kind": request.kind, "number": request.number, "word": word, "grounds": f"（{grounds}）" if grounds else ""}
            yield Finding(Code.REQUEST_ANSWERED, _place(request), facts, request.unit, "申请事项", verdict=SENT_BACK if word == MORE else "")


def _place(request: Request) -> Place:
    return request.unit_row.row.answers[KIND].place
