"""Spreadsheet engines other than the office's: each computes a workbook's file anew and tells what it finds in the cells with formulas."""

import importlib.metadata
import json
import shutil
import subprocess
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from tests.engines.formula_cells import Cell
from tests.office import convert, has_office
from tests.waiting import PATIENCE

HERE = Path(__file__).parent
Found = Mapping[Cell, object]
_FORMULAS = "1.3.4"


class Engine(NamedTuple):
    """An engine: its name, whether it can be had here ('' or what lacks), its version, and what it finds in some cells of a file."""

    name: str
    lacks: Callable[[], str]
    version: Callable[[], str]
    compute: Callable[[Path, Collection[Cell]], Found]


def equal(ours: object, theirs: object) -> bool:
    """Whether two values are one: numbers to nine digits, nothing and an empty text alike."""
    if ours in ("", None) or theirs in ("", None):
        return ours in ("", None) and theirs in ("", None)
    if isinstance(theirs, int | float) and not isinstance(theirs, bool) and not isinstance(ours, str):
        return abs(float(str(ours)) - theirs) < 1e-9
    return str(ours) == str(theirs)


def _saved(path: Path) -> Found:
    with closing(load_workbook(path, data_only=True, read_only=True)) as book:  # read-only: its other way stumbles over Gnumeric's comments
        cells = ((sheet.title, cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
        return {(title, cell.row, cell.column): _number(cell.value) for title, cell in cells if cell.value is not None}


def _number(value: object) -> object:
    """Give a day as its number."""
    return to_excel(value) if isinstance(value, date) else value


def _libreoffice(path: Path, _: Collection[Cell]) -> Found:
    return _saved(convert(convert(path, "ods", path.parent / "ods"), "xlsx", path.parent / "back"))


def _gnumeric(path: Path, _: Collection[Cell]) -> Found:
    target = path.with_name("gnumeric.xlsx")
    command = ["ssconvert", "--recalc", "--export-type=Gnumeric_Excel:xlsx", str(path), str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return _saved(target)


def _ironcalc(path: Path, wanted: Collection[Cell]) -> Found:
    import ironcalc

    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    places = {title: at for at, title in enumerate(_titles(path))}
    return {cell: model.get_cell_value(places[cell[0]], cell[1], cell[2]) for cell in wanted}


def _titles(path: Path) -> list[str]:
    with closing(load_workbook(path, read_only=True)) as book:
        return list(book.sheetnames)


def _formualizer(path: Path, wanted: Collection[Cell]) -> Found:
    import formualizer

    model = formualizer.load_workbook(str(path))
    model.evaluate_all()
    return {cell: _plain(model.get_value(*cell)) for cell in wanted}


def _plain(value: object) -> object:
    return f"#{value.get('kind')}" if isinstance(value, dict) else value


def _formulas(path: Path, wanted: Collection[Cell]) -> Found:
    """Compute with formulas (PyPI), which keeps a sheet's name in capitals."""
    import formulas

    solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    found = {str(name).upper(): value for name, value in solution.items()}
    places = {cell: f"'[{path.name}]{cell[0]}'!{_address(cell)}".upper() for cell in wanted}
    return {cell: _single(found[place].value[0, 0]) for cell, place in places.items() if place in found}


def _address(cell: Cell) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(cell[2])}{cell[1]}"


def _single(value: object) -> object:
    """Give a value of numpy's as Python's own; formulas writes a blank as `empty`."""
    value = value.item() if hasattr(value, "item") else value
    return value if isinstance(value, int | float | str) and str(value) != "empty" else f"#{value}" if str(value).startswith("#") else None


def _hyperformula(path: Path, _: Collection[Cell], *, arrays: bool = True) -> Found:
    return _both_ways(path.read_bytes())[arrays]


@lru_cache(maxsize=1)
def _both_ways(content: bytes) -> Mapping[bool, Found]:
    """Give what HyperFormula finds in a file without and with arrays; starting it costs more than computing."""
    book = load_workbook(BytesIO(content))
    names = {name: f"={defined.attr_text}" for name, defined in book.defined_names.items()}
    sheets = {sheet.title: [[_given(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
    job = {"sheets": sheets, "names": names, "arrays": [False, True]}
    command = ["node", str(HERE / "hyperformula.js")]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, check=True, timeout=PATIENCE)
    return {arrays: _cells(values) for arrays, values in zip((False, True), json.loads(done.stdout)["values"], strict=True)}


def _cells(values: Mapping[str, list[list[object]]]) -> Found:
    return {(name, row, column): value for name, rows in values.items() for row, line in enumerate(rows, 1) for column, value in enumerate(line, 1)}


def _given(value: object, kind: str) -> object:
    """Give a cell as HyperFormula takes it: a text that could be read as something else is marked as text."""
    if kind == "f" or value is None or isinstance(value, bool | int | float):
        return value
    return to_excel(value) if isinstance(value, date) else f"'{value}"


def _package(name: str, install: str = "pip install -e .[dev]") -> Callable[[], str]:
    def lacks() -> str:
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return f"{name} is not installed ({install})"
        return ""

    return lacks


def _node(package: str) -> Callable[[], str]:
    def lacks() -> str:
        if not shutil.which("node"):
            return "Node is not installed"
        return "" if (HERE / "node_modules" / package).is_dir() else f"{package} is not installed (npm ci in tests/engines)"

    return lacks


def _version_of(package: str) -> Callable[[], str]:
    return lambda: importlib.metadata.version(package)


def _node_version(package: str) -> Callable[[], str]:
    return lambda: str(json.loads((HERE / "node_modules" / package / "package.json").read_text("utf-8"))["version"])


def _says(*command: str) -> Callable[[], str]:
    """Give the first word with a number that a program says of itself."""

    def version() -> str:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
        words = (done.stdout + done.stderr).split()
        return next((word.strip("'\".") for word in words if word.strip("'\"")[:1].isdigit()), "?")

    return version


ENGINES = (
    Engine("LibreOffice", lambda: "" if has_office() else "LibreOffice is not installed", _says("soffice", "--version"), _libreoffice),
    Engine("Gnumeric", lambda: "" if shutil.which("ssconvert") else "Gnumeric is not installed", _says("ssconvert", "--version"), _gnumeric),
    Engine("IronCalc", _package("ironcalc"), _version_of("ironcalc"), _ironcalc),
    Engine("formualizer", _package("formualizer"), _version_of("formualizer"), _formualizer),
    Engine("HyperFormula", _node("hyperformula"), _node_version("hyperformula"), _hyperformula),
    Engine(
        "HyperFormula without arrays",
        _node("hyperformula"),
        _node_version("hyperformula"),
        lambda path, wanted: _hyperformula(path, wanted, arrays=False),
    ),
)
# An engine in Python that takes minutes for a book of an office: by hand (python -m bench.engines), not in CI.
SLOW = (Engine("formulas", _package("formulas", f"pip install formulas=={_FORMULAS}"), _version_of("formulas"), _formulas),)
