"""What a scorecard says beside its numbers: how each sort of deduction is avoided next time."""


from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.scoring import Deduction

_ARCHIVED = lazy_pattern(r"^[0-9a-f]{12}_")  # begins the names of archived originals
AVOID = {
    "未报": "请在截止日期前报送；确有困难的，截止前在“申请事项”里申请延期报送。",
    "迟报": "请按截止日期倒排时间，至少提前一个工作日报送，给改错留出余地。",
    "漏报": "报送前看表头“还有几处必填没有填”，每项任务都要填写，没有进展也要写明情况。",
    "超期": "到期前预计完不成的，先在“申请事项”里申请延期，经同意后按新的时限考核。",
    "退回": "报送前对照表内提示改正标红的格子；收到退改表后一次改齐再报。",
    "错误": "按所指的单元格改正；数字只填数字，日期写成 2023-06-30 的样子。",
    "佐证不符": "佐证材料要与所报内容、时间、数量对得上，盖章后再报。",
    "佐证待补": "报“已完成”时随表附上验收、批复等佐证材料。",
    "减分": "请对照所列依据整改，并把整改情况报办公室。",
}


def avoid(deduction: Deduction) -> str:
    """Say how a deduction is avoided next time; '' for what is added, and for one that came back whole."""
    return AVOID.get(deduction.item, "") if deduction.points < 0 else ""


def source_of(deduction: Deduction) -> str:
    """Say where a deduction comes from: file, sheet and cell; what the office knows itself where there is no file."""
    place = deduction.place
    file = _ARCHIVED.sub("", place.file or deduction.path.rpartition("/")[2])
    where = " ".join(filter(None, (place.sheet, place.cell)))
    return "，".join(filter(None, (file, where))) or "收件记录"
