"""No place of the program knows a form, or a sheet of one, by its name: a form's definition says what it is."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Where the names of the shipped forms may stand, and why.
ALLOWED = {
    "toolkit/flows/demo": "plays the shipped forms",
    "toolkit/rehearsal": "plays the shipped forms",
    "toolkit/edges/played_file_tricks.py": "plays the shipped forms",
    "toolkit/notice/report_schedule.py": "the names of the rounds that a notice speaks of, where no workspace says others",
    "toolkit/views/consolidated/legend_words.py": "says in words where a planned percent comes from",
}
NAMES = {"季度进展", "工作方案", "指标进展", "督办联络员"}


def literals(path: Path) -> list[tuple[int, str]]:
    """List the texts of a file that are not docstrings, with their lines."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [(node.lineno, node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs]


@pytest.mark.parametrize("name", sorted(NAMES))
def test_no_code_knows_a_form_by_its_name(name: str) -> None:
    """Outside of the demo no text of the program is, or names, a shipped form or a sheet of its."""
    places = [path for path in sorted((ROOT / "toolkit").rglob("*.py")) if not path.relative_to(ROOT).as_posix().startswith(tuple(ALLOWED))]

    assert [] == [f"{path.relative_to(ROOT)}:{line}" for path in places for line, text in literals(path) if text == name]
