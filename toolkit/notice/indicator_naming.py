"""What a quantified target is called, and how it is judged: adds up, level, growth or project stage."""

import re
from dataclasses import dataclass

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.quantities import COUNT, MEASURE, SHARE, TIME, Quantity

SUM, RATIO, STOCK, GROWTH, PROJECT = "累计", "比率", "存量", "增速", "项目"
_KEPT = (
    "新增|净增|新引进|新培育|新认定|新签约|新开工|新建成|新建|新设|新开|新改扩建|新改建|新扩建|建成投用|建成|引进培育|引进|招引|引入|引育|培育|创建|评选|争创|打造|提升|改造|实施|建设|引导|发放"
    "|举办|签约|落地|开工|投产|竣工|培训|帮扶|救助|建立|设立|认定|推广|转化|化解|整治|治理|修复|栽植|种植|孵化|申报|获批|处置|盘活|供应|筹集|配租|交付|安装|更新|升级|拆除|淘汰|收储|出让|招聘|招录"
    "|选派|选聘|办结|办好|制定|出台|修订|编制|布局|布设|投放|配备|配建|增加|减少|扩建|储备|谋划|包装|争取|开行|开通|开放|集聚|服务|扶持|创成|培养|选树|命名|走访|慰问|解决|查处|检查|抽检|遴选|征集|吸引"
    "|带动|惠及|资助|安置|续建|清理|压减|募集|融资|组建|发展|改扩建|新成立|成立|购置|采购|新聘|聘请|招收|解决|办理|承办|创评|拓展|压降|消化|腾退|销号|补建|增设|翻新"
)
_SOFT = "加快推进|加快建设|加快打造|加快|扎实推进|有序推进|全力推进|全面推进|推进|推动|支持|启动|促进|做好|扎实做好|统筹推进|协调推进"
_PLAIN = "组织开展|组织|开展|完成|实现|达到|确保|保持|力争|争取|做到"
_TIME_WORDS = (
    "将|使|前?[一二三四1-4]季度|全年|年内|今年|本年|到?年底前?|到?年末|\\d{4}年底?前?|上半年|下半年|每年|到\\d{4}年底?|\\d{1,2}月底?前|力争|确保|争取|预计|计划|努力|力促|同时|其中|并|共|累计|总计|合计|再|统筹|分别|继续|积极"
    "|大力|着力|深入|全力|扎实|有序|持续|重点|全面|稳步|进一步|科学|精准|年度|当年|新一轮|率先|务必"
)
_LEAD_IN = lazy_pattern(rf"^(?:{_TIME_WORDS}|高(?:标准|质量|水平)(?={_KEPT}|{_SOFT}|{_PLAIN}))+")
VERB_HEAD = lazy_pattern(rf"^(?:{_KEPT}|{_SOFT}|{_PLAIN})")
_KEPT_HEAD = lazy_pattern(rf"^(?:{_KEPT})(?:[、和](?:{_KEPT}))*")
_DROPPED_HEAD = lazy_pattern(rf"^(?:{_SOFT}|{_PLAIN})")
_SOFT_HEAD = lazy_pattern(rf"^(?:{_SOFT})")
_OTHER_VERB = "选拔|招募|配齐|扩容|覆盖|通过|获得|取得|创下|新晋|签订|签署|达成|输送|促成|助力|帮助|动员|使|让|将|向|为|给"
_ANY_VERB = lazy_pattern(rf"(?:{_KEPT}|{_SOFT}|{_PLAIN}|等|{_OTHER_VERB})$")
_REFERENCE = lazy_pattern(r"^(?:总结|巩固|依托|围绕|落实|按照|发挥|利用|根据|聚焦|依据|对照|结合|借鉴|贯彻|针对|参照|执行|鼓励|坚持|凭借|用好|立足|紧扣|对标)")
_REFERRED = lazy_pattern(r"(?:经验|做法|政策|措施|举措|方面|领域|环节|要素|精神|原则|要求|意见|体系|机制|理念|阶段|步骤|维度|渠道)$")
_COMPARED_TAIL = lazy_pattern(r"(?:稳定|保持|维持|巩固|总体|力争|完成率?|实现|确保)(?:在)?$|(?:在|为|约|近|各|是|到|至|共|占|逾|[:：])$")
_AMOUNT = "总?产量|总?面积|总?产值|总量|总额|规模|数量|占比|比重|增速|增幅|投资|总?收入|税收|营收|利润|总数"
_BARE_NOUN = lazy_pattern(rf"^(?:{_AMOUNT}|覆盖率|合格率|完成率|达标率|转化率)$")
_NOUN_HEAD = lazy_pattern(rf"^(.{{2,12}}?)(?:的)?(?:生产|种植|播种|养殖)?(?:{_AMOUNT}|.{{1,3}}率)$")
_BARE_GROWTH = lazy_pattern(r"^(?:同比|同口径|环比|比上年|较上年|比去年|年均|可比)+(?:增长|提高|提升|下降|增加)?$")
_BARE_LEVEL = lazy_pattern(r"(?:国家|省|市|区|县)级")
_CHANGE = lazy_pattern(r"(?:由|从)[^,由从]*\d[^,]*$")
_WORK_TAIL = lazy_pattern(r"(?:建设|改造|开工|完工|竣工|投产|提升|建成|施工|治理|修复|整治|更新|投用|运营|通车|开建|达产|落地|上市|验收|创建|扩建)$")
_GROWTH = lazy_pattern(r"增长|增速|增幅|涨幅|提高|提升|下降|降幅|降低|上升|回升|增加|减少|递增")
_STOCK = lazy_pattern(r"总数|总量|保有量|存量|余额|总规模|总人口|总户数|拥有量|在库|累计|人口|储备规模|库容|床位数|(?:医师|学位|车位)数|浓度|平均|人均")
_FLOW = lazy_pattern(r"产量|产值|总额|投资|收入|销售|产出|税收|吞吐|成交|交易|营收|营业")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a clause with one number: what stands before it, the number, what follows."""

    before: str
    quantity: Quantity
    after: str
    quote: str


@dataclass(frozen=True, slots=True)
class NamedTarget:
    """What the words so far let the next ones leave out: the last full name, whether its verb was a soft one, whether its list goes on."""

    name: str = ""
    soft: bool = False
    list_open: bool = False


def name_of(segment: Segment, verb_of_list: str, target: NamedTarget) -> tuple[str, str, bool] | None:
    """Name what is measured: (name, verb for the rest of the list, whether the verb is a soft one); None if it is no target."""
    quantity = segment.quantity
    lead = _lead_in(segment.before)
    if _no_target(segment, lead):
        return None
    soft = bool(_SOFT_HEAD.match(lead))
    listed = fold_characters(lead).rstrip().endswith("等")
    before_noun = _precedes_noun(segment, lead, listed=listed)
    if before_noun:
        return _counted(segment, lead, verb_of_list, target, soft=soft or listed)
    core = _core(lead)
    own_verb = _kept_verb(core)
    if not core:
        name = _subject(target.name)
        return (name, "", target.soft) if name and (quantity.stated or target.list_open) else None
    if target.name and (whole := _completed(core, target.name)):
        return whole, "", soft
    if verb_of_list and not own_verb and not _DROPPED_HEAD.match(lead) and quantity.kind == COUNT:
        return verb_of_list + core, verb_of_list, soft
    return core, own_verb, soft and quantity.kind == COUNT


def _completed(core: str, before: str) -> str:
    """Complete a name that leaves out what the one before it said: 产量, 同比增长, 省级; an empty string where it is complete."""
    if _BARE_GROWTH.match(fold_characters(core)):
        return _subject(before) + core
    if _BARE_LEVEL.fullmatch(core) and (level := _BARE_LEVEL.search(before)):
        return before[: level.start()] + core + before[level.end() :]
    if not _BARE_NOUN.match(core):
        return ""
    head = _NOUN_HEAD.match(before)
    return (head[1] if head and head[1] != core else "") + core


def _no_target(segment: Segment, lead: str) -> bool:
    """Say whether a number names, ranks or refers instead of aiming."""
    quantity, before = segment.quantity, fold_characters(segment.before)
    if quantity.kind == TIME and not quantity.stated and not before.endswith(("天数", "时间", "时长", "时限")):
        return True
    if re.search(r"(?:第|前|每)$", before) or (re.search(r"每(?:个|家|年|月|季|周|天|户|人|镇|村|街)?[^,]{0,8}$", before) and not quantity.stated):
        return True
    if _REFERENCE.match(lead) and not re.search(r"(?:新增|完成|建成|引进|培育|达到?|实现|不少于)", before):
        return True
    return quantity.kind == COUNT and bool(_REFERRED.search(fold_characters(segment.after))) and not quantity.stated


def _lead_in(before: str) -> str:
    """Take off what only says when or how hard: 力争全年…"""
    text = before.strip()
    while match := _LEAD_IN.match(fold_characters(text)):
        if match.end() == len(text) and len(text) <= 2:
            break
        text = text[match.end() :]
    return text


def _core(lead: str) -> str:
    """Take off verbs that say nothing of what is measured, and words that lead over to the number."""
    text = lead
    while match := _DROPPED_HEAD.match(fold_characters(text)):
        text = _lead_in(text[match.end() :])
    if "等" in text and not text.endswith("等"):
        text = _after_examples(text)
    while match := _COMPARED_TAIL.search(fold_characters(text)):
        if match.start() == 0:
            break
        text = text[: match.start()]
    return _CHANGE.sub("", text).strip(" 的")


def _after_examples(text: str) -> str:
    """Keep what a list of examples stands for: “甲”“乙”等就业专场活动 → 就业专场活动."""
    match = re.search(r"等(?=[\u4e00-\u9fff“]{3,}$)(?!级|于|待|候)", text)
    if not match or not ("、" in text[: match.start()] or "”" in text[: match.start()]):
        return text
    verb = _KEPT_HEAD.match(text)
    return (verb.group() if verb else "") + text[match.end() :]


def _kept_verb(core: str) -> str:
    """Give the verb that stays in a name, for the list's later members that leave it out."""
    match = _KEPT_HEAD.match(fold_characters(core))
    return core[: match.end()] if match else ""


def _precedes_noun(segment: Segment, lead: str, *, listed: bool) -> bool:
    """Say whether the number stands before the thing counted: 建成8个示范区."""
    after = fold_characters(segment.after)
    if not re.match(r"[\u4e00-\u9fff“■\"A-Za-z]", after) or re.match(r"(?:目标|任务|的目标|水平|的速度)", after):
        return False
    folded = fold_characters(lead)
    ends_open = not folded or listed or bool(_ANY_VERB.search(folded)) or bool(re.search(r"(?:和|及|与|、|等)$", segment.before))
    if segment.quantity.kind == COUNT:
        return ends_open or bool(re.search(r"(?:和|及|与|、)$", folded))
    return segment.quantity.kind == MEASURE and (not folded or (ends_open and len(folded) <= 6))


def _counted(segment: Segment, lead: str, verb_of_list: str, target: NamedTarget, *, soft: bool) -> tuple[str, str, bool] | None:
    """Name a thing counted before its noun."""
    noun = re.split(r"[、和](?=[^、]*$)", segment.after)[0] if segment.after.endswith(("、", "和")) else segment.after
    noun = noun.removeprefix("的").strip()
    doer = re.match(rf"(?:家|户)?(?:企业|单位|主体|机构|村)(?={_KEPT})", noun)
    noun = noun[doer.end() :] if doer and soft else noun
    verb = _kept_verb(lead)
    tail = re.search(rf"(?:{_KEPT})$", fold_characters(lead))
    if not verb and tail and not soft:
        verb = lead[tail.start() :]
    if not verb and not soft and not _DROPPED_HEAD.match(lead):
        verb = verb_of_list
        if (
            not verb
            and not segment.quantity.stated
            and not _WORK_TAIL.search(fold_characters(noun))
            and not (target.name and not lead)
            and not _ANY_VERB.search(fold_characters(lead))
        ):
            return None
        soft = soft or (not verb and target.soft)
    if not noun:
        return None
    return verb + noun, verb, soft


def _subject(name: str) -> str:
    """Take the growth off a name, for a clause that leaves its subject out: 总产值增长10%,达到50亿元."""
    return re.sub(r"(?:同比)?(?:增长|提高|提升|下降)$", "", name)


def measure_of(segment: Segment, name: str, *, soft: bool) -> str:
    """Say how a target is judged: adds up, level, growth or project stage."""
    quantity = segment.quantity
    words = fold_characters(f"{segment.before}{segment.after}" if quantity.kind == SHARE else name)
    if quantity.kind == SHARE or quantity.unit == "倍":
        grows = bool(_GROWTH.search(fold_characters(segment.before)[-8:]) or re.search(r"(?:增速|增幅|涨幅)", words))
        to_level = bool(re.search(r"(?:提高|提升|增加|下降|降低|上升|增长)(?:到|至)$", fold_characters(segment.quote[: _number_at(segment)])))
        return GROWTH if (grows and not to_level) or "百分点" in quantity.unit else RATIO
    if quantity.kind == TIME:
        return STOCK
    held = re.search(r"(?:稳定|保持|维持|控制)在?$", fold_characters(segment.before))
    if (_STOCK.search(words) or held) and not _FLOW.search(words):
        return STOCK
    return PROJECT if soft and quantity.kind == COUNT else SUM


def _number_at(segment: Segment) -> int:
    """Find where the number stands in the quote."""
    found = re.search(r"\d", segment.quote)
    return found.start() if found else 0
