"""A small office for tests: four tasks, three units and a collective, and hands that type into issued workbooks."""

import atexit
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.issue.generate import generate
from toolkit.flows.office.office_context import open_office
from toolkit.model.master import COLLECTIVE, GOAL, TASK, Deadline, Indicator, Master, Task, Unit
from toolkit.model.period import Period
from toolkit.model.returns import Row

LEDGERS: list[Callable[[], str]] = []  # the last one gives each small office's ledger its address; none: a file in its own records
Q1 = Period(2023, 1)
MASTER = Master(
    tasks=(
        Task("目标1", GOAL, "一、预期目标", "", "生产总值增长7%以上", ("云溪县发改局",), ()),
        Task("任务1", TASK, "(一)产业", "工业", "新建标准厂房80万平方米以上。", ("云溪县工信局",), ("云溪县发改局",)),
        Task("任务2", TASK, "(一)产业", "工业", "盘活低效企业。", ("云溪县工信局",), ("各镇",)),
        Task("任务3", TASK, "(二)民生", "", "完成老旧小区改造。", ("东山镇",), ()),
    ),
    indicators=(Indicator("任务1", "新建标准厂房", "≥", Decimal(80), "万平方米", "累计", "新建标准厂房80万平方米以上"),),
    units=(
        Unit("云溪县发改局"),
        Unit("云溪县工信局", ("云溪县工业和信息化局",)),
        Unit("东山镇", group="街道乡"),
        Unit("各镇", group=COLLECTIVE, members=("东山镇",), issued=False),
    ),
    calendar=(
        Deadline("2023", "工作方案", date(2023, 1, 3), date(2023, 1, 15)),
        Deadline("2023Q1", "季度进展", date(2023, 1, 1), date(2023, 3, 30)),
        Deadline("2023Q2", "季度进展", date(2023, 4, 1), date(2023, 6, 30)),
    ),
    title="云溪县2023年目标任务",
)


def small_workspace(folder: Path, master: Master = MASTER) -> Workspace:
    """Make a workspace with the small office's master list."""
    space = open_workspace(folder)
    write_file(space.master, _list(master))
    if LEDGERS:
        keep_ledger_at(space, LEDGERS[-1]())
    return space


@cache
def _list(master: Master) -> bytes:
    """Draw a list once: each drawing differs from the one before by the moment that stands in it."""
    return master_bytes(master)


def keep_ledger_at(space: Workspace, address: str) -> None:
    """Write a ledger's address into a workspace's settings, where none is written yet."""
    settings = space.root / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace('ledger = ""', f'ledger = "{address}"'), "utf-8")


def issue(space: Workspace, period: Period = Q1) -> Path:
    """Issue a period to everybody; gives the folder of workbooks. An office that is in every byte as one that has issued today gets a copy of its work."""
    kept = None if space.settings().get("ledger") else _issued_before(space, period)
    if kept is not None and kept.exists():
        shutil.copytree(kept, space.root, dirs_exist_ok=True)
        return space.out(period, "发放")
    folder = generate(space, period, only=(), progress=lambda items, _: items).folder
    if kept is not None:
        shutil.copytree(space.root, kept)
    return folder


def made_once(root: Path, make: Callable[[Path], Workspace], *told: object) -> Workspace:
    """Give an office with which many tests begin: `make` makes it once on a day, by what is `told` of it, later ones are copies."""
    kept = _kept() / hashlib.sha256(repr((_now(), told)).encode()).hexdigest()
    if LEDGERS or not kept.exists():
        space = make(root)
        if not LEDGERS:
            shutil.copytree(root, kept)
        return space
    shutil.copytree(kept, root, dirs_exist_ok=True)
    return open_workspace(root)


def _issued_before(space: Workspace, period: Period) -> Path:
    """Give where an office like this one is kept with the period issued, whether it is there already or not."""
    told = hashlib.sha256(repr((period, _now(), replace(space, root=Path()))).encode())
    for path in sorted(path for path in space.root.rglob("*") if path.is_file()):
        told.update(space.relative(path).encode() + hashlib.sha256(path.read_bytes()).digest())
    return _kept() / told.hexdigest()


def _now() -> tuple[object, ...]:
    """Give what a command's work depends on besides the workspace: the day, what the environment sets."""
    return now().date(), sorted(item for item in os.environ.items() if item[0].startswith("TASK_TOOLKIT"))


@cache
def _kept() -> Path:
    """Make the folder of this process's issued offices; it is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"issued-{os.getpid()}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def header_row(sheet: Worksheet) -> int:
    """Find the row of column titles."""
    return next(row[0].row or 0 for row in sheet.iter_rows(max_row=12) if row[0].value == "编号")


def type_into(source: Path, target: Path, cells: Mapping[tuple[str, str, str], object]) -> None:
    """Open an issued workbook, type values by (sheet, 编号, column title), save it elsewhere; of what a unit sends twice the second is the later file."""
    content = source.read_bytes()
    told = hashlib.sha256(content + repr([(place, type(value), value) for place, value in cells.items()]).encode()).digest()
    if told not in _TYPED:
        _TYPED[told] = _typed(content, cells)
    target.parent.mkdir(parents=True, exist_ok=True)
    sending = target.parent, source.name
    while _SENT.get(sending) == int(time.time()):  # two files of one second are of one moment: which of them holds would be asked
        time.sleep(0.02)
    target.write_bytes(_TYPED[told])
    _SENT[sending] = int(target.stat().st_mtime)


_TYPED: dict[bytes, bytes] = {}  # what was typed already into the same form
_SENT: dict[tuple[Path, str], int] = {}  # the second of the last file that was made of a form, by the folder it went to and the form's name


def _typed(content: bytes, cells: Mapping[tuple[str, str, str], object]) -> bytes:
    book, saved = load_workbook(BytesIO(content)), BytesIO()
    for (name, number, title), value in cells.items():
        sheet = book[name]
        header = header_row(sheet)
        column = next(cell.column for cell in sheet[header] if cell.value == title)
        row = next(row[0].row for row in sheet.iter_rows(min_row=header + 1) if row[0].value == number)
        sheet.cell(row or 0, column or 0).value = value  # type: ignore[assignment]
    book.save(saved)
    return saved.getvalue()


def filled_row(number: str, *, lead: bool = True, progress: object = 30) -> dict[tuple[str, str, str], object]:
    """Give what a unit types into one task's row when everything is right."""
    cells: dict[tuple[str, str, str], object] = {
        ("任务进展", number, "进展状态"): "推进中",
        ("任务进展", number, "本季进展情况"): f"{number}完成立项和招标，进场施工。",
    }
    if lead:
        cells["任务进展", number, "累计进度"] = progress
        cells["任务进展", number, "下一步措施"] = "下季度完成主体工程。"
    return cells


def accepted(space: Workspace, period: Period = Q1) -> dict[str, list[Row]]:
    """Give the rows that the ledger keeps, by the file they came in."""
    with open_office(space) as office:
        form = office.form_of(period)
        return {file.name: office.ledger.rows_of(file, form) for file in office.ledger.all_files(str(period))}
