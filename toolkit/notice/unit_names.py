"""Unit names: what looks like one, which class it is of, what is a collective, what is a second plate."""

from functools import lru_cache

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import DEPARTMENT, OTHER, TOWN
from toolkit.notice.character_forms import fold_characters, groups
from toolkit.notice.latin_names import is_body, is_latin

_TAIL = lazy_pattern(
    r"(?:局|委|办|厅|院|部|处|(?<![学专本理文工百内外儿妇])科|(?<![控参个入持增])股|室|站|所|队|社|会|馆|台|校|厂|行|组|团|联|中心|公司|集团|街道|街|镇|乡|区|县|市|州|盟|旗|省|政府|处室|科室"
    r"|单位|部门|企业|机构|学院|大学|海关|银行|武装部|科协|文联|记协|侨联|军分区|指挥部|专班|职能部门|机关|主体|乡镇|镇街|街镇|街乡|村|社区|商|协"
    r"|委员会|园|基地|供电|电信|移动|联通|邮政|烟草|消防|人大|政协|城投|交投|公安|税务|法院|党校|生态城|新城|直属库|粮库|储备库|总队|支队|大队|铁塔|检察院|人防|科协|工会|专委会)$"
)
_VERB_HEAD = lazy_pattern(
    r"^(?:加快|推进|推动|建设|提升|完善|强化|打造|深化|持续|全面|优化|着力|实施|突出|坚持|扎实|深入|大力|加强|健全|做好|支持|完成|确保|落实|积极|严格"
    r"|提高|构建|创新|促进|壮大|培育|扩大|统筹|聚焦|围绕|实现|新建|新增|开展|抓好|办好|创建|发展|改造|组织|规范|巩固|争取|启动|引导|鼓励|探索"
    r"|开工|动工|启用|迁建|改建|扩建|续建|编制|制定|出台|修订|印发|举办|承办|引进|招引|盘活|清理|排查|化解|兑现|谋划|申报|争创|打通|拓宽|修建|硬化|安装|配备|更新|升级|建成|力争|全力|稳步|有序|用好|抓实|严防|严厉|打击|启动|再开工|再新建"
    r"|负责|牵头|按照|根据|其中|以上|上述|包括|如|即|详见|见|以下|简称)"
)
_OFFICE_VERB = lazy_pattern(r"^(?:发展|组织|建设|规划|创新|促进|推进|统筹|落实|优化)\S{0,8}(?:局|委|厅|部|委员会|办公室|办|处|司|(?:学|研究)院)$")
_NOT_IN_NAME = lazy_pattern(r"[。!?！？“”\"%：:]|\d{2,}|[的了]|(?<!自)由|(?:要|应|须|需|将|可|均|都|也|并|未|不|和|与|及|城乡|社会|乡村)$")
_TOWN = lazy_pattern(
    r"(?:街道|街道办|办事处|[^党]街|乡|镇|(?:乡|镇|街道)(?:人民)?政府|(?:开发|高新|园|新|示范|试验|合作|风景|保税|度假|管理)区(?:管委会|管理委员会)?"
    r"|工业园|产业园|农场|林场|(?:园|区|城|湖|山|岛|场)管(?:理)?委(?:员)?会)$"
)
_OTHER = lazy_pattern(
    r"(?:公司|集团|支行|分行|银行|监管组|监管分局|医院|学院|大学|学校|中学|小学|幼儿园|协会|商会|学会|促进会|基金会|厂|电厂|信用社|联合社|城投|交投|经开投"
    r"|文旅投|供电|电信|移动|联通|铁塔|烟草|石化|石油|邮政|燃气|水务集团|人行|分公司|营业部|合作社|企业|研究院|设计院|研究所)$"
)
_EVERY = lazy_pattern(
    r"^(?:全)?(?:省|市|州|区|县|镇|乡)*(?:直|级|属|内|辖区|本级)*(?:各(?!界)|所有|全体|其他|其它|有关|相关|涉及|沿线|属地|驻区|驻县|驻市|所属)"
)
_MANY = lazy_pattern(
    r"(?:成员|责任|牵头|配合|参与|协办|落实|建设|主管|业主|联动|共建)单位$|(?:主管|职能|监管|行业)部门$|^(?:省|市|区|县)?(?:直|级|属)(?:[及和、]?\S{0,4})?"
    r"(?:部门|单位|企业|国有企业|机关|国企|平台公司)$|^(?:乡镇|镇街|街镇|街乡|镇乡|街道|镇|村)(?:\(.*\))?$|^(?:部门|单位)$"
    r"|^(?:乡镇|镇街|街镇|镇乡|街道)(?:\(.*\))?(?:人民政府|办事处)(?:\(.*\))?$|^[县市区旗]\([县市区旗、,]+\)"
    r"|^(?!请).{1,8}各(?!界|自).{0,8}(?:部门|单位|[部处科]室?|[区县市乡镇街村]|街道|社区|企业|机构|学院|委办局|政府|管委会|办事处)$|^(?:\d+|[一二三四五六七八九十]+)个"
)
_NO_BODY = lazy_pattern(r"(?:要求|事项|工作|措施|问题|情况|说明|规定|政策|内容|精神|文件|安排|部署|材料)$")  # 有关要求 heads no list of bodies
_SOME = lazy_pattern(r"(?:相关|有关)(?:处室|科室|部门|单位|机构|局办|企业|街道|乡镇|镇街)$")
_PLATE_TAIL = lazy_pattern(r"(?:局|委|办|厅|院|部|中心|街道|镇|乡|办事处|开发区|委员会|管委会|办公室|公司|集团|馆|社|园区|高新区)$")
_ALL_KINDS = "街道乡镇办事处开发区园"


def base(name: str) -> str:
    """Leave out the bracket a name ends with: 区农业农村局〈区乡村振兴局〉 → 区农业农村局."""
    found = groups(fold_characters(name))
    return name[: found[-1][0]].strip() if found and found[-1][1] == len(name) else name


def inner(name: str) -> str:
    """Give what stands in the bracket a name ends with, '' for none."""
    found = groups(fold_characters(name))
    return name[found[-1][0] + 1 : found[-1][1] - 1].strip() if found and found[-1][1] == len(name) else ""


@lru_cache(maxsize=4096)  # the same units answer for many tasks
def looks_like_unit(name: str) -> bool:
    """Say whether a string has the shape of a body's name (2–32 characters and a body's ending: 局, 办, 街道 …) or of a collective; no register is asked."""
    if is_latin(name):
        return is_body(name)
    folded = fold_characters(base(name)) or fold_characters(name)
    if not 2 <= len(folded) <= 32 or _NOT_IN_NAME.search(folded):
        return False
    if _VERB_HEAD.match(folded) and not _OFFICE_VERB.match(folded):
        return False
    return bool(_TAIL.search(folded)) or is_collective(name)


def is_collective(name: str) -> bool:
    """Say whether a name means many bodies whoever they are: 各街道, 区直有关部门, …成员单位."""
    folded = fold_characters(name)
    if _NO_BODY.search(folded):
        return False
    return bool(_EVERY.match(folded) or _MANY.search(folded) or _MANY.search(fold_characters(base(name))))


def is_open(name: str) -> bool:
    """Say whether a name means some divisions of one named body (某某新城相关处室): a collective unless it leads."""
    return bool(_SOME.search(fold_characters(name)))


def group_of(name: str) -> str:
    """Class a unit by its name: 街道乡, 企业及其他 or 区直部门."""
    plain = fold_characters(base(name))
    if _TOWN.search(plain) and "驻" not in plain[:-3]:
        return TOWN
    return OTHER if _OTHER.search(plain) else DEPARTMENT


def second_plate(name: str) -> str:
    """Give the second name plate (at least 3 characters) a name carries in brackets, '' for none; a collective has none."""
    plate = inner(name)
    if not plate or is_collective(name) or not base(name) or "、" in plate:
        return ""
    return plate if len(plate) >= 3 and _PLATE_TAIL.search(fold_characters(plate)) else ""
