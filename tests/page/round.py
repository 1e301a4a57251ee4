"""A named round of 63 units for the page: the 2023 notice, everybody's return, three of them messy, five with something to rule on."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook, load_workbook

from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace, real_notice
from toolkit.flows.demo.play_round import play, send_late
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.office.start_command import begin
from toolkit.model.period import Period

Q1 = Period(2023, 1)
PASSWORD = "spring-2023"  # noqa: S105 - of a file made here
_ON = date(2023, 3, 20)


def quiet(items: object, _: str) -> object:
    """No progress."""
    return items


def make_round(root: Path, folder: Path) -> tuple[Workspace, list[Path]]:
    """Make the workspace, its forms issued, and in a folder the 63 returns; gives both, the messy three first, then the five to rule on."""
    space = begin(root)
    with held(_ON):
        import_notice(space, real_notice(), 2023)
        generate(space, Q1, only=(), progress=quiet)  # type: ignore[arg-type]
        parts = play(space, Q1, progress=quiet)  # type: ignore[arg-type]
        play(space, Q1, progress=quiet, late=True)  # type: ignore[arg-type]
        send_late(space, Q1, parts, timedelta(days=-3))
    folder.mkdir(parents=True)
    files = [path.rename(folder / path.name) for path in sorted(space.inbox.iterdir()) if path.suffix == ".xlsx"]
    plain = [file for file in files if all(unit not in file.name for unit in ("永安", "最终"))]
    for file in plain[:2]:
        _paste_rows(file)
    _lock(plain[2])
    for file in plain[3:8]:
        _change_a_target(file)
    first = plain[:8]
    for file in files:
        moment = datetime(2023, 3, 27, 15, 30).timestamp()  # noqa: DTZ001 - file times are local
        os.utime(file, (moment, moment))
    return space, [*first, *(file for file in files if file not in first)]


def _paste_rows(path: Path) -> None:
    """Copy the table, from its header on, into a book of one's own: seal, receipt code and title are lost."""
    book, new = load_workbook(path), Workbook()
    source = book["任务进展"]
    header = next(row[0].row or 0 for row in source.iter_rows(max_row=12) if row[0].value == "编号")
    for row in source.iter_rows(min_row=header, values_only=True):
        new.active.append(list(row))  # type: ignore[union-attr]
    new.save(path)


def _lock(path: Path) -> None:
    """Put a password on a workbook."""
    locked = path.with_suffix(".locked")
    with locked.open("w+b") as target, path.open("rb") as source:
        OOXMLFile(source).encrypt(PASSWORD, target)
    locked.replace(path)


def _change_a_target(path: Path) -> None:
    """Type another text over what was filled in beforehand, as a unit does that thinks it knows better."""
    book = load_workbook(path)
    sheet = book["任务进展"]
    header = next(row for row in sheet.iter_rows(max_row=12) if row[0].value == "编号")
    column = next(cell.column for cell in header if cell.value == "目标任务")
    row = next(row[0].row for row in sheet.iter_rows(min_row=(header[0].row or 0) + 1) if row[0].value)
    sheet.cell(row or 0, column or 0).value = "本单位改过的目标。"  # type: ignore[assignment]
    book.save(path)
