"""Labels of a responsibility line: 牵头单位：, 责任部门：, 区政府分管领导：, 完成时限： and their kin."""

import re
from enum import Enum

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.character_forms import depths, fold_characters


class Duty(Enum):
    """What a label of a responsibility line announces."""

    LEAD = "牵头"
    DUTY = "责任"
    HELP = "配合"
    LEADER = "领导"
    DEADLINE = "时限"
    OTHER = "其他"


_BODY = r"(?:单位|部门|主体|机构|处室|科室|股室|方|科|处|局委?办?|委办局|责任制?单位)"
_PLACE = r"(?:站所|站办所?|办所|村居?|社区|乡镇|镇街|街镇|镇乡|街道|板块|园区|学校|企业|县市区|县区|区县|地区)"  # of a notice of a town
_RANGE = (
    r"(?:第[一二三四]|主要|首要|总|共同|具体|市级|区级|县级|省级|州级|镇级|本级|市直|区直|县直|省直|直接|主办|牵头|责任"
    r"|配合|协办|负责|业务|行政|政府|改革|整改|落实|任务|工作|项目|改造|治理|办理|市|区|县|省|州|镇)*"
)
_PERSON = (
    r"(?:[\u4e00-\u9fff]{0,10}?(?:领导|负责人|责任人|牵头人|负责同志|包保人|包联人|河长|林长|路长|链长|组长)(?:同志)?"
    r"|(?:[省市区县州镇乡]?(?:政府|委)?)?(?:分管|包联|包保|包抓|挂帅|挂点|联系|牵头|责任|挂钩)(?:副?(?:省|市|区|县|镇|乡|州|局|秘书)长|常委|书记|主任))"
)
_AND = r"(?:(?:及|和|与|、|/)?(?:\((?:[^()]{1,16})\))?)"
_TIME = (
    r"(?:(?:计划|要求|预计|工作|整改|办理|任务|推进|拟|年度)*(?:完成|办结|时间|进度|落实|整改|办理|销号|见效|交付)?(?:时限|期限|时间节点|时间安排|完成时间|办结时间|节点|时间进度|进度要求)(?:要求)?"
    r"|(?:计划|预计|拟|要求)?(?:完成|整改|办结|办理|销号|落实)时间|时间要求|时间|(?:计划|预计)?完成日期|截止(?:时间|日期))"
)
_KINDS: tuple[tuple[Duty, str], ...] = (
    (Duty.OTHER, r"联系人|联系电话|联系方式|备注|说明|[\u4e00-\u9fff]{0,6}联络员"),
    (Duty.LEADER, _PERSON),
    (Duty.DEADLINE, _TIME),
    (Duty.LEAD, rf"{_RANGE}(?:牵头|主办|主责|主抓|总牵头)(?:责任|负责|抓总|主责|承办)?{_BODY}|(?:第一|主要|首要)责任{_BODY}|牵头{_PLACE}?"),
    (
        Duty.HELP,
        (
            rf"{_RANGE}(?:配合|协办|协同|协助|参与|参加|协作|联办|会办|支持|共建|成员|协调|辅助|其他责任|其它责任)(?:责任|负责)?{_BODY}"
            rf"|(?:配合|协办|协同){_PLACE}|配合|参与|协办"
        ),
    ),
    (
        Duty.DUTY,
        rf"{_RANGE}(?:责任|落实|承办|实施|承担|执行|负责|办理|建设|完成|责任制)(?:承办|落实|负责)?{_BODY}|(?:责任|承办|落实){_PLACE}|(?:项目)?业主(?:单位)?|责任",
    ),
    (Duty.OTHER, rf"{_RANGE}(?:督办|督导|监督|督查|监管|联系|审核|考核|评价|验收|指导|统计|验核|核查){_BODY}"),
)
_BOTH = rf"(?:牵头\(责任\)|牵头\(主要责任\)|责任\(牵头\)|责任\(配合\)|牵头\(配合\)|牵头[及和、/]{{1}}(?:责任|配合)|责任[及和、/]{{1}}配合){_BODY}"
_BOTH += "|(?:单位)?(?:责任|任务|职责)分工"
_ALL = "|".join(f"(?P<{kind.name}{at}>{form})" for at, (kind, form) in enumerate(_KINDS))
_LABEL = lazy_pattern(
    rf"(?:^|(?<=[\s:;,。、()]))(?:[①-⑳*]|\d\s*[.、])?\s*(?:(?P<BOTH>{_BOTH})|{_ALL}){_AND}\s*:|"
    rf"(?:^|(?<=[。;])|(?<=[。;]\s))(?P<BARE>牵头{_BODY}|责任{_BODY}|配合{_BODY})\s(?=\S)"
)
WITHOUT_COLON = lazy_pattern(
    r"(?:^|(?<=[。；;，,（(\n ]))(?P<label>(?:牵头|责任|主办|承办|落实|配合|协办|协同|协助|参与)(?:单位|部门)|(?:完成|办结|整改)(?:时限|时间|期限))"
    r"\s*(?:(?:为|是|—+|─+|/)\s*|(?=[省市区县镇国\d０-９]))(?P<value>[^，,。；;）)\n]{2,60})"
)  # 责任单位为市数据局
_HINT = lazy_pattern(r"[:]|(?:单位|部门) ")


def labels(folded: str) -> list[re.Match[str]]:
    """Find the labels (责任单位: …) of a folded text that stand outside brackets."""
    if not _HINT.search(folded):
        return []
    found = list(_LABEL.finditer(folded))
    if not found:
        return []
    level = depths(folded)
    return [match for match in found if level[match.end() - 1] == 0]


def kind_of(match: re.Match[str]) -> Duty:
    """Turn a label match into its duty; a label for both roles announces a plain list."""
    if match["BARE"]:
        return {"牵": Duty.LEAD, "责": Duty.DUTY, "配": Duty.HELP}[match["BARE"][0]]
    return next((kind for at, (kind, _) in enumerate(_KINDS) if match[f"{kind.name}{at}"]), Duty.DUTY)


def kind_of_label(text: str) -> Duty | None:
    """Say what a column header or a label announces, without its colon; None for anything else."""
    plain = fold_characters(text).strip().rstrip(":")
    match = _LABEL.match(plain + ":")
    return kind_of(match) if match and match.end() == len(plain) + 1 else None
