"""Reads templates/任务总表.xlsx as the clerk left it; every fault is a finding with its cell."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from toolkit.edges.documents.parts import child, read_part
from toolkit.edges.reading.workbooks_in import Unreadable, read_grid
from toolkit.edges.templates.doubts_out import DOUBTS, LINES
from toolkit.edges.templates.master_out import CALENDAR, INDICATORS, ODD_DAYS, TASKS, UNITS
from toolkit.model.findings import BY_ID, Code, Finding
from toolkit.model.kinds import KINDS, Limits, exact, number_in, plain
from toolkit.model.master import DEPARTMENT, TASK, Deadline, Doubt, Indicator, Master, ReadLine, Task, Unit
from toolkit.model.place import Place, address
from toolkit.model.returns import Grid
from toolkit.model.settling import settle
from toolkit.model.trouble import Trouble, why
from toolkit.model.workdays import REST, WORK, OddDay

_OPTIONAL = {"责任领导", "清单", *DOUBTS[3:]}
_SHEETS_AT_WILL = {"待确认", "节假日", "原文"}
_SPLIT = re.compile(r"[、;；\n](?![^（(〈【]*[）)〉】])")


class _Line:
    """One row of a sheet: values by header, its number counted from 0, the headers' columns, faults gathered."""

    def __init__(self, place: Place, values: Mapping[str, object], row: int, columns: Mapping[str, int], faults: list[Finding]) -> None:
        self._place, self._values, self._row, self._columns, self._faults = place, values, row, columns, faults

    def text(self, name: str) -> str:
        return plain(self._values.get(name))

    def names(self, name: str) -> tuple[str, ...]:
        return tuple(part for raw in _SPLIT.split(self.text(name)) if (part := raw.strip()))  # a mark inside brackets is part of a name

    def at(self, name: str) -> Place:
        return self._place._replace(cell=address(self._row, self._columns[name]) if name in self._columns else "")

    def fault(self, code: Code, name: str, **facts: str) -> None:
        self._faults.append(Finding(code, self.at(name), facts, title=name))

    def number(self, name: str, default: Decimal) -> Decimal:
        raw = self._values.get(name)
        if raw is None or plain(raw) == "":
            return default
        value = exact(raw) if isinstance(raw, float) else number_in(plain(raw))
        if value is None:
            self.fault(Code.BAD_SETTING, name, seen=plain(raw), choices="数字")
            return default
        if isinstance(raw, str):
            self.fault(Code.NUMBER_AS_TEXT, name, seen=raw)
        return value

    def day(self, name: str) -> date | None:
        raw = self._values.get(name)
        read = KINDS["日期"].read(raw.date() if isinstance(raw, datetime) else raw, Limits())
        if not isinstance(read.value, date):
            self.fault(Code.BAD_SETTING, name, seen=plain(raw), choices="形如 2023-03-30 的日期")
            return None
        return read.value


def load_master(path: Path) -> tuple[Master, tuple[Finding, ...]]:
    """Read the master list; raises Trouble when it is missing, not a workbook, or lacks a sheet or column that nothing can stand in for."""
    if not path.exists():
        raise Trouble("还没有任务总表（templates/任务总表.xlsx）。", "请先运行“import 通知文件”，从通知建立任务总表。")
    try:
        content = path.read_bytes()
        book = read_grid(content, path.name)
    except (OSError, Unreadable) as error:
        reason = error if isinstance(error, Unreadable) else why(error)
        raise Trouble(f"任务总表打不开：{reason}。", "请确认 templates/任务总表.xlsx 是正常的 Excel 文件，或重新 import。") from error
    faults: list[Finding] = []
    task_lines = tuple(_lines(book, "任务", TASKS, faults))
    tasks = tuple(_tasks(task_lines))
    indicators = tuple(_indicators(_lines(book, "量化指标", INDICATORS, faults)))
    units = tuple(_units(_lines(book, "单位", UNITS, faults)))
    calendar = tuple(_calendar(_lines(book, "日程", CALENDAR, faults)))
    doubt_lines = tuple(_lines(book, "待确认", DOUBTS, faults))
    doubts = tuple(map(_doubt, doubt_lines))
    read = tuple(_read_lines(_lines(book, "原文", LINES, faults)))
    odd = tuple(_odd_days(_lines(book, "节假日", ODD_DAYS, faults)))
    title, source = _title_and_source(content)
    master = Master(tasks, indicators, units, calendar, doubts, title=title, source=source, odd_days=odd, lines=read)
    master, puzzling = settle(master)
    faults += _puzzling(doubt_lines, set(puzzling))
    faults += _unknown_units(master, task_lines)
    blocking = [fault for fault in faults if fault.code in {Code.NO_SUCH_SHEET, Code.NO_SUCH_COLUMN}]
    if blocking:
        raise Trouble("任务总表不完整：" + " ".join(f"{fault.place}：{fault.message}{fault.advice}" for fault in blocking))
    return master, tuple(faults)


def _doubt(line: _Line) -> Doubt:
    where, read, reason, other, answer, number, _, code, listed = map(line.text, DOUBTS)
    return Doubt(where, read, reason, other, answer, number, code, listed)


def _read_lines(lines: Iterable[_Line]) -> Iterator[ReadLine]:
    for line in lines:
        where, fate, number, text, listed = map(line.text, LINES)
        yield ReadLine(where, text, fate, number, listed)


def _puzzling(lines: Iterable[_Line], doubts: set[Doubt]) -> Iterator[Finding]:
    """Say of each answer in 处理 that is not understood what may stand there."""
    for line in lines:
        if _doubt(line) in doubts:
            code = BY_ID.get(line.text("代码"))
            choices = code.text.advice.rstrip("。") if code else "采纳、忽略"
            yield Finding(Code.BAD_SETTING, line.at("处理"), {"seen": line.text("处理"), "choices": choices}, title="处理")


def _title_and_source(content: bytes) -> tuple[str, str]:
    """Give the document's title and subject, '' where it keeps none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            said = read_part(book, "docProps/core.xml")
    except (zipfile.BadZipFile, Trouble):
        return "", ""
    title, subject = (child(said, name) for name in ("title", "subject"))
    return "" if title is None else title.text or "", "" if subject is None else subject.text or ""


def _lines(book: Grid, name: str, headers: tuple[str, ...], faults: list[Finding]) -> Iterator[_Line]:
    sheet, place = next((sheet for sheet in book.sheets if sheet.name == name), None), Place(book.file, name)
    if sheet is None:
        if name not in _SHEETS_AT_WILL:
            faults.append(Finding(Code.NO_SUCH_SHEET, place, {"sheet": name}))
        return
    columns = {plain(value): column for column, value in enumerate(sheet.rows[0] if sheet.rows else ()) if plain(value)}
    missing = [title for title in headers if title not in columns and title not in _OPTIONAL]
    faults += [Finding(Code.NO_SUCH_COLUMN, place._replace(cell="A1"), title=title) for title in missing]
    for number, row in enumerate(sheet.rows[1:], 1):
        values = {title: row[column] for title, column in columns.items() if column < len(row)}
        if any(map(plain, values.values())):
            yield _Line(place, values, number, columns, faults)


def _tasks(lines: Iterable[_Line]) -> Iterator[Task]:
    seen: dict[str, str] = {}
    for line in lines:
        number = line.text("编号")
        if not number:
            line.fault(Code.MISSING_SETTING, "编号", hint="编号，如 任务7")
            continue
        if number in seen:
            line.fault(Code.REPEATED, "编号", seen=number, other=seen[number])
            continue
        seen[number] = line.at("编号").cell
        leads, supports = line.names("牵头单位"), line.names("责任单位")
        if not leads and not supports:
            line.fault(Code.NO_UNIT, "牵头单位", task=number)
        yield Task(
            number,
            line.text("类别") or TASK,
            line.text("章节"),
            line.text("小节"),
            line.text("目标任务"),
            leads,
            supports,
            deadline=line.text("完成时限"),
            leader=line.text("责任领导"),
            weight=line.number("权重", Decimal(1)),
            state=line.text("状态"),
            note=line.text("备注"),
            listed=line.text("清单"),
        )


def _indicators(lines: Iterator[_Line]) -> Iterator[Indicator]:
    for line in lines:
        if not line.text("编号") or not line.text("指标"):
            line.fault(Code.MISSING_SETTING, "编号" if not line.text("编号") else "指标", hint="编号和指标名称")
            continue
        target = line.number("目标值", Decimal(0))
        yield Indicator(line.text("编号"), line.text("指标"), line.text("比较") or "=", target, line.text("单位"), line.text("口径"), line.text("原文"))


def _units(lines: Iterator[_Line]) -> Iterator[Unit]:
    seen: dict[str, str] = {}
    for line in lines:
        name = line.text("单位")
        if not name:
            line.fault(Code.MISSING_SETTING, "单位", hint="单位名称")
            continue
        if name in seen:
            line.fault(Code.REPEATED, "单位", seen=name, other=seen[name])
            continue
        seen[name] = line.at("单位").cell
        group = line.text("类别") or DEPARTMENT
        issued = line.text("是否发放") or "是"
        if issued not in {"是", "否"}:
            line.fault(Code.BAD_SETTING, "是否发放", seen=issued, choices="是、否")
        contact, phone, email = line.text("联系人"), line.text("电话"), line.text("邮箱")
        yield Unit(name, line.names("别名"), group, line.names("成员"), issued != "否", contact, phone, email)


def _calendar(lines: Iterator[_Line]) -> Iterator[Deadline]:
    for line in lines:
        start, due = line.day("开始"), line.day("截止")
        if start and due:
            yield Deadline(line.text("期间"), line.text("表单"), start, due)


def _odd_days(lines: Iterator[_Line]) -> Iterator[OddDay]:
    for line in lines:
        day, what = line.day("日期"), line.text("休息或上班")
        if what not in {REST, WORK}:
            line.fault(Code.BAD_SETTING, "休息或上班", seen=what, choices=f"{REST}、{WORK}")
        elif day:
            yield OddDay(day, what, line.text("说明"))


def _unknown_units(master: Master, lines: Iterable[_Line]) -> Iterator[Finding]:
    for line in lines:
        for column in ("牵头单位", "责任单位"):
            for name in line.names(column):
                if master.resolve(name) is None:
                    yield Finding(Code.UNKNOWN_UNIT, line.at(column), {"unit": name}, title=column)
