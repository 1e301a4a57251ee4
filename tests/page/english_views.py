"""An English office before the page: files of every sort in its inbox, and everything that a page shows as text."""

from pathlib import Path

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page

from tests.words.english_office import EASTVILLE, FINANCE, HOUSING, HOUSING_ANSWERS, Q1, english_workspace, fill_in, issue_english
from toolkit.edges.workspace import Workspace
from toolkit.model.period import Period

Q2 = Period(2023, 2)
_CHANGED = {("Tasks", "T2", "Task"): "Repair the town hall and its roof."}
_ASKS = {
    ("Requests", "", "Type"): "Request to close off",
    ("Requests", "", "No."): "T2",
    ("Requests", "", "Reason"): "The hall is repaired.",
    ("Tasks", "T1", "Matters to be coordinated"): "Land for 50 homes is missing.",
}
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)

# Every text that stands on the page, also where it is folded away, and what a screen reader or a question says; what is sent back is not shown.
_TEXTS = """() => {
  const found = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { found.push(walk.currentNode.nodeValue); }
  for (const one of document.querySelectorAll("*")) {
    for (const name of ["aria-label", "title", "placeholder", "hx-confirm", "alt"]) { if (one.hasAttribute(name)) { found.push(one.getAttribute(name)); } }
  }
  return found.map(text => text.trim()).filter(Boolean);
}"""


def texts_on(page: Page) -> list[str]:
    """Give every text of a page as it now stands."""
    return list(page.evaluate(_TEXTS))


def issued_office(folder: Path) -> Workspace:
    """Make the office with two quarters issued; in its inbox lie a return with faults and requests, one of the other quarter, one without a name, a picture."""
    space = english_workspace(folder)
    first = issue_english(space)
    second = issue_english(space, Q2)
    fill_in(next(first.glob(f"{HOUSING}*.xlsx")), space.inbox / "Housing.xlsx", HOUSING_ANSWERS | _CHANGED | _ASKS)
    fill_in(next(second.glob(f"{FINANCE}*.xlsx")), space.inbox / f"{FINANCE}_2023Q1.xlsx", {("Tasks", "T1", "Progress this quarter"): "Paid."})
    nameless(next(first.glob(f"{EASTVILLE}*.xlsx")), space.inbox / "table.xlsx")
    (space.inbox / "photo T3.png").write_bytes(_PIXEL)
    return space


def nameless(source: Path, target: Path) -> None:
    """Copy the table alone into a book of one's own: name, seal and code are left behind."""
    sheet, new = load_workbook(source)["Tasks"], Workbook()
    header = next(row[0].row or 0 for row in sheet.iter_rows(max_row=12) if row[0].value == "No.")
    for row in sheet.iter_rows(min_row=header, values_only=True):
        new.active.append(["Somewhere" if value == "Renew the old quarters." else value for value in row])  # type: ignore[union-attr]
    new.save(target)


__all__ = ["Q1", "Q2", "issued_office", "texts_on"]
