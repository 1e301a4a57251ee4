"""The sealed forms that an office received from the one above it: kept as they came in records/上级来表, by period, the newest issue last."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.files import write_file
from toolkit.edges.workspace import Workspace
from toolkit.model.column_kinds import plain
from toolkit.model.form import Form
from toolkit.model.handover import HandedList, form_from, list_from
from toolkit.model.issue import Issue
from toolkit.model.period import Period
from toolkit.model.returns import Grid, GridSheet
from toolkit.model.seal import SealBroken, claim_of

FOLDER = "上级来表"


class UpperForm(NamedTuple):
    """A sealed form from above: its bytes, what it holds, what its seal says was issued, the seal, the definition and list that came with it, if any."""

    name: str
    content: bytes
    grid: Grid
    issue: Issue
    sealed: str
    form: Form | None
    handed: HandedList | None
    path: Path = Path()

    @property
    def digest(self) -> str:
        """SHA-256 of the file as it came."""
        return hashlib.sha256(self.content).hexdigest()


def read_upper_form(content: bytes, name: str) -> UpperForm | None:
    """Read a sealed form, whoever sealed it; None for a workbook without a seal. Raises Unreadable for what is no workbook."""
    from toolkit.edges.reading.read_workbooks import read_grid

    grid = read_grid(content, name)
    sheet, top = next(((sheet, at) for sheet in grid.sheets for at, row in enumerate(sheet.rows) if row and _begins(row[0], "TASKSEAL")), (None, 0))
    if sheet is None:
        return None
    columns = [_column(sheet, top, column) for column in range(3)]
    try:
        issue = claim_of("".join(columns[0]))
    except SealBroken:
        return None
    return UpperForm(name, content, grid, issue, "".join(columns[0]), form_from(columns[1]), list_from(columns[2]))


def keep(space: Workspace, upper: UpperForm) -> Path:
    """Keep a form as it came, and give where; one that is kept already stays the only one."""
    folder = space.records / FOLDER / upper.issue.period
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{upper.issue.number:02}-{upper.digest[:12]}{Path(upper.name).suffix.lower()}"
    if not path.exists():
        write_file(path, upper.content)
    names = folder / f"{path.name}.原名"
    if not names.exists():
        write_file(names, upper.name.encode())
    return path


def kept_forms(space: Workspace) -> Mapping[str, UpperForm]:
    """Give the newest form that was kept of each period, by period, in order; of two with one number the one that came last."""
    found: dict[str, UpperForm] = {}
    for path in sorted((space.records / FOLDER).glob("*/*"), key=_age):
        if path.suffix == ".原名" or path.name.endswith(".tmp"):
            continue
        name = path.with_name(f"{path.name}.原名")
        upper = read_upper_form(path.read_bytes(), name.read_text("utf-8") if name.exists() else path.name)
        if upper is not None:
            found[upper.issue.period] = upper._replace(path=path)
    return dict(sorted(found.items(), key=lambda item: (Period.parse(item[0]).ends, item[0])))


def has_upper(space: Workspace) -> bool:
    """Whether a workspace was made of a form from above."""
    return any((space.records / FOLDER).glob("*/*"))


def _age(path: Path) -> tuple[str, int, float]:
    number = path.name.partition("-")[0]
    return path.parent.name, int(number) if number.isdecimal() else 0, path.stat().st_mtime


def _begins(value: object, mark: str) -> bool:
    return isinstance(value, str) and plain(value).startswith(mark)


def _column(sheet: GridSheet, top: int, column: int) -> list[str]:
    return [plain(row[column]) for row in sheet.rows[top:] if len(row) > column]
