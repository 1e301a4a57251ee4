"""Who answers for a task: reads 牵头单位:A;责任单位:B and its many other forms into names with roles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from toolkit.notice.names import base, inner, looks_like_unit
from toolkit.notice.script import depths, fold, groups, split_outside


class Duty(Enum):
    """What a label of a responsibility line announces."""

    LEAD = "牵头"
    DUTY = "责任"
    HELP = "配合"
    LEADER = "领导"
    DEADLINE = "时限"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Names with their duties in printed order, the leader and the deadline; `open_ended` where the text says 等."""

    named: tuple[tuple[str, Duty], ...] = ()
    leader: str = ""
    deadline: str = ""
    remark: str = ""
    open_ended: bool = False

    def of(self, *duties: Duty) -> tuple[str, ...]:
        """Names with one of the duties, in printed order."""
        return tuple(name for name, duty in self.named if duty in duties)

    def names(self) -> tuple[str, ...]:
        """All names in printed order."""
        return tuple(name for name, _ in self.named)

    def __add__(self, other: "Attribution") -> "Attribution":
        """Join two lines that speak of one task; what both say stands once."""
        return Attribution(
            tuple(dict.fromkeys(self.named + other.named)),
            "、".join(dict.fromkeys(filter(None, (self.leader, other.leader)))),
            "、".join(dict.fromkeys(filter(None, (self.deadline, other.deadline)))),
            "；".join(dict.fromkeys(filter(None, (self.remark, other.remark)))),
            self.open_ended or other.open_ended,
        )


_BODY = r"(?:单位|部门|主体|机构|处室|科室|股室|方)"
_RANGE = r"(?:第一|主要|总|共同|具体|市级|区级|县级|省级|本级|市直|区直|县直|直接|主办|牵头|责任|配合|协办|市|区|县)*"
_PERSON = r"(?:(?:责任|分管|牵头|包保|包联|包抓|挂帅|挂点|联系|挂钩|督办|主管|主要|区级|市级|县级|省级|区|市|县|镇)*(?:领导|负责人|责任人|牵头人)(?:同志)?)"
_AND = r"(?:(?:及|和|与|、|/)?(?:\((?:[^()]{1,16})\))?)"
_TIME = r"(?:(?:计划|要求|预计|工作)?(?:完成|办结|时间|进度|落实)?(?:时限|期限|时间节点|完成时间|办结时间|节点)(?:要求)?|完成时间|时间要求|办结时间|完成日期)"
_KINDS: tuple[tuple[Duty, str], ...] = (
    (Duty.LEADER, _PERSON),
    (Duty.DEADLINE, _TIME),
    (Duty.LEAD, rf"{_RANGE}(?:牵头|主办|主责|主抓|总牵头){_BODY}|牵头责任{_BODY}|(?:第一|主要|首要)责任{_BODY}|牵头"),
    (Duty.HELP, rf"{_RANGE}(?:配合|协办|协同|协助|参与|参加|协作|联办|会办|支持|共建){_BODY}|配合|参与|协办"),
    (Duty.DUTY, rf"{_RANGE}(?:责任|落实|承办|实施|承担|执行|负责|办理|建设|完成){_BODY}|责任"),
    (Duty.OTHER, rf"{_RANGE}(?:督办|督导|监督|督查|监管|联系|审核){_BODY}|联系人|联系电话|备注"),
)
_BOTH = rf"(?:牵头\(责任\)|牵头\(主要责任\)|责任\(牵头\)|责任\(配合\)|牵头\(配合\)|牵头[及和、/]{{1}}(?:责任|配合)|责任[及和、/]{{1}}配合){_BODY}"
_BOTH += "|(?:单位)?责任分工"
_ALL = "|".join(f"(?P<{kind.name}>{form})" for kind, form in _KINDS)
_LABEL = re.compile(
    rf"(?:^|(?<=[\s:;,。、()]))(?:[①-⑳*]|\d\s*[.、])?\s*(?:(?P<BOTH>{_BOTH})|{_ALL}){_AND}\s*:|"
    rf"(?:^|(?<=[。;]))(?P<BARE>牵头{_BODY}|责任{_BODY}|配合{_BODY})\s(?=\S)"
)
_BY = r"(?:按照|依照|按|依|根据|结合)?(?:各自|自身)?(?:的)?(?:工作)?(?:职责|职能|责任)?(?:任务)?(?:范围内?)?(?:分工)?"
_LEADS = re.compile(r"(?:共同|联合|具体|负责|总)?牵头(?:负责|组织|落实|实施|抓总|推进|办理|制定|完成|会同)?(?:实施|落实)?$")
_HELPS = re.compile(rf"{_BY}(?:积极|共同|协同|密切|予以|做好)?(?:配合|协助|参与|参加|协办|协同)(?:落实|实施|推进|做好|工作)?$")
_DOES = re.compile(rf"{_BY}(?:分别|共同|具体|组织|各负其责|分头|抓好|做好)?(?:负责|落实|实施|承办|办理|抓落实)(?:实施|落实|办理|推进)?$|{_BY}(?<=分工)$")
_ETC = re.compile(
    r"(?:等(?:\d+|[二三四五六七八九十]+)?(?:个|家)?(?:其他|其它)?(?:相关|有关|各相关|各有关|各)?(?:职能|责任|成员|配合|市直|区直|县直)?"
    r"(?:单位|部门|处室|科室|街道|乡镇|镇街)?)$"
)
_WHEN = re.compile(
    r"(?:后续|并|其中)?(?:(?:于|在|力争)?(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|上旬|中旬|下旬)?|年?底|年末|上半年|下半年|[一二三四]季度末?)(?:之?前|以前)?|(?:全年|\d{4}年|长期|持续|常年))"
    r"(?:全面|基本|按时)?(?:完成|办结|到位|推进|坚持|实施|落实|见效|取得阶段性成效|取得明显成效)?"
)
_INSTRUCTS = re.compile(r"请|须|应当|要求|明确|填写|认真|按时")
_NO_COLON = re.compile(r"(?:(?<=^)|(?<=[；;，,、。]))(?:牵头|责任|配合|协办|主办|参与)(?:单位|部门)(?=[省市区县各])")
_OPENING = re.compile(r"^(?:由|并由|会同|以及|并|、|和(?=[省市区县各])|及(?=[省市区县各])|与(?=[省市区县各]))+")
_MARKED = re.compile(r"[*★☆△▲#※]")
_JOINT = re.compile(r"(?<=[局委办厅院部室站社会队道镇乡司团府心位)])(?:和|及|与|以及)(?=[省市区县各]|相关|有关|其他|团[省市区县]委)")
_ROLE_BRACKET = re.compile(r"^(?:牵头|总牵头|主办|负责|责任|配合|协办|参与|落实|牵头单位|责任单位|配合单位)$")
_NOISE_BRACKET = re.compile(r"职责分工|分工负责|排名|列第|排在|下同|以下")
FIRST_LEADS = re.compile(
    r"(?:排名|排列|排序|位列|排|列|名列|位居)(?:在)?(?:第一|首|最前|前面|第1|前)(?:的)?(?:位|名|个|一?家)?(?:的|者)?(?:责任)?(?:单位|部门)?(?:，|,)?(?:即)?(?:为|是|系|作为|即为|负责)?"
    r"(?:该项)?(?:任务|工作)?(?:的)?(?:总)?牵头|(?:第一个|首个|首位|第一位|第一)(?:责任)?(?:单位|部门)(?:的)?(?:为|是|系|作为|即为)(?:该项)?(?:任务|工作)?(?:的)?(?:总)?牵头"
)


def labels(folded: str) -> list[re.Match[str]]:
    """Find the labels (责任单位: …) of a folded text that stand outside brackets."""
    level = depths(folded)
    return [match for match in _LABEL.finditer(folded) if level[match.end() - 1] == 0]


def announces(text: str) -> bool:
    """Say whether a labelled stretch gives a task to someone: not a mere contact (联系人：…), not an instruction (责任单位：请各单位…)."""
    found = labels(fold(with_colons(unwrap(text))))
    if found and all(_kind(match) is Duty.OTHER for match in found):
        return False
    names = parse(text).names()
    return not names or any(looks_like_unit(name) for name in names) or not _INSTRUCTS.search(fold(text))


def with_colons(text: str) -> str:
    """Put the colon in that a bracket's label leaves out: 牵头单位县水利局."""
    return _NO_COLON.sub(lambda match: match.group() + "：", text)


def kind_of_label(text: str) -> Duty | None:
    """Say what a column header or a label announces, without its colon; None for anything else."""
    match = _LABEL.match(fold(text).strip().rstrip(":") + ":")
    return _kind(match) if match and match.end() == len(fold(text).strip().rstrip(":")) + 1 else None


def parse(raw: str, default: Duty = Duty.DUTY) -> Attribution:
    """Read one responsibility line, with or without the brackets around it; unlabelled names get the default duty."""
    text = unwrap(raw)
    text = with_colons(text) if text != raw.strip() else text
    found = labels(fold(text))
    result = Attribution()
    head = text[: found[0].start()] if found else text
    if head.strip(" 。.;；,，、"):
        result += _read(head, default)
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        result += _read(text[match.end() : end], _kind(match))
    return result


def unwrap(raw: str) -> str:
    """Take off the brackets around a whole responsibility line, and the stop after them."""
    text = raw.strip().rstrip("。.;；,， ")
    while text:
        found = groups(fold(text))
        if len(found) != 1 or found[0] != (0, len(text)) or not labels_or_names(text):
            break
        text = text[1 : -1 if fold(text)[-1] == ")" else None].strip().rstrip("。.;；")
    return text


def labels_or_names(text: str) -> bool:
    """Say whether a text is one bracket group, which is what can be unwrapped."""
    return fold(text)[:1] == "("


def _kind(match: re.Match[str]) -> Duty:
    """Turn a label match into its duty; a label for both roles announces a plain list."""
    if match["BARE"]:
        return {"牵": Duty.LEAD, "责": Duty.DUTY, "配": Duty.HELP}[match["BARE"][0]]
    return next((kind for kind, _ in _KINDS if match[kind.name]), Duty.DUTY)


def _read(value: str, kind: Duty) -> Attribution:
    """Read what follows a label."""
    plain = value.strip().strip("。；;，,、 \n").replace("\n", "、" if kind is not Duty.DEADLINE else "")
    if kind is Duty.DEADLINE:
        return Attribution(deadline=plain)
    if kind is Duty.LEADER:
        return Attribution(leader=plain)
    if kind is Duty.OTHER:
        return Attribution(remark=plain)
    given = list(roles(value, kind))
    return Attribution(
        tuple((name, duty) for name, duty, _ in given if name and duty is not Duty.DEADLINE),
        deadline="、".join(name for name, duty, _ in given if duty is Duty.DEADLINE),
        open_ended=any(etc for _, _, etc in given),
    )


def roles(value: str, kind: Duty) -> Iterator[tuple[str, Duty, bool]]:
    """Give each name of a list with its duty, and whether 等 stood after it."""
    waiting: list[tuple[str, bool]] = []
    for token in _tokens(value):
        if _WHEN.fullmatch(fold(token)):
            yield token, Duty.DEADLINE, False
            continue
        text, said = _verb(token)
        text, with_help = _together(text)
        name, etc = clean(text)
        own = _own_role(name)
        if own:
            yield base(name), own, etc
            continue
        if name or etc:
            waiting.extend((part, etc) for part in _apart(name))
        if said:
            said = Duty.LEAD if with_help else said
            yield from ((one, said, more) for one, more in waiting)
            waiting = []
        if with_help:
            yield from ((clean(one)[0], Duty.HELP, False) for one in with_help)
    yield from ((one, kind, more) for one, more in waiting)


def _tokens(value: str) -> Iterator[str]:
    """Split a list at the marks that part names, outside brackets; a line break or blank parts two only if both look like units."""
    for piece in split_outside(value, "、,;。/|+"):
        words = piece.split()
        if len(words) > 1 and all(looks_like_unit(clean(_verb(word)[0])[0] or word) for word in words):
            yield from words
        elif words:
            yield "".join(words)


def _verb(token: str) -> tuple[str, Duty | None]:
    """Take the verb off 区发改局牵头 or 区财政局按职责分工负责."""
    folded = fold(token).rstrip(" .")
    for form, duty in ((_LEADS, Duty.LEAD), (_HELPS, Duty.HELP), (_DOES, Duty.DUTY)):
        match = form.search(folded)
        if match and match.group():
            return token[: match.start()], duty
    return token, None


def _together(text: str) -> tuple[str, list[str]]:
    """Part A会同B: the first leads, the second helps; the caller keeps the first's own verb."""
    at = fold(text).find("会同")
    return (text, []) if at <= 0 else (text[:at], [text[at + 2 :]])


def _own_role(name: str) -> Duty | None:
    """Read the role written behind one name: 区发改局（牵头）."""
    said = fold(inner(name))
    if not said or not _ROLE_BRACKET.match(said):
        return None
    return Duty.LEAD if said[0] in "牵总主" else Duty.HELP if said[0] in "配协参" else Duty.DUTY


def clean(text: str) -> tuple[str, bool]:
    """Strip what is not the name: 由, closing 等, stops and marks; say whether 等 was there."""
    name = "".join(text.split()).strip("。.;；,，、：:")
    if _NOISE_BRACKET.search(fold(inner(name))):
        name = base(name)
    name = name[_lead_in(name) :]
    match = _ETC.search(fold(name))
    if match:
        return name[: match.start()], True
    return _MARKED.sub("", name), False


def _lead_in(name: str) -> int:
    """Count the characters of 由, 会同, 以及 before a name."""
    match = _OPENING.match(fold(name))
    return match.end() if match else 0


def _apart(name: str) -> list[str]:
    """Part 区委组织部和区人社局 where both sides are names of their own."""
    folded = fold(name)
    level = depths(folded)
    parts, start = [], 0
    for match in _JOINT.finditer(folded):
        if level[match.start()] == 0 and looks_like_unit(name[start : match.start()]):
            parts.append(name[start : match.start()])
            start = match.end()
    return [part for part in (*parts, name[start:]) if part]


def says_roles(sentence: str) -> bool:
    """Say whether an unlabelled sentence only shares out work: A牵头，B、C按职责分工负责."""
    tokens = [token for token in _tokens(unwrap(sentence)) if not _WHEN.fullmatch(fold(token))]
    if not tokens or len(sentence) > 400 or not any(_verb(token)[1] for token in tokens):
        return False
    names = [part for token in tokens for part in _words(token)]
    return bool(names) and all(looks_like_unit(name) for name in names)


def lists_units(text: str) -> bool:
    """Say whether a text is nothing but unit names."""
    names = [part for token in _tokens(unwrap(text)) for part in _words(token)]
    return bool(names) and len(text) <= 400 and all(looks_like_unit(name) and len(name) >= 3 for name in names)


def _words(token: str) -> list[str]:
    """Give the names inside one token of a list, its verbs taken off."""
    text, more = _together(_verb(token)[0])
    return [part for piece in (text, *more) for part in _apart(clean(piece)[0])]
