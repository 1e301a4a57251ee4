"""The short rehearsal draws its returns with the program's own writer; they say the same as those that are opened, typed into and saved by openpyxl."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace, open_workspace, real_notice
from toolkit.flows.demo.play_round import Filling, play
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.import_notice import import_notice
from toolkit.model.period import Period

Q1 = Period(2023, 1)
Cells = dict[tuple[str, str, str], object]


def cells(folder: Path) -> Cells:
    """Give what stands in every cell of the workbooks of a folder, by file, sheet and address."""
    return {
        (path.name, sheet.title, cell.coordinate): cell.value
        for path in sorted(folder.glob("*.xlsx"))
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def sent(space: Workspace, filling: Filling) -> dict[str, tuple[int, Cells]]:
    """Let all send their returns, those in time and the late; gives what stands in them, with their time, and empties the inbox."""
    for late in (False, True):
        play(space, Q1, progress=lambda items, _: items, late=late, filling=filling)
    found = cells(space.inbox)
    times = {path.name: int(path.stat().st_mtime) for path in space.inbox.glob("*.xlsx")}
    for path in space.inbox.glob("*.xlsx"):
        path.unlink()
    return {name: (time, {key: value for key, value in found.items() if key[0] == name}) for name, time in times.items()}


def test_a_return_that_is_drawn_says_what_one_that_is_typed_says(tmp_path: Path) -> None:
    """In every cell of all sheets of 62 returns, numbers as numbers and texts as texts, the seal too; each with the same day."""
    space = open_workspace(tmp_path)
    import_notice(space, real_notice(), 2023)
    with held(date(2023, 3, 25)):
        generate(space, Q1, only=(), progress=lambda items, _: items)
    typed, drawn = sent(space, Filling.TYPED), sent(space, Filling.DRAWN)

    assert typed == drawn
    assert 62 == len(drawn)
