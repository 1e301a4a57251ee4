"""What a column of a task table holds, told from its header."""

import re
from enum import Enum

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.character_forms import fold_characters, groups, tidy
from toolkit.notice.responsibility_labels import Duty, kind_of_label


class Column(Enum):
    """What a column of a task table holds."""

    NUMBER = "序号"
    SECTION = "章节"
    SUBSECTION = "小节"
    TEXT = "任务"
    DETAIL = "内容"
    LEAD = "牵头"
    DUTY = "责任"
    HELP = "配合"
    LEADER = "领导"
    DEADLINE = "时限"
    MEASURE = "计量单位"
    OTHER = "其他"


_DETAIL = (
    r"(?:具体|主要|细化|工作|任务|推进|落实|重点|整改|办理|改进|解决|年度|实施)*(?:举措|措施|内容|要求|标准|意见|步骤|安排)|(?:年度|工作|预期|量化|全年|\d{4}年|具体|考核|整改|绩效|建设|阶段|进度)*(?:目标|目标值|指标值|任务值|预期目标)"
    r"|(?:预期|工作|主要|目标)*(?:成效|成果|效果)|整改措施及(?:时限|要求)|目标要求|(?:完成|办结|验收|评价)标准|(?:成果|成效)(?:形式|体现|要求)?|工作成效|(?:预期|量化)?(?:目标|成效|成果)及(?:标准|要求)|完成目标|建设规模(?:及内容)?|建设内容(?:及规模)?|时序进度"
)
_TASK = (
    r"(?:主要|重点|具体|目标|工作|年度|分解|改革|重大|整改|督办|督查|民生|实事|交办|创建|建设|责任|政府|年|\d{4}年|反馈|存在|突出|查摆)*"
    r"(?:任务|目标任务|任务目标|目标与任务|任务与目标|事项|项目|工作|工作任务|指标|工作内容|任务内容|项目名称|任务名称|事项名称|指标名称|工作事项|名称|实事|问题|问题清单|建议|提案|议题|要点|任务清单|任务分解|事项内容)"
    r"(?:(?:及|和|与|、)(?:目标|内容|要求|措施|指标|标准))?|建设内容|内容|(?:建议|提案|议案|意见|问题|案由|实事|督办|反馈|改革)(?:内容|名称|标题|题目|描述|事项|意见|表现|案由)|案由|题目|标题|工作举措名称"
)
_HEADERS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"序号|编号|序|号|任务序号|任务编号|项次|NO\.?|No\.?|№|案号|建议号|提案号|(?:建议|提案)编号|项目编号|问题编号|序列"),
    (Column.SUBSECTION, r"二级分类|二级指标|小类|子类|小节|二级任务类别"),
    (
        Column.SECTION,
        (r"(?:任务|工作|项目|目标|问题|建议|提案|指标|重点|所属)*(?:类别|分类|类型|板块|领域|章节|大类|类)|一级(?:分类|指标)" r"|方面|所属领域|重点领域"),
    ),
    (Column.DETAIL, _DETAIL),
    (Column.TEXT, _TASK),
)
_FORMS = tuple((column, lazy_pattern(rf"^(?:{form})$")) for column, form in _HEADERS)
_DUTIES = {
    Duty.LEAD: Column.LEAD,
    Duty.DUTY: Column.DUTY,
    Duty.HELP: Column.HELP,
    Duty.LEADER: Column.LEADER,
    Duty.DEADLINE: Column.DEADLINE,
    Duty.OTHER: Column.OTHER,
}
_SHORT = {
    word: column
    for column, words in (
        (Column.LEAD, "牵头 牵头单位 主办 主责 牵头负责 主办方"),
        (Column.DUTY, "责任 责任单位 单位 部门 承办 责任分工 任务分工 分工 落实单位 单位名称 部门名称 承办部门 责任人及单位"),
        (Column.HELP, "配合 协办 参与 会办 协助"),
        (Column.LEADER, "责任人 领导 分管领导 负责人"),
        (Column.DEADLINE, "时限 时间 完成时间 进度 期限 完成期限 时限要求 办理期限"),
        (Column.MEASURE, "计量单位 指标单位 数量单位 度量单位"),
        (
            Column.OTHER,
            "备注 说明 状态 完成情况 进展情况 进展 联系人 联系电话 电话 办理结果 是否完成 落实情况 提案人 提出人 领衔代表 建议人 来源 依据 投资 总投资",
        ),
    )
    for word in words.split()
}
UNITS = (Column.LEAD, Column.DUTY, Column.HELP)


def plain_header(text: str) -> str:
    """Write a header cell without blanks and without the remark in brackets behind it."""
    folded = fold_characters("".join(tidy(text).split()))
    found = groups(folded)
    if found and found[-1][1] == len(folded) and found[-1][0] > 0:
        folded = folded[: found[-1][0]]
    return folded.rstrip(":").strip("*★")


def column_of(text: str) -> Column | None:
    """Read one header cell; blanks and a bracketed remark do not matter; None for words that are no header we know."""
    folded = plain_header(text)
    if not folded or len(folded) > 24:
        return None
    for column, form in _FORMS[:2]:
        if form.match(folded):
            return column
    if folded in _SHORT:
        return _SHORT[folded]
    combined = re.fullmatch(r"(\S{2,8}?)(?:单位|部门)?[及和与、/](\S{2,12})", folded)
    if combined and (first := kind_of_label(combined[1]) or kind_of_label(combined[1] + "单位")):
        return Column.DUTY if first in (Duty.LEAD, Duty.DUTY) else _DUTIES[first]
    duty = kind_of_label(folded) if len(folded) <= 14 else None
    if duty:
        return _DUTIES[duty]
    return next((column for column, form in _FORMS if form.match(folded)), None)


def is_header(columns: list[Column | None]) -> bool:
    """Say whether cells read so make the header of a task table: a column of tasks, or numbers beside units, and two columns known."""
    known = [column for column in columns if column is not None]
    texts = Column.TEXT in known or Column.DETAIL in known
    units = any(column in known for column in UNITS)
    return len(known) >= 2 and ((texts and (units or Column.NUMBER in known)) or (Column.NUMBER in known and units))
