"""The manual's pages that are made from the program are current."""

from pathlib import Path

from toolkit.model.findings import Code
from tools.make_docs import catalogue

MANUAL = Path(__file__).parents[2] / "docs" / "问题代码.md"


def test_the_table_of_findings_is_current() -> None:
    """docs/问题代码.md names every finding once, as the catalogue has it; tools/make_docs.py writes it."""
    page = MANUAL.read_text("utf-8")

    assert catalogue() == page
    assert [1] * len(Code) == [page.count(f"| {code.text.id} |") for code in Code]
