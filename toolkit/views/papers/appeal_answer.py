"""成绩申诉答复: what became of each point of a unit's appeal."""

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.model.appeals import Appeal, Ruled, still_waits
from toolkit.model.column_kinds import show_number
from toolkit.model.word_document import Paragraph, Style, Table, WordDocument
from toolkit.views.papers.letterhead import Letterhead
from toolkit.views.papers.paper_wording import one_line


class Answered(NamedTuple):
    """One point: what the unit appealed against, and the office's word on it."""

    appeal: Appeal
    ruled: Ruled


def appeal_answer(unit: str, label: str, points: Sequence[Answered], letterhead: Letterhead, *, is_counted: bool) -> WordDocument:
    """Write to a unit what became of each point of its appeal against the scores of a period; `is_counted`: the scores have it in them."""
    title = f"关于{label}任务成绩申诉的答复"
    rows = tuple(_row(place, answered) for place, answered in enumerate(points, 1))
    back = sum((answered.ruled.back for answered in points), start=points[0].ruled.back * 0)
    waiting = sum(still_waits(answered.appeal, answered.ruled) for answered in points)
    effect = "已计入成绩" if is_counted else "已登记为定稿后更正，重新定稿后计入成绩"
    sums = f"返还合计 {show_number(back)} 分，{effect}。" if back else "原来的扣分不变。"
    more = f"另有 {waiting} 项还在核实，处理后另行答复。" if waiting else ""
    header = ("序号", "申诉事项", "申诉意见", "处理", "返还\n分值", "理由")
    return letterhead.paper(
        title,
        (
            Paragraph(title, Style.TITLE),
            Paragraph(f"{unit}：", Style.ADDRESSEE),
            Paragraph(f"你单位对{label}任务成绩的申诉共 {len(points)} 项，处理如下。{sums}{more}"),
            Table(header, rows, (12, 34, 40, 20, 16, 34), centred=(0, 3, 4)),
            *letterhead.signed(),
        ),
    )


def _row(place: int, answered: Answered) -> tuple[str, ...]:
    appeal, ruled = answered
    taken = "" if appeal.taken is None else f"（扣 {show_number(-appeal.taken)} 分）"
    what = "".join(filter(None, (appeal.number, " " if appeal.number else "", appeal.item, taken)))
    word = ("单位已撤回" if appeal.is_withdrawn else "待处理") if not ruled.word or ruled.why else ruled.word
    return str(place), one_line(what), one_line(appeal.opinion or appeal.item), word, show_number(ruled.back) if ruled.back else "0", one_line(ruled.reason)
