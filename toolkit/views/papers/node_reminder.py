"""Milestones that are overdue: a sentence for reminders, a notice for a unit that reported but has some, one list of all."""

from collections.abc import Sequence
from datetime import date

from toolkit.model.milestones import Milestone
from toolkit.model.standing import Round
from toolkit.model.word_document import Paragraph, Style, Table, WordDocument
from toolkit.views.papers.letterhead import Letterhead
from toolkit.views.papers.paper_wording import day, one_line

_MOST = 5  # milestones that a sentence names


def judged_on(state: Round, today: date) -> date:
    """Give the day on which reminders judge milestones: today, or the end of the period where that has passed."""
    return min(today, state.day)


def overdue_nodes(state: Round, on: date) -> dict[str, list[Milestone]]:
    """Give each unit's milestones whose baseline has passed and that it has not reported reached, the earliest first."""
    found: dict[str, list[Milestone]] = {}
    for milestone in sorted(state.milestones, key=lambda milestone: milestone.node.baseline):
        if milestone.overdue(on):
            for unit in milestone.answers_for:
                found.setdefault(unit, []).append(milestone)
    return found


def node_words(nodes: Sequence[Milestone], on: date) -> str:
    """Name milestones with their days and how long they are overdue; '' for none."""
    named = [f"{node.node.number}“{one_line(node.node.name)}”（{node.node.baseline.isoformat()}，已逾期{node.overdue(on)}天）" for node in nodes[:_MOST]]
    more = f"等{len(nodes)}个" if len(nodes) > _MOST else ""
    return "、".join(named) + more


def node_sentence(nodes: Sequence[Milestone], on: date) -> str:
    """Say that milestones are overdue, and on which day that is counted; '' where none is."""
    return f"截至{day(on)}，有{len(nodes)}个里程碑节点已过基准日期，没有报告完成：{node_words(nodes, on)}" if nodes else ""


def task_nodes(state: Round, number: str, today: date) -> str:
    """Say of one task which of its milestones are overdue, as a whole sentence; '' where none is."""
    on = judged_on(state, today)
    late = [milestone for milestone in state.milestones if milestone.node.number == number and milestone.overdue(on)]
    return f"{node_sentence(late, on)}。" if late else ""


def node_reminder(unit: str, nodes: Sequence[Milestone], state: Round, *, answer_by: date, letterhead: Letterhead) -> WordDocument:
    """Write to a unit that reported, but has milestones that are overdue, and by when to answer."""
    on = judged_on(state, letterhead.today)
    title = "关于报告逾期里程碑节点的催报通知"
    rows = tuple(_row(node, on) for node in nodes)
    return letterhead.paper(
        title,
        (
            Paragraph("关于报告逾期里程碑节点\n的催报通知", Style.TITLE),
            Paragraph(f"{unit}：", Style.ADDRESSEE),
            Paragraph(f"{letterhead.preamble}截至{day(on)}，你单位牵头的任务有{len(nodes)}个里程碑节点已过基准日期，没有报告完成："),
            Table(("编号", "节点", "基准日期", "预计日期", "逾期天数"), rows, (20, 58, 28, 28, 22), centred=(0, 2, 3, 4)),
            Paragraph(f"请于{day(answer_by)}前，在发放的原表“节点进展”里填写实际日期或预计日期，说明推迟的原因和补救措施后报送。"),
            *letterhead.signed(),
            *letterhead.imprint(),
        ),
    )


def node_list(state: Round, letterhead: Letterhead) -> WordDocument:
    """Write the list of all milestones that are overdue, unit by unit."""
    on = judged_on(state, letterhead.today)
    found = overdue_nodes(state, on)
    title = f"{state.period.label}逾期里程碑节点名单"
    rows = tuple((unit, *_row(node, on)) for unit, nodes in found.items() for node in nodes)
    return letterhead.paper(
        title,
        (
            Paragraph(title, Style.TITLE),
            Paragraph(f"截至{day(on)}，{len(found)}家单位有{len(rows)}个里程碑节点已过基准日期，没有报告完成。", Style.LEAD_IN),
            Table(("单位", "编号", "节点", "基准日期", "预计日期", "逾期\n天数"), rows, (36, 18, 42, 24, 24, 12), centred=(1, 3, 4, 5)),
            *letterhead.signed(),
        ),
    )


def _row(node: Milestone, on: date) -> tuple[str, str, str, str, str]:
    expected = node.expected.isoformat() if node.expected else "未报"
    return node.node.number, one_line(node.node.name), node.node.baseline.isoformat(), expected, str(node.overdue(on))
