"""Lists of names with the verbs among them: A牵头，B、C按职责分工负责，2025年6月底前完成."""

import re
from collections.abc import Iterator

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.character_forms import depths, fold_characters, groups, split_outside
from toolkit.notice.latin_names import is_latin, latin_names
from toolkit.notice.responsibility_labels import Duty
from toolkit.notice.time_limits import is_time
from toolkit.notice.unit_names import base, inner, is_collective, looks_like_unit

_BY = (
    r"(?:(?:按照?|依照?|依据|根据|结合|对照|围绕|立足)(?:各自|自身|本单位|本部门|本地区?|当地|部门|实际|工作|情况|职能|职责|责任|任务|范围内?|分工|要求|和|及|内|的|、)+)?"
    r"(?:各自|各司其职|各负其责|密切配合|分工负责|分工协作)?"
)
_LEADS = lazy_pattern(
    rf"{_BY}(?:共同|联合|具体|负责|总|分别|统一|等)?(?:(?:为|是|作为)牵头(?:单位|部门)|负总责|牵头|主办|主责|牵头抓总)(?:负责|组织|落实|实施|抓总|推进|办理|制定|完成|会同|承办|协调|统筹|推动)*$",
)
_HELPS = lazy_pattern(
    rf"{_BY}(?:积极|共同|协同|密切|予以|做好|分别|分工|协助|等)*(?:(?:为|是|作为)(?:配合|协办|参与)(?:单位|部门)"
    r"|配合|协助|参与|参加|协办|协同|支持|会办)(?:落实|实施|推进|做好|工作|办理|完成)*$"
)
_DOES = lazy_pattern(
    rf"(?:为|是|作为)(?:责任|落实|承办|实施)(?:单位|部门)$|{_BY}(?:分别|共同|具体|组织|各负其责|分头|抓好|做好|统筹|同步|协同|自行|归口|依法|认真|贯彻|全面|分级|分工|联合|按期|按时)*"
    r"(?:负责|落实|实施|承办|办理|抓落实|推进|推动|执行|承担|组织实施)(?:属地|具体|组织|抓好|本辖区)*(?:实施|落实|办理|推进|到位|完成|工作)*$|(?<=[局委办厅院部室站会门位道镇乡府])各负其责$"
    r"|(?:按照?|依照?|依据|根据)(?:各自|部门|工作|职能|职责|责任|任务|的)*分工$",
)
_WATCHES = lazy_pattern(rf"{_BY}(?:具体|加强|做好|予以|负责|给予)*(?:指导|督导|督促|监督|督办)(?:检查|落实|实施|推进|工作)*$")
_ETC = lazy_pattern(
    r"(?:等(?:\d+|[二三四五六七八九十]+)?(?:个|家)?(?:其他|其它)?(?:相关|有关|各相关|各有关|各|涉及)?(?:职能|责任|成员|配合|市直|区直|县直|市级|区级|县级|省级|省直|主管)?"
    r"(?:有关|相关)?(?:单位|部门|处室|科室|街道|乡镇|镇街|地区)?(?:(?:和|及|、)(?:单位|部门))?)$"
)
_OPENING = lazy_pattern(r"^(?:由|并由|会同|以及|并|、|和(?=[省市区县各])|及(?=[省市区县各])|与(?=[省市区县各]))+")
_MARKED = lazy_pattern(r"[*★☆△▲#※]")
_JOINT = lazy_pattern(r"以及|和|及|与")
_CLASS_NOUN = lazy_pattern(
    r"^(?:(?:人民)?政府|街道|乡镇|镇街?|园区|部门|单位|开发区|社区|村|成员单位|责任单位|处室|企业|各?(?:成员|责任|配合|有关" r"|相关)(?:单位|部门))(?:\(.*\))?$"
)
_ROLE_BRACKET = lazy_pattern(r"^(?:牵头|总牵头|主办|负责|责任|配合|协办|参与|落实|牵头单位|责任单位|配合单位|主办单位|协办单位|分办|会办|参加|协助|主责|承办)$")
_NOISE_BRACKET = lazy_pattern(r"职责分工|分工负责|排名|列第|排在|下同|以下")
_RULE = lazy_pattern(r"排[名序列在]|列(?:第一|首)位?|第一(?:个|位|责任)?的?(?:单位|部门|的)?(?:为|是)牵头|下同|以下均?同|以下简称")
_THE_REST = lazy_pattern(r"^(?:其他|其它|其余|以上|上述)(?:各)?(?:责任|相关|有关)?(?:单位|部门)?$")
_VERB_APART = lazy_pattern(r"(?<=\S)\s+(?=(?:牵头|负责|配合|协办|参与|落实)(?:\s|$))")
_NOBODY = lazy_pattern(r"^(?:暂?无|没有|[-—–/]+)$")
_LONGEST = 600


def read_roles(value: str, kind: Duty) -> Iterator[tuple[str, Duty, bool]]:
    """Give each name of a list with its duty, and whether 等 stood after it; a time among them has duty DEADLINE, a rule on who leads OTHER."""
    waiting: list[tuple[str, bool]] = []
    usual = kind
    for token in tokens(value):
        if is_time(token) or _is_rule(token):
            yield token, Duty.DEADLINE if is_time(token) else Duty.OTHER, False
            continue
        text, verb = _verb(token)
        text, helpers = _together(text)
        fresh: list[tuple[str, bool]] = []
        for name, etc in _named(text):
            own = _own_role(name)
            if own:
                yield base(name), own, etc
            elif is_time(inner(name)):
                yield inner(name), Duty.DEADLINE, False
                fresh.append((base(name), etc))
            elif (name and not _NOBODY.match(fold_characters(name))) or etc:
                fresh.append((name, etc))
        again = bool(verb and fresh) and all(name in dict(waiting) for name, _ in fresh)  # A、B、C，A牵头
        waiting = [pair for pair in waiting if pair[0] not in dict(fresh)] if again else [*waiting, *fresh]
        if verb is Duty.OTHER:  # who only guides or checks
            yield from ((name, verb, more) for name, more in fresh)
            waiting = [pair for pair in waiting if pair not in fresh]
        elif helpers:  # A会同B、C负责: A leads, the others help
            yield from ((name, Duty.LEAD if kind is Duty.DUTY or verb else kind, more) for name, more in waiting)
            yield from ((clean(name)[0], Duty.HELP, False) for name in helpers)
            waiting, usual = [], kind if verb else Duty.HELP
        elif verb:
            duty = Duty.HELP if usual is not kind and verb is not Duty.LEAD else verb
            yield from ((name, duty, more) for name, more in (fresh if again else waiting))
            waiting, usual = waiting if again else [], kind
    yield from ((name, usual, more) for name, more in waiting)


def tokens(value: str) -> Iterator[str]:
    """Split a list at the marks that part names, outside brackets; a line break or blank parts two only if both look like units."""
    if is_latin(value):
        yield from latin_names(value)
        return
    for piece in split_outside(value, "、,;。/|+"):
        words = _VERB_APART.sub("", piece).split()
        if len(words) > 1 and all(looks_like_unit(clean(_verb(word)[0])[0] or word) for word in words):
            yield from words
        elif words:
            yield _unspaced(piece)


def _unspaced(text: str) -> str:
    """Take out blanks, those between Latin words excepted."""
    return re.sub(r"(?<![A-Za-z0-9.&])\s+|\s+(?![A-Za-z0-9&])", "", text.strip())


def _named(text: str) -> Iterator[tuple[str, bool]]:
    """Give the names of one token, and whether 等 stood after the last."""
    name, etc = clean(text)
    parts = apart(name)
    for at, part in enumerate(parts):
        yield part, etc and at == len(parts) - 1


def _verb(token: str) -> tuple[str, Duty | None]:
    """Take the verb off 区发改局牵头 or 区财政局按职责分工负责."""
    folded = fold_characters(token).rstrip(" .")
    if folded[-1:] == ")" and (found := groups(folded)) and found[-1][0] > 0 and _NOISE_BRACKET.search(folded[found[-1][0] :]):
        folded = folded[: found[-1][0]]
    for form, duty in ((_LEADS, Duty.LEAD), (_HELPS, Duty.HELP), (_WATCHES, Duty.OTHER), (_DOES, Duty.DUTY)):
        match = form.search(folded)
        if match and match.group():
            return token[: match.start() + match.group().startswith("等")], duty
    return token, None


def _together(text: str) -> tuple[str, list[str]]:
    """Part A会同B: the first leads, the second helps; the caller keeps the first's own verb."""
    folded = fold_characters(text)
    at = folded.find("会同")
    if at < 0 or (at == 0 and len(folded) < 4):
        return text, []
    head = re.sub(r"(?:牵头|负责|,|、)+$", "", folded[:at])
    return text[: len(head)], [text[at + 2 :]]


def _own_role(name: str) -> Duty | None:
    """Read the role written behind one name: 区发改局（牵头）."""
    text = fold_characters(inner(name))
    if not text or not _ROLE_BRACKET.match(text):
        return None
    return Duty.LEAD if text[0] in "牵总主" else Duty.HELP if text[0] in "配协参会" else Duty.DUTY


def clean(text: str) -> tuple[str, bool]:
    """Strip what is not the name: 由, closing 等, stops and marks; say whether 等 was there."""
    name = _unspaced(text).strip("。.;；,，、：:—─")
    if _NOISE_BRACKET.search(fold_characters(inner(name))):
        name = base(name)
    match = _OPENING.match(fold_characters(name))
    name = name[match.end() if match else 0 :]
    match = _ETC.search(fold_characters(name))
    if match:
        return name[: match.start()], True
    return _MARKED.sub("", name), False


def _without_etc(name: str) -> str:
    """Take 等部门 off a name that others are joined to: 县住建局等部门 of 县住建局等部门及各乡镇."""
    match = _ETC.search(fold_characters(name))
    return name[: match.start()] if match and match.start() > 1 else name


def apart(name: str) -> list[str]:
    """Part 区委组织部和区人社局 where both sides are names of their own; the name alone where it cannot be parted."""
    folded = fold_characters(name)
    level = depths(folded)
    parts, start = [], 0
    for match in _JOINT.finditer(folded):
        left, right = _without_etc(name[start : match.start()]), name[match.end() :]
        if level[match.start()] or len(left) < 2 or not looks_like_unit(left) or _CLASS_NOUN.match(fold_characters(right)) or left.endswith(("社会", "人力")):
            continue
        following = _JOINT.search(fold_characters(right))
        if looks_like_unit(right) or (following and looks_like_unit(right[: following.start()])) or is_collective(right):
            parts.append(left)
            start = match.end()
    return [part for part in (*parts, name[start:]) if part]


def says_roles(sentence: str) -> bool:
    """Say whether an unlabelled sentence only shares out work: A牵头，B、C按职责分工负责."""
    if len(sentence) > _LONGEST:
        return False
    found = [token for token in tokens(sentence) if not is_time(token)]
    if not found or not any(_verb(token)[1] not in (None, Duty.OTHER) for token in found):
        return False
    names = [part for token in found if not _is_rule(token) for part in _words(token)]
    return bool(names) and all(looks_like_unit(name) for name in names) and not all(_THE_REST.match(name) for name in names)


def _is_rule(token: str) -> bool:
    """Say whether a token of a list is a rule on who leads: 排在第一位的部门为牵头部门."""
    folded = fold_characters(token)
    return bool(_RULE.search(folded)) and (not looks_like_unit(token) or bool(re.search("[为是]牵头", folded)))


def says_who_leads(text: str) -> bool:
    """Say whether a text holds a rule on who leads: 排名第一的为牵头单位，下同."""
    return bool(_RULE.search(fold_characters(text)))


def lists_units(text: str) -> bool:
    """Say whether a text is nothing but unit names, and perhaps a time or a rule on who leads."""
    if len(text) > _LONGEST:
        return False
    names = [part for token in tokens(text) if not is_time(token) and not _RULE.search(fold_characters(token)) for part in _words(token)]
    return bool(names) and all(looks_like_unit(name) and len(name) >= 3 for name in names)


def _words(token: str) -> list[str]:
    """Give the names inside one token of a list, its verbs taken off."""
    text, more = _together(_verb(token)[0])
    return [part for piece in (text, *more) for part in apart(clean(piece)[0])]
