"""What an agreed request changes in the master list, what of it cannot be told from its words, and what is still to be ruled or told."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.model.amendments import AmendmentSubject as Row
from toolkit.model.amendments import Change
from toolkit.model.column_kinds import show_number
from toolkit.model.deadlines import last_day
from toolkit.model.decisions import REASON, DecisionSubject
from toolkit.model.findings import SENT_BACK, Code, Finding
from toolkit.model.master import WITHDRAWN, Indicator, Master, Task
from toolkit.model.numerals import quantity_in, unit_of
from toolkit.model.place import Place
from toolkit.model.requests import AGREED, KIND, MORE, REFERENCE, Request, RequestKind, requests
from toolkit.model.standing import Round
from toolkit.model.task_numbers import task_number
from toolkit.model.values import joined_words

_NO_CHANGE = frozenset({RequestKind.NOTE, RequestKind.REPORT_LATER, RequestKind.CLOSE})


def task_of(request: Request, master: Master) -> Task | None:
    """Find the task that a request is about: its number may be typed with or without 任务; None where it names none of the list."""
    return master.task(task_number(request.number, (task.number for task in master.tasks)))


def changes_list(request: Request) -> bool:
    """Whether a request is of a kind that asks for a change of the master list."""
    return request.kind not in _NO_CHANGE


def change_of(request: Request, master: Master, year: int) -> Change | str:
    """Give the change that an agreed request makes, or in words why it cannot be told."""
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


def _lead(request: Request, task: Task, master: Master) -> Change | str:
    names = [part.strip() for part in request.to.replace("，", "、").split("、") if part.strip()]
    unknown = [name for name in names if master.resolve(name) is None]
    if unknown or not names:
        return f"“{'、'.join(unknown)}”不在单位名录里" if unknown else "没有写改为哪个单位"
    leads = [unit.name for name in names if (unit := master.resolve(name))]
    return Change(Row.TASK, task.number, "牵头单位", "、".join(task.leads), "、".join(leads))


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
    """Read a value in the indicator's unit; a bare number is in it."""
    found = quantity_in(text)
    if found is None or (not found.name and not found.power):
        return found.number if found else None
    power, name = unit_of(indicator.unit)
    return found.in_power(power) if found.name == name else None


def open_requests(state: Round) -> Iterator[Finding]:
    """Ask about requests that nobody has ruled on, in one line, and about agreed ones that nothing could be made of."""
    waiting = [request for request in requests(state) if not request.word(state) and request.kind != RequestKind.NOTE]
    if waiting:
        facts = {"count": str(len(waiting)), "which": joined_words([f"{request.unit}（{request.number}{request.kind}）" for request in waiting])}
        yield Finding(Code.REQUESTS_OPEN, Place(), facts, title="申请事项")
    for request in requests(state):
        why = change_of(request, state.master, state.period.year) if request.word(state) == AGREED and changes_list(request) else ""
        if isinstance(why, str) and why:
            yield Finding(Code.REQUEST_UNCLEAR, _place(request), {"kind": request.kind, "number": request.number, "why": why}, request.unit, "申请事项")


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
