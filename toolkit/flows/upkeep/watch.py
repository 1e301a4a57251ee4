"""watch: the office's calendar and its mailbox, unattended; every look does what is due and no more."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.heartbeat import Heartbeat
from toolkit.edges.ledger.watch_log import WatchLog
from toolkit.edges.log import log_fault, log_line
from toolkit.edges.read_holidays import further_rest_days
from toolkit.edges.read_watch_plan import load_plan
from toolkit.edges.workspace import Workspace
from toolkit.flows.mail.escalate import climbs_by_itself
from toolkit.flows.office.office_context import open_office
from toolkit.flows.upkeep.watch_duties import DUTIES
from toolkit.model.agenda import TIMELESS, Action, Duty, Known, due_actions, passed_over
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period
from toolkit.model.workdays import Workdays

Say = Callable[[str], None]


def watch(space: Workspace, *, once: bool, say: Say) -> None:
    """Look after the office until stopped, or look once. Raises CommandError when another one does, or for settings that cannot be."""
    heart = Heartbeat(load_plan(space).minutes)
    with space.alone("无人值守"):
        watcher = Watcher(space, heart, say)
        watcher.tell("开始值守。")
        if once:
            watcher.beat()
        else:
            heart.run(watcher.beat)
        watcher.tell("停止值守。")
        watcher.report("已停止")


class Watcher:
    """One watch: what it said last of each duty, so that the same trouble is not said at every look."""

    def __init__(self, space: Workspace, heart: Heartbeat, say: Say) -> None:
        self._space, self._heart, self._say = replace(space, unattended=True), heart, say
        self._last: dict[tuple[str, str], str] = {}
        self._since, self._line = now(), ""
        self._looked = _last_look(space) or now()

    def beat(self) -> None:
        """Do what is due; a duty that fails stays due, and the others go on. What is made from returns comes last, after a second thought."""
        self._trouble(("时钟", ""), _jumped(self._heart.jump()))
        for last in (False, True):
            for action in self._guarded(("", ""), self._due) or ():
                if (action.duty is Duty.CONSOLIDATE) is last and not self._heart.stopping:
                    self._guarded((action.duty, action.period), lambda action=action: self._do(action))  # type: ignore[misc]
        self.report("值守中")

    def tell(self, text: str) -> None:
        """Write a line, the minute before it, into records/log/值守.log and on the screen."""
        self._line = f"{now():%Y-%m-%d %H:%M} {text}"
        log_line(self._space, self._line)
        self._say(self._line)

    def report(self, state: str) -> None:
        """Write records/watch.json, for a person or a program that wonders how the watch is doing."""
        at = now()
        troubles = [text for text in self._last.values() if text]
        facts: dict[str, Any] = {"state": state, "since": _stamp(self._since), "looked": _stamp(at), "last_action": self._line, "troubles": troubles}
        if state == "值守中":
            facts["next"] = _stamp(self._heart.next(at))
        write_file(self._space.records / "watch.json", json.dumps(facts, ensure_ascii=False, indent=1).encode())

    def _due(self) -> tuple[Action, ...]:
        with open_office(self._space) as office:
            self._trouble(("发表、汇总", ""), office.hindrance().replace("\n", " "))
            book = WatchLog(office.ledger)
            issued = book.issued()
            known = Known(book.done(), issued, {period for period in issued if office.drafts.holding(Period.parse(period))}, climbs_by_itself(office))
            today, calendar = now().date(), office.master.calendar
            due = due_actions(calendar, known, today, load_plan(self._space), Workdays(office.master.odd_days, further_rest_days))
            jump = self._heart.jump()
            if jump:
                return tuple(action for action in due if action.duty in TIMELESS)
            missed = passed_over(calendar, known, self._looked.date(), today)
            if missed:
                self.tell(f"跳过 {'、'.join(missed)}：这些期的日程已经过去，没有开期，也不再补做。")
            self._looked = max(self._looked, now())
            return due

    def _do(self, action: Action) -> None:
        done = DUTIES[action.duty](self._space, action.period)
        if action.names:
            with open_office(self._space) as office:
                WatchLog(office.ledger).record(action.names, now())
        if done.text:
            self.tell(f"{action.duty}{action.period and ' '}{action.period}：{done.text}")
        self._trouble((action.duty, action.period), " ".join(done.left))

    def _guarded(self, about: tuple[str, str], work: Callable[[], Any]) -> Any:
        """Do something; what goes wrong is a line in the log and nothing worse."""
        try:
            found = work()
        except CommandError as trouble:
            self._trouble(about, f"{trouble.message}{trouble.advice}")
            return None
        except Exception as error:  # noqa: BLE001 - whatever it is, the next look comes
            where = log_fault(self._space, f"watch {about}", error)
            self._trouble(about, f"程序自身出错了，详情记在 {where}，请发给维护人员。")
            return None
        if not about[0]:
            self._trouble(about, "")
        return found

    def _trouble(self, about: tuple[str, str], text: str) -> None:
        if text and self._last.get(about) != text:
            self.tell(" ".join(part for part in (*about, f"没有做完：{text}") if part))
        self._last[about] = text


def _jumped(jump: timedelta) -> str:
    """Say that the clock was set by days, and what waits until it has proved right; '' when it goes evenly."""
    if not jump:
        return ""
    days = round(abs(jump) / timedelta(days=1), 1)
    way = "往前" if jump > timedelta(0) else "往回"
    return f"系统时间{way}跳了 {days:g} 天。一个小时内只收信、收表，之后再开期、发放、催报、汇总。请核对这台电脑的日期。"


def _last_look(space: Workspace) -> datetime | None:
    """Read when the last watch looked last; None where there was none."""
    try:
        return datetime.fromisoformat(json.loads((space.records / "watch.json").read_text("utf-8"))["looked"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")

