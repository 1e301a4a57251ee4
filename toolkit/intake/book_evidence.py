"""What in a workbook speaks of whose rows are: title lines, receipt codes, names of sheets, lines that name a unit, columns of units."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from toolkit.intake.identity_carriers import units_in
from toolkit.intake.names_on_sheets import UNIT_TITLES, Names, are_units, exact_unit, near_unit, unit_within
from toolkit.intake.title_similarity import LONGEST_TITLE, plain_title, undecorated
from toolkit.model import seal
from toolkit.model.column_kinds import plain
from toolkit.model.returns import Grid, GridSheet

_TIMES = ("提交时间", "提交答卷时间", "答题时间", "填写时间", "提交日期", "填报时间", "答卷提交时间", "开始答题时间", "结束答题时间")
# what form sites put beside the answers: nobody answers there
_OF_SITES = frozenset(
    (
        *_TIMES,
        *("提交者", "提交人", "填写者", "填写人", "填写人昵称", "昵称", "答题人", "所用时间", "来源", "来源详情", "来自IP", "IP", "总分"),
        *("答题序号", "答卷编号", "填写ID", "修改时间", "最后修改时间", "提交状态", "填写设备", "浏览器", "用户ID", "微信昵称", "提交编号", "答卷ID"),
    )
)
_AUTOMATIC = ("(自动)", "(系统)", "(必填)")
_HEADER_BELOW = 4  # rows below a title that names a unit in which its table begins
_FEW = 2
_SITE_ROWS = 3  # in which a form site's titles stand
_COUNT = "序号"  # as 问卷星 counts the answers
_NUMBERS = frozenset({_COUNT, "编号", "任务编号", "项目编号", "事项编号", "任务序号", "目标编号"})
_YEAR, _DAY = 4, 3  # digits of a year, numbers of a date


class Claim(NamedTuple):
    """Whose rows are, as something in the book says: the unit ('' where it means none, or two), the words that stand there, and its issue by a code."""

    unit: str = ""
    words: str = ""
    receipt: str = ""


class Aside(NamedTuple):
    """A column that is no answer: the titles' row, counted from 0, the column, and whether it tells the unit or the time of an answer."""

    row: int
    column: int
    tells_unit: bool = False
    tells_time: bool = False


@lru_cache(maxsize=8192)  # a form's titles stand in every file
def site_title(text: str) -> str:
    """Give a form site's title bare: without number in front, without （自动）."""
    text = undecorated(plain(text))
    for words in _AUTOMATIC:
        text = text.removesuffix(words)
    return text


def asides_of(sheet: GridSheet, row: int) -> list[Aside]:
    """List the columns of a header row that a form site or a person put beside the form's own."""
    found = []
    for column, value in enumerate(sheet.rows[row]):
        if isinstance(value, str) and len(value) <= LONGEST_TITLE:
            title = site_title(value)
            if title in UNIT_TITLES or title in _OF_SITES:
                found.append(Aside(row, column, title in UNIT_TITLES, title in _TIMES))
    return found


def with_bare_titles(grid: Grid) -> Grid:
    """Give a form site's export with its titles bare, and without its own count of the answers, which must not be taken for the tasks' numbers."""
    return grid._replace(sheets=tuple(_bare(sheet) for sheet in grid.sheets))


def _bare(sheet: GridSheet) -> GridSheet:
    top = next((at for at in range(min(_SITE_ROWS, len(sheet.rows))) if _is_sites(asides_of(sheet, at))), None)
    if top is None:
        return sheet
    titles = [site_title(value) if isinstance(value, str) and len(value) <= LONGEST_TITLE else value for value in sheet.rows[top]]
    counted = sum(title in _NUMBERS for title in titles) > 1
    bare = tuple(None if counted and title == _COUNT else title for title in titles)
    drop = [at for at, title in enumerate(titles) if counted and title == _COUNT]
    rows = (tuple(None if at in drop else value for at, value in enumerate(row)) if drop else row for row in sheet.rows[top + 1 :])
    return sheet._replace(rows=(*sheet.rows[:top], bare, *rows))


def _is_sites(asides: Sequence[Aside]) -> bool:
    return any(aside.tells_time for aside in asides) and any(aside.tells_unit for aside in asides)


def speaks_of_several(grid: Grid, names: Names) -> bool:
    """Whether a workbook may hold rows of several units, or answers of a form site: a quick look, which every file has to pass."""
    found: set[str] = set()
    seals: set[str] = set()
    codes: set[str] = set()
    for sheet in grid.sheets:
        found.update(filter(None, [unit_within(sheet.name, names)] if len(grid.sheets) > 1 else []))
        titled: list[int] = []
        for at, row in enumerate(sheet.rows):
            texts = [value for value in row if isinstance(value, str)]
            if len(texts) == 1 and len(texts[0]) <= LONGEST_TITLE and (unit := exact_unit(texts[0], names)):
                found.add(unit)
            for text in texts:  # next to none holds any of it
                if text.startswith("TASKSEAL"):
                    seals.add(text[:200])
                if "填报单位" in text:
                    found.update(names.get(plain_title(unit), unit) for unit in units_in(text))
                if "-" in text:
                    codes.update(seal.RECEIPT.findall(plain(text)))
                if len(text) <= LONGEST_TITLE and ("位" in text or "部" in text) and site_title(text) in UNIT_TITLES:
                    titled += [at] if any("单位" in other or "部门" in other for other in texts) else []
        column_units = _told_by_columns(sheet, titled, names)
        if column_units is None:
            return True
        found |= column_units
    return len(found) >= _FEW or len(seals) >= _FEW or sum(map(seal.is_receipt_code, codes)) >= _FEW


def _told_by_columns(sheet: GridSheet, titled: Sequence[int], names: Names) -> set[str] | None:
    """Give the units below titles that name units, in the rows of these titles; None where such a column tells by itself that the rows are several units'."""
    found: set[str] = set()
    for at in dict.fromkeys(titled):
        asides = asides_of(sheet, at)
        for aside in (aside for aside in asides if aside.tells_unit):
            column_units = set(_units_below(sheet, aside, names))
            if column_units and (any(other.tells_time for other in asides) or _names_strangers(sheet, aside, names)):
                return None
            found |= column_units
    return found


def unit_column(sheet: GridSheet, row: int, names: Names) -> Aside | None:
    """Give the column below a header row in which units stand, else the one in which names stand that are like units' (科经局); None where there is none."""
    columns = [aside for aside in asides_of(sheet, row) if aside.tells_unit]
    found = [(len(list(_units_below(sheet, aside, names))), -aside.column, aside) for aside in columns]
    best = max(((count, at, aside) for count, at, aside in found if count), default=None)
    return best[2] if best else next((aside for aside in columns if _nearly_names(sheet, aside, names)), None)


def _nearly_names(sheet: GridSheet, aside: Aside, names: Names) -> bool:
    """Whether most texts of a column are like names of units, of two at least."""
    texts = {text for row in sheet.rows[aside.row + 1 :] if aside.column < len(row) and (text := plain(row[aside.column])) and len(text) <= LONGEST_TITLE}
    units = [unit for text in texts if (unit := near_unit(text, names))]
    return len(set(units)) >= _FEW and len(texts) < 2 * len(units)


def _units_below(sheet: GridSheet, aside: Aside, names: Names) -> Iterator[str]:
    cells = (row[aside.column] for row in sheet.rows[aside.row + 1 :] if aside.column < len(row))
    return (unit for value in cells if isinstance(value, str) and (unit := exact_unit(value, names)))


def _names_strangers(sheet: GridSheet, aside: Aside, names: Names) -> bool:
    """Whether something else than units stands in a column of units, in rows that hold more."""
    rows = (row for row in sheet.rows[aside.row + 1 :] if aside.column < len(row) and sum(value is not None for value in row) >= _FEW)
    return any(text and not exact_unit(text, names) for text in (plain(row[aside.column]) for row in rows))


def _codes(text: str) -> list[str]:
    return [code for code in seal.RECEIPT.findall(plain(text)) if seal.is_receipt_code(code)] if "-" in text else []


def codes_in(grid: Grid) -> list[str]:
    """List the receipt codes that stand on the sheets, each once, in the order of sheets, rows and columns."""
    return list(dict.fromkeys(code for sheet in grid.sheets for row in sheet.rows for value in row if isinstance(value, str) for code in _codes(value)))


def named_units(grid: Grid, names: Names) -> set[str]:
    """Give the units that a book names anywhere in a cell or a sheet's name of their own, and those that a title or a column of units nearly names."""
    found = {unit_within(sheet.name, names) for sheet in grid.sheets}
    nearly: set[str] = set()
    for sheet in grid.sheets:
        for at, row in enumerate(sheet.rows):
            texts = [value for value in row if isinstance(value, str)]
            found.update(exact_unit(text, names) or unit_within(text, names) for text in texts if len(text) <= LONGEST_TITLE)
            nearly.update(unit for text in texts if "填报单位" in text for unit in units_in(text))
            for aside in (aside for aside in asides_of(sheet, at) if aside.tells_unit):
                nearly.update(plain(sheet.at(below, aside.column)) for below in range(at + 1, len(sheet.rows)))
    return ({*found, *(exact_unit(text, names) or near_unit(text, names) for text in nearly if len(text) <= LONGEST_TITLE)}) - {""}


def moment_of(value: object) -> str:
    """Write the time of an answer so that later ones sort behind; '' where it cannot be told."""
    if isinstance(value, datetime):
        return value.isoformat()
    numbers = re.findall(r"\d+", plain(value))
    if len(numbers) < _DAY or len(numbers[0]) != _YEAR:
        return ""
    return "-".join(number.zfill(2)[:2] if at else number for at, number in enumerate(numbers[:6]))


def headings_of(
    sheet: GridSheet, names: Names, owner_of: Callable[[str], str], headers: Sequence[int], is_body: Callable[[int], bool]
) -> Mapping[int, Claim]:
    """Give the rows that say whose the following rows are; `owner_of` gives the unit of a receipt code, '' for one that we never gave.

    `headers` are the rows where tables begin, `is_body` tells a row that holds an issued number.
    """
    found: dict[int, Claim] = {}
    for at, row in enumerate(sheet.rows):
        texts = [text for value in row if (text := plain(value))]
        if not texts or is_body(at):
            continue
        claim = _title_line(texts, names, owner_of) or _unit_line(texts, names, above_table=any(at < top <= at + _HEADER_BELOW for top in headers))
        if claim is not None:
            found[at] = claim
    return found


def _title_line(texts: Sequence[str], names: Names, owner_of: Callable[[str], str]) -> Claim | None:
    """Read 填报单位：… and the receipt code; where they speak of two units, of none."""
    units = [unit for text in texts for unit in units_in(text)]
    codes = [(code, unit) for text in texts for code in _codes(text) if (unit := owner_of(code))]
    if not units and not codes:
        return None
    meant = {exact_unit(unit, names) for unit in units} | {unit for _, unit in codes}
    sure = next(iter(meant)) if len(meant) == 1 else ""
    return Claim(sure, units[0] if units else codes[0][1], codes[0][0] if codes and sure else "")


def _unit_line(texts: Sequence[str], names: Names, *, above_table: bool) -> Claim | None:
    if len(texts) != 1 or len(texts[0]) > LONGEST_TITLE:
        return None
    unit = exact_unit(texts[0], names) or (unit_within(texts[0], names) if above_table else "")
    return Claim(unit, texts[0]) if unit or are_units(texts[0], names) else None
