"""What a return is held against besides its own cells: the period, the master list, the rules, what the unit said and planned before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from toolkit.model.master import Master
from toolkit.model.period import Period
from toolkit.model.returns import Row
from toolkit.model.rules import Rules

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CheckContext:
    """One return's surroundings; `sent` is the day it was sent.

    `last` is what the unit said in the period before, by (table sheet, row key); `plan` its work plan, by task number; field code → value.
    """

    period: Period
    sent: date
    master: Master
    rules: Rules
    last: Mapping[tuple[str, str], Values]
    plan: Mapping[str, Values]

    @property
    def today(self) -> date:
        """The day a row speaks of: when it was sent, at the latest the period's end, since a later correction tells of the same quarter."""
        return min(self.sent, self.period.ends)

    def before(self, row: Row) -> Values:
        """Give what the unit said of a row in the period before, {} where it said nothing."""
        return self.last.get((row.table, row.key), {})

    def planned(self, row: Row) -> Decimal:
        """Give the percent that the unit planned for a row by now; the calendar's where it planned nothing."""
        value = self.plan.get(row.number, {}).get(f"plan{self.period.plan_quarter}")
        return value if isinstance(value, Decimal) else self.period.schedule
