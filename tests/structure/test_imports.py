"""Who may import whom (architecture.md §6): run → cli → flows → {rooms, edges} → model, read from the source without running it."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = frozenset({"amending", "analysis", "notice", "issuing", "intake", "checks", "merging", "assessment", "views", "rehearsal"})

# A place is the first name below toolkit/. It may always import itself. A new place is entered here, or the test fails.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "model": frozenset(),
    "edges": frozenset({"model"}),
    **dict.fromkeys(ROOMS, frozenset({"model"})),
    "flows": ROOMS | {"edges", "model"},
    "cli": frozenset({"flows", "model", "page"}),
    "page": frozenset({"flows", "model"}),  # a peer of cli: what the command line says on a terminal, the page says in a browser
    "data": frozenset({"flows", "model"}),
    "__main__": frozenset({"cli"}),
}

# The shelves of edges/: each may take from itself, from the files that lie beside the shelves, and from these. The files beside take from no shelf.
SHELVES: dict[str, frozenset[str]] = {
    "": frozenset(),
    "documents": frozenset(),
    "envelopes": frozenset({"reading"}),
    "ledger": frozenset(),
    "mail": frozenset(),
    "reading": frozenset({"documents"}),  # tables in a returned Word file or PDF
    "templates": frozenset({"documents", "reading", "writing"}),  # a list that is written whole is drawn like any workbook
    "writing": frozenset(),
}

# The shelves of flows/, by what a person does; each may take from itself and from these.
FLOW_SHELVES: dict[str, frozenset[str]] = {
    "office": frozenset(),  # what every command stands on
    "issue": frozenset({"office"}),
    "intake": frozenset({"office", "issue"}),
    "closed": frozenset({"office", "intake"}),  # what stands closed, and what came after
    "report": frozenset({"office", "intake", "closed"}),
    "closing": frozenset({"office", "intake", "closed", "report"}),
    "levels": frozenset({"office"}),  # an office with one above it
    "mail": frozenset({"office", "issue", "intake", "report"}),
    "upkeep": frozenset({"office", "issue", "intake", "closed", "report", "levels", "mail"}),
    "page": frozenset({"office", "issue", "intake", "closed", "report", "closing", "mail"}),
    "demo": frozenset({"office", "issue", "intake", "closed", "report", "closing", "levels", "mail"}),
}

# What touches files, the network, other programs or the clock. It belongs to edges; other places have only what FREE gives them.
BOOKS = frozenset({"openpyxl", "xlsxwriter", "python_calamine", "xlwings", "docx", "msoffcrypto", "pdfplumber", "pypdfium2"})
FILES = frozenset({"pathlib", "os", "shutil", "tempfile", "glob", "zipfile", "tarfile", "sqlalchemy", "sqlite3"})
PROGRAMS = frozenset({"subprocess", "multiprocessing", "concurrent", "dask", "distributed", "importlib", "schedule", "sched", "time"})
NETWORK = frozenset({"socket", "ssl", "http", "urllib", "requests", "smtplib", "imaplib", "imap_tools", "keyring"})
OUTSIDE = BOOKS | FILES | PROGRAMS | NETWORK
FREE: dict[str, frozenset[str]] = {
    "edges": OUTSIDE,
    "flows": frozenset({"pathlib"}),  # as the name of a type
    "data": frozenset({"pathlib"}),
    "cli": frozenset({"pathlib", "os", "importlib"}),  # types of arguments, the environment, whether somebody sits there, late loading of flows
    "page": frozenset({"pathlib"}),  # the last part of a name
}
CLOCK = frozenset({"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "Timestamp.now", "Timestamp.today"})


class Import(NamedTuple):
    """One imported name, written out in full."""

    file: str
    line: int
    name: str


def module_of(file: str) -> str:
    """toolkit/views/unit.py → toolkit.views.unit; a package is called like its folder."""
    return ".".join(PurePosixPath(file).with_suffix("").parts).removesuffix(".__init__")


def place_of(module: str) -> str:
    """toolkit.views.unit → views."""
    return [*module.split("."), ""][1]


def shelf_of(module: str) -> str:
    """toolkit.edges.ledger.key_record → ledger, toolkit.edges.clock → nothing: it lies beside the shelves."""
    shelf = [*module.split("."), "", ""][2]
    return shelf if shelf in SHELVES else ""


def imports_of(file: str, tree: ast.Module) -> Iterator[Import]:
    """Every import, also inside functions and under TYPE_CHECKING; relative ones written out."""
    package = module_of(file).split(".")
    if not file.endswith("__init__.py"):
        package = package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*start, *filter(None, [node.module])])
            yield from (Import(file, node.lineno, f"{whole}.{alias.name}") for alias in node.names)


def target_of(name: str, modules: frozenset[str]) -> str:
    """The module behind an imported name: the longest beginning of it that is one of ours, else the name."""
    parts = name.split(".")
    return next((".".join(parts[:end]) for end in range(len(parts), 0, -1) if ".".join(parts[:end]) in modules), name)


def forbidden_shelf(place: str, module: str, name: str) -> str:
    """What is wrong with an import from one shelf of edges/ or flows/ into another; nothing when it may stand."""
    if place == "edges":
        here, there, shelves = shelf_of(module), shelf_of(name), SHELVES
    else:
        here, there, shelves = module.split(".")[2], name.split(".")[2], FLOW_SHELVES
    may = shelves.get(here, frozenset())
    return "" if there in may | {here, ""} else f"{place}/{here} takes from the shelf {there}; it may take from {', '.join(sorted(may)) or 'none'}"


def forbidden_import(found: Import) -> str:
    """What is wrong with one import; nothing when it may stand."""
    here, top = place_of(module_of(found.file)), found.name.split(".")[0]
    if top == "run":
        return "nothing imports run.py"
    if top != "toolkit":
        free = top not in OUTSIDE or top in FREE.get(here, frozenset())
        return "" if free else f"{here or 'toolkit'} imports {top}; only edges/ touches files, network, programs and clock"
    there = place_of(found.name)
    if not there:
        return "say which module of toolkit is meant"
    if here == there and here in {"edges", "flows"}:
        return forbidden_shelf(here, module_of(found.file), found.name)
    if there == here or there in MAY_IMPORT.get(here, frozenset()):
        return ""
    return f"{here or 'toolkit'} imports {there}; it may import {', '.join(sorted(MAY_IMPORT.get(here, frozenset()))) or 'nothing of ours'}"


def outside_calls(file: str, tree: ast.Module) -> Iterator[str]:
    """Uses of today, of open() and of pandas' own readers, where they do not belong."""
    called = {a.asname: a.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for a in node.names if a.asname}
    inside = place_of(module_of(file)) != "edges"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id if isinstance(node.value, ast.Name) else ""
            use = f"{called.get(owner, owner)}.{node.attr}"
            if inside and use in CLOCK:
                yield f"{file}:{node.lineno}: {use} outside edges/; the day is handed in"
            if node.attr in {"read_excel", "to_excel"}:
                yield f"{file}:{node.lineno}: {node.attr}: pandas reads and writes no workbook, it takes 007 for 7"
        if inside and isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
            yield f"{file}:{node.lineno}: open() outside edges/"


def code_in_package(file: str, tree: ast.Module) -> Iterator[str]:
    """What an __init__.py holds besides a docstring."""
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    if file.endswith("__init__.py") and body:
        yield f"{file}:{body[0].lineno}: code in __init__.py"


def circles(imports: list[Import], modules: frozenset[str]) -> Iterator[str]:
    """Every import that is part of a circle of modules."""
    arrows: dict[str, set[str]] = {module: set() for module in modules}
    steps = [(found, module_of(found.file), target_of(found.name, modules)) for found in imports]
    for _, start, end in steps:
        if end in modules and end != start:
            arrows[start].add(end)

    def reached(start: str) -> set[str]:
        seen, ahead = set[str](), [start]
        while ahead:
            new = arrows[ahead.pop()] - seen
            seen |= new
            ahead.extend(new)
        return seen

    reach = {module: reached(module) for module in modules}
    for found, start, end in steps:
        if end in modules and end != start and start in reach[end]:
            yield f"{found.file}:{found.line}: a circle: {start} → {end} → … → {start}"


def faults(sources: dict[str, str]) -> list[str]:
    """Every breach in a set of files (path below the project → text), each with its file and line."""
    trees = {file: ast.parse(text, file) for file, text in sources.items()}
    modules = frozenset(map(module_of, trees))
    imports = [found for file, tree in trees.items() for found in imports_of(file, tree)]
    said = [f"{file}:1: {place} is no known place; enter it in MAY_IMPORT"
            for file in trees if (place := place_of(module_of(file))) and place not in MAY_IMPORT]  # fmt: skip
    said += [f"{file}:1: edges/{shelf} is no known shelf; enter it in SHELVES"
             for file in trees if file.startswith("toolkit/edges/") and file.count("/") > 2 and (shelf := file.split("/")[2]) not in SHELVES]  # fmt: skip
    said += [f"{found.file}:{found.line}: {problem}" for found in imports if (problem := forbidden_import(found))]
    for file, tree in trees.items():
        said += [*code_in_package(file, tree), *outside_calls(file, tree)]
    return list(dict.fromkeys([*said, *circles(imports, modules)]))


def test_toolkit_keeps_its_corridor() -> None:
    """
    Imports in toolkit/ point one way, rooms and model touch nothing outside, and no modules import each other in a circle.
    """
    sources = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted((ROOT / "toolkit").rglob("*.py"))}
    found = faults(sources)

    assert len(sources) > 10
    assert found == [], "\n".join(found)


def test_no_two_modules_are_called_alike() -> None:
    """
    A module's own name tells it from every other one, so that a name in a traceback or an editor's tab is enough.
    """
    names = [path.stem for path in sorted((ROOT / "toolkit").rglob("*.py")) if path.stem != "__init__"]

    assert len(names) > 10
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("toolkit/views/unit.py", "\nfrom toolkit.checks import cells", "toolkit/views/unit.py:2: views imports checks; it may import model"),
        ("toolkit/views/unit.py", "from ..checks import cells", "toolkit/views/unit.py:1: views imports checks; it may import model"),
        ("toolkit/views/unit.py", "from .. import checks", "toolkit/views/unit.py:1: views imports checks; it may import model"),
        (
            "toolkit/views/consolidated/facts.py",
            "def draw():\n    import toolkit.edges.paths",
            "toolkit/views/consolidated/facts.py:2: views imports edges; it may import model",
        ),
        (
            "toolkit/edges/mail/a.py",
            "from toolkit.edges.ledger import key",
            "toolkit/edges/mail/a.py:1: edges/mail takes from the shelf ledger; it may take from none",
        ),
        (
            "toolkit/edges/a.py",
            "from toolkit.edges.mail.server_connection import b",
            "toolkit/edges/a.py:1: edges/ takes from the shelf mail; it may take from none",
        ),
        ("toolkit/edges/new/a.py", "", "toolkit/edges/new/a.py:1: edges/new is no known shelf; enter it in SHELVES"),
        ("toolkit/edges/inbox.py", "from toolkit.intake import rows", "toolkit/edges/inbox.py:1: edges imports intake; it may import model"),
        ("toolkit/model/form.py", "import toolkit.flows.issue", "toolkit/model/form.py:1: model imports flows; it may import nothing of ours"),
        (
            "toolkit/cli/main.py",
            "from toolkit import edges",
            f"toolkit/cli/main.py:1: cli imports edges; it may import {', '.join(sorted(MAY_IMPORT['cli']))}",
        ),
        ("toolkit/flows/a.py", "from toolkit.cli.main import main", None),
        ("toolkit/flows/office/a.py", "from ..mail import b", "toolkit/flows/office/a.py:1: flows/office takes from the shelf mail; it may take from none"),
        ("toolkit/flows/a.py", "import toolkit", "toolkit/flows/a.py:1: say which module of toolkit is meant"),
        ("toolkit/flows/a.py", "import run", "toolkit/flows/a.py:1: nothing imports run.py"),
        ("toolkit/helpers.py", "", "toolkit/helpers.py:1: helpers is no known place; enter it in MAY_IMPORT"),
        ("toolkit/views/__init__.py", '"""A room."""\nNAMES = ()', "toolkit/views/__init__.py:2: code in __init__.py"),
        ("toolkit/model/a.py", "from pathlib import PurePath", None),
        ("toolkit/checks/a.py", "import os.path", None),
        ("toolkit/merging/a.py", "from urllib.request import urlopen", None),
        ("toolkit/flows/a.py", "import shutil", None),
        ("toolkit/cli/main.py", "import openpyxl", None),
        ("toolkit/checks/a.py", "import importlib", None),
        ("toolkit/checks/a.py", "open('a')", "toolkit/checks/a.py:1: open() outside edges/"),
        ("toolkit/flows/a.py", "from datetime import date as day\nday.today()", "toolkit/flows/a.py:2: date.today outside edges/; the day is handed in"),
        (
            "toolkit/model/a.py",
            "import datetime as dt\nmake = dt.datetime.now",
            "toolkit/model/a.py:2: datetime.now outside edges/; the day is handed in",
        ),
        (
            "toolkit/edges/a.py",
            "pandas.read_excel('a')",
            "toolkit/edges/a.py:1: read_excel: pandas reads and writes no workbook, it takes 007 for 7",
        ),
    ],
)
def test_a_planted_breach_is_found(file: str, text: str, said: str | None) -> None:
    """
    Each rule can fail: one wrong line gives one message with its file and line.
    """
    found = faults({file: text})

    assert len(found) == 1
    assert found[0] == (said or found[0])
    assert found[0].startswith(f"{file}:")


def test_a_planted_circle_is_found() -> None:
    """
    Modules that import each other are named, one message for each import of the circle; an import into the circle is none.
    """
    found = faults(
        {
            "toolkit/model/__init__.py": "",
            "toolkit/model/a.py": "from toolkit.model.b import thing",
            "toolkit/model/b.py": "def late():\n    from . import c",
            "toolkit/model/c.py": "import toolkit.model.a",
            "toolkit/views/d.py": "from toolkit.model import a",
        },
    )

    assert found == [
        "toolkit/model/a.py:1: a circle: toolkit.model.a → toolkit.model.b → … → toolkit.model.a",
        "toolkit/model/b.py:2: a circle: toolkit.model.b → toolkit.model.c → … → toolkit.model.b",
        "toolkit/model/c.py:1: a circle: toolkit.model.c → toolkit.model.a → … → toolkit.model.c",
    ]


def test_what_is_allowed_stays_silent() -> None:
    """
    The corridor itself is free of faults: each place imports what it may.
    """
    found = faults(
        {
            "toolkit/__init__.py": '"""The toolkit."""\n',
            "toolkit/model/place.py": "from datetime import date, datetime",
            "toolkit/model/form.py": "from .place import Place",
            "toolkit/views/unit.py": "from ..model.form import Form\nfrom . import look",
            "toolkit/views/look.py": "import pandas",
            "toolkit/edges/clock.py": "from datetime import date\nimport os\ndate.today()\nopen('a')",
            "toolkit/flows/mail/a.py": "from pathlib import Path\nfrom toolkit.edges import clock\nfrom toolkit.views import unit\nfrom ..office import b",
            "toolkit/flows/office/b.py": "from toolkit.model import form",
            "toolkit/cli/main.py": "import os\nimport sys\nfrom toolkit.flows.mail import a",
        },
    )

    assert found == []
