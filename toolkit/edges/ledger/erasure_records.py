"""The ledger's part about what was erased when its time was over: digest, reason, who and when stay; a line is added, never changed."""

import json
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from toolkit.edges.ledger.database import Database
from toolkit.edges.ledger.erasure_tables import ERASED, erasures
from toolkit.edges.ledger.event_log import EventKind, append, file_mark
from toolkit.edges.ledger.ledger_tables import answers, files, findings
from toolkit.model.retention import GONE, Erased, Kept


def record_erased(connection: sa.Connection, erased: Sequence[Erased]) -> None:
    """Add what is about to be erased; in the transaction of the deed."""
    if erased:
        rows = [{**line._asdict(), "kind": line.kind.value} for line in erased]
        connection.execute(erasures.insert(), rows)
        append(connection, EventKind.ERASE, erased=[[row[name] for name in ERASED] for row in rows])


def erased_of(database: Database, kinds: Collection[Kept] = tuple(Kept)) -> dict[int, Erased]:
    """Give what was erased of some kinds, by the number of the file; {} where nothing was."""
    query = sa.select(*(erasures.c[name] for name in Erased._fields)).where(erasures.c.kind.in_([kind.value for kind in kinds])).order_by(erasures.c.id)
    with database.reading() as connection:
        found = [Erased(**{**row, "kind": Kept(row["kind"])}) for row in connection.execute(query).mappings()]
    return {line.file: line for line in found}


def take_answers_out(connection: sa.Connection, file: int, codes: Collection[str]) -> int:
    """Put GONE in the place of what a file's rows say in some fields, their cells stay; gives how many there were. The log marks the file anew."""
    rows = connection.execute(sa.select(answers).where(answers.c.file == file).order_by(answers.c.id)).mappings().all()
    count = 0
    for row in rows:
        given = json.loads(row["answers"])
        wanted = _held(given, codes)
        count += len(wanted)
        if wanted:
            remaining = given | {code: [GONE, GONE, *given[code][2:]] for code in wanted}
            connection.execute(answers.update().where(answers.c.id == row["id"]).values(answers=json.dumps(remaining, ensure_ascii=False)))
    if count:
        append(connection, EventKind.ERASE, files=[_mark(connection, file)])
    return count


def held_answers(connection: sa.Connection, file: int, codes: Collection[str]) -> int:
    """Count what a file's rows say in some fields, without what was taken out."""
    texts = connection.execute(sa.select(answers.c.answers).where(answers.c.file == file)).scalars()
    return sum(len(_held(json.loads(text), codes)) for text in texts)


def _held(given: dict[str, list[str]], codes: Collection[str]) -> list[str]:
    return [code for code, answer in given.items() if code in codes and answer[0] != GONE]


def _mark(connection: sa.Connection, file: int) -> list[object]:
    values = connection.execute(sa.select(files).where(files.c.id == file)).mappings().one()
    rows, found = (connection.execute(sa.select(table).where(table.c.file == file).order_by(table.c.id)).mappings().all() for table in (answers, findings))
    return file_mark(file, dict(values), [dict(row) for row in rows], [dict(row) for row in found])
