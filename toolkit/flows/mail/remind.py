"""remind: who has not returned, or has a receipt unanswered → one mail a unit and day, worded by how late it is."""

from collections.abc import Mapping, Sequence
from datetime import date

from toolkit.edges.clock import now
from toolkit.edges.ledger.ladder_records import take
from toolkit.edges.workspace import Workspace
from toolkit.flows.mail.correspondence import Correspondence
from toolkit.flows.mail.deliver_letters import Progress, deliver, stands
from toolkit.flows.mail.send import MAILING, Preview, Sent
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.flows.report.paper_names import reminder_name
from toolkit.model.ladder import Cause, Condition, LadderStep, Level
from toolkit.model.letter import Kind, Letter, SentLetter
from toolkit.model.master import Unit
from toolkit.model.period import Period
from toolkit.model.standing import Round
from toolkit.views.papers.node_reminder import judged_on, node_sentence, overdue_nodes
from toolkit.views.papers.reminder import later_sentence, nothing_taken, rows_later

_ALL_WRONG = "填的都有错误，没有采用任何内容，"


def remind(space: Workspace, period: Period, *, only: Sequence[str], resend: Sequence[str], progress: Progress) -> Sent:
    """Remind those who owe something, each at most once a day; a unit that has returned everything gets nothing."""
    with open_office(space, alone=True, doing=MAILING) as office:
        office.refuse_closed(period, "不再催报")
        writing = Correspondence(office, period)
        again = {unit.name for unit in office.units(resend)} if resend else set()
        letters = _letters(office, writing, office.units((*only, *again)))
        done = deliver(writing, letters, again, progress)
        _climbed(office, writing, {*done.sent, *done.drafts})
        return Sent(done, writing.findings)


def _climbed(office: OfficeContext, writing: Correspondence, units: set[str]) -> None:
    """Record who was reminded as a first step of the ladder, once, where the rules have that row and the unit owes its return."""
    condition = Condition(Cause.SILENT)
    if not any(rung.level is Level.REMIND and rung.condition == condition for rung in office.rules().ladder):
        return
    owe = [unit.unit for unit in period_standing(office, writing.period).units if unit.unit in units and (unit.outcome is None or not unit.outcome.counts)]
    period = writing.period
    take(office.ledger, [LadderStep(period.year, 0, str(period), unit, "", Level.REMIND, condition.words, reminder_name(unit), now()) for unit in owe])


def preview_reminders(space: Workspace, period: Period, *, only: Sequence[str]) -> list[Preview]:
    """Show what would be sent, sending and writing nothing: unit, address, subject, files, state."""
    with open_office(space) as office:
        writing = Correspondence(office, period)
        posted = writing.book.posted(str(period), Kind.REMINDER)
        letters = _letters(office, writing, office.units(only))
        return [(letter.unit, letter.to or "（没有邮箱）", letter.subject, "", stands(letter, posted.get(letter.key), ()).value) for letter in letters]


def _letters(office: OfficeContext, writing: Correspondence, units: Sequence[Unit]) -> list[Letter]:
    today, period = now().date(), str(writing.period)
    state = period_standing(office, writing.period)
    units_now = state.units
    owing = _with_nodes(_owing(state, writing), state, today)
    dues = {unit.unit: unit.due or writing.due for unit in units_now}
    earlier = [letter for letter in writing.book.posted(period, Kind.REMINDER).values() if letter.state.went and letter.at.date() < today]
    letters = []
    for unit in units:
        if unit.name in owing:
            before = [letter for letter in earlier if letter.unit == unit.name]
            copies = (writing.post.leader,) if before and writing.post.leader else ()
            due = dues[unit.name]
            day, days, part = f"{due.year}年{due.month}月{due.day}日", str(abs((due - today).days)), _part(due, today, before)
            mark = today.isoformat()
            letters.append(writing.letter(Kind.REMINDER, part, unit, mark=mark, copies=copies, 情况=owing[unit.name], 截止=day, 天数=days))
    return letters


def _owing(state: Round, writing: Correspondence) -> dict[str, str]:
    """Give the units that were issued a form and owe a return, a mended one or tasks that came to them later, with the sentences that say so."""
    faults, owing = writing.book.to_mend(str(writing.period)), {}
    later, empty = rows_later(state), nothing_taken(state)
    for unit in state.units:
        if unit.outcome is None or not unit.outcome.counts:
            owing[unit.unit] = "目前还没有收到贵单位可以采用的报送。"
            continue
        count, nothing = faults.get(unit.unit), _ALL_WRONG if unit.unit in empty else ""
        if count:
            owing[unit.unit] = f"贵单位报送的表{nothing}有 {count} 处需要修改，退改表已经发出，还没有收到改好的表。"
        if unit.unit in later:
            owing[unit.unit] = f"{owing.get(unit.unit, '')}贵单位{later_sentence(later[unit.unit])}。"
    return owing


def _with_nodes(owing: Mapping[str, str], state: Round, today: date) -> dict[str, str]:
    """Add to what a unit owes which of its milestones are overdue; a unit that owes no return is told of them by a paper, not by this mail."""
    on = judged_on(state, today)
    overdue = overdue_nodes(state, on)
    return {unit: words + (f"另外，{node_sentence(overdue[unit], on)}。" if unit in overdue else "") for unit, words in owing.items()}


def _part(due: date, today: date, before: Sequence[SentLetter]) -> str:
    """Give the stage: before the date, on it, after it, and after it once more."""
    if today <= due:
        return "催报前" if today < due else "催报当天"
    return "再次催报" if any(dispatch.at.date() > due for dispatch in before) else "催报后"
