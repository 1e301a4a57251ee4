"""What the ledger keeps of papers: what was written, with its digest and number; the letters of supervision and how far each matter is."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from toolkit.edges.ledger.database import Database
from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger_tables import papers
from toolkit.edges.ledger.ledger_tables import supervision as letters
from toolkit.model.period import Period
from toolkit.model.supervision import Step, Supervised


class Written(NamedTuple):
    """A paper that was written: SHA-256 of its bytes, its number within the year (0: it has none), when."""

    digest: str
    number: int
    at: datetime


class PaperLog:
    """The part of a ledger that papers need."""

    def __init__(self, database: Database) -> None:
        """Work in one open database."""
        self._database = database

    def written(self, period: str) -> dict[str, Written]:
        """Give digest, number and time of what was written for a period, by its name below 文书; {} for nothing."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(papers).where(papers.c.period == period)).mappings()
            return {row["name"]: Written(row["digest"], row["number"], row["at"]) for row in rows}

    def record(self, connection: sa.Connection, period: str, name: str, written: Written) -> None:
        """Record a paper as it was just written, in the place of what was recorded before."""
        connection.execute(papers.delete().where(papers.c.period == period, papers.c.name == name))
        connection.execute(papers.insert().values(period=period, name=name, **written._asdict()))
        append(connection, EventKind.PAPER, period=period, name=name, digest=written.digest, number=written.number)

    def next_number(self, year: int) -> int:
        """Give the number after the highest that a paper of a year's periods has had; 1 where none had one."""
        same = papers.c.period.like(f"{year}%")
        with self._database.reading() as connection:
            return (connection.execute(sa.select(sa.func.max(papers.c.number)).where(same)).scalar() or 0) + 1

    def supervision(self, period: str) -> list[Supervised]:
        """List the letters of supervision of a period (`2023Q1`), by year and number; [] for none."""
        query = sa.select(letters).where(letters.c.period == period).order_by(letters.c.year, letters.c.number)
        with self._database.reading() as connection:
            return [Supervised(**{**row, "state": Step(row["state"])}) for row in connection.execute(query).mappings()]

    def assign(self, connection: sa.Connection, period: Period, tasks: Sequence[tuple[str, str]], *, deadline: date, at: datetime) -> list[Supervised]:
        """Give each (task, unit) of a period its letter: the one it has, else a new one with the year's next number; in their order."""
        known = {supervised.task: supervised for supervised in self.supervision(str(period))}
        year = sa.select(sa.func.max(letters.c.number)).where(letters.c.year == period.year)
        number = connection.execute(year).scalar() or 0
        given = []
        for task, unit in tasks:
            if task not in known:
                number += 1
                known[task] = Supervised(period.year, number, str(period), task, unit, Step.ASSIGNED, deadline, "", "", at)
                connection.execute(letters.insert().values(**{**known[task]._asdict(), "state": known[task].state.value}))
                append(connection, EventKind.SUPERVISE, period=str(period), unit=unit, year=period.year, number=number, task=task, deadline=str(deadline))
            given.append(known[task])
        return given

    def update_supervision(self, connection: sa.Connection, year: int, number: int, *, state: Step, feedback: str, note: str) -> bool:
        """Keep what the clerk says of a letter; whether there is such a letter. Number, task and deadline stay as they were given."""
        same = sa.and_(letters.c.year == year, letters.c.number == number)
        if connection.execute(letters.update().where(same).values(state=state.value, feedback=feedback, note=note)).rowcount != 1:
            return False
        append(connection, EventKind.SUPERVISE, year=year, number=number, state=state.value, feedback=feedback, note=note)
        return True
