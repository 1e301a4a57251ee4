"""Files and functions stay small, and everything public says what it promises."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 60

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
SENTENCE = re.compile(r'    [A-Z_]+ = Text\("')  # an entry of the catalogue: a list of sentences is not code that grew too long


def sources(*places: str) -> dict[str, str]:
    """The Python files of the named folders and files, path below the project → text; a place that is not there yet is empty."""
    found = [path for place in places for path in ([ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py")))]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in found if path.exists()}


def too_long(file: str, text: str) -> Iterator[str]:
    """Files and functions over their limits."""
    count = sum(not SENTENCE.match(line) for line in text.splitlines())
    if count > LINES_OF_A_FILE:
        yield f"{file}:1: {count} lines, the limit is {LINES_OF_A_FILE}"
    for node in ast.walk(ast.parse(text, file)):
        if isinstance(node, FUNCTION):
            count = (node.end_lineno or node.lineno) - node.lineno + 1
            if count > LINES_OF_A_FUNCTION:
                yield f"{file}:{node.lineno}: {node.name} has {count} lines, the limit is {LINES_OF_A_FUNCTION}"


def silent_tests(file: str, text: str) -> Iterator[str]:
    """Test functions that do not say what is true."""
    for node in ast.walk(ast.parse(text, file)):
        if isinstance(node, FUNCTION) and node.name.startswith("test_") and not ast.get_docstring(node):
            yield f"{file}:{node.lineno}: {node.name} has no docstring"


def silent_publics(file: str, text: str) -> Iterator[str]:
    """Public functions and classes of a module that do not say what they promise (methods are ruff's business: D102)."""
    for node in ast.parse(text, file).body:
        if isinstance(node, (*FUNCTION, ast.ClassDef)) and not node.name.startswith("_") and not ast.get_docstring(node):
            yield f"{file}:{node.lineno}: {node.name} has no docstring"


def test_files_and_functions_are_short() -> None:
    """
    No file is longer than 300 lines and no function longer than 60.
    """
    found = sources("toolkit", "tools", "run.py")

    assert {"toolkit/__init__.py", "run.py"} <= set(found)
    said = [fault for file, text in found.items() for fault in too_long(file, text)]
    assert said == [], "\n".join(said)


def test_every_test_says_what_is_true() -> None:
    """
    Every test function has a docstring.
    """
    found = sources("tests")

    assert "tests/structure/test_sizes.py" in found
    said = [fault for file, text in found.items() for fault in silent_tests(file, text)]
    assert said == [], "\n".join(said)


def test_everything_public_says_what_it_promises() -> None:
    """
    Every public function and class in toolkit/ has a docstring.
    """
    said = [fault for file, text in sources("toolkit").items() for fault in silent_publics(file, text)]
    assert said == [], "\n".join(said)


def test_sentences_of_the_catalogue_are_not_counted() -> None:
    """
    A file of 300 lines may hold any number of the catalogue's sentences besides.
    """
    entries = '    A_CODE = Text("F99", Level.NOTE, "词。", "词。")\n' * 100

    assert [] == list(too_long("a.py", "x = 1\n" * 299 + "class Code(Enum):\n" + entries))
    assert ["a.py:1: 301 lines, the limit is 300"] == list(too_long("a.py", "x = 1\n" * 300 + "class Code(Enum):\n" + entries))


@pytest.mark.parametrize(("lines", "said"), [(300, []), (301, ["a.py:1: 301 lines, the limit is 300"])])
def test_a_planted_long_file_is_found(lines: int, said: list[str]) -> None:
    """
    The limit of a file can fail, and fails from its first line too many.
    """
    assert said == list(too_long("a.py", "a = 1\n" * lines))


@pytest.mark.parametrize(("lines", "said"), [(60, []), (61, ["a.py:2: draw has 61 lines, the limit is 60"])])
def test_a_planted_long_function_is_found(lines: int, said: list[str]) -> None:
    """
    The limit of a function can fail; decorators are not counted, methods are.
    """
    method = "    @staticmethod\n    def draw():\n" + "        a = 1\n" * (lines - 1)

    assert said == [fault.replace(":3:", ":2:") for fault in too_long("a.py", "class Sheet:\n" + method)]


def test_a_planted_silent_test_is_found() -> None:
    """
    A test without a docstring is named with its line, also inside a class.
    """
    text = 'def test_good():\n    """Says so."""\nclass TestMore:\n    def test_bad(self):\n        pass\ndef helper():\n    pass\n'

    assert list(silent_tests("tests/a.py", text)) == ["tests/a.py:4: test_bad has no docstring"]


def test_a_planted_silent_public_is_found() -> None:
    """
    A public class or function without a docstring is named; private and inner ones are not.
    """
    text = "class Sheet:\n    a = 1\ndef _inner():\n    pass\nasync def draw():\n    def inner():\n        pass\n"

    assert list(silent_publics("a.py", text)) == ["a.py:1: Sheet has no docstring", "a.py:5: draw has no docstring"]
