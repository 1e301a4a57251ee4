"""Plays the four example collections by spreadsheets alone and lays their books into a folder: python -m tools.make_examples docs/示例 [名称 …]."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.clock import held
from toolkit.edges.files import write_file
from toolkit.edges.templates.write_definition import form_bytes
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.documents import documents
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.draw_forms import FOLDER
from toolkit.flows.upkeep.examined import Examined, Health
from toolkit.issuing.file_names import file_name
from toolkit.issuing.unit_rows import TASK_FACTS
from toolkit.model.form_definition import Definition
from toolkit.model.master import Deadline, Master, Unit
from toolkit.model.period import Period
from tools.example_returns import COLLECTIONS, Collection, Sent

_RECEIPTS = "退回"


def begin(collection: Collection, root: Path) -> Workspace:
    """Make a workspace that has the collection's definition and a master list of its units and its round."""
    space = open_workspace(root)
    write_file(space.templates / f"{collection.name}.xlsx", form_bytes(collection.definition, TASK_FACTS))
    due, period = collection.due, Period.parse(collection.period)
    calendar = (Deadline(collection.period, collection.name, period.begins, due),)
    group = "街道乡" if collection.units[0].endswith("街道") else "区直部门"
    master = Master((), (), tuple(Unit(unit, group=group) for unit in collection.units), calendar, title=collection.name)
    write_file(space.master, master_bytes(master))
    return space


def faults(space: Workspace) -> list[Examined]:
    """Give what doctor finds wrong or odd in the office's books."""
    return [found for found in doctor(space) if found.health is not Health.GOOD and found.thing.endswith(".xlsx")]


def play(space: Workspace, collection: Collection) -> Path:
    """Issue, let the units fill in and send, collect, consolidate, write the papers; gives the book."""
    period = Period.parse(collection.period)
    with held(period.ends - timedelta(days=20)):
        folder = generate(space, period, only=(), progress=lambda items, _: items).folder
    for day in sorted({sent.day for sent in collection.sent}):
        for sent in (sent for sent in collection.sent if sent.day == day):
            name = file_name(sent.unit, period, collection.name)
            mended = space.out(period, _RECEIPTS) / name.replace(".xlsx", "_退改.xlsx")
            source = mended if mended.exists() else folder / name
            fill_in(source, space.inbox / f"{sent.unit}{day:%m%d}.xlsx", collection.definition, sent)
        with held(day + timedelta(days=1)):
            collect(space, progress=lambda items, _: items)
    with held(collection.due + timedelta(days=1)):
        book = consolidate(space, period).path
        documents(space, period, yellow=False, progress=lambda items, _: items)
    return book


def fill_in(source: Path, target: Path, definition: Definition, sent: Sent) -> None:
    """Type a unit's rows into its workbook with openpyxl and save it as sent on the day."""
    book = load_workbook(source)
    sheet = book[_setting(definition, ".工作表")]
    header, columns = _header(sheet, definition)
    for key, cells in sent.rows.items():
        row = _row_of(sheet, header, key)
        for title, value in cells.items():
            sheet.cell(row, columns[title]).value = value  # type: ignore[assignment]
    book.save(target)
    moment = datetime.combine(sent.day, time(15, 30)).timestamp()
    os.utime(target, (moment, moment))


def _setting(definition: Definition, ending: str) -> str:
    return next(value for key, value in definition.settings if key.endswith(ending))


def _header(sheet: Worksheet, definition: Definition) -> tuple[int, Mapping[str, int]]:
    last = str(next(iter(definition.tables.values()))[-1]["表头"])
    row = next(row for row in sheet.iter_rows(max_row=12) if any(str(cell.value or "").startswith(last) for cell in row))
    return row[0].row, {str(cell.value): cell.column for cell in row if cell.value}


def _row_of(sheet: Worksheet, header: int, key: str) -> int:
    """Give the row of a number in the first column, or the so-manieth empty line below the header."""
    return next((row[0].row for row in sheet.iter_rows(min_row=header + 1, max_col=1) if row[0].value == key), header + int(key) if key.isdigit() else 0)


def lay(space: Workspace, collection: Collection, target: Path) -> None:
    """Copy an example's books into a folder of its own, each where it stands in a workspace, so that the book's links lead to the returns."""
    folder = target / collection.name
    shutil.rmtree(folder, ignore_errors=True)
    for path in _kept(space, collection):
        place = folder / path.relative_to(space.root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def _kept(space: Workspace, collection: Collection) -> Iterator[Path]:
    """Name definition, master list, drawing, returns, book, receipts and papers; not what is made for every unit to sign."""
    out = space.root / "outbox" / collection.period
    yield space.templates / f"{collection.name}.xlsx"
    yield space.master
    yield space.root / "outbox" / FOLDER / f"{collection.name}.xlsx"
    yield from sorted((space.records / "returns").rglob("*.xlsx"))
    yield from sorted((out / "汇总").glob("*.xlsx"))
    yield from sorted((out / _RECEIPTS).glob("*.xlsx"))
    yield from (path for path in sorted((out / "文书").rglob("*.docx")) if not path.parent.name.startswith("签批"))


def main(target: Path, names: list[str]) -> None:
    """Play the named collections, or all, and lay them into a folder."""
    for collection in (collection for collection in COLLECTIONS if not names or collection.name in names):
        with tempfile.TemporaryDirectory() as scratch:
            space = begin(collection, Path(scratch))
            if wrong := faults(space):  # doctor draws the sample as well
                raise SystemExit(f"{collection.name}: {wrong}")
            play(space, collection)
            lay(space, collection, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
