"""Which list serves a period: the ledger's base of its year with the changes that hold in it."""

from dataclasses import replace

from toolkit.amending.in_force import in_force
from toolkit.edges.ledger import amendment_records
from toolkit.edges.ledger.edition_records import EditionKind, names, newest
from toolkit.edges.ledger.ledger import Ledger
from toolkit.flows.office.closed_drafts import Drafts
from toolkit.model.amendments import Amendment
from toolkit.model.master import Master, Unit
from toolkit.model.period import Period


class ListsInForce:
    """The lists that the ledger knows, each read once; what a unit is called in a closed period its closing froze."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self.drafts = ledger, Drafts(ledger)
        self._years: dict[int, tuple[Master, Master, list[Amendment]] | None] = {}
        self._made: dict[tuple[int, Period | None], Master | None] = {}
        self._names: dict[str, tuple[dict[str, str], dict[str, str]]] = {}

    def name(self, period: str, key: str) -> str:
        """Give the name that a unit, known by its key, has in a period; the key itself for one that no list knows."""
        return self._names_in(period)[0].get(key, key)

    def key(self, period: str, name: str) -> str:
        """Give the key that a unit is kept under in the ledger by its name in a period; the name itself where no list knows it."""
        return self._names_in(period)[1].get(name, name)

    def _names_in(self, period: str) -> tuple[dict[str, str], dict[str, str]]:
        """Give names by key and keys by name in a period; a name of another period means its unit where none bears it in this one."""
        if period not in self._names:
            master = (self.drafts.list_of(Period.parse(period)) or self.of(Period.parse(period))) if period else None
            units = master.units if master else ()
            keys = {name: unit.key for unit in units for name in unit.former} | {unit.name: unit.key for unit in units}
            self._names[period] = ({unit.key: unit.name for unit in units}, keys)
        return self._names[period]

    def forget(self) -> None:
        """Look into the ledger again at the next question: something was registered."""
        self._years.clear()
        self._made.clear()
        self._names.clear()

    def years(self) -> list[int]:
        """Give the years whose lists have begun, oldest first."""
        with self._ledger.reading() as connection:
            return sorted(int(name) for name in names(connection, EditionKind.BASE))

    def of(self, period: Period) -> Master | None:
        """Give the list in force in a period, None where its year was never registered."""
        return self._in_force(period.year, period)

    def current(self, year: int) -> Master | None:
        """Give a year's list with all its changes, None where it was never registered."""
        return self._in_force(year, None)

    def _in_force(self, year: int, period: Period | None) -> Master | None:
        if (year, period) not in self._made:
            known = self._known(year)
            self._made[year, period] = _with_undated_parts(in_force(known[0], known[2], period), known[1]) if known else None
        return self._made[year, period]

    def base(self, year: int) -> Master | None:
        """Give a year's list as its changes are counted from; None where the ledger has none."""
        known = self._known(year)
        return known[0] if known else None

    def amendments(self, year: int) -> list[Amendment]:
        """Give the changes of a year's list, by id; those that were taken back, too."""
        known = self._known(year)
        return known[2] if known else []

    def year_of(self, master: Master) -> int:
        """Give the year that a list is for: the newest of its calendar that has begun, else the newest; 0 where the calendar is empty."""
        years = {int(line.period[:4]) for line in master.calendar if line.period[:4].isdigit()}
        return max(years & set(self.years()), default=max(years, default=0))

    def _known(self, year: int) -> tuple[Master, Master, list[Amendment]] | None:
        if year not in self._years:
            with self._ledger.reading() as connection:
                base = newest(connection, EditionKind.BASE, str(year), Master)
                last = newest(connection, EditionKind.LIST, str(year), Master) or base
                self._years[year] = (base, last, amendment_records.holding(connection, year)) if base and last else None
        return self._years[year]


def with_contacts(master: Master, typed: Master) -> Master:
    """Take whom and where to write to from the list as the clerk has it: it holds at once, also for who sends mails and may not register changes."""
    here = {unit.name: unit for unit in typed.units} | {unit.key: unit for unit in typed.units}
    found = ((unit, here.get(unit.key) or here.get(unit.name) or unit) for unit in master.units)
    return replace(master, units=tuple(_reached_as(unit, typed) for unit, typed in found))


def _reached_as(unit: Unit, typed: Unit) -> Unit:
    if (unit.contact, unit.phone, unit.email) == (typed.contact, typed.phone, typed.email):
        return unit
    return replace(unit, contact=typed.contact, phone=typed.phone, email=typed.email)


def _with_undated_parts(master: Master, last: Master) -> Master:
    """Take what has no history (rest days, doubts, the list's title and source) from what was registered last."""
    return replace(master, odd_days=last.odd_days, doubts=last.doubts, title=last.title, source=last.source)
