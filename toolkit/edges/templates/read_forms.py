"""Reads form definitions: sheets 表单, 栏目 (one per table), 选项, 样式 (openpyxl for its looks), lists; every fault is a finding with its cell."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from toolkit.edges.parsed_cache import cached_workbook
from toolkit.edges.templates.check_definition import check_columns, check_names, check_settings, check_tables
from toolkit.edges.templates.office_sheet import OfficeBook, OfficeRow, read_office_book
from toolkit.edges.templates.read_choices import Choice, Choices, read_choices
from toolkit.edges.templates.read_form_rules import read_form_rules
from toolkit.edges.templates.read_lists import read_list
from toolkit.edges.templates.read_styles import Definition, open_definition
from toolkit.model.cell_style import CellStyle
from toolkit.model.column_kinds import KINDS, Limits, show_number
from toolkit.model.column_uses import USES
from toolkit.model.findings import Code, Finding
from toolkit.model.form import BUDGET, DUE, ENDED, PLAN, PROGRESS, SPENT, STATUS, Field, Form, Required, Source, Subject, Table, Total
from toolkit.model.place import Place
from toolkit.model.stages import Stage
from toolkit.model.units_of_measure import titled

COLUMNS = ("代码", "表头", "别名", "来源", "取自", "类型", "必填", "最小", "最大", "选项", "提示", "宽度", "用途", "汇总", "计量")
_LAST = "上期."  # 取自 of a column that shows the last period's answer, before that column's code
_NEEDED = ("代码", "表头", "来源", "类型")
_CYCLES = ("年", "半年", "季", "月", "半月", "周")
_CYCLE_WORDS = {
    "年度": "年", "每年": "年", "全年": "年", "季度": "季", "每季": "季", "每季度": "季", "月度": "月", "每月": "月", "月份": "月",
    "半年度": "半年", "每半年": "半年", "每半月": "半月", "每周": "周", "星期": "周", "每星期": "周",
}  # fmt: skip
_SHEETS = ("表单", "选项", "样式")
_SETTINGS = {"键": 0, "值": 1}  # columns of 表单, whose first row may be a setting
_OF_NUMBERS, _OF_DAYS = frozenset({PROGRESS, PLAN, BUDGET, SPENT}), frozenset({DUE, ENDED})  # uses that only such a column can have
_MOST_ROWS = 1000  # empty rows of a table: more than a unit types, and few enough for any spreadsheet
LOOKS = ("标题", "表头", "预填", "填报", "提示")
Settings = Mapping[str, list[OfficeRow]]


def load_form(path: Path, master: Path | None = None) -> tuple[Form | None, tuple[Finding, ...]]:
    """Read one form definition; (None, findings) when a fault makes it unusable. A list that it has not itself may stand in the master list's book."""
    found = cached_workbook(path, make=lambda: _read_form(path))
    if master is None or not any(fault.code is Code.NO_SUCH_SHEET for fault in found[1]) or not master.exists():
        return found
    beside = read_office_book(master)
    return _read_form(path, beside) if isinstance(beside, OfficeBook) else found


def place_of_setting(path: Path, key: str) -> Place:
    """Name the cell of a setting of a definition; its sheet where the setting, or the book, cannot be found."""
    book = read_office_book(path)
    rows = _settings(book).get(key) if isinstance(book, OfficeBook) else None
    return rows[0].place("值") if rows else Place(path.name, "表单")


def _read_form(path: Path, beside: OfficeBook | None = None) -> tuple[Form | None, tuple[Finding, ...]]:
    opened = open_definition(path, _SHEETS)
    if not isinstance(opened, Definition):
        return None, opened
    book, examples = opened
    settings = _settings(book)
    choices = read_choices(book)
    names = [name for name in book.names if name.endswith("栏目")]
    if not names:
        book.say(Code.NO_FIELDS, _table_meant(settings), title=_table_meant(settings))
    tables = {name: table for name in names if (table := _table(book, name, settings, choices, beside))}
    check_settings(book, settings)
    _say_missing_looks(book, examples.named)
    form = _form(book, settings, tables, examples.named)
    return form, tuple(book.faults)


def _table_meant(settings: Settings) -> str:
    """Name the sheet of columns that the settings speak of, 任务栏目 where they speak of none."""
    return next((name for key in settings if (name := key.partition(".")[0]).endswith("栏目")), "任务栏目")


def _form(book: OfficeBook, settings: Settings, by_name: Mapping[str, Table], looks: Mapping[str, CellStyle]) -> Form | None:
    for key in ("代码", "名称", "期间", "标题"):
        if not settings.get(key):
            book.say(Code.MISSING_SETTING, "表单", title=key, hint=f"“{key}”的值")
    tables = tuple(by_name.values())
    cycle = _word(settings, "期间", _CYCLES, aliases=_CYCLE_WORDS)
    rules = read_form_rules(book, settings, tables)
    check_names(book, settings, by_name)
    check_tables(book, settings, by_name, rules.light)
    if any(fault.level == "错误" for fault in book.faults):
        return None

    return Form(
        code=_setting(settings, "代码"),
        version=_setting(settings, "版本") or "1",
        name=_setting(settings, "名称"),
        cycle=cycle,
        title=_setting(settings, "标题"),
        notes=tuple(row.text("值") for row in settings.get("填报说明", [])),
        sign_off=_parts(_setting(settings, "签批栏")),
        tables=tables,
        looks=looks,
        file=book.file,
        light=rules.light,
        scored=rules.scored,
        papers=rules.papers,
        language=rules.language,
        book_sheet=rules.book_sheet,
        issued_to=rules.issued_to,
    )


def _settings(book: OfficeBook) -> Settings:
    """Give the rows of 表单 by key; a key may stand in several rows, one without a value counts for nothing."""
    found: dict[str, list[OfficeRow]] = {}
    for row in book.rows_at("表单", _SETTINGS, first=0):
        key = row.text("键")
        if key and row.text("值"):
            found.setdefault(key, []).append(row)
    return found


def _setting(settings: Settings, key: str) -> str:
    return settings[key][0].text("值") if key in settings else ""


def _word(settings: Settings, key: str, words: tuple[str, ...], *, default: str = "", aliases: Mapping[str, str] | None = None) -> str:
    """Read a setting that is one of a few words; '' and a fault at its cell, which names the setting, for any other."""
    if key not in settings:
        return default
    row = settings[key][0].named({"值": key})
    return row.choice(key, words, default, aliases)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("，", "、").replace("；", "、").split("、") if part.strip())


def _say_missing_looks(book: OfficeBook, looks: Mapping[str, CellStyle]) -> None:
    for name in LOOKS:
        if name not in looks:
            book.say(Code.MISSING_SETTING, "样式", title=name, hint=f"一行名为“{name}”的样例")


def _table(book: OfficeBook, name: str, settings: Settings, choices: Choices, beside: OfficeBook | None) -> Table | None:
    before = len(book.faults)
    rows = tuple(book.rows(name, _NEEDED, COLUMNS))
    absent = any(fault.code is Code.NO_SUCH_COLUMN for fault in book.faults[before:])
    subject = _word(settings, f"{name}.每行", tuple(Subject), default="任务")
    if absent or not subject:
        return None
    fields = _with_last(tuple(_fields(rows, choices)), rows)
    sheet = _setting(settings, f"{name}.工作表") or name.removesuffix("栏目") + "填报"
    listed = read_list(book, _setting(settings, f"{name}.清单") or f"{sheet}清单", fields, beside) if subject == Subject.LIST else ()
    table = Table(sheet, Subject(subject), fields, _blank_rows(settings, name) if subject == Subject.BLANK else 0, listed)
    check_columns(rows, table)
    return table


def _blank_rows(settings: Settings, name: str) -> int:
    """Read how many empty rows a table of 空行 has; five where nothing is set."""
    key = f"{name}.空行数"
    if key not in settings:
        return 5
    row = settings[key][0].named({"值": key})
    number = row.count(key)
    if number is not None and not 0 < number <= _MOST_ROWS:
        row.fault(Code.BAD_SETTING, key, seen=str(number), choices=f"1 到 {_MOST_ROWS} 的整数")
        return 0
    return number or 0


def _fields(rows: tuple[OfficeRow, ...], choices: Choices) -> Iterator[Field]:
    seen: dict[str, dict[str, str]] = {"代码": {}, "表头": {}}
    meant: dict[str, tuple[str, str]] = {}
    for row in rows:
        field = _field(row, choices)
        if field is None:
            continue
        for title, cells in seen.items():
            value, cell = row.text(title), row.place(title).cell
            if value in cells:
                row.fault(Code.REPEATED, title, seen=value, other=cells[value])
            cells.setdefault(value, cell)
        title = "用途" if row.text("用途") else "代码"
        code, other = meant.setdefault(field.code, (row.text("代码"), row.place(title).cell))
        if code != row.text("代码"):
            row.fault(Code.REPEATED, title, seen=row.text(title), other=other)
        yield field


def _with_last(fields: tuple[Field, ...], rows: tuple[OfficeRow, ...]) -> tuple[Field, ...]:
    """Let 上期.代码 mean the column of that code as the office wrote it, or of that header, also where its 用途 gives it another code."""
    codes = {field.code for field in fields}
    by_cell = {row.place("代码"): row for row in rows}
    meant = {by_cell[field.place].text(title): field.code for title in ("表头", "代码") for field in fields}
    return tuple(
        replace(field, taken_from=_LAST + meant.get(name, name))
        if field.source is Source.PREFILLED and field.taken_from.startswith(_LAST) and (name := field.taken_from.removeprefix(_LAST).strip()) not in codes
        else field
        for field in fields
    )


def _field(row: OfficeRow, choices: Choices) -> Field | None:
    before = row.errors
    filled = [row.needs(name, f"“{name}”") for name in _NEEDED]
    source, kind, required = (row.word(name, words) for name, words in (("来源", tuple(Source)), ("类型", tuple(KINDS)), ("必填", tuple(Required))))
    use, total = row.choice("用途", tuple(USES)), row.choice("汇总", tuple(Total), Total.NONE)
    unit = "%" if kind == "百分比" else row.text("计量")
    low, high, width = row.number("最小", unit=unit), row.number("最大", unit=unit), row.number("宽度", low=Decimal(0))
    if low is not None and high is not None and low > high:
        row.fault(Code.CONTRADICTS, "最小", seen=show_number(low), other="最大", value=show_number(high))
    picked = choices.get(row.text("选项"))
    if kind == "选项" and picked is None:
        row.fault(Code.BAD_SETTING, "选项" if row.has("选项") else "类型", seen=row.text("选项"), choices="、".join(choices))
    if row.errors > before or not all(filled):
        return None
    code, chosen = USES.get(use) or row.text("代码"), picked or Choice()
    if total not in {Total.NONE, Total.COUNT} and not KINDS[kind].numeric:
        row.fault(Code.NO_EFFECT, "汇总", seen=total, choices="数字的栏目")
        total = Total.NONE
    if use and (fit := _fit(code)) and not _is(kind, fit):
        row.fault(Code.NO_EFFECT, "用途", seen=use, choices=f"类型是{fit}的栏目")
    return Field(
        code=code,
        title=titled(row.text("表头"), row.text("计量")),
        source=Source(source),
        kind=KINDS[kind],
        aliases=_names(row),
        taken_from=row.formula("取自") if source == Source.FORMULA else row.text("取自") or (row.text("表头") if source == Source.PREFILLED else ""),
        required=Required(required or "否"),
        limits=Limits(low, high, chosen.values, chosen.synonyms, row.text("计量"), stages=_stages(row, chosen) if code == STATUS else {}),
        hint=row.text("提示"),
        width=float(width or 12),
        place=row.place("代码"),
        total=Total(total),
    )


def _fit(code: str) -> str:
    """Name the kind that a column of a use must be of for the program to understand what stands in it; '' for any."""
    return "数字" if code in _OF_NUMBERS else "日期" if code in _OF_DAYS else "选项" if code == STATUS else ""


def _is(kind: str, wanted: str) -> bool:
    return KINDS[kind].numeric if wanted == "数字" else kind == wanted


def _stages(row: OfficeRow, picked: Choice) -> dict[str, str]:
    """Give the stages of a status list's words that do not tell them; one that nothing tells is asked about, and taken for under way."""
    for word, place in picked.unclear.items():
        row.say_at(place, Code.UNKNOWN_STAGE, title="阶段", seen=word)
    return {**picked.stages, **dict.fromkeys(picked.unclear, Stage.RUNNING)}


def _names(row: OfficeRow) -> tuple[str, ...]:
    """Give a column's other names; one whose unit of measure is put into its title is known without it as well."""
    bare = row.text("表头")
    return (*_parts(row.text("别名")), *([bare] if titled(bare, row.text("计量")) != bare else []))
