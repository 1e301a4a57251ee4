"""Who answers for a task: reads 牵头单位:A;责任单位:B and its many other forms into names with roles."""

import re
from dataclasses import dataclass

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.character_forms import fold_characters, groups
from toolkit.notice.person_names import is_person, persons
from toolkit.notice.responsibility_labels import Duty, kind_of, labels
from toolkit.notice.role_lists import read_roles
from toolkit.notice.unit_names import looks_like_unit


@dataclass(frozen=True, slots=True)
class Attribution:
    """Names with their duties in printed order, the leader and the deadline; `open_ended` where the text says 等, `watchers` who only check or advise."""

    named: tuple[tuple[str, Duty], ...] = ()
    leader: str = ""
    deadline: str = ""
    remark: str = ""
    open_ended: bool = False
    watchers: tuple[str, ...] = ()

    def of(self, *duties: Duty) -> tuple[str, ...]:
        """Names with one of the duties, in printed order; () for none."""
        return tuple(name for name, duty in self.named if duty in duties)

    def names(self) -> tuple[str, ...]:
        """All names, whatever their duty, in printed order."""
        return tuple(name for name, _ in self.named)

    def __add__(self, other: "Attribution") -> "Attribution":
        """Join two lines that speak of one task; what both say stands once."""
        return Attribution(
            tuple(dict.fromkeys(self.named + other.named)),
            "、".join(dict.fromkeys(filter(None, (self.leader, other.leader)))),
            "、".join(dict.fromkeys(filter(None, (self.deadline, other.deadline)))),
            "；".join(dict.fromkeys(filter(None, (self.remark, other.remark)))),
            self.open_ended or other.open_ended,
            tuple(dict.fromkeys(self.watchers + other.watchers)),
        )


_INSTRUCTS = lazy_pattern(r"请|须|应当|要求|明确|填写|认真|按时")
_NO_COLON = lazy_pattern(r"(?:(?<=^)|(?<=[；;，,、。]))(?:牵头|责任|配合|协办|主办|参与)(?:单位|部门)(?=[省市区县各])")
FIRST_LEADS = lazy_pattern(
    r"牵头(?:责任)?(?:单位|部门)(?:均|都|一律)?(?:排|列|位|居)(?:在|于|列|名)*(?:首|第一|最前|第1)|"
    r"(?:排名|排列|排序|位列|排|列|名列|位居|列在|居)(?:在)?(?:第一|首|最前|前面|第1|前|首要)(?:的)?(?:位|名|个|一?家)?(?:的|者)?(?:责任)?(?:单位|部门)?(?:，|,)?(?:即)?(?:为|是|系|作为|即为|负责)?"
    r"(?:该项)?(?:任务|工作)?(?:的)?(?:总)?牵头|(?:第一个|首个|首位|第一位|第一|首家)(?:责任)?(?:单位|部门|的)?(?:的)?(?:为|是|系|作为|即为)(?:该项)?(?:任务|工作)?(?:的)?(?:总)?牵头"
)


def announces(text: str, read: Attribution) -> bool:
    """Say whether a labelled stretch gives a task to someone: not a mere contact (联系人：…), not an instruction (责任单位：请各单位…)."""
    if not read.named and not read.leader and not read.deadline and not read.watchers:
        return False
    names = read.names()
    return not names or any(looks_like_unit(name) for name in names) or not _INSTRUCTS.search(fold_characters(text))


def with_colons(text: str) -> str:
    """Put the colon in that a bracket's label leaves out: 牵头单位县水利局."""
    return _NO_COLON.sub(lambda match: match.group() + "：", text)


def parse(raw: str, default: Duty = Duty.DUTY) -> Attribution:
    """Read one responsibility line, with or without the brackets around it; unlabelled names get the default duty."""
    text = unwrap(raw)
    text = _opened(with_colons(text) if text != raw.strip() else text)
    found = labels(fold_characters(text))
    result = Attribution()
    head = text[: found[0].start()] if found else text
    if head.strip(" 。.;；,，、"):
        result += _read(head, default)
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        result += _labelled(text[match.start() : match.end()], text[match.end() : end], kind_of(match))
    return result


def _opened(text: str) -> str:
    """Put a bracket that has labels of its own beside what stands before it: A（配合单位：B） is A；配合单位：B."""
    for start, end in reversed(groups(fold_characters(text))):
        inside = text[start + 1 : end - 1]
        found = labels(fold_characters(inside)) if start else []
        if found and found[0].start() == 0 and kind_of(found[0]) in (Duty.LEAD, Duty.DUTY, Duty.HELP):
            text = f"{text[:start].rstrip()}；{inside}；{text[end:].lstrip('、，,；;')}"
    return text


def unwrap(raw: str) -> str:
    """Take off the brackets around a whole responsibility line, and the stop after them."""
    text = raw.strip().rstrip("。.;；,， ")
    while text and fold_characters(text)[:1] == "(":
        if groups(fold_characters(text)) != [(0, len(text))]:
            break
        text = text[1 : -1 if fold_characters(text)[-1] == ")" else None].strip().rstrip("。.;；")
    return text


def _labelled(label: str, value: str, kind: Duty) -> Attribution:
    """Read what follows a label."""
    plain = value.strip().strip("。；;，,、 \n").replace("\n", "、" if kind is not Duty.DEADLINE else "")
    if kind is Duty.DEADLINE:
        return Attribution(deadline=plain)
    if kind is Duty.LEADER:
        return Attribution(leader=persons(plain))
    if kind is Duty.OTHER:
        watchers = (plain,) if "联系" not in label and looks_like_unit(re.split("[、，,;；]", plain)[0]) else ()
        return Attribution(remark=f"{label.strip(' ：:')}：{plain}" if plain else "", watchers=watchers)
    if all(is_person(name) and not looks_like_unit(name) for name in re.split("[、，,;； ]", plain)):
        return Attribution(leader=persons(plain))
    return _read(plain, kind)


def _read(value: str, kind: Duty) -> Attribution:
    """Read a list of names with verbs among them."""
    given = list(read_roles(value.strip().strip("。；;，,、 \n").replace("\n", "、"), kind))
    return Attribution(
        tuple((name, duty) for name, duty, _ in given if name and duty not in (Duty.DEADLINE, Duty.OTHER)),
        deadline="、".join(name for name, duty, _ in given if duty is Duty.DEADLINE),
        remark="；".join(name for name, duty, _ in given if duty is Duty.OTHER and not looks_like_unit(name)),
        open_ended=any(etc for _, _, etc in given),
        watchers=tuple(name for name, duty, _ in given if duty is Duty.OTHER and looks_like_unit(name)),
    )
