"""Reads templates/任务总表.xlsx as the clerk left it; every fault is a finding with its cell."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from toolkit.edges.documents.xml_parts import child, read_part
from toolkit.edges.parsed_cache import cached_workbook
from toolkit.edges.templates.master_sheets import CALENDAR, DOUBTS, ID, LINES, ODD_DAYS, PARENT, PARTED, SPANS, TASKS, UNIT_WEIGHT, UNITS
from toolkit.edges.templates.office_sheet import A_DAY, OfficeBook, OfficeRow
from toolkit.edges.templates.read_calendar import read_calendar
from toolkit.edges.templates.read_indicators import read_indicators
from toolkit.edges.templates.read_nodes import read_nodes
from toolkit.model.amendments import WITHDRAWN_WORDS
from toolkit.model.answered_doubts import names_of, settle
from toolkit.model.answered_names import called, is_no_unit
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.deadlines import EXPECTED, deadline_in
from toolkit.model.findings import BY_ID, Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import DEPARTMENT, TASK, WITHDRAWN, Doubt, Master, ReadLine, Task, Unit
from toolkit.model.period import Period
from toolkit.model.unit_words import unit_meant
from toolkit.model.values import parts_outside_brackets
from toolkit.model.workdays import REST, WORK, CalendarException

_OPTIONAL = ("责任领导", "清单", PARTED)
_SHEETS = ("任务", "量化指标", "单位", "日程")
_ONLY_A_DATE = lazy_pattern(r"[\d\s年月日号./\-—~～至到上中下旬底末前之以内初季度第一二三四五六七八九十]+")
_ANY_YEAR = 2023  # of a list whose calendar names none; each period fills in its own
_REST_WORDS = {
    **dict.fromkeys(("放假", "休", "休假", "假", "节日", "公休", "节假日"), REST),
    **dict.fromkeys(("班", "补班", "调休上班", "工作", "工作日", "调班"), WORK),
}
_FOR_FILES = {ord(sign): ord(sign) + 0xFEE0 for sign in '<>:"/\\|?*'}  # what names of files have instead of signs that Windows does not stand
_OTHER_FORMATS = (".xls", ".et", ".xlsm", ".xlsb", ".ods", ".csv")


def load_master(path: Path) -> tuple[Master, tuple[Finding, ...]]:
    """Read the master list with its answers put in; raises CommandError when it is missing, not a workbook, or lacks a sheet or column that is needed."""
    _, master, faults = load_typed(path)
    return master, faults


def load_typed(path: Path) -> tuple[Master, Master, tuple[Finding, ...]]:
    """Read the master list as it was typed, and with the answers of 待确认 put in. Raises CommandError as load_master does."""
    if not path.exists():
        raise _missing(path)
    return cached_workbook(path, make=lambda: _read_typed(path))


def _read_typed(path: Path) -> tuple[Master, Master, tuple[Finding, ...]]:
    from toolkit.edges.reading.read_workbooks import Unreadable

    try:
        content = path.read_bytes()
        book = OfficeBook(content, path.name)
    except (OSError, Unreadable) as error:
        reason = error if isinstance(error, Unreadable) else reason_of(error)
        raise CommandError(f"任务总表打不开：{reason}。", "请确认 templates/任务总表.xlsx 是正常的 Excel 文件，或重新 import。") from error
    for name in _SHEETS:
        if name not in book.names:
            book.say(Code.NO_SUCH_SHEET, name, sheet=name)
    task_rows = tuple(book.rows("任务", [title for title in TASKS if title not in _OPTIONAL], _OPTIONAL))
    calendar = tuple(read_calendar(book.rows("日程", CALENDAR, SPANS)))
    year = Period.parse(calendar[0].period).year if calendar else _ANY_YEAR
    tasks = tuple(_tasks(task_rows, year))
    indicators = tuple(read_indicators(book))
    nodes = tuple(read_nodes(book, {task.number for task in tasks}, year))
    unit_rows = tuple(book.rows("单位", [title for title in UNITS if title not in {ID, PARENT}], (ID, PARENT, UNIT_WEIGHT)))
    units = tuple(_units(unit_rows))
    doubt_rows = tuple(book.rows("待确认", DOUBTS[:3], DOUBTS[3:]))
    doubts = tuple(map(_doubt, doubt_rows))
    read = tuple(_read_lines(book.rows("原文", LINES[:4], LINES[4:])))
    odd = tuple(_odd_days(book.rows("节假日", ODD_DAYS)))
    title, source = _title_and_source(content, book)
    register = Master((), (), units, ())
    tasks = tuple(_called(row, register, task) for row, task in zip(_rows_of(task_rows, tasks), tasks, strict=True))
    master = Master(tasks, indicators, units, calendar, doubts, title=title, source=source, odd_days=odd, lines=read, nodes=nodes)
    typed = master
    master, puzzling = settle(master)
    understood = {(fault.place, fault.facts["seen"]) for fault in book.faults if fault.code is Code.OFFICE_UNDERSTOOD}
    unknown = (*_unknown_units((typed, master), task_rows, ("牵头单位", "责任单位")), *_unknown_units((typed, master), unit_rows, ("成员", PARENT)))
    unknown = tuple(fault for fault in unknown if (fault.place, fault.facts["unit"]) not in understood)
    faults = (*book.faults, *_puzzling(doubt_rows, set(puzzling), typed), *unknown)
    blocking = [fault for fault in faults if fault.code in {Code.NO_SUCH_SHEET, Code.NO_SUCH_COLUMN}]
    if blocking:
        raise CommandError("任务总表不完整：" + " ".join(f"{fault.place}：{fault.message}{fault.advice}" for fault in blocking))
    return typed, master, faults


def _doubt(row: OfficeRow) -> Doubt:
    where, read, reason, other, answer, number, _, code, listed = map(row.text, DOUBTS)
    return Doubt(where, read, reason, other, answer, number, code, listed)


def _read_lines(rows: Iterable[OfficeRow]) -> Iterator[ReadLine]:
    for row in rows:
        where, fate, number, text, listed = map(row.text, LINES)
        yield ReadLine(where, text, fate, number, listed)


def _puzzling(rows: Iterable[OfficeRow], doubts: set[Doubt], typed: Master) -> Iterator[Finding]:
    """Say of each answer in 处理 that is not understood what may stand there, and of each unit in one that is written short how it is understood."""
    for row in rows:
        doubt, place = _doubt(row), row.place("处理")
        names = names_of(doubt)
        if doubt in doubts:
            code = BY_ID.get(doubt.code)
            strange = [name for name in names if is_no_unit(typed, name)]
            choices = (code.text.advice.rstrip("。") if code else "采纳、忽略") + ("；“单位”表里没有的单位，先在那里补一行" if strange else "")
            yield from (Finding(Code.BAD_SETTING, place, {"seen": seen, "choices": choices}, title="处理") for seen in strange or (doubt.answer,))
        else:
            short = ((name, called(typed, name)) for name in names)
            yield from (Finding(Code.OFFICE_UNDERSTOOD, place, {"seen": name, "value": unit}, title="处理") for name, unit in short if name != unit)


def _missing(path: Path) -> CommandError:
    """Say that there is no master list, and name one that was saved in another format."""
    other = next((name for ending in _OTHER_FORMATS if (name := path.with_suffix(ending)).exists()), None)
    if other is not None:
        return CommandError(f"任务总表存成了“{other.name}”。", "请用 Excel 或 WPS 打开它，另存为“任务总表.xlsx”，放在 templates 文件夹里。")
    return CommandError("还没有任务总表（templates/任务总表.xlsx）。", "请先运行“import 通知文件”，从通知建立任务总表。")


def _title_and_source(content: bytes, book: OfficeBook) -> tuple[str, str]:
    """Give the document's title and subject, '' where it keeps none; that another format's are not read is said."""
    is_ours, core_part = False, None
    with suppress(zipfile.BadZipFile, CommandError), zipfile.ZipFile(io.BytesIO(content)) as package:
        is_ours = any(name.startswith("xl/") for name in package.namelist())
        core_part = read_part(package, "docProps/core.xml") if is_ours else None
    if not is_ours:
        book.say(Code.NOT_XLSX, "")
    title, subject = (child(core_part, name) for name in ("title", "subject"))
    return "" if title is None else title.text or "", "" if subject is None else subject.text or ""


def _tasks(rows: Iterable[OfficeRow], year: int) -> Iterator[Task]:
    for row, number in _numbered(rows, "编号", "编号，如 任务7"):
        leads, supports = _names(row, "牵头单位"), _names(row, "责任单位")
        if not leads and not supports:
            row.fault(Code.NO_UNIT, "牵头单位", task=number)
        row.needs("目标任务", "任务内容")
        weight = row.number("权重", Decimal(1), low=Decimal(0))
        yield Task(
            number,
            row.text("类别") or TASK,
            row.text("章节"),
            row.text("小节"),
            row.text("目标任务"),
            leads,
            supports,
            deadline=_deadline(row, year),
            leader=row.text("责任领导"),
            weight=Decimal(1) if weight is None else weight,
            state=_state(row),
            note=row.text("备注"),
            listed=row.text("清单"),
            parted=row.choice(PARTED, ("是", "否"), "否") == "是",
        )


def _rows_of(rows: Iterable[OfficeRow], tasks: Iterable[Task]) -> Iterator[OfficeRow]:
    """Give the row of each task; of two rows with one number the first."""
    by_number: dict[str, OfficeRow] = {}
    for row in rows:
        by_number.setdefault(row.text("编号"), row)
    return (by_number[task.number] for task in tasks)


def _called(row: OfficeRow, register: Master, task: Task) -> Task:
    """Give a task with its units as the register calls them, where a name that it does not know is short for one unit only; which is said."""
    return replace(task, leads=_known(row, "牵头单位", task.leads, register), supports=_known(row, "责任单位", task.supports, register))


def _known(row: OfficeRow, title: str, names: tuple[str, ...], register: Master) -> tuple[str, ...]:
    found = []
    for name in names:
        unit = None if register.resolve(name) else unit_meant(register, name).unit
        if unit is not None:
            row.fault(Code.OFFICE_UNDERSTOOD, title, seen=name, value=unit.name)
        found.append(unit.name if unit else name)
    return tuple(dict.fromkeys(found))


def _numbered(rows: Iterable[OfficeRow], title: str, hint: str) -> Iterator[tuple[OfficeRow, str]]:
    """Give each row with the number or name that identifies it; one without, or with another row's, is a fault and left out."""
    seen: dict[str, str] = {}
    for row in rows:
        name = row.label(title)
        if row.is_blank(title):
            row.fault(Code.MISSING_SETTING, title, hint=hint)
        elif name and name in seen:
            row.fault(Code.REPEATED, title, seen=name, other=seen[name])
        elif name:
            seen[name] = row.place(title).cell
            yield row, name


def _names(row: OfficeRow, title: str) -> tuple[str, ...]:
    return parts_outside_brackets(row.text(title), "、;；\n")


def _deadline(row: OfficeRow, year: int) -> str:
    """Read a task's deadline, in the clerk's words; a number is the day that it means. What tells no day is an error."""
    text, raw = row.text("完成时限"), row.raw("完成时限")
    if not text or isinstance(raw, date):
        return text
    if isinstance(raw, float | int):
        day = row.day("完成时限", year=year)
        return day.isoformat() if day else ""
    found = deadline_in(text, year=year)
    if found is None:
        row.fault(Code.BAD_SETTING if _ONLY_A_DATE.fullmatch(text) else Code.NO_DAY, "完成时限", seen=text, choices=EXPECTED)
    elif not found.clear:
        row.fault(Code.OFFICE_UNDERSTOOD, "完成时限", seen=text, value=found.day.isoformat() if found.day else "全年")
    return text


def _state(row: OfficeRow) -> str:
    """Read whether a task is withdrawn; any other word has no effect, which is said."""
    text = row.text("状态")
    if text in WITHDRAWN_WORDS:
        if text != WITHDRAWN:
            row.fault(Code.OFFICE_UNDERSTOOD, "状态", seen=text, value=WITHDRAWN)
        return WITHDRAWN
    if text:
        row.fault(Code.NO_EFFECT, "状态", seen=text, choices=WITHDRAWN)
    return text


def _units(rows: Iterable[OfficeRow]) -> Iterator[Unit]:
    seen: dict[str, str] = {}
    files: dict[str, str] = {}
    for row, name in _numbered(rows, "单位", "单位名称"):
        issued = row.choice("是否发放", ("是", "否"), "是")
        contact, phone, email = row.text("联系人"), row.text("电话"), row.text("邮箱")
        called, key = (name, _names(row, "别名"), row.text("类别") or DEPARTMENT, _names(row, "成员")), row.text(ID)
        if key and key in seen:
            row.fault(Code.REPEATED, ID, seen=key, other=seen[key])
            continue
        seen[key] = row.place(ID).cell
        if issued != "否" and (other := files.setdefault(name.translate(_FOR_FILES).casefold(), name)) != name:
            row.fault(Code.SAME_FILE, "单位名称", seen=name, other=other)
        if row.text(PARENT) == name:
            row.fault(Code.CONTRADICTS, PARENT, seen=name, other="单位", value=name)
        weight = row.number(UNIT_WEIGHT, Decimal(1), low=Decimal(0))
        share = Decimal(1) if weight is None else weight
        yield Unit(*called, issued != "否", contact, phone, email, "" if key == name else key, parent=row.text(PARENT), weight=share)


def _odd_days(rows: Iterable[OfficeRow]) -> Iterator[CalendarException]:
    seen: dict[date, str] = {}
    for row in rows:
        day = row.day("日期") if row.needs("日期", A_DAY) else None
        what = row.choice("休息或上班", (REST, WORK), aliases=_REST_WORDS) if row.needs("休息或上班", f"{REST}或{WORK}") else ""
        if day in seen:
            row.fault(Code.REPEATED, "日期", seen=str(day), other=seen[day])
        elif day and what:
            seen[day] = row.place("日期").cell
            yield CalendarException(day, what, row.text("说明"))


def _unknown_units(masters: Iterable[Master], rows: Iterable[OfficeRow], columns: Iterable[str]) -> Iterator[Finding]:
    for row in rows:
        for column in columns:
            for name in _names(row, column):
                if all(master.resolve(name) is None for master in masters):  # an answer in 待确认 may have taken the name out of the register
                    yield Finding(Code.UNKNOWN_UNIT, row.place(column), {"unit": name}, title=column)
