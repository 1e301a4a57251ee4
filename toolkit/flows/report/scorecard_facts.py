"""scorecard_facts: what stands on each unit's scorecard, from how the period stands or stood when it was closed."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from toolkit.assessment.deductions import names_of
from toolkit.flows.closed.late_corrections import corrections
from toolkit.flows.office.appeals_held import OTHER_ITEM
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.round_chain import rounds_before
from toolkit.flows.report.consolidate import Drawn, standing_of_book
from toolkit.model.appeals import OTHER
from toolkit.model.closing import Correction, Draft
from toolkit.model.period import Period
from toolkit.model.rules import APPEAL_DAYS
from toolkit.model.scorecard import Scorecard, TrendPoint
from toolkit.model.scoring import UnitScore, cents

_ROUNDS = 8  # earlier rounds that a scorecard shows


def scorecards_of(office: OfficeContext, period: Period, book: Drawn, closed: Draft | None) -> Iterator[Scorecard]:
    """Give every scored unit's scorecard, classes in the register's order, units by rank."""
    scores, later = book.assessment.scores, corrections(office, period) if closed else ()
    trends, texts = trend(office, period, book), {task.task.number: task.task.text for task in book.round.tasks}
    totals: dict[str, list[Decimal]] = {}
    for score in scores.units:
        totals.setdefault(score.group, []).append(score.total)
    days = int(office.of_book(period).at(period).rules().value(APPEAL_DAYS))
    appeal = f"对扣分有异议的，请在收到成绩单之日起 {days} 个工作日内，填写所附的申诉表发回办公室；每一项都会书面答复。" if closed else ""
    for score in scores.units:
        duties = tuple(duty for duty in scores.duties if duty.unit == score.unit)
        off = tuple(row for row in scores.deductions if row.unit == score.unit)
        yield Scorecard(
            unit=score.unit,
            period=period,
            state=f"第 {closed.number} 稿（{closed.at:%Y-%m-%d} 定稿）" if closed else "草稿：还没有定稿，分数可能变化",
            score=score,
            units=len(totals[score.group]),
            median=cents(Decimal(median(totals[score.group]))),
            duties=duties,
            deductions=off,
            texts=texts,
            trend=(*trends.get(score.unit, ()), _point(period.label, score, len(totals[score.group]))),
            corrections=_own(score.unit, {duty.number for duty in duties}, later, {row.mark: row.item for row in off}),
            vetoes=tuple(f"{veto.what}（{veto.effect}）" for veto in scores.vetoes if veto.unit == score.unit and veto.holds),
            quarters=scores.quarters.get(score.unit),
            appeal=appeal,
            is_draft=closed is None,
        )


def trend(office: OfficeContext, period: Period, book: Drawn) -> Mapping[str, Sequence[TrendPoint]]:
    """Give how each unit stood in the earlier rounds of the year (all of them for a year), by its name in this period; each as its own book has it."""
    found: dict[str, list[TrendPoint]] = {}
    before = rounds_before(office.of_book(period), period) if period.is_part else [stage.period for stage in book.round.stages if stage.period.is_part]
    for round_ in before[-_ROUNDS:]:
        earlier = standing_of_book(office, round_)
        called, units = names_of(earlier.round, book.round), earlier.assessment.scores.units
        for score in units:
            if score.unit in called:
                found.setdefault(called[score.unit], []).append(_point(round_.label, score, sum(unit.group == score.group for unit in units)))
    return found


def _point(label: str, score: UnitScore, units: int) -> TrendPoint:
    return TrendPoint(label, score.outcome, score.process, score.total, score.rank, units)


def _own(unit: str, numbers: set[str], found: Sequence[Correction], items: Mapping[str, str]) -> tuple[Correction, ...]:
    """Keep what is about the unit itself, or about a task of its without naming another unit; appeals by what was taken off, not by their 扣分号."""
    mine = (line for line in found if line.unit == unit or (not line.unit and line.number in numbers))
    named = {f"申诉 {mark}": f"申诉（{item}）" for mark, item in items.items()}
    return tuple(_renamed(line, named) for line in mine)


def _renamed(line: Correction, named: Mapping[str, str]) -> Correction:
    what, colon, column = line.column.partition("：")
    other = f"申诉（{OTHER_ITEM}）" if what.startswith(f"申诉 {OTHER}") else what
    return line._replace(column=f"{named.get(what, other)}{colon}{column}")
