"""The words of the program: every Chinese text that it may show, found in its code, and which of them the words spreadsheet does not have.

python -m tools.words --missing    lists what has no English yet
python -m tools.words --dead       lists rows of the spreadsheet whose text is in the code no more
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
_PACKAGE = ROOT / "toolkit"
_CHINESE = re.compile(r"[㐀-鿿]")
_SILENT = ("notice", "rehearsal", "page", "flows/page", "resources", "edges/writing/fast", "edges/ledger", "amending/sheet")  # show nothing of their own
_PATTERNS = {"compile", "fullmatch", "match", "search", "sub", "split", "findall", "finditer", "escape"}


class Source(NamedTuple):
    """A text in the code that may be shown: with {1}, {2} … where values go, and the file it stands in."""

    text: str
    file: str


def sources() -> Iterator[Source]:
    """Go through the texts of the program, file by file, in their order."""
    for path in sorted(_PACKAGE.rglob("*.py")):
        name = path.relative_to(_PACKAGE).as_posix()
        if not name.startswith(_SILENT):
            yield from (Source(text, name) for text in texts_of(path.read_text("utf-8")))


def texts_of(code: str) -> Iterator[str]:
    """Give the Chinese texts of a module: constants and f-strings, not docstrings and patterns of re."""
    yield from _texts(ast.parse(code))


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        yield from _chinese(_pattern(node))
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                yield from _texts(value)
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield from _chinese(node.value)
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
        return
    docstring = _docstring(node)
    for child in ast.iter_child_nodes(node):
        if child is not docstring:
            yield from _texts(child)


def _docstring(node: ast.AST) -> ast.AST | None:
    """Give the statement that is a docstring; a command's is its help, and counts."""
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or not node.body:
        return None
    first = node.body[0]
    return first if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and not _is_help(node) else None


def _is_help(node: ast.AST) -> bool:
    text = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
    return bool(text and _CHINESE.match(text))


def _pattern(node: ast.JoinedStr) -> str:
    number, parts = 0, []
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value))
        else:
            number += 1
            parts.append(f"{{{number}}}")
    return "".join(parts)


def _chinese(text: str) -> Iterator[str]:
    if _CHINESE.search(text):
        yield text
