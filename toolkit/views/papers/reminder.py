"""催报: who has not handed in what, and by when it is due; a notice for each unit and one list of all."""

from datetime import date

from toolkit.model.findings import SENT_BACK, Code
from toolkit.model.master import Role
from toolkit.model.standing import Round, UnitStanding
from toolkit.model.word_document import Paragraph, Style, Table, WordDocument
from toolkit.views.papers.letterhead import Letterhead
from toolkit.views.papers.node_reminder import judged_on, node_sentence, overdue_nodes
from toolkit.views.papers.paper_wording import day, one_line


def owing_units(state: Round) -> list[UnitStanding]:
    """List the units whose return is still to come: nothing came, or what came could not be used."""
    return [unit for unit in state.units if unit.outcome is None or not unit.outcome.counts]


def nothing_taken(state: Round) -> list[str]:
    """Name the units whose return counts, but of which no cell was taken: all that stands in it has errors."""
    told = {detail.unit for detail in state.details if detail.row.answers}
    return [unit.unit for unit in state.units if unit.outcome is not None and unit.outcome.counts and unit.errors and unit.unit not in told]


def rows_later(state: Round) -> dict[str, str]:
    """Give the tasks that came to a unit only after it had reported, and that it has not told of: 任务3、任务4.

    What the office sent back stands in the form that the unit has to mend, and is not named here.
    """
    later = (finding for finding in state.findings if finding.code is Code.ROWS_LATER and finding.counts and finding.verdict != SENT_BACK)
    return {finding.unit: finding.facts["rows"] for finding in later}


def later_sentence(rows: str) -> str:
    """Say to a unit that tasks came to it after it had reported, and what to do; '' for none. Without a full stop."""
    return f"报表以后任务有调整，{rows}还没有报，请用换发的表补报" if rows else ""


def what_is_owed(state: Round) -> str:
    """Name what is to be handed in: 2023年第一季度进展报送表, 2023年工作方案."""
    name = one_line(state.form.name)
    return f"{state.period.span_label}{name.removeprefix('季度')}报送表" if state.period.quarter else f"{state.period.span_label}{name}"


def reminder(unit: UnitStanding, state: Round, *, answer_by: date, letterhead: Letterhead) -> WordDocument:
    """Write to one unit that nothing of it was taken in, by when to answer, and for how many days it is overdue."""
    overdue = (letterhead.today - state.due).days if state.due else 0
    if unit.outcome is None:
        stands = f"截至{day(letterhead.today)}，尚未收到你单位的报送表"
    else:
        stands = f"你单位报来的表未能采用（{unit.outcome.words}{f'：{one_line(unit.reason)}' if unit.reason else ''}）"
    due = f"{what_is_owed(state)}应于{day(state.due)}前报送。" if state.due else ""
    late = f"，已逾期{overdue}天" if overdue > 0 else ""
    by = answer_by if overdue > 0 or state.due is None else state.due
    asked = f"请于{day(by)}前，在发放的原表上填写完整后报送。无法按时报送的，请书面说明原因。逾期不报的，将在本期通报中点名。"
    titles = f"关于报送{what_is_owed(state)}的催报通知", f"关于报送{what_is_owed(state)}\n的催报通知"
    return _notice(unit.unit, titles, f"{letterhead.preamble}{due}{stands}{late}。{_duties(unit.unit, state)}", asked, state, letterhead)


def _nodes(unit: str, state: Round, today: date) -> tuple[Paragraph, ...]:
    """Give the paragraph on a unit's milestones that are overdue; none where none is."""
    on = judged_on(state, today)
    sentence = node_sentence(overdue_nodes(state, on).get(unit, []), on)
    return (Paragraph(f"另外，{sentence}。请在报送时一并报告实际日期或预计日期。"),) if sentence else ()


def later_reminder(unit: str, rows: str, state: Round, *, answer_by: date, letterhead: Letterhead) -> WordDocument:
    """Write to a unit that reported before tasks came to it, which they are and by when to tell of them."""
    by = answer_by if state.due is None or letterhead.today > state.due else state.due
    stands = f"{letterhead.preamble}各单位应报送{what_is_owed(state)}。你单位报送以后任务有调整，{rows}由你单位填报，截至{day(letterhead.today)}还没有报。"
    asked = f"请于{day(by)}前，在换发的表上补齐后报送；已经填好的内容可以照抄。没有收到换发的表的，请与本办联系。"
    titles = f"关于补报{what_is_owed(state)}的催报通知", f"关于补报{what_is_owed(state)}\n的催报通知"
    return _notice(unit, titles, stands, asked, state, letterhead)


def _notice(unit: str, titles: tuple[str, str], stands: str, asked: str, state: Round, letterhead: Letterhead) -> WordDocument:
    """Write to a unit how it stands, which milestones are overdue, and what is asked of it; `titles` are the file's and, on two lines, the paper's."""
    title, drawn = titles
    return letterhead.paper(
        title,
        (
            Paragraph(drawn, Style.TITLE),
            Paragraph(f"{unit}：", Style.ADDRESSEE),
            Paragraph(stands),
            *_nodes(unit, state, letterhead.today),
            Paragraph(asked),
            *letterhead.signed(),
            *letterhead.imprint(),
        ),
    )


def reminder_list(state: Round, letterhead: Letterhead) -> WordDocument:
    """Write the list of all units that owe a return or tasks that came to them later, one row a unit with its tasks and its contact."""
    units, later = owing_units(state), rows_later(state)
    more = f"，另有{len(later)}家要补报后来调整的任务" if later else ""
    title = f"{what_is_owed(state)}催报名单"
    cases = [*((unit.unit, _outcome_text(unit)) for unit in units), *((unit, f"已报，{rows}没有报") for unit, rows in later.items())]
    rows = tuple((str(place), name, *_counts(name, state), case, _reach(name, state)) for place, (name, case) in enumerate(cases, 1))
    due = f"截止日期{day(state.due)}，" if state.due else ""
    header = ("序号", "单位", "牵头\n任务", "责任\n任务", "情况", "联系人及电话")
    return letterhead.paper(
        title,
        (
            Paragraph(title, Style.TITLE),
            Paragraph(f"{due}应报送{len(state.units)}家单位，截至{day(letterhead.today)}尚有{len(units)}家没有报送或者报来的表未能采用{more}。", Style.LEAD_IN),
            Table(header, rows, (12, 46, 14, 14, 36, 34), centred=(0, 2, 3)),
            *letterhead.signed(),
        ),
    )


def _counts(unit: str, state: Round) -> tuple[str, str]:
    roles = [role for _, role in state.master.duties(unit)]
    return str(roles.count(Role.LEAD)), str(roles.count(Role.SUPPORT))


def duties(unit: str, state: Round) -> str:
    """Say how many tasks a unit has to report on: 牵头任务3项、责任任务2项; '' for none."""
    lead, support = _counts(unit, state)
    return "、".join(f"{words}{count}项" for words, count in (("牵头任务", lead), ("责任任务", support)) if count != "0")


def _duties(unit: str, state: Round) -> str:
    tasks = duties(unit, state)
    return f"你单位本期需报送{tasks}。" if tasks else ""


def _outcome_text(unit: UnitStanding) -> str:
    return f"{unit.outcome.words}：{one_line(unit.reason)}" if unit.outcome else "未报"


def _reach(name: str, state: Round) -> str:
    unit = state.master.resolve(name)
    return "　".join(address for address in (unit.contact, unit.phone) if address) if unit else ""
