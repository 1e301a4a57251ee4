"""idle_rows: which registered changes of the year's lists begin where no round of the year does; for doctor, which says them as long as they stand so."""

from collections.abc import Iterator

from toolkit.amending.needless_rows import idle_dates
from toolkit.edges.templates.read_amendments import read_amendments
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.list_in_force import ListsInForce
from toolkit.model.findings import Finding


def idle_rows(space: Workspace, lists: ListsInForce) -> Iterator[Finding]:
    """Point at the cells of such days in every list of the workspace; those that the program itself dated with the next year are left out."""
    for year in lists.years():
        path = former if (former := space.list_of(year)).exists() else space.master
        master = lists.current(year)
        if master is not None and path.exists():
            dated = [amendment for amendment in lists.amendments(year) if amendment.since_text != str(year + 1)]
            yield from idle_dates(dated, read_amendments(path.read_bytes(), path.name).rows, master.calendar, year, file=path.name)
