"""Lines of a table of free rows that are no entries: totals, headings, examples, and entries that stand there twice."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.intake.finding_notes import FindingNotes, listed
from toolkit.intake.title_similarity import plain_title, short
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Field, Subject, Table
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.milestones import is_node_plan
from toolkit.model.requests import is_request_table
from toolkit.model.returns import Row

_TOTAL = lazy_pattern(
    r"[(（]?(?:合计|小计|总计|共计|累计|总共|汇总|总数|总和|合共|计|total|sum|subtotal|grandtotal)[)）]?(?:[(（].*[)）])?[:：]?", re.IGNORECASE
)
_TOTAL_OF = lazy_pattern(r".{0,10}(?:合计|小计|总计|共计)[:：]?|(?:合计|总计|共计?)\d+\S{0,4}")
_HEADING = lazy_pattern(r"[(（]?[一二三四五六七八九十]{1,3}(?:[)）、.．:：]|[)）][、.．]).{1,30}")
_EXAMPLE = lazy_pattern(r"[(（【]?(?:例如?|示例|样例|举例|填写示例|填表示例)(?:\d+|[一二三])?(?:[)）】:：].*)?")
_FEWEST, _LEAST = 2, 3  # rows that make a total; columns that make a heading stand out


def without_needless(rows: Sequence[Row], table: Table, notes: FindingNotes) -> list[Row]:
    """Give the rows of a table that are entries; what is left out, and what is doubtful, is said. Other tables than those of free rows stay."""
    if table.subject is not Subject.BLANK or is_request_table(table) or is_node_plan(table):
        return list(rows)
    reader = _Lines(table, notes)
    return reader.once(list(reader.entries(rows)))


class _Lines:
    """Reads the lines of one table from the top."""

    def __init__(self, table: Table, notes: FindingNotes) -> None:
        self._fields: Mapping[str, Field] = {field.code: field for field in table.filled}
        self._notes = notes

    def entries(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Give the rows that are no total, heading or example."""
        above = _Sums()
        for row in rows:
            what = self._needless(row, above) if row.answers else ""
            if what:
                seen = next(iter(row.answers.values()))
                facts = {"line": _line(row), "what": what, "seen": short(seen.raw, 20)}
                self._notes.append(Finding(Code.NO_ENTRY, seen.place, facts))
                continue
            above.add(row)
            yield row

    def once(self, rows: Sequence[Row]) -> list[Row]:
        """Leave out what another sheet says once more, ask about what one sheet says twice, and about rows of several sheets."""
        kept: list[Row] = []
        known: dict[tuple[tuple[str, str], ...], Row] = {}
        again: dict[str, list[tuple[Row, Row]]] = {}
        for row in rows:
            words = tuple(sorted((code, plain_title(answer.raw)) for code, answer in row.answers.items()))
            first = known.setdefault(words, row) if len(words) >= _FEWEST else row
            if first is not row:
                again.setdefault(row.place.sheet, []).append((first, row))
            if first is row or first.place.sheet == row.place.sheet:
                kept.append(row)
        self._report_twice(again)
        sheets = list(dict.fromkeys(row.place.sheet for row in kept if row.answers))
        if len(sheets) > 1:
            other = next(row for row in kept if row.answers and row.place.sheet != sheets[0])
            self._notes.append(Finding(Code.ROWS_OF_SHEETS, other.place, {"sheets": listed(sheets)}))
        return kept

    def _report_twice(self, again: Mapping[str, Sequence[tuple[Row, Row]]]) -> None:
        for pairs in again.values():
            for code, chosen in (
                (Code.ENTRY_COPIED, [pair for pair in pairs if pair[0].place.sheet != pair[1].place.sheet]),
                (Code.ENTRY_TWICE, [pair for pair in pairs if pair[0].place.sheet == pair[1].place.sheet]),
            ):
                if chosen:
                    first, row = chosen[0]
                    lines = listed([_line(other) for _, other in chosen])
                    facts = {"lines": lines, "sheet": first.place.sheet, "others": listed(list(dict.fromkeys(_line(one) for one, _ in chosen)))}
                    self._notes.append(Finding(code, row.place, facts))

    def _needless(self, row: Row, above: "_Sums") -> str:
        """Say what a row is that is no entry, '' for an entry."""
        texts = [answer.raw for code, answer in row.answers.items() if not self._fields[code].kind.numeric]
        numbers = {code: answer.value for code, answer in row.answers.items() if isinstance(answer.value, Decimal)}
        label = plain_title(texts[0]) if texts else ""
        if any(_EXAMPLE.fullmatch(plain_title(text)) for text in texts):
            return "示例"
        if _TOTAL.fullmatch(label) or (len(texts) == 1 and _TOTAL_OF.fullmatch(label)):
            return "合计"
        if len(texts) <= 1 and numbers and above.are(numbers) and (not texts or len(numbers) > 1 or above.rows > _FEWEST):
            return "合计"
        is_heading = len(row.answers) == 1 and len(self._fields) >= _LEAST and _HEADING.fullmatch(label)
        return "小标题" if is_heading else ""


class _Sums:
    """What the numbers of the rows above come to, column by column."""

    def __init__(self) -> None:
        self.rows = 0
        self._sums: dict[str, tuple[Decimal, int]] = {}

    def add(self, row: Row) -> None:
        """Count a row in."""
        self.rows += bool(row.answers)
        for code, answer in row.answers.items():
            if isinstance(answer.value, Decimal):
                whole, count = self._sums.get(code, (Decimal(0), 0))
                self._sums[code] = whole + answer.value, count + 1

    def are(self, numbers: Mapping[str, Decimal]) -> bool:
        """Whether every number is what the rows above come to, of which at least two have one."""
        known = ((number, *self._sums.get(code, (Decimal(0), 0))) for code, number in numbers.items())
        return any(numbers.values()) and all(count >= _FEWEST and whole == number for number, whole, count in known)


def _line(row: Row) -> str:
    return "".join(sign for sign in row.place.cell if sign.isdigit())
