"""What collect and status say; while nothing has changed since, they say again what they said."""

import json
from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import typer

from toolkit.cli.generate_messages import collected
from toolkit.cli.screen import follow, say, show_table, teller
from toolkit.flows.office.kept_answers import answer
from toolkit.model.period import Period

_NAMES = 100  # that a line lists; a district has sixty units, a province thousands
_LISTED = 100  # lines of what a collect has brought: `returns` lists all
_NOTHING_CAME = "收件箱里没有新文件。"


def collect_and_say(space: Any, *, dask: str, as_json: bool, say_faults: Callable[[Any], None], say_left: Callable[[Any], None]) -> None:
    """Collect and say what came; exit 3 for faults of our own, 1 where something was left."""
    ran: list[Any] = []

    def run_now() -> Any:
        return _collect(space, dask, ran)

    result = run_now() if dask else answer(space, "collect", run_now, if_kept=lambda summary: summary is not None)
    if not ran:  # nothing has changed since nothing came
        summary, findings = result
        if as_json:
            say(json.dumps(summary, ensure_ascii=False, indent=1))
        else:
            say_faults(findings)
            say(_NOTHING_CAME)
        return
    done = ran[0]
    if as_json:
        say(json.dumps(collected(done), ensure_ascii=False, indent=1))
    else:
        say_faults(done.findings)
        _say_collected(done)
    if done.faults:
        raise typer.Exit(3)
    say_left((*done.left, *done.asked))


def _collect(space: Any, dask: str, ran: list[Any]) -> Any:
    """Collect; gives what is said where nothing came, None where something did or was left."""
    from toolkit.flows.intake.collect import collect as run
    from toolkit.flows.intake.read_files import readers_ahead

    with nullcontext() if dask else readers_ahead(space):
        done = run(space, progress=follow, cluster=dask, told=teller())
    ran.append(done)
    did = done.arrivals or done.again or done.faults or done.left or any(done.receipts)
    return None if did else (collected(done), done.findings)


def _say_collected(done: Any) -> None:
    """List what came; not to a page that listens, which shows it by itself: laying out a thousand lines takes half a second."""
    is_read = teller() is None
    if done.arrivals and is_read:
        rows = [(a.sent.name, a.unit or "—", a.period or "—", a.outcome.words, len(a.findings), a.reason) for a in done.arrivals]
        show_table("收表结果", ("文件", "单位", "期间", "结果", "问题", "说明"), rows, most=_LISTED)
    elif not done.arrivals:
        say(_NOTHING_CAME)
    if done.receipts.to_mend or done.receipts.clean:
        say(f"需要退改的 {len(done.receipts.to_mend)} 家、没有问题的 {len(done.receipts.clean)} 家，退改表和回执在 outbox/期间/退回。")
    if done.again:
        say(f"另有 {done.again} 个文件以前已收过，没有重复登记。")
    if done.received and is_read:
        from toolkit.model.received import TITLE

        lines = [(received.unit or received.file, received.period or "—", received.what, received.brought, received.following) for received in done.received]
        show_table(TITLE, ("单位", "期间", "是什么", "带来什么", "下一步"), lines, most=_LISTED)


def show_status(space: Any, period: Period | None, *, as_json: bool) -> None:
    """Show where a period stands, the newest issued where `period` is None; `as_json` writes one JSON object instead of sentences."""
    facts, files = answer(space, f"status {period or ''}".strip(), lambda: _status(space, period))
    if as_json:
        say(json.dumps(facts or {"period": None}, ensure_ascii=False, indent=1))
    elif facts is None:
        say("任务总表已建好，还没有发过表。下一步：generate 期间，例如 generate 2023Q1。")
    else:
        found = SimpleNamespace(**facts)
        sent = f"（其中 {len(found.unadopted)} 家交来的还没有采用，汇总表里算已报）" if found.unadopted else ""
        say(f"{found.period}：发放 {found.issued} 家，已报 {found.returned} 家，未报 {len(found.missing)} 家{sent}，截止 {found.due}。")
        for other in found.beside:
            names = f"（{'、'.join(other['missing'][:_NAMES])}）" if other["missing"] else ""
            say(f"同一段时间的 {other['period']}：发放 {other['issued']} 家，已报 {other['returned']} 家，未报 {len(other['missing'])} 家{names}。")
        rounds = "；".join(f"{period['period']} {period['words']}" for period in found.periods)
        say(f"各期：{rounds}")
        if found.open_matters or found.corrections:
            say(f"{found.period} {found.state}：未决事项 {found.open_matters} 项，定稿后更正 {found.corrections} 处（用“returns {found.period}”看）。")
        say(f"收到的文件：{files}")
        if found.lists:
            say("各清单：" + "；".join(f"{counted['list']} {counted['tasks']} 项，已报 {counted['reported']} 项" for counted in found.lists))
        if found.above:
            say("按上级单位（已报/发放）：" + "，".join(f"{parent} {returned}/{issued}" for parent, (issued, returned) in found.above.items()))
        _say_names(found)
        for fault in found.faults:
            say(fault)


def _say_names(found: SimpleNamespace) -> None:
    """Name the units that owe something, then the milestones that are overdue or due soon, then what else waits for the office."""
    lists = {
        "未报": found.missing,
        "迟报": found.late,
        "待退改": found.sent_back,
        "报了但填的都有错误、没有采用任何内容": found.untaken,
        "任务调整后还要补报": found.owe_later,
        "待认定": found.waiting,
        "成员待确认的集合": found.open_collectives,
    }
    for label, names in lists.items():
        if names:
            rest = f"……等 {len(names)} 家，全部名单用 status --json 或看汇总表“报送情况”" if len(names) > _NAMES else ""
            say(f"{label}：{'、'.join(names[:_NAMES])}{rest}")
    for label, nodes in {"逾期的里程碑节点": found.overdue_nodes, "临近到期的里程碑节点": found.due_nodes}.items():
        if nodes:
            say(f"{label}：{'；'.join(nodes[:_NAMES])}")
    for wait in found.waits:
        if wait["book"]:
            say(f"{wait['what']}：{wait['count']} 项（先运行 scorecards，再看“{wait['book']}”的“{wait['sheet']}”表）")
        else:
            say(f"{wait['what']}：{wait['count']} 项（汇总表“{wait['sheet']}”）")


def _status(space: Any, period: Period | None) -> tuple[dict[str, Any] | None, str]:
    """Give a period's status as data, and its files in words."""
    from toolkit.flows.report.status import status as run
    from toolkit.model.returns import Outcome

    found = run(space, period)
    return (found._asdict(), "，".join(f"{Outcome(key).words} {count}" for key, count in found.outcomes.items())) if found else (None, "")
