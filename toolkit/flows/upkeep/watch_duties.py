"""How each duty of unattended work is done: one flow each, and one line about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from toolkit.edges.inbox import waiting_files
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.mail.deliver_letters import Delivered
from toolkit.flows.mail.escalate import escalate
from toolkit.flows.mail.fetch import fetch
from toolkit.flows.mail.remind import remind
from toolkit.flows.mail.send import Sent, send
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.agenda import Duty
from toolkit.model.letter import Kind
from toolkit.model.period import Period


class DutyResult(NamedTuple):
    """What is to be said of a duty, '' when nothing happened; `left` are sentences about what could not be done."""

    text: str
    left: tuple[str, ...] = ()


def _open(space: Workspace, period: str) -> DutyResult:
    made = generate(space, Period.parse(period), only=(), progress=_quietly)
    return DutyResult(f"生成报送表 {len(made.issued)} 份。", made.left)


def _send(space: Workspace, period: str) -> DutyResult:
    return _posted(send(space, Period.parse(period), Kind.ISSUE, only=(), resend=(), progress=_quietly))


def _receipts(space: Workspace, period: str) -> DutyResult:
    return _posted(send(space, Period.parse(period), Kind.RECEIPT, only=(), resend=(), progress=_quietly))


def _remind(space: Workspace, period: str) -> DutyResult:
    return _posted(remind(space, Period.parse(period), only=(), resend=(), progress=_quietly))


def _fetch(space: Workspace, _period: str) -> DutyResult:
    got = fetch(space, progress=_quietly)
    left = tuple(f"{finding.message}{finding.advice}" for finding in got.findings)
    return DutyResult(f"收到新邮件 {len(got.files)} 封。" if got.files else "", left)


def _collect(space: Workspace, _period: str) -> DutyResult:
    if not waiting_files(space):
        return DutyResult("")
    got = collect(space, progress=_quietly)
    returns = [arrival for arrival in got.arrivals if arrival.unit]
    mend = f"，需要退改的 {len(got.receipts.to_mend)} 家" if got.receipts.to_mend else ""
    return DutyResult(f"收到报送表 {len(returns)} 份{mend}。" if got.arrivals else "", (*got.left, *got.asked, *got.receipts.left))


def _consolidate(space: Workspace, period: str) -> DutyResult:
    return DutyResult(f"汇总表已生成：{space.relative(consolidate(space, Period.parse(period)).path)}。")


def _escalate(space: Workspace, period: str) -> DutyResult:
    done = escalate(space, Period.parse(period), progress=_quietly)
    papers = f"写督办文书 {done.papers} 份" if done.papers else ""
    return DutyResult("，".join(filter(None, (papers, _sent(done.delivered)))) + "。" if papers or _sent(done.delivered) else "", done.left)


def _sent(done: Delivered) -> str:
    texts = [f"发出 {len(done.sent)} 封"] if done.sent else []
    texts += [f"写成草稿 {len(done.new_drafts)} 封"] if done.new_drafts else []
    return "，".join(texts)


def _posted(sent: Sent) -> DutyResult:
    words = _sent(sent.delivered)
    return DutyResult(f"{words}。" if words else "", tuple(sent.delivered.left))


def _quietly(items: Sequence[Any], _title: str) -> Iterable[Any]:
    return items


DUTIES: Mapping[Duty, Callable[[Workspace, str], DutyResult]] = {
    Duty.OPEN: _open,
    Duty.SEND: _send,
    Duty.FETCH: _fetch,
    Duty.COLLECT: _collect,
    Duty.RECEIPTS: _receipts,
    Duty.REMIND: _remind,
    Duty.CONSOLIDATE: _consolidate,
    Duty.ESCALATE: _escalate,
}
