"""One workspace as the page works on it: the desk read anew when something has changed, the command that runs, and the deeds that write."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock

from toolkit.edges.incoming import LARGEST, Incoming
from toolkit.edges.log import log_fault
from toolkit.edges.loopback import listening, show_in_browser
from toolkit.edges.workspace import LANGUAGES, Workspace
from toolkit.flows.office.screen_words import screen_words
from toolkit.flows.page import cards, changes, notices, outputs, registers, rulings
from toolkit.flows.page.desk import Desk, desk, stamp_of
from toolkit.flows.page.node_calendar import NodeCalendar, node_calendar
from toolkit.flows.page.work import Work
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period
from toolkit.model.words import SOURCE, Words

_KEPT = 8  # desks of other periods


class Session:
    """What the page holds of a workspace; nothing of it is true beside workspace and ledger, and all of it may be forgotten."""

    def __init__(self, space: Workspace) -> None:
        self._space, self.work = space, Work(space)
        self._desks: dict[str, tuple[tuple[object, ...], Desk]] = {}
        self._reading = Lock()
        self._spoken: tuple[object, Words] = (None, SOURCE)

    def words(self) -> Words:
        """Give the page's language: as asked, as the settings say, else that of all forms; looked for anew when one of these files has changed.

        A language without words is said by the commands; the page then stays in the one before.
        """
        watched = (self._space.root / "settings.toml", self._space.templates / LANGUAGES, *self._space.form_files())
        stamp = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in watched if path.exists())
        if stamp != self._spoken[0]:
            with suppress(CommandError):
                self._spoken = stamp, screen_words(self._space) or SOURCE
        return self._spoken[1]

    def desk(self, period: str) -> Desk:
        """Give the desk of a period ('': the last issued); read anew where something has changed, but not while a command writes and one is known."""
        asked = str(Period.parse(period)) if period else ""
        with self._reading:
            known = self._desks.get(asked)
            if known is None or not (self.work.is_busy or known[0] == stamp_of(self._space)):
                known = self._read(Period.parse(asked) if asked else None)
                while len(self._desks) >= _KEPT:
                    self._desks.pop(next(iter(self._desks)))
                self._desks[asked] = known
            return known[1]

    def _read(self, period: Period | None) -> tuple[tuple[object, ...], Desk]:
        """Read a desk with the state of the files it stands on; once more where they changed meanwhile: reading registers what the clerk changed itself."""
        for _ in range(2):
            before = stamp_of(self._space)
            found = desk(self._space, period)
            if stamp_of(self._space) == before:
                break
        return before, found

    def nodes(self, period: str) -> NodeCalendar:
        """Give a period's milestones that are overdue or due soon ('' for no period: none), without any where a command writes. Raises CommandError."""
        return node_calendar(self._space, Period.parse(period)) if period and not self.work.is_busy else NodeCalendar()

    def known_desk(self, period: str) -> Desk | None:
        """Give the desk as it was last read, None where it was not yet: for the first look, which waits for nothing."""
        known = self._desks.get(str(Period.parse(period)) if period else "")
        return known[1] if known else None

    def is_current(self, period: str) -> bool:
        """Whether the desk that was last read still holds: nothing has changed since, also by another program or by hand, or a command is at work."""
        known = self._desks.get(str(Period.parse(period)) if period else "")
        return known is not None and (self.work.is_busy or known[0] == stamp_of(self._space))

    def mark(self, period: str) -> str:
        """Give what tells a period's desk as it was last read from any other, '' where it was not."""
        known = self._desks.get(str(Period.parse(period)) if period else "")
        return f"{hash(known[0])}" if known else ""

    def incoming(self, name: str, sent: datetime | None) -> Incoming:
        """Make ready to take in a file that was dropped. Raises CommandError for a name that cannot be."""
        return Incoming(self._space.inbox, name, sent)

    def incoming_notice(self, name: str) -> Incoming:
        """Make ready to take in a notice, beside the records. Raises CommandError for a name that cannot be."""
        return Incoming(self._space.notices, name.replace("\\", "/").rpartition("/")[2], None, keeps_one=True)

    def questions(self) -> tuple[notices.Question, ...]:
        """List what the importer asks (待确认) and nobody has answered; () without a list or questions."""
        return notices.questions(self._space)

    def answer(self, key: str, word: str) -> tuple[str, ...]:
        """Write the clerk's answer to one of them into the master list. Raises CommandError."""
        self._at_rest()
        return notices.answer(self._space, key, word)

    def has_list(self) -> bool:
        """Whether the file of a master list is there; it is not opened."""
        return self._space.master.exists()

    def lines(self, period: str) -> tuple[rulings.Line, ...]:
        """List what may be ruled on in a period. Raises CommandError for what is no period."""
        return rulings.lines_of(self._space, Period.parse(period))

    def label(self, period: str) -> str:
        """Name a period in Chinese: `2023Q1` → 2023年第一季度. Raises CommandError for what is none."""
        return Period.parse(period).label

    def rule(self, period: str, subject: str, word: str, *, why: str, more: str, shown: str | None) -> tuple[str, ...]:
        """Put down a ruling; gives sentences for the clerk. Raises CommandError while a command runs, and for a word that cannot be ruled on it."""
        self._at_rest()
        return rulings.rule(self._space, Period.parse(period), subject, word, why=why, more=more, shown=shown)

    def registers(self, period: str) -> registers.Registers:
        """List what the office answers in a period: 销号, 协调事项, 申诉, 督办阶梯. Raises CommandError for what is no issued period."""
        return registers.registers(self._space, Period.parse(period))

    def answer_line(self, period: str, sheet: str, subject: str, words: Mapping[str, str], *, shown: Mapping[str, str]) -> tuple[str, ...]:
        """Put down what was typed on one of these rows; gives sentences. Raises CommandError while a command runs, and for words that have no effect."""
        self._at_rest()
        return registers.answer(self._space, Period.parse(period), sheet, subject, words, shown=shown)

    def correct_arrival(self, period: str, number: int, arrived: str, why: str) -> tuple[str, ...]:
        """Put down when a file really came; gives sentences for the clerk. Raises CommandError while a command runs, and for what is no file or time."""
        self._at_rest()
        return rulings.correct_arrival(self._space, Period.parse(period), number, arrived, why)

    def duties(self, unit: str, period: str) -> cards.Duties:
        """List a unit's tasks in a period. Raises CommandError for a unit that is unknown."""
        return cards.duties(self._space, unit, Period.parse(period))

    def original(self, number: int) -> tuple[Path, str]:
        """Give a file's archived original and its name. Raises CommandError where there is none."""
        return cards.original(self._space, number)

    def choices(self) -> changes.Choices:
        """Give what the wizard for changes offers: from the master list in force."""
        return changes.choices(self._space)

    def preview(self, asked: changes.Asked) -> changes.Preview:
        """Say what a change would do; nothing is written. Raises CommandError for a change that cannot be."""
        return changes.preview(self._space, asked)

    def register(self, asked: changes.Asked) -> changes.Preview:
        """Write a change into 调整台账; gives what it does. Raises CommandError while a command runs, and for a change that cannot be."""
        self._at_rest()
        return changes.register(self._space, asked)

    def shelves(self, period: str) -> tuple[outputs.Shelf, ...]:
        """List the books and papers of a period, by shelf (汇总, 文书, 成绩, 退回, 发放, 邮件). Raises CommandError for what is no period."""
        return outputs.shelves(self._space, Period.parse(period))

    def output(self, period: str, shelf: str, name: str) -> Path:
        """Give a listed file's path. Raises CommandError for any other."""
        return outputs.output(self._space, Period.parse(period), shelf, name)

    def open_output(self, period: str, shelf: str, name: str) -> bool:
        """Open a listed file, or its folder, with the system's own program."""
        return outputs.open_output(self._space, Period.parse(period), shelf, name)

    def fault(self, doing: str, error: Exception) -> str:
        """Log a fault of our own with its traceback; gives the log's path from the workspace."""
        return log_fault(self._space, doing, error)

    def _at_rest(self) -> None:
        if self.work.is_busy and self.work.last:
            raise CommandError(f"正在{self.work.last.title}。", "请等它做完，或先点“停止”。")


__all__ = ["LARGEST", "Incoming", "Session", "listening", "show_in_browser"]
