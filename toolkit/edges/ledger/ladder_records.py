"""The ledger's part about the ladder of supervision: steps are taken once and kept for good, each in the event log."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ladder_tables import SAID, ladder_steps
from toolkit.edges.ledger.ledger import Ledger
from toolkit.model.ladder import LadderStep, Level


def steps_of(ledger: Ledger, period: str, up_to: datetime | None = None) -> list[LadderStep]:
    """Give the steps taken in a period, in their order, units by the names that they have in it; up to a moment where one is given."""
    until = sa.true() if up_to is None else ladder_steps.c.at <= up_to
    query = sa.select(ladder_steps).where(ladder_steps.c.period == period, until).order_by(ladder_steps.c.id)
    with ledger.reading() as connection:
        return [_step(ledger, row) for row in connection.execute(query)]


def take(ledger: Ledger, wanted: Sequence[LadderStep]) -> list[LadderStep]:
    """Take steps, each with the year's next number, in one transaction; a level that was taken for its unit and task stays as it is. Gives the new ones."""
    new: list[LadderStep] = []
    if not wanted:
        return new
    with ledger.writing() as connection:
        for step in wanted:
            unit = _key(ledger, step)
            known = {"period": step.period, "unit": unit, "task": step.task, "level": step.level.value}
            same = [ladder_steps.c[name] == value for name, value in known.items()]
            if connection.execute(sa.select(ladder_steps.c.id).where(*same)).first() is None:
                last = sa.select(sa.func.max(ladder_steps.c.number)).where(ladder_steps.c.year == step.year)
                given = step._replace(number=(connection.execute(last).scalar() or 0) + 1)
                row = {**given._asdict(), "unit": unit, "level": step.level.value}
                connection.execute(ladder_steps.insert().values(**row))
                append(connection, EventKind.CLIMB, period=step.period, unit=unit, steps=[[row[name] for name in SAID]])
                new.append(given)
    return new


def _key(ledger: Ledger, step: LadderStep) -> str:
    return "、".join(ledger.database.units.key(step.period, name) for name in step.unit.split("、"))


def _step(ledger: Ledger, row: sa.Row[tuple[object, ...]]) -> LadderStep:
    known = row._mapping  # noqa: SLF001 - SQLAlchemy's own public name
    unit = "、".join(ledger.database.units.name(known["period"], key) for key in known["unit"].split("、"))
    return LadderStep(known["year"], known["number"], known["period"], unit, known["task"], Level(known["level"]), known["cause"], known["paper"], known["at"])
