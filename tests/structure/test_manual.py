"""The manual: its pages that are made from the program are current, its commands exist, its pictures are there."""

import re
import shlex
from pathlib import Path
from urllib.parse import unquote

import pdfplumber
import pytest
from docx import Document
from typer.testing import CliRunner

from toolkit.cli.main import app
from toolkit.model.findings import Code
from tools.make_docs import catalogue, dictionary, fields
from tools.make_form_pictures import FORM_PICTURES
from tools.make_manual import BOARD_PICTURES, CARD, LEVELS, PICTURES, ROUND_PICTURES
from tools.make_page_pictures import PAGES
from tools.readings import readings

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = DOCS / "手册.md"
_COMMAND = re.compile(r"python run\.py +([^`\n）。]*)")


def commands() -> list[str]:
    """List every command line of the manual and the card, each once."""
    card = [part for _, line, _ in CARD for part in re.split(r"，再 |，或 |，(?=documents)|；换电脑 |，运行 ", line) if re.match(r"[a-z]+ ", f"{part} ")]
    return sorted({found.strip() for found in _COMMAND.findall(MANUAL.read_text("utf-8")) if found.strip()} | {line.split("（")[0] for line in card})


def test_the_table_of_findings_is_current() -> None:
    """docs/问题代码.md names every finding once, as the catalogue has it; tools/make_docs.py writes it."""
    page = (DOCS / "问题代码.md").read_text("utf-8")

    assert catalogue() == page
    assert [1] * len(Code) == [page.count(f"| {code.text.id} |") for code in Code]


def test_the_table_of_fields_is_current() -> None:
    """docs/栏目.md holds the columns of the forms that the program brings; tools/make_docs.py writes it."""
    assert fields() == (DOCS / "栏目.md").read_text("utf-8")


def test_the_table_of_readings_is_current() -> None:
    """docs/怎样读.md shows what the kinds make of each example today; tools/make_docs.py writes it."""
    assert readings() == (DOCS / "怎样读.md").read_text("utf-8")


def test_the_data_dictionary_is_current() -> None:
    """docs/数据字典.md holds every table and column that is exported; tools/make_docs.py writes it."""
    assert dictionary() == (DOCS / "数据字典.md").read_text("utf-8")


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_manual_exists_with_its_options(line: str) -> None:
    """A command that the manual names has its help, and the help names every option that the manual uses."""
    words = shlex.split(line)
    done = CliRunner().invoke(app, [words[0], "--help"])

    assert 0 == done.exit_code
    assert [] == [word for word in words[1:] if word.startswith("--") and word not in done.output]


def test_the_manual_names_every_command() -> None:
    """A command that the manual does not name is one that a clerk will not find."""
    text = MANUAL.read_text("utf-8")

    assert [] == [command.name for command in app.registered_commands if command.name and command.name not in text]
    assert [] == [name for command in app.registered_commands if command.callback and (name := command.callback.__name__.removesuffix("_command")) not in text]


def test_every_page_and_picture_that_the_manual_points_at_is_there() -> None:
    """Links of the manual lead somewhere, and every picture that is made is shown."""
    links = re.findall(r"\]\(([^)]+)\)", MANUAL.read_text("utf-8"))

    assert [] == [link for link in links if not (DOCS / unquote(link)).exists()]
    drawn = (*PICTURES, *LEVELS, *FORM_PICTURES)
    made = {f"images/{name}.png" for name in (*(picture.name for picture in drawn), *BOARD_PICTURES, *ROUND_PICTURES, *PAGES)}
    assert made == {link for link in links if link.startswith("images/")}


def test_the_quick_card_is_two_pages_at_most_and_says_what_the_script_has() -> None:
    """The card in docs is the one that tools/make_manual.py writes, and fits on a sheet of paper."""
    rows = [[cell.text for cell in row.cells] for row in Document(str(DOCS / "速查卡.docx")).tables[0].rows]

    assert [list(cells) for cells in CARD] == rows[1:]
    with pdfplumber.open(DOCS / "速查卡.pdf") as card:
        assert 1 <= len(card.pages) <= 2
