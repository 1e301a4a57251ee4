"""demo_year: a whole year on the real 2023 notice in a scratch workspace – work plans and four quarters – with played units and their mistakes."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace, real_notice
from toolkit.flows.closing.close_period import close, list_corrections
from toolkit.flows.demo import play_life
from toolkit.flows.demo.demo import COLLECTED_AFTER, YEAR, Progress, Say, ShowTable, begun, received, show_findings
from toolkit.flows.demo.play_round import SEED, answer, send_late
from toolkit.flows.demo.play_scores import play_scorecards, play_veto
from toolkit.flows.demo.play_year import REFERENCE, amend_year, next_notice
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import Consolidated, consolidate
from toolkit.flows.report.documents import documents
from toolkit.model.master import Deadline
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.rehearsal.played_answers import Part

_CLOSED_AFTER, _TOO_LATE = timedelta(days=9), timedelta(days=12)  # from the day a round is due
_TALKS_AFTER, _LAST_LETTERS = timedelta(days=20), Period(2023, 4)  # when the watch calls for talks, and in which round
_CLOSED, _BEFORE_CHANGE = Period(2023, 1), Period(2023, 2)  # the round that is closed, and the one after which something is changed


class Played(NamedTuple):
    """One round: its period, the parts that were played, what came at first and in answer to receipts, and the workbook made of it."""

    period: Period
    parts: tuple[Part, ...]
    first: Collected
    second: Collected
    book: Consolidated


def demo_year(to: Path | None, *, say: Say, show_table: ShowTable, progress: Progress, seed: int = SEED) -> tuple[Played, ...]:
    """Run a whole year: the work plans, four quarters with their receipts, papers and workbooks, and the year's workbook at the end."""
    space = begun(to, say)
    rounds = []
    for number, period in enumerate((YEAR, *YEAR.quarters()), 1):
        say(f"——第 {number} 轮：{period.label}{'' if period.quarter else '工作方案'}——")
        rounds.append(_round(space, period, seed, say=say, show_table=show_table, progress=progress))
        if period == _CLOSED:
            _close(space, rounds[-1], say=say, progress=progress)
        if period == _BEFORE_CHANGE:
            _amend(space, rounds[-1], say=say)
    due = rounds[-1].book.round.due
    play_veto(space, YEAR, say=say)
    with held((due or rounds[-1].parts[0].sends) + _CLOSED_AFTER):
        documents(space, YEAR, yellow=False, progress=progress)
        open_rounds = [at for at, played in enumerate(rounds) if played.period not in {YEAR, _CLOSED}]
        for at in open_rounds:  # they list the changed rules as a correction after the first closing
            rounds[at] = rounds[at]._replace(book=consolidate(space, rounds[at].period))
        year = consolidate(space, YEAR)
    show_table("全年各轮", ("轮次", "发放", "收到", "退改后重报", "没报", "还有错误", "蓝绿黄红灰"), [_line(played) for played in rounds])
    for arrival in (arrival for played in rounds for arrival in played.first.arrivals if arrival.outcome is Outcome.WAITING):
        say(f"“{arrival.sent.name}”待认定，可以练习：--workspace {space.root} returns {arrival.period}")
    say("可以打开看：")
    for path in (space.master, *(played.book.path for played in rounds[1:]), year.path, space.root / "outbox"):
        say(f"    {path}")
    _turn(space, say=say)
    return tuple(rounds)


def _close(space: Workspace, played: Played, *, say: Say, progress: Progress) -> None:
    """Close a round with what is undecided, and let a return come that is too late for it."""
    period, due = played.period, played.book.round.due
    with held((due or played.parts[0].sends) + _CLOSED_AFTER):
        done = close(space, period, with_open=True, confirm=False, progress=progress)
    say(f"{period.label}定稿：第 1 稿，{done.files} 个文件，未决事项 {len(done.matters)} 项；以后不再变。")
    unit = send_late(space, period, played.parts, _TOO_LATE)
    with held((due or played.parts[0].sends) + _TOO_LATE):
        collect(space, progress=progress)
    found = list_corrections(space, period)
    play_scorecards(space, period, (due or played.parts[0].sends) + _TOO_LATE, say=say, progress=progress)
    say(f"{unit}在定稿以后才报：记作定稿后更正 {len(found)} 处，在下一季度的汇总表里，也可以运行 returns {period} 看；定稿没有动。")


def _talks(space: Workspace, period: Period, line: Deadline, *, say: Say) -> None:
    """Let the watch climb the ladder some days after the letters of supervision."""
    with held(line.due + _TALKS_AFTER):
        done = play_life.climb(space, period)
    say(f"督办阶梯：督办通知单发出后没有反馈的，由值守写约谈通知等 {done.papers} 份，见汇总表的“督办阶梯台账”和文书文件夹。")


def _amend(space: Workspace, played: Played, *, say: Say) -> None:
    """Lower a target and give a unit another name, from the next quarter on."""
    since = Period(YEAR.year, played.period.quarter + 1)
    with held((played.book.round.due or played.parts[0].sends) + _CLOSED_AFTER):
        for changed in amend_year(space, since):
            say(f"年中调整（{REFERENCE}）：{changed.what}由“{changed.before}”改为“{changed.after}”，自 {changed.since} 起；记在任务总表的“调整台账”。")


def _turn(space: Workspace, *, say: Say) -> None:
    """Import the next year's notice: the old year keeps its list and its books."""
    with held(date(YEAR.year + 1, 1, 8)):
        done = next_notice(space, real_notice(), YEAR.year + 1)
    say(f"换年：导入 {YEAR.year + 1} 年的通知，任务总表换成新一年的；{YEAR.year} 年的留在 {done.beside}，它的汇总表不变。没有完成的任务列在新总表里备选。")


def _round(space: Workspace, period: Period, seed: int, *, say: Say, show_table: ShowTable, progress: Progress) -> Played:
    with open_office(space) as office:
        line = office.deadline(period)
    with held(line.start):
        issued = generate(space, period, only=(), progress=progress)
    say(f"生成 {len(issued.issued)} 份表；由程序扮演各单位填表，放入收件箱。其中：")
    asking = partial(play_life.ask, space, period) if period == _CLOSED else None
    parts, first = received(space, period, say=say, progress=progress, seed=seed, meanwhile=asking)
    with held(line.due + COLLECTED_AFTER):
        show_findings("收表发现的问题", first, show_table)
        answered = answer(space, period, parts)
        say(f"写出退改表 {len(first.receipts.to_mend)} 份，其中 {answered} 个单位改好后重新报送。")
    with held(line.due + _CLOSED_AFTER):
        second = collect(space, progress=progress)
        if period == _LAST_LETTERS:
            play_life.talks_on(space)
        documents(space, period, yellow=False, progress=progress)
    if period == _LAST_LETTERS:
        _talks(space, period, line, say=say)
    with held(line.due + _CLOSED_AFTER):
        book = consolidate(space, period)
        if period == _CLOSED:
            say(f"销号：{play_life.rule(space, period)}。")
    return Played(period, parts, first, second, book)


def _line(played: Played) -> tuple[object, ...]:
    units = played.book.round.units
    lights = " ".join(str(count) for count in played.book.assessment.counted().values())
    missing, wrong = sum(unit.outcome is None for unit in units), sum(unit.errors > 0 for unit in units)
    return str(played.period), len(units), len(played.first.arrivals), len(played.second.arrivals), missing, wrong, lights
