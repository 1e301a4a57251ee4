"""A column whose contents changed places between the rows, as when it was sorted without the others: held against what the unit said before."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.model.findings import Code, Finding
from toolkit.model.form import Field, Subject, Table
from toolkit.model.returns import Row
from toolkit.model.seal import shown_text
from toolkit.model.standing import Round
from toolkit.model.values import joined_words, row_called

_LEAST = 3  # rows, and contents, that must have changed places: two may be put right by hand
_TEXTS = frozenset({"文本"})
_TOLD_APART = _TEXTS | {"整数", "小数", "百分比", "日期"}  # kinds with so many values that the same ones in other rows are no chance
Key = tuple[str, str, str]  # unit, table sheet, row key


class _Compared(NamedTuple):
    """Rows of one unit and table by key, as they were and as they are now, in words where they were so, and which kinds of columns tell."""

    unit: str
    before: Mapping[str, Row]
    now: Mapping[str, Row]
    said: str
    kinds: frozenset[str]


def columns_sorted_alone(state: Round, last: Mapping[Key, Row]) -> Iterator[Finding]:
    """Point at columns in which at least three rows hold just what others of them held: in the unit's return before, or (texts) in the last round."""
    for table in state.form.tables:
        if table.subject in {Subject.BLANK, Subject.MATTER}:  # whose rows are not the same ones each time
            continue
        for compared in (*_against_versions(state, table), *_against_last(state, table, last)):
            for field in table.filled:
                if field.kind.name in compared.kinds:
                    yield from _moved(compared, field)


def _against_versions(state: Round, table: Table) -> Iterator[_Compared]:
    counting: dict[str, list[tuple[Mapping[str, Row], str]]] = {}
    for version in sorted((version for version in state.versions if version.counts and version.rows), key=lambda version: (version.sent, version.name)):
        rows = {row.key: row for row in version.rows if row.table == table.sheet}
        counting.setdefault(version.unit, []).append((rows, f"{version.sent:%Y-%m-%d} 报的"))
    for unit, said in counting.items():
        if len(said) > 1:
            (before, words), (now, _) = said[-2:]
            yield _Compared(unit, before, now, words, _TOLD_APART)


def _against_last(state: Round, table: Table, last: Mapping[Key, Row]) -> Iterator[_Compared]:
    before: dict[str, dict[str, Row]] = {}
    for (unit, sheet, key), row in last.items():
        if sheet == table.sheet:
            before.setdefault(unit, {})[key] = row
    now: dict[str, dict[str, Row]] = {}
    for detail in state.details:
        if detail.row.table == table.sheet:
            now.setdefault(detail.unit, {})[detail.row.key] = detail.row
    for unit, rows in now.items():
        yield _Compared(unit, before.get(unit, {}), rows, "上一期", _TEXTS)


def _moved(compared: _Compared, field: Field) -> Iterator[Finding]:
    """Give a finding where the rows that changed in a column hold, all together, the same as before."""
    both = [(key, _content(compared.before[key], field), _content(row, field)) for key, row in compared.now.items() if key in compared.before]
    changed = [(key, old, new) for key, old, new in both if old != new]
    contents = {new for _, _, new in changed if new}
    if len(contents) < _LEAST or Counter(old for _, old, _ in changed) != Counter(new for _, _, new in changed):
        return
    first = next(compared.now[key] for key, _, new in changed if new)
    facts = {"rows": joined_words([row_called(key) for key, _, _ in changed]), "before": compared.said}
    yield Finding(Code.COLUMN_MOVED, first.answers[field.code].place, facts, compared.unit, field.title)


def _content(row: Row, field: Field) -> str:
    value = row.value(field.code)
    return "" if value is None else shown_text(value)
