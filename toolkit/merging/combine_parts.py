"""Makes one answer of what several units said of their parts of a task: sums, weighted means, states, texts with names; each with how it came about."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from toolkit.model.column_kind import Kind
from toolkit.model.form import ENDED, PROGRESS, REACHED, RUNNING, STATUS, Field, Subject, Table, Total
from toolkit.model.master import Indicator, Role
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row
from toolkit.model.seal import shown_text
from toolkit.model.stages import Stage
from toolkit.model.standing import CUMULATIVE, UnitRow

_HUNDREDTH, _ONE = Decimal("0.01"), Decimal(1)
_LONGEST = 30_000  # characters; a cell holds 32,767
_SHORTEST = 12  # characters of a unit's words that are worth showing
_PERCENT, _TEXT, _PHONE, _WHOLE = "百分比", "文本", "电话", "整数"  # names of kinds
_NAMED = 5  # units named in a sentence


class Asked(NamedTuple):
    """The units that were asked about a row, leads and supports, and what share each lead has where a mean is weighted (1 where nothing is set)."""

    leads: Sequence[str]
    supports: Sequence[str]
    weights: Mapping[str, Decimal]


class Combined(NamedTuple):
    """What several units' answers come to in a column (None: left blank), in words how, the rows whose words went in, and who of the leads said nothing."""

    value: object
    how: str
    used: tuple[UnitRow, ...] = ()
    silent: tuple[str, ...] = ()


def combine_rows(rows: Sequence[UnitRow], table: Table, asked: Asked, indicator: Indicator | None = None) -> dict[str, Combined]:
    """Combine the rows that units filled in of one task or indicator, by field code; a column in which nobody wrote is not there."""
    order = {unit: at for at, unit in enumerate((*asked.leads, *asked.supports))}
    rows = sorted((row for row in rows if row.unit in order), key=lambda row: order[row.unit])
    found: dict[str, Combined] = {}
    for field in table.filled:
        if field.kind.name == _PHONE:  # whose telephone the one above should call is for the clerk to say
            continue
        said = [row for row in rows if row.row.value(field.code) is not None and (row.role is Role.LEAD or _is_text(field.kind))]
        idle = _idle(rows, table) if field.code == PROGRESS and _is_mean(field, indicator) else ()
        if said:
            found[field.code] = _combined(field, table, said, idle, asked, indicator)
    return found


def _idle(rows: Sequence[UnitRow], table: Table) -> tuple[str, ...]:
    """Name the leads that have not begun and wrote no progress: theirs is 0, as that of a whole task is."""
    return tuple(row.unit for row in rows if row.role is Role.LEAD and row.row.value(PROGRESS) is None and table.is_waiting(row.row.value(STATUS)))


def combined_row(rows: Sequence[UnitRow], table: Table, key: str, number: str, asked: Asked, indicator: Indicator | None = None) -> UnitRow | None:
    """Give the row that several units' rows come to; it stands in no file. None where none of the leads said anything."""
    spoke = [row for row in rows if row.row.answers and row.role is Role.LEAD]
    if not spoke:
        return None
    combined = combine_rows(rows, table, asked, indicator)
    answers = {code: Answer(found.value, shown_text(found.value), Place()) for code, found in combined.items() if found.value is not None}
    return UnitRow(f"{len(spoke)} 个单位分报", Role.LEAD, Row(table.sheet, key, number, Role.LEAD, answers, Place()), "")


def mean(values: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal | None:
    """Give the weighted mean of units' values, to two decimals; None where there is none, or all that spoke weigh nothing."""
    total = sum((weights.get(unit, Decimal(1)) for unit in values), Decimal(0))
    if not total:
        return None
    whole = sum((value * weights.get(unit, Decimal(1)) for unit, value in values.items()), Decimal(0))
    rounded = (whole / total).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def _combined(field: Field, table: Table, said: list[UnitRow], idle: Sequence[str], asked: Asked, indicator: Indicator | None) -> Combined:
    values = {row.unit: row.row.value(field.code) for row in said} | dict.fromkeys(idle, Decimal(0))
    silent = tuple(unit for unit in asked.leads if unit not in values)
    numbers = {unit: value for unit, value in values.items() if isinstance(value, Decimal)}
    days = [value for value in values.values() if isinstance(value, date)]
    value: object = None
    if field.code == STATUS:
        value, how = _state(list(values.values()), len(asked.leads), table)
    elif _is_text(field.kind):
        value, how = _joined(values, field), "各单位文字相连"
    elif numbers and _is_mean(field, indicator):
        weights = {} if field.total is Total.MEAN else asked.weights
        value, how = mean(numbers, weights), "按权重平均" if any(weights.get(unit, Decimal(1)) != 1 for unit in numbers) else "平均"
        if field.kind.name == _WHOLE and isinstance(value, Decimal) and value != value.to_integral_value():
            value, how = value.quantize(_ONE, ROUND_HALF_UP), f"{how}（{value}，四舍五入为整数）"
        how += f"（{_some(idle)}未启动，没有写进度，按 0 算）" if idle else ""
    elif days and len(days) == len(values):
        value, how = _latest(field, days, len(asked.leads))
    elif numbers and _adds_up(field, table, indicator):
        value, how = sum(numbers.values(), Decimal(0)), "合计"
    elif len(values) == len(asked.leads) and len(set(map(shown_text, values.values()))) == 1:
        value, how = next(iter(values.values())), "各单位所报相同" if len(values) > 1 else f"取{said[0].unit}所报"
    else:
        how = f"{_why_not(field, indicator)}，请人工填写"
    return Combined(value, how + _rest(silent, len(asked.leads)), tuple(said), silent)


def _is_mean(field: Field, indicator: Indicator | None) -> bool:
    """Whether a number of several units is their mean: as the form says, or a percentage of which it says nothing; what an indicator's is, its 口径 says."""
    if _is_reached(field, indicator):
        return field.kind.name == _PERCENT
    return field.total in {Total.WEIGHTED, Total.MEAN} or (field.kind.name == _PERCENT and field.total is not Total.SUM)


def _adds_up(field: Field, table: Table, indicator: Indicator | None) -> bool:
    """Whether a number of several units is their sum: as the form says, or what an indicator has reached over the year."""
    if indicator is not None and _is_reached(field, indicator):
        return table.subject is Subject.INDICATOR and indicator.measure == CUMULATIVE
    return field.total is Total.SUM


def _is_reached(field: Field, indicator: Indicator | None) -> bool:
    return field.code == REACHED and indicator is not None


def _latest(field: Field, days: Sequence[date], asked: int) -> tuple[date | None, str]:
    """Give the last of units' days; a task in parts has ended only where all its parts have."""
    if field.code == ENDED and len(days) < asked:
        return None, "还有单位没有填，全部完成了才取最晚的一天"
    return max(days), "取最晚的一天"


def _why_not(field: Field, indicator: Indicator | None) -> str:
    if field.code == REACHED and indicator is not None:
        return f"口径是“{indicator.measure or '未注明'}”，不能相加"
    return "各单位所报不同，没有规定怎样合并"


def _state(said: Sequence[object], asked: int, table: Table) -> tuple[str | None, str]:
    """Give the state of a task in parts, in the form's own words: finished or not begun only where all its parts are.

    Of several words for one stage it is the one that the form names first.
    """
    states = table.field(STATUS)
    choices = states.limits.choices if states else ()
    words = [word for word in choices if word in said] or sorted(set(map(str, said)))
    counts = "、".join(f"{word} {said.count(word)} 家" for word in dict.fromkeys(map(str, said)))
    stages = {table.stage(word) or Stage.RUNNING for word in said}
    if len(stages) == 1 and Stage.RUNNING not in stages and len(said) == asked:
        return words[0], f"全部{words[0]}" if len(words) == 1 else counts
    if stages == {Stage.WAITING}:
        return None, f"已报的{f'都{words[0]}' if len(words) == 1 else counts}，还有单位没有报，请人工填写"
    running = words if len(words) == 1 and stages == {Stage.RUNNING} else (table.words_of(Stage.RUNNING) if choices else (RUNNING,))
    return (running[0], counts) if running else (None, f"{counts}，表里没有表示正在进行的词，请人工填写")


def _joined(values: Mapping[str, object], field: Field) -> str:
    """Join texts behind their units' names, a line each, within the column's limit: longer ones are cut alike, and what finds no room is counted."""
    limit = int(field.limits.high) if field.limits.high is not None else _LONGEST
    lines = [(f"{unit}：", str(text).strip().rstrip("。；;")) for unit, text in values.items()]
    whole = "；\n".join(name + text for name, text in lines) + "。"
    if len(whole) <= limit:
        return whole
    room = limit // len(lines) - max(len(name) for name, _ in lines) - 3
    if room >= _SHORTEST:
        return "；\n".join(name + (text if len(text) <= room else f"{text[: room - 1]}…") for name, text in lines)
    shown: list[str] = []
    for name, text in lines:
        line = name + (text if len(text) <= _SHORTEST else f"{text[: _SHORTEST - 1]}…")
        if len("；\n".join([*shown, line])) + len(f"；\n另有 {len(lines)} 家") > limit:
            break
        shown.append(line)
    left = f"另有 {len(lines) - len(shown)} 家"
    return "；\n".join([*shown, left])[:limit]


def _rest(silent: Sequence[str], asked: int) -> str:
    """Say who of the leads did not answer."""
    return f"（{asked} 家中 {asked - len(silent)} 家已填，未填：{_some(silent)}）" if silent else ""


def _some(units: Sequence[str]) -> str:
    return "、".join(units[:_NAMED]) + (f"等 {len(units)} 家" if len(units) > _NAMED else "")


def _is_text(kind: Kind) -> bool:
    return kind.name == _TEXT
