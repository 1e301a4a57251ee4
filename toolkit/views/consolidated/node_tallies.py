"""What 总览 says of milestones: how many stand how, and the first of those that are overdue or due soon; live over 里程碑 and 节点到期."""

from collections import Counter

from toolkit.model.milestones import NodeState
from toolkit.model.place import address
from toolkit.model.rules import LATER_ON, SOON, Rules
from toolkit.model.sheet import Area, Condition, Formula
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import span
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.gantt import serial
from toolkit.views.consolidated.milestones_sheet import PASSED, columns_of, due_lines, lines
from toolkit.views.consolidated.sheet_names import DUE_NODES, MILESTONES
from toolkit.views.consolidated.source_links import internal_link

_MOST = 10  # milestones that are listed
_HEAD = (("编号", 1), ("节点", 4), ("牵头单位", 2), ("基准日期", 2), ("剩余天数", 1), ("到期", 2))
_LOOKED_UP = {"编号": "B", "节点": "C", "牵头单位": "D", "基准日期": "E", "剩余天数": "G", "到期": "H"}  # columns of 节点到期


def node_tallies(board: FreeLayout, state: Round, rules: Rules) -> None:
    """Put the counts on the board, then the list; only for a round with milestones."""
    rows, columns = lines(state, rules), columns_of(state)
    states, due, names = (span(MILESTONES, columns, title, len(rows)) for title in ("状态", "到期", "节点"))
    counted, close = Counter(line.milestone.state(line.on) for line in rows), Counter(line.due for line in rows)
    soon, later = (f"{int(rules.value(code))}天内" for code in (SOON, LATER_ON))
    states_shown = [word for word in NodeState if word is not NodeState.CLOSED or counted[word]]
    head = ("节点数", *(word.value for word in states_shown), f"{soon}到期", f"{later}到期")
    numbers = [Formula(f"=COUNTA({names})", len(rows))]
    numbers += [Formula(f'=COUNTIF({states},"{word}")', counted[word]) for word in states_shown]
    numbers += [Formula(f'=COUNTIF({due},{code}&"天内")', close[words]) for code, words in ((SOON, soon), (LATER_ON, later))]
    left = 12 - len(head) - 2
    board.line([*((title, "表头", 1) for title in head), (internal_link(MILESTONES), "链接", 2), ("", "正文", left)], points=20)
    board.line([*((number, "数字", 1) for number in numbers), *_link(state, left)], points=20)
    listed = due_lines(rows)[:_MOST]
    if not listed:
        return
    board.line([(title, "表头", across) for title, across in _HEAD], points=20)
    first = board.row
    for place, line in enumerate(listed, 2):
        node = line.milestone.node
        values = {"编号": node.number, "节点": node.name, "牵头单位": "、".join(line.milestone.answers_for), "基准日期": serial(node.baseline)}
        values |= {"剩余天数": (node.baseline - line.on).days, "到期": line.due}
        looks = {"节点": "正文", "牵头单位": "正文", "基准日期": "日期", "剩余天数": "数字"}
        board.line(
            [(Formula(f"='{DUE_NODES}'!{_LOOKED_UP[title]}{place}", values[title]), looks.get(title, "居中"), across) for title, across in _HEAD],
            points=18,
        )
    passed = Area(first, 10, board.row - 1, 10)
    board.conditions.append(Condition(passed, f'=${address(first, 10)}="{PASSED}"', "错误"))


def _link(state: Round, left: int) -> list[tuple[object, str, int]]:
    if any(milestone.is_open for milestone in state.milestones):
        return [(internal_link(DUE_NODES), "链接", 2), ("", "正文", left)]
    return [("", "正文", left + 2)]
