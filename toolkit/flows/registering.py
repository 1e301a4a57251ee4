"""registering: what the office's own books say now is kept in the ledger, and what was changed in them becomes dated changes."""

from collections.abc import Iterator

from toolkit.amending.differences import differences
from toolkit.edges.clock import now
from toolkit.edges.ledger import amendments as kept
from toolkit.edges.ledger.editions import Shelf, newest, register
from toolkit.edges.ledger.ledger import Ledger
from toolkit.flows.lists import Lists, year_of
from toolkit.model.amendments import REMOVED, About, Amendment, Change, Nature, first_day
from toolkit.model.form import Form
from toolkit.model.master import Master
from toolkit.model.period import Period
from toolkit.model.rules import Rules


def register_list(ledger: Ledger, lists: Lists, typed: Master, *, who: str) -> list[Amendment]:
    """Keep what the list says: as its year's base where periods of it were issued before lists were kept, else as changes of the base; gives those."""
    year = year_of(typed)
    current = lists.current(year)
    if current is None:
        for one in _issued_years(ledger):
            if one <= year and lists.current(one) is None:
                _begin(ledger, one, typed, who=who)
        lists.forget()
        return []
    changes = [change for change in differences(current, typed) if change.matter != REMOVED]
    with ledger.writing() as connection:
        added = kept.add(connection, [_dated(ledger, typed, change, year, who=who) for change in changes])
        register(connection, Shelf.LIST, str(year), typed, who=who, at=now())
    lists.forget()
    return added


def begin_year(ledger: Ledger, lists: Lists, typed: Master, year: int, *, who: str) -> None:
    """Let a year's list begin as it stands, when the first period of the year is issued; a year that has begun stays."""
    if lists.current(year) is None:
        _begin(ledger, year, typed, who=who)
        lists.forget()


def register_form(ledger: Ledger, form: Form, period: Period, *, who: str) -> None:
    """Keep the form that a period is issued with."""
    with ledger.writing() as connection:
        register(connection, Shelf.ISSUED, str(period), form, who=who, at=now())


def register_rules(ledger: Ledger, rules: Rules, *, who: str) -> None:
    """Keep the rules as they stand; looks first, so that nothing is written where nothing changed."""
    with ledger.reading() as connection:
        if newest(connection, Shelf.RULES, "", Rules) == rules:
            return
    with ledger.writing() as connection:
        register(connection, Shelf.RULES, "", rules, who=who, at=now())


def _begin(ledger: Ledger, year: int, typed: Master, *, who: str) -> None:
    with ledger.writing() as connection:
        for shelf in (Shelf.BASE, Shelf.LIST):
            register(connection, shelf, str(year), typed, who=who, at=now())


def _issued_years(ledger: Ledger) -> list[int]:
    return sorted({Period.parse(name).year for name in ledger.issued_periods()})


def _dated(ledger: Ledger, typed: Master, change: Change, year: int, *, who: str) -> Amendment:
    """Date a change that nobody dated."""
    period = Period.parse(change.subject) if change.about is About.DEADLINE else _next_open(ledger, typed, year)
    return Amendment(0, year, change, first_day(period), str(period), Nature.CHANGE, who=who, at=now())


def _next_open(ledger: Ledger, typed: Master, year: int) -> Period:
    issued = set(ledger.issued_periods())
    periods = sorted((Period.parse(line.period) for line in typed.calendar if line.period.startswith(str(year))), key=first_day)
    return next(_after_issued(periods, issued), periods[-1] if periods else Period(year))


def _after_issued(periods: list[Period], issued: set[str]) -> Iterator[Period]:
    last = max((first_day(one) for one in periods if str(one) in issued), default=None)
    return (one for one in periods if str(one) not in issued and (last is None or first_day(one) > last))
