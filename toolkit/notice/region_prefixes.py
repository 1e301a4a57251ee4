"""Names that leave out the region named before them: 省发展改革委、财政厅 means 省财政厅."""

from collections.abc import Iterable, Sequence

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import DEPARTMENT
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.unit_names import base, group_of, is_collective

_PARTY = lazy_pattern(r"^((?:[\u4e00-\u9fff]{2,3})?[省市区县]委)(?=[\u4e00-\u9fff]{2,}(?:部|委|办|办公室)$)")
_REGION = lazy_pattern(r"^((?:[\u4e00-\u9fff]{2,3}?)??(?:省|市(?![场容])|区(?![域块])|县(?!域)))(?=[\u4e00-\u9fff]{2,}$)")
_FIELDS = (
    "发展(?:和|与)?改革|发改|教育|教科|教体|科教|科技|科学技术|工业(?:和|与)?信息化|工信|经信|经济(?:和|与)?信息化|经贸|科工|科经|公安|民政|司法|财政|财金|人力资源(?:和|与)?社会保障|人社|自然资源(?:和|与)?(?:规划)?"
    "|规划(?:和|与)?自然资源|规划资源|国土资源|规划|生态环境|环境保护|环保|住房(?:和|与)?城乡建设(?:管理|交通)?|住房保障|住建|城乡建设|建设|城市管理(?:和|与)?(?:综合)?(?:行政)?(?:执法)?|城管|综合行政执法|综合执法|交通运输|交通|水利|水务|农业农村|农业"
    "|畜牧|商务|粮食(?:和|与)?(?:物资储备)?|商粮|文化(?:和|与)?旅游(?:和)?(?:体育)?|文化体育(?:和)?(?:旅游)?|文旅|文广旅|文体|文广新|体育|卫生健康|卫健|卫生|退役军人(?:事务)?|应急(?:管理)?|安监|审计|国资|国有资产监督管理|市场监管|市场监督管理|市场|工商|质监"
    "|统计|医保|医疗保障|信访|林业(?:和|与)?(?:草原)?|林草|园林(?:绿化)?|绿化(?:市容)?|政务服务(?:和)?(?:数据)?(?:管理)?|政务(?:和|与)?数据|政数|行政审批(?:服务)?|数据(?:资源)?(?:管理)?|大数据(?:管理|发展)?(?:服务)?|广播电视|广电|乡村振兴|扶贫(?:开发)?|能源"
    "|招商(?:引资)?|投资促进|合作交流|金融|地方金融|金融工作|民族宗教|民宗|宗教|侨务|外事|台湾事务|台|机关事务|档案|机构编制|编|人防|人民防空|国防动员|国动|地震|知识产权|药监|药品监管|药品监督管理|税务|政研|研究|法制|督查|督考|网信|政法|编制"
)
_OFFICE = lazy_pattern(rf"^(?:{_FIELDS})(?:局|厅|委|办|办公室|中心|委员会|管理局|服务中心)$")
_PARTY_OFFICE = lazy_pattern(r"^(?:组织|宣传|统战|社会工作)部$")
_OWN = lazy_pattern(r"^(?:国|中|省|市(?![场容政])|区|县|州|团|各|全|[\u4e00-\u9fff]{2,3}(?:省|市|区|县)(?![场容])|公安分|人民银行|人行|海关)")


def region(name: str) -> str:
    """Give the region a full name begins with, '' where it begins with none."""
    match = _REGION.match(fold_characters(base(name)))
    return name[: match.end()] if match else ""


def restore(name: str, before: Sequence[str], known: frozenset[str]) -> str:
    """Complete a name from the full names before it in its list; a name that stands by itself elsewhere stays as it is."""
    plain = fold_characters(base(name))
    if name in known or is_collective(name) or _OWN.match(plain) or not 3 <= len(plain) <= 14:
        return name
    if _PARTY_OFFICE.match(plain):
        head = next((name_[: match.end()] for name_ in reversed(before) if (match := _PARTY.match(fold_characters(base(name_))))), "")
        return head + name
    if not _OFFICE.search(plain) or group_of(name) != DEPARTMENT:
        return name
    head = next((found for text in reversed(before) if (found := region(text))), "")
    return head + name


def stand_alone(lists: Iterable[Sequence[str]]) -> frozenset[str]:
    """List names that begin a list, or follow only names without a region: they are complete as printed."""
    found: set[str] = set()
    for names in lists:
        for name in names:
            if region(name):
                break
            found.add(name)
    return frozenset(found)
