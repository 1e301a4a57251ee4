"""import in an English office: what cannot be read, what is asked and what was read is said in English, whatever the file."""

import contextlib
import io
import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.words.english_office import CHINESE, english_workspace
from toolkit.cli.main import _run
from toolkit.edges.templates.read_words import load_words

NAMES = re.compile(r"任务总表|通知用语")  # files of the office, whatever the language
WRONG: dict[str, bytes] = {
    "cover.txt": b"Notice on the plan for 2023\n\nPlease find attached the plan.\n",
    "empty.txt": b"",
    "photo.png": b"\x89PNG\r\n\x1a\n" + b"0" * 50,
    "broken.docx": b"PK\x03\x04broken",
    "broken.pdf": b"%PDF-1.4 broken",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "sheet.xml": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
}
PLAN = "Action plan 2023\n\n" + "".join(
    f"{number}. {text}\n"
    for number, text in enumerate(
        (
            "Build 800 new homes. Lead: Housing Department; Support: Finance Department",
            "Repair the town hall by June. Lead: Housing Department",
            "Plant 500 trees. Owner: Eastville",
            "The Finance Department will report on it.",
        ),
        1,
    )
)


def said(root: Path, *words: str) -> str:
    """Give what a command writes to the screen."""
    screen = io.StringIO()
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
        _run(["--workspace", str(root), *words])
    return screen.getvalue()


def chinese(text: str) -> list[str]:
    """Give the lines that are not English."""
    return [line for line in text.splitlines() if CHINESE.search(NAMES.sub("", line))]


@pytest.mark.parametrize("name", [*WRONG, "nofile.docx", "strange.xlsx"])
def test_what_is_no_notice(tmp_path: Path, name: str) -> None:
    """
    A file that cannot be read, or holds no tasks, is answered in English with what to do.
    """
    space, file = english_workspace(tmp_path / "office"), tmp_path / name
    space.master.unlink()
    if name in WRONG:
        file.write_bytes(WRONG[name])
    elif name == "strange.xlsx":
        book = Workbook()
        for row in (["Ref", "Deliverable", "Person in the know"], [1, "Build 800 homes", "Housing Department"]):
            book.active.append(row)  # type: ignore[union-attr]
        book.save(file)
    text = said(space.root, "import", str(file))

    assert [] == chinese(text)
    assert "lease" in text


def test_a_plan_read_twice(tmp_path: Path) -> None:
    """
    What was read, what a revised notice would change, and the question whether most of the list is gone; a year that is none is refused.
    """
    space, file, other = english_workspace(tmp_path / "office"), tmp_path / "plan.txt", tmp_path / "revised.txt"
    space.master.unlink()
    file.write_text(PLAN, "utf-8")
    other.write_text(PLAN.replace("800", "900").replace("Plant", "Water").replace("hall by June", "hall by May"), "utf-8")
    refused = said(space.root, "import", str(file), "--year", "23")
    there = space.master.exists()
    texts = [said(space.root, "import", str(file), *more) for more in ((), ("--year", "2023"), ("--list", "a 1"))]
    texts += [said(space.root, "import", str(other), "--year", "2023", *more) for more in (("--diff",), (), ("--list", "Projects"))]

    assert [] == chinese("\n".join((refused, *texts)))
    assert "The year cannot be “23”." in refused
    assert not there
    assert "Lines read: 5 (tasks " in texts[0]


def test_a_sentence_about_a_file_and_a_short_pattern() -> None:
    """
    What a sentence says of the file that it begins with has words of its own; a short pattern takes in no item that stands before it.
    """
    english = load_words(Path("nowhere"), "en")

    assert english.shown("“a.xlsx”的工作表“B”有 7 行 8 列，大得不正常，没有读。").startswith("“a.xlsx”: sheet “B” has 7 rows and 8 columns")
    assert english.shown("通报、签批页、签批表。") == "Bulletin, Pages for signature, Form for signature."
