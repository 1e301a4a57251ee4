"""Spreadsheet engines other than the office's: each computes a workbook anew and tells what it finds in the cells with formulas."""

import importlib.metadata
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook

from tests.office import convert, has_office
from tests.waiting import PATIENCE
from toolkit.edges.writing.write_workbooks import draw
from toolkit.model.sheet import BookPlan, Formula, Link, SheetPlan

HERE = Path(__file__).parent
WRONG = 987654
Cell = tuple[str, int, int]  # sheet, row and column counted from 1
Found = Mapping[Cell, object]


class Engine(NamedTuple):
    """An engine: its name, whether it can be had here ('' or what lacks), and what it finds in a book's cells."""

    name: str
    lacks: Callable[[], str]
    compute: Callable[[BookPlan, Path], Found]


def stored(book: BookPlan) -> dict[Cell, object]:
    """Give the value that we store in every cell with a formula."""
    return {(sheet.name, row + 1, column + 1): value.value for sheet in book.sheets for row, column, value in _written(sheet) if isinstance(value, Formula)}


def equal(ours: object, theirs: object) -> bool:
    """Whether two values are one: numbers to nine digits, nothing and an empty text alike."""
    if ours in ("", None) or theirs in ("", None):
        return ours in ("", None) and theirs in ("", None)
    if isinstance(theirs, int | float) and not isinstance(theirs, bool) and not isinstance(ours, str):
        return abs(float(str(ours)) - theirs) < 1e-9
    return str(ours) == str(theirs)


def _written(plan: SheetPlan) -> list[tuple[int, int, object]]:
    return [(cell.row, cell.column, cell.value) for cell in plan.every_cell()] + [(area.top, area.left, value) for area, value, _ in plan.merges]


def spoiled(book: BookPlan) -> bytes:
    """Draw a book whose every formula carries a wrong value."""
    return draw(replace(book, sheets=tuple(_spoiled(sheet) for sheet in book.sheets)))


def _spoiled(plan: SheetPlan) -> SheetPlan:
    cells = tuple(cell._replace(value=cell.value._replace(value=WRONG)) if isinstance(cell.value, Formula) else cell for cell in plan.every_cell())
    merges = tuple((area, value._replace(value=WRONG) if isinstance(value, Formula) else value, look) for area, value, look in plan.merges)
    return replace(plan, cells=cells, merges=merges, body=None)


def _file(book: BookPlan, folder: Path) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(spoiled(book))
    return path


def _saved(path: Path) -> Found:
    with closing(load_workbook(path, data_only=True, read_only=True)) as book:  # read-only: its other way stumbles over Gnumeric's comments
        cells = ((sheet.title, cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
        return {(title, cell.row, cell.column): cell.value for title, cell in cells if cell.value is not None}


def _libreoffice(book: BookPlan, folder: Path) -> Found:
    return _saved(convert(convert(_file(book, folder), "ods", folder / "ods"), "xlsx", folder / "back"))


def _gnumeric(book: BookPlan, folder: Path) -> Found:
    target = folder / "gnumeric.xlsx"
    command = ["ssconvert", "--recalc", "--export-type=Gnumeric_Excel:xlsx", str(_file(book, folder)), str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return _saved(target)


def _ironcalc(book: BookPlan, folder: Path) -> Found:
    import ironcalc

    model = ironcalc.load_from_xlsx(str(_file(book, folder)), "en", "UTC", "en")
    model.evaluate()
    places = {sheet.name: at for at, sheet in enumerate(book.sheets)}
    return {cell: model.get_cell_value(places[cell[0]], cell[1], cell[2]) for cell in stored(book)}


def _formualizer(book: BookPlan, folder: Path) -> Found:
    import formualizer

    model = formualizer.load_workbook(str(_file(book, folder)))
    model.evaluate_all()
    return {cell: _plain(model.get_value(*cell)) for cell in stored(book)}


def _plain(value: object) -> object:
    return f"#{value.get('kind')}" if isinstance(value, dict) else value


def _hyperformula(book: BookPlan, folder: Path, *, arrays: bool = True) -> Found:
    sheets = {sheet.name: _table(sheet) for sheet in book.sheets}
    job = {"sheets": sheets, "names": dict(book.names), "arrays": arrays}
    command = ["node", str(HERE / "hyperformula.js")]
    done = subprocess.run(command, input=json.dumps(job, default=str), capture_output=True, text=True, check=True, timeout=PATIENCE)
    (folder / "hyperformula.json").write_text(done.stdout, "utf-8")
    values = json.loads(done.stdout)["values"]
    return {(name, row, column): value for name, rows in values.items() for row, line in enumerate(rows, 1) for column, value in enumerate(line, 1)}


def _table(plan: SheetPlan) -> list[list[object]]:
    """Lay a sheet out as rows; a text that could be read as something else is marked as text."""
    cells = _written(plan)
    table: list[list[object]] = [[None] * (1 + max(column for _, column, _ in cells)) for _ in range(1 + max(row for row, _, _ in cells))]
    for row, column, value in cells:
        table[row][column] = _given(value)
    return table


def _given(value: object) -> object:
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, Link):
        value = value.words
    if isinstance(value, str):
        return f"'{value}" if value else None
    return value if value is None or isinstance(value, bool | int | float) else float(value) if hasattr(value, "quantize") else f"'{value}"


def _package(name: str) -> Callable[[], str]:
    def lacks() -> str:
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return f"{name} is not installed (pip install -e .[dev])"
        return ""

    return lacks


def _node(package: str) -> Callable[[], str]:
    def lacks() -> str:
        if not shutil.which("node"):
            return "Node is not installed"
        return "" if (HERE / "node_modules" / package).is_dir() else f"{package} is not installed (npm ci in tests/engines)"

    return lacks


ENGINES = (
    Engine("LibreOffice", lambda: "" if has_office() else "LibreOffice is not installed", _libreoffice),
    Engine("Gnumeric", lambda: "" if shutil.which("ssconvert") else "Gnumeric is not installed", _gnumeric),
    Engine("IronCalc", _package("ironcalc"), _ironcalc),
    Engine("formualizer", _package("formualizer"), _formualizer),
    Engine("HyperFormula", _node("hyperformula"), _hyperformula),
    Engine("HyperFormula without arrays", _node("hyperformula"), lambda book, folder: _hyperformula(book, folder, arrays=False)),
)
