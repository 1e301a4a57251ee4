"""What 参数与图例 says of milestones: the day on which they are judged, within how many days one is due, what the signs of the chart mean."""

from toolkit.model.place import address
from toolkit.model.rules import LATER_ON, SOON, Rules
from toolkit.model.standing import Round
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.sheet_names import NODE_DAY

_ACROSS, _VALUE = 4, 2  # columns of a paragraph, and the column of a value
_WORDS = (
    "偏差天数 = 实际日期（没有的用预计日期）− 基准日期，正数是推迟，负数是提前。逾期天数 = 截至日期 − 基准日期，只算没有完成的。",
    "状态：有实际日期的，不晚于基准日期是“按期完成”，晚于的是“推迟完成”；没有实际日期的，基准日期早于截至日期是“已逾期”，预计日期晚于基准日期是“预计推迟”，其余“未到期”。",
    "图：一格一旬。━ 到基准日期为止的时段，◆ 基准日期，╌ 推迟的时段，◇ 预计日期，● 实际日期，┃ 截至日期所在的旬。同一格里先后：实际、基准、预计。",
    "基准日期由办公室掌握：任务总表“节点”表里的，和工作方案截止时单位报来的；以后只能在任务总表里改，改动记入“调整台账”。",
)


def node_legend(board: FreeLayout, state: Round, rules: Rules) -> dict[str, str]:
    """Put the day and the parameters on the board, then what the columns and signs mean; gives the cells by their names."""
    board.next(10)
    board.line((("里程碑节点", "小标题", _ACROSS),), points=24)
    board.line([(title, "表头", 1) for title in ("代码", "名称", "值", "说明")], points=22)
    cells = {NODE_DAY: _line(board, NODE_DAY, "截至日期", state.day, "里程碑的状态、到期按这一天算；可以改着看，如改成今天", look="认定日期")}
    for code, name, note in (
        (SOON, "临近到期（近）", "多少天内到期的列入“节点到期”"),
        (LATER_ON, "临近到期（远）", "再远一档；要长期生效，请改考核规则的“参数”表"),
    ):
        cells[code] = _line(board, code, name, rules.value(code), note, look="认定灯")
    for words in _WORDS:
        board.line(((words, "注", _ACROSS),))
    return cells


def _line(board: FreeLayout, code: str, name: str, value: object, note: str, *, look: str) -> str:
    cell = address(board.row, _VALUE, absolute=True)
    board.line(((code, "居中", 1), (name, "正文", 1), (value, look, 1), (note, "正文", 1)))
    return cell
