"""The catalogue of findings: nothing in it is idle, every sentence can be said, every code is raised by a test."""

import re
from pathlib import Path

import pytest

from toolkit.model.findings import Code

ROOT = Path(__file__).resolve().parents[2]
SOURCES = "\n".join(path.read_text("utf-8") for path in (ROOT / "toolkit").rglob("*.py") if path.name != "finding_codes.py")
TESTS = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py") if path.name != Path(__file__).name)


def test_ids_are_unique() -> None:
    """No two findings share a printed id."""
    ids = [code.text.id for code in Code]

    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("code", list(Code), ids=lambda code: str(code.name))
def test_every_code_is_raised_and_tested(code: Code) -> None:
    """A code that nothing raises, or that no test names, does not belong in the catalogue."""
    assert re.search(rf"Code\.{code.name}\b", SOURCES), "nothing raises it"
    assert re.search(rf"\b{code.name}\b|\"{code.text.id}\"", TESTS), "no test names it"


@pytest.mark.parametrize("code", list(Code), ids=lambda code: str(code.name))
def test_every_sentence_is_chinese_and_says_what_to_do(code: Code) -> None:
    """Sentence and remedy are whole Chinese sentences without a technical word."""
    for text in (code.text.message, code.text.advice):
        assert text.endswith("。")
        plain = re.sub(r"\{\w+\}", "", text)
        known = {"Excel", "WPS", "xlsx", "zip", "records", "seal", "key", "templates", "Numbers", "fods", "mht"}
        assert set() == set(re.findall(r"[A-Za-z]{2,}", plain)) - known
