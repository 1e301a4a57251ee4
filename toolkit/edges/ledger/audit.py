"""Holds the ledger's tables against its event log: is the chain whole, and do both say the same of every file, issue and decision."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, zip_longest
from typing import Any

import sqlalchemy as sa

from toolkit.edges.ledger.amendment_records import in_log
from toolkit.edges.ledger.closing_tables import closings
from toolkit.edges.ledger.edition_tables import amendments, editions
from toolkit.edges.ledger.erasure_tables import ERASED, erasures
from toolkit.edges.ledger.event_log import EventKind, Mark, append, chain_start, file_mark, link
from toolkit.edges.ledger.evidence_tables import SAID, evidence
from toolkit.edges.ledger.ladder_tables import SAID as SAID_OF_STEPS
from toolkit.edges.ledger.ladder_tables import ladder_steps
from toolkit.edges.ledger.ledger_tables import answers, decisions, events, files, findings, issues
from toolkit.model.codec import digest_of

_WORD = ("about", "subject", "field", "value", "before")


def begin_log(connection: sa.Connection) -> None:
    """Start the log of a ledger with what stands in its tables now."""
    marks, given, words = list(_marks(connection)), _issues(connection), _words(connection)
    append(connection, EventKind.BEGIN, files=marks, issues=given, words=words)


def audit(connection: sa.Connection) -> tuple[int, str]:
    """Give how many entries the log has, and a sentence on the first thing that does not hold ('' when all does)."""
    count, previous = 0, chain_start()
    marks: dict[int, Mark] = {}
    given: dict[str, list[Any]] = {}
    words: list[list[Any]] = []
    closed: list[list[Any]] = []
    changes: list[list[str]] = []
    matched: list[list[Any]] = []
    erased: list[list[Any]] = []
    climbed: list[list[Any]] = []
    for row in connection.execute(sa.select(events).order_by(events.c.number)).mappings():
        count += 1
        name = f"事件记录第 {row['number']} 条（{row['at']:%Y-%m-%d %H:%M} {row['what']}）"
        if row["number"] != count:
            return count, f"事件记录缺第 {count} 条，后面是第 {row['number']} 条"
        if row["previous"] != previous:
            return count, f"{name}和前一条接不上"
        if row["hash"] != link(dict(row)):
            return count, f"{name}被改动过"
        previous, details = row["hash"], json.loads(row["details"])
        marks |= {mark[0]: mark for mark in details.get("files", ())}
        given |= {issue[0]: issue for issue in details.get("issues", ())}
        words += details.get("words", ())
        changes += details.get("amendments", ())
        matched += details.get("evidence", ())
        erased += details.get("erased", ())
        climbed += details.get("steps", ())
        closed += [[row["period"], *details["closing"]]] if "closing" in details else []
    first = _compared(connection, marks, given, words) or _closings_differ(connection, closed)
    first = first or _lists_differ(connection, changes) or _matches_differ(connection, matched)
    return count, first or _erasures_differ(connection, erased) or _steps_differ(connection, climbed)


def _compared(connection: sa.Connection, marks: Mapping[int, Mark], given: Mapping[str, list[Any]], words: list[list[Any]]) -> str:
    rest = dict(marks)
    for mark in _marks(connection):
        known = rest.pop(mark[0], None)
        if known is None:
            return f"{mark[0]} 号文件“{mark[1]}”在台账里，事件记录里却没有"
        if known != mark:
            return f"{mark[0]} 号文件“{mark[1]}”的登记、数据或问题和事件记录不符，被改动过"
    if rest:
        lost = min(rest)
        return f"{lost} 号文件“{rest[lost][1]}”在事件记录里，台账里却没有"
    stands = {issue[0]: issue for issue in _issues(connection)}
    wrong = next((code for code in sorted({*stands, *given}) if stands.get(code) != given.get(code)), None)
    if wrong is not None:
        return f"回执编号 {wrong} 的发放记录和事件记录不符"
    if _words(connection) != words:
        number = next((number for number, (stored, logged) in enumerate(zip(_words(connection), words, strict=False), 1) if stored != logged), None)
        return f"第 {number or min(len(words), len(_words(connection))) + 1} 条认定和事件记录不符"
    return ""


def _closings_differ(connection: sa.Connection, closed: list[list[Any]]) -> str:
    query = sa.select(*(closings.c[name] for name in ("period", "draft_number", "frozen", "who", "confirmed_by"))).order_by(closings.c.id)
    stands = [list(row) for row in connection.execute(query)]
    wrong = next((stored or logged for stored, logged in zip_longest(stands, closed) if stored != logged), None)
    return f"{wrong[0]} 第 {wrong[1]} 稿的定稿记录和事件记录不符" if wrong else ""


def _lists_differ(connection: sa.Connection, changes: list[list[str]]) -> str:
    """Hold the changes of the lists against the log, and every edition against its own digest."""
    stands = sorted(in_log(row) for row in connection.execute(sa.select(amendments)).mappings())
    if stands != sorted(changes):
        return "调整台账的登记和事件记录不符，被改动过"
    stored = connection.execute(sa.select(editions.c.digest, editions.c.content, editions.c.at).order_by(editions.c.at))
    wrong = next((row for row in stored if digest_of(row.content) != row.digest), None)
    return f"{wrong.at:%Y-%m-%d %H:%M} 登记的总表、表单或规则被改动过" if wrong else ""


def _matches_differ(connection: sa.Connection, matched: list[list[Any]]) -> str:
    query = sa.select(*(evidence.c[name] for name in SAID)).order_by(evidence.c.id)
    stands = [list(row) for row in connection.execute(query)]
    wrong = next((stored or logged for stored, logged in zip_longest(stands, matched) if stored != logged), None)
    return f"{wrong[0]} 号文件归作佐证材料的登记和事件记录不符，被改动过" if wrong else ""


def _erasures_differ(connection: sa.Connection, erased: list[list[Any]]) -> str:
    stands = [list(row) for row in connection.execute(sa.select(*(erasures.c[name] for name in ERASED)).order_by(erasures.c.id))]
    wrong = next((stored or logged for stored, logged in zip_longest(stands, erased) if stored != logged), None)
    return f"{wrong[0]} 号文件的销毁登记和事件记录不符，被改动过" if wrong else ""


def _steps_differ(connection: sa.Connection, climbed: list[list[Any]]) -> str:
    stands = [list(row) for row in connection.execute(sa.select(*(ladder_steps.c[name] for name in SAID_OF_STEPS)).order_by(ladder_steps.c.id))]
    wrong = next((stored or logged for stored, logged in zip_longest(stands, climbed) if stored != logged), None)
    return f"督办阶梯第 {wrong[1]} 号的登记和事件记录不符，被改动过" if wrong else ""


def _marks(connection: sa.Connection) -> Iterator[Mark]:
    rows, found = (_by_file(connection, table) for table in (answers, findings))
    for file in connection.execute(sa.select(files).order_by(files.c.id)).mappings():
        yield file_mark(file["id"], dict(file), rows.get(file["id"], ()), found.get(file["id"], ()))


def _by_file(connection: sa.Connection, table: sa.Table) -> dict[int, list[Any]]:
    rows: Iterable[Any] = connection.execute(sa.select(table).order_by(table.c.file, table.c.id)).mappings()
    return {file: list(some) for file, some in groupby(rows, lambda row: row["file"])}


def _issues(connection: sa.Connection) -> list[list[Any]]:
    query = sa.select(issues.c.receipt, issues.c.form, issues.c.period, issues.c.unit, issues.c.number, issues.c.digest).order_by(issues.c.receipt)
    return [list(row) for row in connection.execute(query)]


def _words(connection: sa.Connection) -> list[list[Any]]:
    return [list(row) for row in connection.execute(sa.select(*(decisions.c[name] for name in _WORD)).order_by(decisions.c.id))]
