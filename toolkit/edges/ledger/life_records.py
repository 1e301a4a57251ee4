"""The ledger's part about the lives of tasks: when forms were first handed out, every word on lives, and of returns only the rows that are asked for."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from toolkit.edges.ledger import decision_records
from toolkit.edges.ledger.ledger import FileRecord, Ledger
from toolkit.edges.ledger.ledger_tables import answers, decisions, issues
from toolkit.edges.ledger.row_records import ROW, rows_from
from toolkit.model.decisions import Decision, DecisionSubject
from toolkit.model.form import Form
from toolkit.model.returns import Row

_TOGETHER = 500  # files that one query names


def first_issues(ledger: Ledger, period: str) -> dict[str, datetime]:
    """Give when each unit was first issued a form for a period, by the name that it has in it."""
    query = sa.select(issues.c.unit, sa.func.min(issues.c.issued_at)).where(issues.c.period == period).group_by(issues.c.unit)
    with ledger.reading() as connection:
        return {ledger.database.units.name(period, unit): at for unit, at in connection.execute(query)}


def words_on(ledger: Ledger, about: DecisionSubject, up_to: int | None = None) -> list[Decision]:
    """Give every word of the office on one sort of thing, oldest first, up to a decision."""
    until = sa.true() if up_to is None else decisions.c.id <= up_to
    with ledger.reading() as connection:
        return decision_records.words(connection, decisions.c.about == about.value, until)


def rows_with(
    ledger: Ledger, wanted: Iterable[tuple[FileRecord, Form]], *, sheets: Collection[str], codes: Collection[str]
) -> dict[int, list[Row]]:
    """Give of many files only the rows with an answer that stand on some sheets or have one of some fields, by the file's id; a file without is not there."""
    known = {file.id: (file.name, form) for file, form in wanted}
    on_sheets = sa.and_(answers.c.sheet.in_(sheets), answers.c.answers != "{}")
    either = sa.or_(on_sheets, *(answers.c.answers.contains(f'"{code}":', autoescape=True) for code in codes))
    found: dict[int, list[Row]] = {}
    ids = list(known)
    with ledger.reading() as connection:
        for start in range(0, len(ids), _TOGETHER):
            which = answers.c.file.in_(ids[start : start + _TOGETHER])
            query = sa.select(answers.c.file, *(answers.c[name] for name in ROW)).where(which, either).order_by(answers.c.id)
            stored = connection.execute(query).fetchall()
            rows = rows_from([row[1:] for row in stored], [known[row[0]] for row in stored])
            for (number, *_), row in zip(stored, rows, strict=True):
                found.setdefault(number, []).append(row)
    return found
