"""Reads form definitions (openpyxl): sheets 表单, 栏目 (one per table), 选项, 样式; every fault is a finding with its cell."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.templates.styles_in import read_looks, theme_colours
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Field, Form, Required, Source, Subject, Table
from toolkit.model.kinds import KINDS, Limits, number_in, plain
from toolkit.model.look import Look
from toolkit.model.place import Place

COLUMNS = ("代码", "表头", "别名", "来源", "取自", "类型", "必填", "最小", "最大", "选项", "提示", "宽度")
_NEEDED = ("代码", "表头", "来源", "类型")
_CYCLES = ("年", "季", "月")
LOOKS = ("标题", "表头", "预填", "填报", "提示")


class _Faults(list[Finding]):
    """Findings of one definition file, gathered while it is read."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file

    def say(self, code: Code, where: str, cell: str = "", **facts: str) -> None:
        """Add a fault at a cell of the sheet `where`."""
        self.append(Finding(code, Place(self.file, where, cell), facts))


def load_form(path: Path) -> tuple[Form | None, tuple[Finding, ...]]:
    """Read one form definition; (None, findings) when a fault makes it unusable."""
    faults = _Faults(path.name)
    try:
        book = load_workbook(path)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        faults.say(Code.UNREADABLE, "", reason=str(error)[:80])
        return None, tuple(faults)
    missing = [name for name in ("表单", "选项", "样式") if name not in book.sheetnames]
    for name in missing:
        faults.say(Code.NO_SUCH_SHEET, name, sheet=name)
    if missing:
        return None, tuple(faults)
    settings = _settings(book["表单"])
    choices = _choices(book["选项"])
    tables = tuple(table for sheet in book.worksheets if sheet.title.endswith("栏目") if (table := _table(sheet, settings, choices, faults)))
    looks = _looks(book, faults)
    form = _form(path, settings, tables, looks, faults)
    return form, tuple(faults)


def _form(
    path: Path, settings: dict[str, list[tuple[str, str]]], tables: tuple[Table, ...], looks: dict[str, Look], faults: _Faults
) -> Form | None:
    for key in ("代码", "名称", "期间", "标题"):
        if not settings.get(key):
            faults.say(Code.MISSING_SETTING, "表单", title=key, hint=f"“{key}”的值")
    if not tables:
        faults.say(Code.NO_SUCH_SHEET, "任务栏目", sheet="任务栏目")
    cycle, cell = settings.get("期间", [("", "")])[0]
    if cycle and cycle not in _CYCLES:
        faults.say(Code.BAD_SETTING, "表单", cell, title="期间", seen=cycle, choices="、".join(_CYCLES))
    if any(fault.level == "错误" for fault in faults):
        return None

    def first(key: str) -> str:
        return settings.get(key, [("", "")])[0][0]

    return Form(
        code=first("代码"),
        version=first("版本") or "1",
        name=first("名称"),
        cycle=cycle,
        title=first("标题"),
        notes=tuple(value for value, _ in settings.get("填报说明", [])),
        sign_off=tuple(part.strip() for part in first("签批栏").replace("，", "、").split("、") if part.strip()),
        tables=tables,
        looks=looks,
        file=path.name,
    )


def _settings(sheet: Worksheet) -> dict[str, list[tuple[str, str]]]:
    """Read key → [(value, cell)]; a key may stand in several rows."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key_cell, value_cell in sheet.iter_rows(min_col=1, max_col=2):
        key, value = plain(key_cell.value), plain(value_cell.value)
        if key and value:
            found.setdefault(key, []).append((value, value_cell.coordinate))
    return found


def _choices(sheet: Worksheet) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in sheet.iter_rows(min_row=2, max_col=3, values_only=True):
        name, value = plain(row[0]), plain(row[1])
        if name and value:
            found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _looks(book: Workbook, faults: _Faults) -> dict[str, Look]:
    theme = theme_colours(book)
    looks = read_looks(book["样式"], theme)
    for name in LOOKS:
        if name not in looks:
            faults.say(Code.MISSING_SETTING, "样式", title=name, hint=f"一行名为“{name}”的样例")
    return looks


def _table(sheet: Worksheet, settings: dict[str, list[tuple[str, str]]], choices: dict[str, tuple[str, ...]], faults: _Faults) -> Table | None:
    headers = {plain(cell.value): cell.column for cell in sheet[1] if plain(cell.value) and cell.column}
    absent = [name for name in _NEEDED if name not in headers]
    for name in absent:
        faults.say(Code.NO_SUCH_COLUMN, sheet.title, "A1", title=name)
    if absent:
        return None
    subject_text, subject_cell = settings.get(f"{sheet.title}.每行", [("任务", "")])[0]
    if subject_text not in list(Subject):
        faults.say(Code.BAD_SETTING, "表单", subject_cell, title=f"{sheet.title}.每行", seen=subject_text, choices="、".join(Subject))
        return None
    fields = tuple(_fields(sheet, headers, choices, faults))
    rows = number_in(settings.get(f"{sheet.title}.空行数", [("5", "")])[0][0])
    name = settings.get(f"{sheet.title}.工作表", [(sheet.title.removesuffix("栏目") + "填报", "")])[0][0]
    return Table(name, Subject(subject_text), fields, int(rows or 0) if subject_text == Subject.BLANK else 0)


def _fields(sheet: Worksheet, headers: dict[str, int], choices: dict[str, tuple[str, ...]], faults: _Faults) -> Iterator[Field]:
    codes: dict[str, str] = {}
    titles: dict[str, str] = {}
    for row in sheet.iter_rows(min_row=2):
        cells = {name: cell for name, column in headers.items() if isinstance(cell := row[column - 1], Cell)}
        said = {name: plain(cells[name].value) if name in cells else "" for name in COLUMNS}
        if not any(said.values()):
            continue
        field = _field(sheet, cells, said, choices, faults)
        if field is None:
            continue
        for seen, known, title in ((field.code, codes, "代码"), (field.title, titles, "表头")):
            if seen in known:
                faults.say(Code.REPEATED, sheet.title, cells[title].coordinate, title=title, seen=seen, other=known[seen])
            known.setdefault(seen, cells[title].coordinate)
        yield field


def _field(sheet: Worksheet, cells: dict[str, Cell], said: dict[str, str], choices: dict[str, tuple[str, ...]], faults: _Faults) -> Field | None:
    def fault(code: Code, name: str, **facts: str) -> None:
        faults.say(code, sheet.title, cells[name].coordinate if name in cells else "", title=name, **facts)

    before = len(faults)
    for name in _NEEDED:
        if not said[name]:
            fault(Code.MISSING_SETTING, name, hint=f"“{name}”")
    for name, allowed in (("来源", tuple(Source)), ("类型", tuple(KINDS)), ("必填", tuple(Required))):
        if said.get(name) and said[name] not in allowed:
            fault(Code.BAD_SETTING, name, seen=said[name], choices="、".join(allowed))
    numbers: dict[str, Decimal | None] = {}
    for name in ("最小", "最大", "宽度"):
        numbers[name] = number_in(said.get(name, "")) if said.get(name) else None
        if said.get(name) and numbers[name] is None:
            fault(Code.BAD_SETTING, name, seen=said[name], choices="数字")
    picked = choices.get(said.get("选项", ""), ())
    if said["类型"] == "选项" and not picked:
        fault(Code.BAD_SETTING, "选项" if "选项" in cells else "类型", seen=said.get("选项", ""), choices="、".join(choices))
    if len(faults) > before:
        return None
    return Field(
        code=said["代码"],
        title=said["表头"],
        source=Source(said["来源"]),
        kind=KINDS[said["类型"]],
        aliases=tuple(part for part in said.get("别名", "").replace("；", "、").replace("，", "、").split("、") if part),
        taken_from=said.get("取自", "") or (said["表头"] if said["来源"] == Source.PREFILLED else ""),
        required=Required(said.get("必填") or "否"),
        limits=Limits(numbers["最小"], numbers["最大"], picked),
        hint=said.get("提示", ""),
        width=float(numbers["宽度"] or 12),
        place=Place(faults.file, sheet.title, cells["代码"].coordinate),
    )
