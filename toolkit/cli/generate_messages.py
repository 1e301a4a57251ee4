"""What `generate` says: how many forms were made, whom to send what again, and why; what it and `collect` tell as data."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from toolkit.model.dispatch import DispatchAction

if TYPE_CHECKING:  # collect says its own through this, and makes no forms
    from toolkit.flows.issue.generate import Generated

_MOST = 20  # units that are named on the screen; the list has them all


def generated_words(done: "Generated", *, everybody: bool) -> Iterator[str]:
    """Tell in sentences; a first issue goes to everybody and is not told one by one."""
    yield f"生成 {len(done.issued)} 份，内容没有变化的 {len(done.unchanged)} 份，在 {done.folder}"
    changed = [dispatch for dispatch in done.dispatches if dispatch.deed is not DispatchAction.FIRST]
    yield from (f"{dispatch.deed}　{dispatch.unit}：{dispatch.why}。" for dispatch in changed[:_MOST])
    if done.dispatches:
        rest = f"……共 {len(changed)} 家，" if len(changed) > _MOST else ""
        yield f"{rest}发给谁、发什么、为什么，都列在 {done.listed}"
    if done.without_tasks:
        yield f"没有任务、不发表的单位：{'、'.join(done.without_tasks)}"
    if done.collectives and everybody:
        yield f"集合不单独发表（由成员分别填报）：{'、'.join(done.collectives)}"


def generated(period: str, done: "Generated") -> dict[str, Any]:
    """Give the same for --json: period, folder, list, dispatches (unit, deed, why, receipt, at), issued, unchanged, without_tasks, left."""
    dispatches = [
        {"unit": dispatch.unit, "deed": dispatch.deed.value, "why": dispatch.why, "receipt": dispatch.receipt, "at": dispatch.at.isoformat()}
        for dispatch in done.dispatches
    ]
    lists = {"issued": list(done.issued), "unchanged": list(done.unchanged), "without_tasks": list(done.without_tasks), "left": list(done.left)}
    return {"period": period, "folder": str(done.folder), "list": str(done.listed), "dispatches": dispatches, **lists}


def _open(done: Any) -> dict[str, list[str]]:
    """Tell what stays in the inbox, and what the clerk has to answer."""
    return {"left": list(done.left), "asked": list(done.asked)}


def _received(done: Any) -> list[dict[str, Any]]:
    """Tell what came in as data: unit, round, file, what it is, what it brought, what is next."""
    return [
        {"unit": file.unit or None, "period": file.period or None, "file": file.file, "what": file.what, "brought": file.brought, "next": file.following}
        for file in done.received
    ]


def collected(done: Any) -> dict[str, Any]:
    """Tell for --json: files (file, sha256, unit, period, outcome, reason, findings), totals, again, what is open, receipts, received; null: not known."""
    files = [
        {
            "file": a.sent.name,
            "sha256": a.sent.digest,
            "unit": a.unit or None,
            "period": a.period or None,
            "outcome": a.outcome.value,
            "reason": a.reason,
            "findings": [{"code": f.code.text.id, "level": f.shown_level, "place": str(f.place), "message": f.message, "advice": f.advice} for f in a.findings],
        }
        for a in done.arrivals
    ]
    totals: dict[str, int] = {"files": len(files)}
    for a in done.arrivals:
        totals[a.outcome.value] = totals.get(a.outcome.value, 0) + 1
    return {"files": files, "totals": totals, "again": done.again, **_open(done), "receipts": done.receipts._asdict(), "received": _received(done)}
