"""Numbers with units in a clause, and how they are compared: 不少于60个, 45%以上, 5%以内."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.model.lazy_pattern import LazyPattern, lazy_pattern
from toolkit.model.values import exact
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.notice_numerals import number

GE, LE, EQ = "≥", "≤", "="
COUNT, MEASURE, TIME, SHARE = "count", "measure", "time", "share"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; start..end covers its comparator words, `at` is where the number itself begins.

    `unread` is one whose value is not certain (翻一番, 三分之一, 一千二): it is put to the clerk, with a `guess` where there is one.
    """

    start: int
    at: int
    end: int
    value: Decimal
    unit: str
    kind: str
    comparator: str = EQ
    stated: bool = False
    ranged: bool = False
    suffix: str = ""
    unread: bool = False
    guess: str = ""


_SHARES = "个百分点|百分点|%|‰"
_TIMES = "个工作日|工作日|个小时|小时|分钟|秒钟|秒|天"
_MEASURES = (
    "美元|欧元|港元|日元|元|平方公里|平方千米|平方米|立方米|吨标准煤|吨标煤|微克/立方米|毫克/立方米|毫克/升|微克/m³|公里|千米|公顷|亩|吨|千瓦时|千瓦|兆瓦|吉瓦|公斤|斤|微克|毫克|米|倍|立方|标准箱|标箱|标台"
    "|kWh|kW|MW|GW|TEU|km|分(?!钟|期|别|类|级|批|区|局|校|步|布|析|流|公司)"
)
_COUNTS = (
    "人次|人|户次|户|家次|家|个班|个|名|位|项次|项|场次|场|套件|套|座|所|条|处|件|台套|台|辆|张|对|间|棵|株|头|只|支|宗|例|次|篇|部|批次|批|起|艘|架|口|块|片|栋|幢|款|种|门|床|列|班次|班|趟|站|粒|盏|组|"
    "笔|单|课时|学时|类(?!别|型|似|地区|城市|水|标准|断面)|轮(?!动|换|岗|候|值|训)|卷|册|本|集|期(?=培训|活动|培训班)|幅|枚|羽|尾"
)
_NOT_AFTER = r"(?!月|一批|半月|季度|世纪|五年)"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_CN = "[一二两三四五六七八九十百][零〇一二两三四五六七八九十百千万亿]*(?:点[零一二三四五六七八九]+(?:万亿|亿|万|千)?)?"
_DIGIT = "[一二两三四五六七八九十]"
_FORM = lazy_pattern(
    rf"(?<![\dA-Za-z.+×/第前])(?<!\d:)(?:(?P<low>{_ARABIC})(?:[万亿]|%)?\s*[-–—~～至]\s*)?(?P<num>{_ARABIC})\s*(?P<more>[余多])?\s*(?P<times>万亿|亿|万|千万|百万|千(?!米|瓦)|百)?"
    rf"(?:零?(?P<num2>{_ARABIC})(?P<times2>亿|万|千(?!米|瓦)|百)?)?[余多]?\s*"
    rf"(?:(?P<share>{_SHARES})|(?P<time>{_TIMES})|(?P<measure>{_MEASURES})|(?P<count>(?:{_COUNTS}){_NOT_AFTER}))(?![+×])",
)
_WORD_COUNTS = "人次|人|户|家|个|名|项|场|套|座|所|条|处|件|台|辆|间|支"
_WORDS = lazy_pattern(
    rf"(?<![\d第前之一二两三四五六七八九十百千万亿点])(?P<num>{_CN})"
    rf"(?:(?P<measure>美元|元|亩|平方米|平方公里|公里|吨|倍|米)|(?P<count>(?:{_WORD_COUNTS}){_NOT_AFTER}))"
)
_PERCENT_WORDS = lazy_pattern(rf"百分之(?P<num>{_CN})|(?P<mille>千)分之(?P<num2>{_CN})")
_TENTHS = lazy_pattern(rf"(?<![\d一二三四五六七八九十第])(?P<num>{_DIGIT}|\d(?:\.\d)?)成(?P<half>[一二三四五六七八九半])?(?=以[上下内]|左右|[,。;、]|$|的)")
_FRACTION = lazy_pattern(rf"(?<![百千万])(?P<below>{_DIGIT}{{1,3}}|\d{{1,3}})分之(?P<num>{_DIGIT}{{1,3}}|\d{{1,3}})")
_HALF = lazy_pattern(r"(?:半数|一半|过半)(?=以上|以内|$|[,。;、])")
_DOUBLED = lazy_pattern(r"(?:再|实现)?翻(?:[一两二三\d])?番|翻倍|倍增(?!计划|行动|工程)")
_QUOTED = lazy_pattern(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|《[^》]*》|\"[^\"]*\"")
_DOWN_TO = "(?:压减|压缩|压降|缩短|缩减|降低|下降|减少|降|缩)(?:到|至|为|在)"
_UP_TO = "(?:提高|提升|增加|增长|扩大|上升|增|升|壮大)(?:到|至)"
_ENGLISH_MOST = "(?i:no more than|not more than|at most|fewer than|less than|under|up to)"
_ENGLISH_LEAST = "(?i:at least|no fewer than|no less than|not less than|more than|over)"
_AT_MOST = rf"(?:不超过|不超|不高于|不多于|不大于|不得超过|低于|少于|小于|控制在|控制到|控制于|{_DOWN_TO}|≤|<=|<|{_ENGLISH_MOST})\s*$"
_AT_LEAST = rf"(?:不少于|不低于|不得少于|不得低于|不小于|不短于|至少|最少|超过|超出|超|突破|达到|达|高于|多于|大于|≥|>=|>|{_UP_TO}|{_ENGLISH_LEAST})\s*$"
_BEFORE: tuple[tuple[str, LazyPattern[str]], ...] = ((LE, lazy_pattern(_AT_MOST)), (GE, lazy_pattern(_AT_LEAST)))
_NEGATED = lazy_pattern(r"(?:不低于|不少于|不得低于|不得少于|不小于)\s*$")
_AFTER = lazy_pattern(r"\s*\(?(?P<word>(?:及|或)?以上|以内|之内|以下|左右|上下|内(?=$|[,、]))\)?")
_FROM = lazy_pattern(r"(?:由|从)[^,、]{0,12}$")
_FROM_TO = lazy_pattern(r"^[^,]{0,8}(?:提高|提升|增加|增长|扩大|上升|下降|降低|减少|压缩|压减|缩短|增|升|降)?(?:到|至|为)")
_LEADING_VERB = lazy_pattern(
    r"(?:新增|净增|新建|建成|建设|引进|招引|引入|培育|创建|评选|打造|改造|实施|开展|举办|完成|实现|培训|建立|设立|认定|创成|争创|新改扩建|新改建|改扩建|办好|推进|推动|开工|启动|增加|组织|"
    r"不少于|至少|达到|超过|不低于|达|等|不超过|突破|(?i:at least|at most|more than|less than|over|under))$"
)

_VERB_BEFORE = lazy_pattern(
    r"^(?:全年|年内|力争|确保)?(?:新增|净增|新建|建成|引进|培育|创建|打造|改造|培训|认定|完成|实现|发放|举办|开展|招聘|选派|帮扶|安置|组织|设立|建设)"
)


def quantities(clause: str) -> list[Quantity]:
    """List a clause's numbers in order; what stands in quotation marks or brackets is a name, not a number."""
    folded = _masked(clause)
    found: list[Quantity] = []
    made = [_made(folded, match, words=form is _WORDS) for form in (_FORM, _WORDS) for match in form.finditer(folded)]
    for share in (*shares(folded), *made):
        if share and not any(other.at < share.end and share.at < other.end for other in found):
            found.append(share)
    found.sort(key=lambda quantity: quantity.at)
    return [quantity for quantity in found if not _is_start_of_change(folded, quantity)]


def shares(folded: str) -> Iterator[Quantity]:
    """Give the shares that are written in words: 百分之九十五点五, 三成五, 四分之三, 半数, 翻一番."""
    for match in _PERCENT_WORDS.finditer(folded):
        value = Decimal(100) if match["num"] == "百" else number(match["num"] or match["num2"])
        yield _share(folded, match, value, "‰" if match["mille"] else "%")
    for match in _TENTHS.finditer(folded):
        tens, ones = number(match["num"]), Decimal(5) if match["half"] == "半" else number(match["half"] or "零")
        yield _share(folded, match, None if tens is None or ones is None else tens * 10 + ones, "%")
    for match in _FRACTION.finditer(folded):
        above, below = number(match["num"]), number(match["below"])
        value = above * 100 / below if above and below and above < below else None
        whole = value is not None and value == round(value, 2)
        yield _share(folded, match, value if whole else None, "%", guess=f"约 {value:.1f} %" if value is not None and not whole else "")
    for match in _HALF.finditer(folded):
        yield _share(folded, match, Decimal(50), "%")
    for match in _DOUBLED.finditer(folded):
        once = re.search(r"[两二三\d]", match.group()) is None
        yield _share(folded, match, None, "%", guess="增长 100 %，即达到原来的 2 倍" if once else "")


def _share(folded: str, match: re.Match[str], value: Decimal | None, unit: str, *, guess: str = "") -> Quantity:
    whole = Quantity(match.start(), match.start(), match.end(), value or Decimal(0), unit, SHARE, unread=value is None, guess=guess)
    return _compared(folded, whole)


def _masked(clause: str) -> str:
    """Fold a clause and blot out what is quoted or bracketed, keeping the length."""
    folded = fold_characters(_QUOTED.sub(lambda match: "■" * len(match.group()), clause))
    return re.sub(r"\([^()]*\)", lambda match: match.group() if match.group() == "(含)" else "■" * len(match.group()), folded)


def _made(folded: str, match: re.Match[str], *, words: bool) -> Quantity | None:
    """Make a quantity of a match; a Chinese numeral counts only right behind a verb or a comparator."""
    parts = match.groupdict()
    printed, times = (parts["num"], parts.get("times") or "") if not words else _scaled(parts["num"])
    if words and not _counts(folded, match, times):
        return None
    value = number(parts.get("low") or printed)
    if value is not None and parts.get("num2"):
        value = _with_rest(value, times, number(parts["num2"]), parts.get("times2") or "")
    kind = next((name for name in (SHARE, TIME, MEASURE, COUNT) if parts.get(name)), SHARE)
    unit = times + (parts.get(kind) or "")
    at = match.start("low" if parts.get("low") else "num")
    whole = Quantity(match.start(), at, match.end(), value or Decimal(0), unit, kind, ranged=bool(parts.get("low")), unread=value is None)
    return _compared(folded, whole)


_POWERS = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}


def _scaled(numeral: str) -> tuple[str, str]:
    """Split the scale off a Chinese numeral that is a round number of it: 三十万 is 三十 and 万."""
    match = re.fullmatch(r"([^万亿]+)(万亿|亿|万)", numeral)
    return (match[1], match[2]) if match else (numeral, "")


def _with_rest(value: Decimal, times: str, rest: Decimal | None, scale: str) -> Decimal | None:
    """Add what is written behind a scale: 1亿5000万 is 1.5 亿; None where the rest is no smaller part."""
    if not times or rest is None:
        return None
    more = rest.scaleb(_POWERS[scale] - _POWERS[times])
    return exact(value + more) if more < 1 and value == value.to_integral_value() else None


def _counts(folded: str, match: re.Match[str], times: str) -> bool:
    """Say whether a Chinese numeral counts something (建成三所学校), not names it (二次供水, 三大行动)."""
    if match["num"] == "二":
        return False
    compared = _AFTER.match(folded, match.end())
    if match["num"] == "一" and not compared:
        return False
    if match.end() == len(folded) and _VERB_BEFORE.match(folded):
        return True
    return bool(compared or _LEADING_VERB.search(folded[: match.start()]) or times or len(match["num"]) > 3)


def _compared(folded: str, quantity: Quantity) -> Quantity:
    """Read the comparator before and behind a number."""
    before = folded[: quantity.at]
    for sign, form in _BEFORE:
        match = form.search(before)
        if match:
            if sign == LE and _NEGATED.search(before):
                continue
            quantity = replace(quantity, start=match.start(), comparator=sign, stated=True)
            break
    else:
        if quantity.ranged:
            quantity = replace(quantity, comparator=GE)
    match = _AFTER.match(folded, quantity.end)
    if not match:
        return quantity
    word = match["word"]
    sign = quantity.comparator
    if word.endswith("以上") and sign == EQ:
        sign = GE
    elif word in ("以内", "之内", "以下", "内"):
        sign = LE
    return replace(quantity, end=match.end(), comparator=sign, stated=quantity.stated or word not in ("左右", "上下"), suffix=word)


def _is_start_of_change(folded: str, quantity: Quantity) -> bool:
    """Say whether a number is only where a change starts: 由50%提高到60%."""
    return bool(_FROM.search(folded[: quantity.at]) and _FROM_TO.match(folded[quantity.end :]))


_CLASS_NEXT = lazy_pattern(r"^(?:级|的(?!目标|任务|增长|增幅|增速|水平)|规模(?!$))")
_NOUN_NEXT = lazy_pattern(r"^[\u4e00-\u9fff“■]")


def targets(clause: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Give a clause's numbers without those that only say how big each thing is: 亿元以上项目30个 has one, the 30."""
    folded = _masked(clause) if found else ""
    for at, quantity in enumerate(found):
        after = folded[quantity.end :]
        if quantity.unread:
            continue
        if quantity.kind == SHARE or not _sizes(quantity, after):
            yield quantity
            continue
        following = found[at + 1] if at + 1 < len(found) else None
        near = following and not re.search(r"[、和及与]", folded[quantity.end : following.start])
        counted = at > 0 and found[at - 1].kind == COUNT and not re.search(r"[、和及与]", folded[found[at - 1].end : quantity.start])
        alone = quantity.kind == MEASURE and not counted and not quantity.unit.endswith("元")
        if not near and (quantity.kind == COUNT or alone):
            yield quantity


def _sizes(quantity: Quantity, after: str) -> bool:
    """Say whether a number is written like a size: 5亿元以上的…, 100人以上企业, 5000吨级码头."""
    if _CLASS_NEXT.match(after):
        return True
    return quantity.suffix.endswith(("以上", "以下")) and bool(_NOUN_NEXT.match(after)) and not re.match(r"[和及与并或]", after)
