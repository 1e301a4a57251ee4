"""催办通知, 督办通知 to who owes a return, and 约谈通知; a short text where a step only reminds."""

from datetime import date

from toolkit.model.ladder import LadderStep, Level
from toolkit.model.rules import Rules
from toolkit.model.standing import Round, TaskStanding
from toolkit.model.word_document import Paragraph, Style, Table, WordDocument
from toolkit.views.papers.figures import figures, meanings, why
from toolkit.views.papers.letterhead import Letterhead
from toolkit.views.papers.node_reminder import task_nodes
from toolkit.views.papers.paper_wording import day, one_line, quoted
from toolkit.views.papers.reminder import what_is_owed

_TITLES = {Level.CHASE: "催办通知", Level.LETTER: "督办通知", Level.TALK: "约谈通知"}
_WIDTHS = (36.0, 120.0)
_WORDS, _MATTER = 200, 60  # characters of what a unit wrote, and of a task


def ladder_paper(
    step: LadderStep, state: Round, light: str, rules: Rules, *, former: tuple[LadderStep, ...], answer_by: date, letterhead: Letterhead
) -> WordDocument:
    """Write a step's paper: what it is about, how it stands, what was done so far, what is asked by when; `light` is '' for a unit that owes its return."""
    title = _TITLES[step.level]
    number = f"{title}〔{step.year}〕{step.number}号"
    standing = next((task for task in state.tasks if task.task.number == step.task), None)
    matter = _named(standing) if standing else what_is_owed(state)
    talk = step.level is Level.TALK
    asked = _talk(matter, step, answer_by) if talk else _answer(matter, step, answer_by)
    return letterhead.paper(
        number,
        (
            Paragraph(f"关于{'约谈' if talk else '催办' if step.level is Level.CHASE else '督办'}{matter}的通知", Style.TITLE),
            Paragraph(f"{step.unit}：", Style.ADDRESSEE),
            Paragraph(f"{letterhead.preamble}{_stands(standing, light, rules, state, letterhead.today)}{_before(former)}"),
            *asked,
            *((Table((), _talk_rows(letterhead.today.year), _WIDTHS, form=True, together=True),) if talk else ()),
            *letterhead.signed(),
            *letterhead.imprint(),
        ),
    )


def _named(standing: TaskStanding) -> str:
    """Name a task in a sentence or a title: its number and its words in quotation marks."""
    return f"{standing.task.number}{quoted(standing.task.text, _MATTER)}"


def _talk_rows(year: int) -> tuple[tuple[str, str], ...]:
    """Give the table that the office fills in: when, where, who talks to whom."""
    return (("约谈时间", f"{year}年　　月　　日　　时"), ("约谈地点", ""), ("约谈人", ""), ("参加人员", "主要负责人、分管负责人、责任科室负责人"))


def _stands(standing: TaskStanding | None, light: str, rules: Rules, state: Round, today: date) -> str:
    if standing is None:
        due = f"应于{day(state.due)}前报送，" if state.due else ""
        return f"{what_is_owed(state)}{due}截至{day(today)}，你单位还没有可以采用的报送。"
    shown = meanings(rules).get(light, light)
    nodes = task_nodes(state, standing.task.number, today)
    return f"你单位牵头的{_named(standing)}，{state.period.label}{shown}：{figures(standing)}。{why(standing, _WORDS)}。{nodes}"


def _before(former: tuple[LadderStep, ...]) -> str:
    """Say which steps were taken before; '' for the first."""
    steps = "、".join(f"{day(step.day)}{step.level}" for step in former)
    return f"此前已于{steps}，至今没有办结。" if steps else ""


def _answer(matter: str, step: LadderStep, answer_by: date) -> tuple[Paragraph, ...]:
    what = f"就{matter}书面说明原因、整改措施、责任人和完成时间" if step.task else f"补报{matter}，并书面说明迟报原因"
    return (Paragraph(f"请你单位于{day(answer_by)}前{what}，经主要负责人签字并加盖公章后反馈。逾期没有反馈的，将按督办阶梯进入下一级。"),)


_PREPARED = {
    True: "一、任务进展和存在的差距；二、滞后的原因；三、整改措施、责任人和完成时间。",
    False: "一、没有报送的原因；二、报送时间；三、今后按时报送的措施。",
}


def _talk(matter: str, step: LadderStep, answer_by: date) -> tuple[Paragraph, ...]:
    return (
        Paragraph(f"经研究，决定就{matter}约谈你单位主要负责人，时间、地点见下表。请准备下列内容："),
        Paragraph(_PREPARED[bool(step.task)]),
        Paragraph(f"请于{day(answer_by)}前将书面材料和参加人员名单报办公室。约谈后应按约谈意见整改，并书面反馈结果。"),
    )


def ladder_text(step: LadderStep, state: Round, light: str, rules: Rules, *, answer_by: date, office: str) -> str:
    """Write a reminder as a short text to copy into a chat: who, what, how it stands, by when to answer."""
    standing = next((task for task in state.tasks if task.task.number == step.task), None)
    stands = _stands(standing, light, rules, state, step.day)
    return f"{step.unit}：{one_line(stands)}。请于{day(answer_by)}前说明情况和下一步措施。{office}\n"
