"""督办通知单: one letter a task that lags, with what is asked by when and a slip to answer on, which is torn off: 版记 stands before it."""

from toolkit.model.form import NEXT
from toolkit.model.master import Task
from toolkit.model.rules import Rules
from toolkit.model.standing import TaskStanding
from toolkit.model.supervision import Supervised
from toolkit.model.word_document import PageBreak, Paragraph, Style, Table, WordDocument
from toolkit.views.papers.figures import figures, meanings, stated, why
from toolkit.views.papers.letterhead import Letterhead, head
from toolkit.views.papers.paper_wording import day, one_line, short

_WIDTHS = (36.0, 120.0)
_MATTER = 60  # characters of a task on the slip
_WORDS = 300  # characters of what a unit wrote
TITLE = "督办通知单"


def supervision(
    letter: Supervised, standing: TaskStanding, light: str, rules: Rules, *, label: str, days: int, letterhead: Letterhead, nodes: str = ""
) -> WordDocument:
    """Write a task's letter: what it is about, how it stands (`nodes`: its overdue milestones in words), what is asked by when; on the next page the slip."""
    task, number = standing.task, letterhead.number(letter.year, letter.number)
    matter = f"{one_line(task.text)}（{label}{meanings(rules)[light]}）"
    source = f"{letterhead.basis}{task.number}" if letterhead.basis else task.number
    rows = (
        ("督办事项", matter),
        ("任务来源", source),
        ("牵头单位", _names(task.leads)),
        *((("责任单位", _names(task.supports)),) if task.supports else ()),
        ("进展情况", f"{figures(standing)}。{why(standing, _WORDS)}。{nodes}"),
        ("单位所报\n下一步措施", stated(standing, NEXT) or "没有填报。"),
        ("督办要求", _asked(task)),
        ("办理时限", f"{day(letter.deadline)}前反馈（交办之日起{days}个工作日）"),
        ("联系人及电话", ""),
    )
    slip = (
        ("文号", number if letterhead.code else f"{TITLE}{number}"),
        ("督办事项", f"{task.number}　{short(task.text, _MATTER)}"),
        ("承办单位", _names(task.leads)),
        ("反馈时限", day(letter.deadline)),
        ("办理进展", ""),
        ("滞后原因", ""),
        ("下一步措施\n和完成时间", ""),
        ("承办人及电话", ""),
        ("主要负责人签字\n（单位盖章）", "年　　月　　日"),
    )
    blank = {"办理进展": 42.0, "滞后原因": 28.0, "下一步措施\n和完成时间": 34.0, "主要负责人签字\n（单位盖章）": 24.0}
    return letterhead.paper(
        f"{TITLE}{number}",
        (
            *head(TITLE, number),
            Paragraph(f"{_names(task.leads)}：", Style.ADDRESSEE),
            Paragraph("现将下列事项交你单位办理，请按时限要求反馈。", Style.LEAD_IN),
            Table((), rows, _WIDTHS, form=True),
            *letterhead.signed(),
            *letterhead.imprint(),
            PageBreak(),
            Paragraph("督办事项办理情况回执", Style.ANNEX_TITLE),
            Table((), slip, _WIDTHS, form=True, heights=tuple(blank.get(title, 12.0) for title, _ in slip)),
        ),
    )


def _names(units: tuple[str, ...]) -> str:
    return "、".join(units) or "无"


def _asked(task: Task) -> str:
    whom = "会同责任单位" if task.supports else ""
    return f"请牵头单位{whom}查明滞后原因，提出赶上进度的具体措施、责任人和完成时间，填写所附回执，经主要负责人签字并加盖公章后，按办理时限反馈。"
