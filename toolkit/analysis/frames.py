"""How rounds stand as typed tables of pandas: one function a table, each giving the rows in the order of the books."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

import pandas as pd

from toolkit.model.data_table import BY_NAME, ZONE, DataColumn, DataTable, Holds
from toolkit.model.form import FORECAST, Form, LightRule
from toolkit.model.requests import request_sheets
from toolkit.model.returns import Answer
from toolkit.model.seal import shown_text
from toolkit.model.standing import Assessment, Round, TaskStanding, UnitRow

_HUNDREDTH = Decimal("0.01")
_TYPES = {Holds.TEXT: "string", Holds.NUMBER: "Float64", Holds.COUNT: "Int64", Holds.FLAG: "boolean"}


class Snapshot(NamedTuple):
    """How one period stands, and what the rules make of it."""

    state: Round
    assessment: Assessment


Record = tuple[object, ...]


def typed(table: DataTable, records: Iterable[Record]) -> pd.DataFrame:
    """Give records as a table with the dictionary's types: string, Float64, Int64 and boolean with missing values, ordered categories,

    days as datetime64 at midnight, moments with the zone Asia/Shanghai. An empty text is a missing value.
    """
    rows = list(records)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(table.columns)
    return pd.DataFrame({column.name: _series(column, values) for column, values in zip(table.columns, columns, strict=True)})


def dtype(column: DataColumn) -> Any:
    """Give the pandas type of what a column holds: string, Int64, Float64, boolean, a day to the second, a moment with its zone, or an ordered category."""
    if column.holds is Holds.CATEGORY:
        return pd.CategoricalDtype([str(value) for value in column.order], ordered=True)
    if column.holds is Holds.DAY:
        return "datetime64[s]"
    return pd.DatetimeTZDtype("s", ZONE) if column.holds is Holds.MOMENT else _TYPES[column.holds]


def _series(column: DataColumn, values: Sequence[object]) -> "pd.Series[Any]":
    series: pd.Series[Any] = pd.Series([_plain(column.holds, value) for value in values], dtype=dtype(column), name=column.name)
    return series


def _plain(holds: Holds, value: object) -> Any:
    """Turn one of our values into what pandas takes for its type; None and empty text are missing."""
    if value is None or value == "":
        return None if holds in {Holds.DAY, Holds.MOMENT} else pd.NA if holds is not Holds.CATEGORY else None
    if holds is Holds.MOMENT:
        return pd.Timestamp(value).tz_localize(ZONE, ambiguous=False, nonexistent="shift_forward")  # type: ignore[arg-type]
    if holds is Holds.NUMBER:
        return float(value) if isinstance(value, Decimal | int | float) else pd.NA
    return str(value) if holds in {Holds.TEXT, Holds.CATEGORY} else value


def tasks(snapshots: Iterable[Snapshot]) -> Iterator[Record]:
    """Give each task of each period as its row of 任务进展 says."""
    for state, assessment in snapshots:
        for standing in state.tasks:
            task, number = standing.task, standing.task.number
            ahead = standing.gap if state.task_form.light is not LightRule.AMOUNT else _spent_ahead(standing)
            behind = None if ahead is None else 0 - ahead
            yield (
                *(str(state.period), number, task.category, task.section, task.subsection, task.text, "、".join(task.leads), "、".join(task.supports)),
                *(task.leader, task.deadline, assessment.scores.weights.get(number, task.weight), standing.planned, standing.progress, behind),
                *(standing.status, assessment.lights[number], bool(standing.ruling.light), standing.ruling.note, standing.overdue, len(standing.silent)),
                task.listed,
                standing.lead.row.value(FORECAST) if standing.lead else None,
            )


def _spent_ahead(standing: TaskStanding) -> Decimal | None:
    """Give by how many points the share of a budget that was spent is ahead of plan, as the book's 差距 does."""
    share = standing.measured.share
    return None if share is None else (share - standing.planned).quantize(_HUNDREDTH, ROUND_HALF_UP)


def answers(snapshots: Iterable[Snapshot]) -> Iterator[Record]:
    """Give each filled cell of each row of 填报明细 (申请事项 is none of them); a row that nothing was filled into is one record without a field."""
    for state, _ in snapshots:
        titles, asked = _titles(state.form), request_sheets(state.form)
        for unit_row in (detail for detail in state.details if detail.row.table not in asked):
            if not unit_row.row.answers:
                row = unit_row.row
                yield (
                    str(state.period),
                    unit_row.unit,
                    unit_row.role,
                    row.number,
                    row.table,
                    row.key,
                    *("",) * 6,
                    row.place.file,
                    row.place.sheet,
                    "",
                    unit_row.path,
                )
            for code, answer in unit_row.row.answers.items():
                yield _answer(str(state.period), unit_row, code, titles.get((unit_row.row.table, code), code), answer)


def _titles(form: Form) -> Mapping[tuple[str, str], str]:
    return {(table.sheet, field.code): field.title for table in form.tables for field in table.fields}


def _answer(period: str, unit_row: UnitRow, code: str, title: str, answer: Answer) -> Record:
    row, value, place = unit_row.row, answer.value, answer.place
    number = value if isinstance(value, Decimal | int) and not isinstance(value, bool) else None
    day = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    words = (code, title, shown_text(value), number, day, answer.raw)
    return (period, unit_row.unit, unit_row.role, row.number, row.table, row.key, *words, place.file, place.sheet, place.cell, unit_row.path)


def indicators(snapshots: Iterable[Snapshot]) -> Iterator[Record]:
    """Give each indicator of each period as its row of 量化指标 says."""
    for state, assessment in snapshots:
        for standing, verdict, yardstick in zip(state.indicators, assessment.reached, assessment.yardsticks, strict=True):
            target = standing.indicator
            due = yardstick if isinstance(yardstick, Decimal) else None
            path = standing.source.path if standing.source else ""
            what = (target.number, target.name, target.comparator, target.target, target.unit, target.measure)
            yield (str(state.period), *what, standing.reached, standing.rate, due, verdict, standing.lead, path)


def findings(snapshots: Iterable[Snapshot]) -> Iterator[Record]:
    """Give each finding of each period as its row of 问题清单 says."""
    for state, _ in snapshots:
        for finding in state.findings:
            place, words = finding.place, (finding.title, finding.message, finding.advice, finding.counts, finding.verdict, finding.word)
            yield (str(state.period), finding.code.text.id, finding.level, finding.unit, place.file, place.sheet, place.cell, *words)


def scores(snapshots: Iterable[Snapshot]) -> Iterator[Record]:
    """Give each unit of each period as its row of 单位考核 says."""
    for state, assessment in snapshots:
        for score in assessment.scores.units:
            counts = [score.counts.get(light, 0) for light in BY_NAME["tasks"].column("light").order]
            points = (score.outcome, score.process, score.bonus, score.total, score.rank or None, score.grade)
            yield (str(state.period), score.unit, score.group, score.leads, score.supports, *counts, *points)


def lights(snapshots: Iterable[Snapshot]) -> Iterator[Record]:
    """Give each unit's part in each task as its row of 任务计分 says."""
    for state, assessment in snapshots:
        for duty in assessment.scores.duties:
            yield (str(state.period), duty.unit, duty.number, duty.role, duty.reported, duty.task_light, duty.light, duty.share, duty.points)


def evidence(snapshots: Iterable[Snapshot]) -> Iterator[Record]:
    """Give a row a piece of evidence and task, in the order of 佐证材料; a stamped return has no number."""
    for snapshot in snapshots:
        for line in snapshot.state.evidence:
            if line.piece:
                yield (line.piece.period, line.unit, line.number, line.piece.title, line.piece.digest, line.piece.size, line.check, line.piece.path)


def milestones(snapshots: Iterable[Snapshot]) -> Iterator[Record]:
    """Give each milestone of each period as its row of 里程碑 says."""
    for state, _ in snapshots:
        for standing in state.milestones:
            node, on = standing.node, state.day
            yield (
                *(str(state.period), node.number, node.name, "、".join(standing.answers_for), node.baseline, node.original, standing.expected),
                *(standing.actual, standing.slip, standing.overdue(on), standing.state(on), standing.note, standing.said_in),
                *(standing.planned.source, standing.path),
            )


FROM_ROUNDS: Mapping[str, Callable[[Iterable[Snapshot]], Iterator[Record]]] = {
    make.__name__: make for make in (tasks, answers, indicators, findings, scores, lights, evidence, milestones)
}


def frame(name: str, snapshots: Iterable[Snapshot]) -> pd.DataFrame:
    """Give one of the tables that follow from rounds, typed; raises KeyError for another name."""
    return typed(BY_NAME[name], FROM_ROUNDS[name](snapshots))
