"""What happens to an office in the course of a year beside its rounds, played for `demo`: an amendment, a new name, a late return, the next notice."""

from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.files import write_file
from toolkit.edges.ledger import amendment_records
from toolkit.edges.workspace import Workspace
from toolkit.flows.issue.import_notice import Imported, import_notice
from toolkit.flows.office.office_context import open_office
from toolkit.model.amendments import RENAMED, Amendment, AmendmentSubject, Change, first_day
from toolkit.model.column_kinds import show_number
from toolkit.model.period import Period

REFERENCE = "某府办〔2023〕12号"


class Changed(NamedTuple):
    """A change as it is told: of what, from what, to what, since when."""

    what: str
    before: str
    after: str
    since: str


def amend_year(space: Workspace, since: Period) -> tuple[Changed, ...]:
    """Register two changes from a period on: the highest quantified target becomes lower, and a unit with a long name gets a shorter one."""
    with open_office(space, alone=True) as office:
        target = max(office.master.indicators, key=lambda indicator: indicator.target)
        unit = next(addressee for addressee in office.master.addressees() if addressee.name.endswith("总工会"))
        lower, shorter = show_number(target.target * 9 / 10), unit.name.replace("总工会", "工会")
        changes = (
            Change(AmendmentSubject.INDICATOR, f"{target.number}|{target.name}", "目标值", show_number(target.target), lower),
            Change(AmendmentSubject.UNIT, unit.key, RENAMED, unit.name, shorter),
        )
        rows = [
            Amendment(
                0,
                since.year,
                change,
                first_day(since),
                str(since),
                reference=REFERENCE,
                reason="按批准调整",
                approved="区政府",
                who=current_clerk(space),
                at=now(),
            )
            for change in changes
        ]
        with office.ledger.writing() as connection:
            amendment_records.add(connection, rows)
        office.forget()
    with open_office(space, alone=True):  # the master list shows what was registered
        pass
    return (Changed(f"{target.number}“{target.name}”的目标值", changes[0].before, lower, str(since)), Changed("单位名称", unit.name, shorter, str(since)))


def next_notice(space: Workspace, notice: Path, year: int) -> Imported:
    """Import the notice as if it were the next year's, its year put one on."""
    path = space.root / f"{year}年通知.txt"
    write_file(path, notice.read_text("utf-8").replace(str(year - 1), str(year)).encode())
    return import_notice(space, path, year)
