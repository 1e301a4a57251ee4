"""A made-up province for benches: units with tasks, workbooks issued to them, and returns filled in."""

import os
import subprocess
import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from tests.office import profile
from toolkit.edges.files import write_file
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.issue.generate import generate
from toolkit.flows.office.office_context import open_office
from toolkit.model import seal
from toolkit.model.column_kinds import plain
from toolkit.model.master import TASK, Deadline, Master, Role, Task, Unit
from toolkit.model.period import Period
from toolkit.model.requests import request_sheets
from toolkit.views.form_table import Own
from toolkit.views.unit_form import unit_book

PERIOD = Period(2024, 1)
_AT_ONCE = 100  # files that LibreOffice is given; of more than 248 it leaves some out and says nothing
_SENT = datetime(2024, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local


def province(folder: Path, units: int, rows: int) -> Workspace:
    """Make a workspace of so many units that take part in so many tasks each, and issue the first quarter."""
    space = workspace(folder, units, rows)
    generate(space, PERIOD, only=(), progress=lambda items, _: items)
    return space


def workspace(folder: Path, units: int, rows: int) -> Workspace:
    """Make a workspace of so many units that take part in so many tasks each; a twelfth of a task's units lead it."""
    names = [f"某某县第{number}局" for number in range(1, units + 1)]
    count = max(rows, units // 20)
    groups: list[list[str]] = [[] for _ in range(count)]
    for at, name in enumerate(names):
        for turn in range(rows):
            groups[(at + turn) % count].append(name)
    tasks = tuple(
        Task(f"任务{number}", TASK, "一、重点工作", "", _text(number), tuple(group[:leads]), tuple(group[leads:]))
        for number, group in enumerate(groups, 1)
        for leads in [max(1, len(group) // 12)]
    )
    calendar = (Deadline(str(PERIOD), "季度进展", date(2024, 1, 1), date(2024, 3, 30)),)
    space = open_workspace(folder)
    write_file(space.master, master_bytes(Master(tasks, (), tuple(Unit(name) for name in names), calendar, title="某某省2024年重点工作")))
    return space


def returns(space: Workspace) -> int:
    """Fill in every issued workbook as its unit would, without a fault, and drop it into the inbox; gives how many."""
    made = 0
    with open_office(space) as office:
        form = office.form_of(PERIOD)
        for number, sealed in enumerate(office.ledger.seals().values()):
            issue = seal.open_seal(sealed, office.key)
            rows = ((sheet, row) for sheet, rows in issue.tables.items() if sheet not in request_sheets(form) for row in rows)
            values = {(sheet, row.key, code): value for sheet, row in rows for code, value in _said(row.number, row.role, number).items()}
            path = space.inbox / f"{plain(issue.unit)}_{number}.xlsx"
            path.write_bytes(draw(unit_book(issue, form, sealed=sealed, own=Own(values))))
            made += 1
            os.utime(path, (_SENT, _SENT))
    return made


def saved_by_office(space: Workspace) -> None:
    """Have LibreOffice open and save every return, as a unit's clerk does; without the form's font it writes each text in pieces with their fonts."""
    returned = sorted(space.inbox.iterdir())
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation={profile().as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir", folder]
        for start in range(0, len(returned), _AT_ONCE):
            subprocess.run([*command, *map(str, returned[start : start + _AT_ONCE])], capture_output=True, check=True)  # noqa: S603 - our own words
        for path in returned:
            path.write_bytes((Path(folder) / path.name).read_bytes())
            os.utime(path, (_SENT, _SENT))


def _text(number: int) -> str:
    return f"推进第{number}号重点项目建设，新增规模以上企业{number % 90 + 1}家以上，完成投资{number % 7 + 1}亿元，年底前建成投用。"


def _said(number: str, role: Role, unit: int) -> dict[str, object]:
    """Say something of a task that no other unit says."""
    done = f"{number}召开推进会{unit % 9 + 1}次，完成前期手续和招标，主体工程进场施工，完成投资{int(number[2:]) + unit}万元。"
    answers: dict[str, object] = {"status": "推进中", "done": done}
    return answers | ({"progress": Decimal(28), "next": f"下季度完成{number}主体工程。"} if role is Role.LEAD else {})
