"""Names that leave out the region named before them: 省发展改革委、财政厅 means 省财政厅."""

import re
from collections.abc import Iterable, Sequence

from toolkit.model.master import DEPARTMENT
from toolkit.notice.names import base, group_of, is_collective
from toolkit.notice.script import fold

_PARTY = re.compile(r"^((?:[\u4e00-\u9fff]{2,3})?[省市区县]委)(?=[\u4e00-\u9fff]{2,}(?:部|委|办|办公室)$)")
_REGION = re.compile(r"^((?:[\u4e00-\u9fff]{2,3}?)??(?:省|市(?![场容])|区(?![域块])|县(?!域)))(?=[\u4e00-\u9fff]{2,}$)")
_OFFICE = re.compile(r"(?:局|厅|委|办|办公室|中心)$")
_PARTY_OFFICE = re.compile(r"^(?:组织|宣传|统战|社会工作)部$")
_OWN = re.compile(r"^(?:国|中|省|市(?![场容政])|区|县|州|团|各|全|[\u4e00-\u9fff]{2,3}(?:省|市|区|县)(?![场容])|公安分|人民银行|人行|海关)")


def region(name: str) -> str:
    """Give the region a full name begins with, or an empty string."""
    match = _REGION.match(fold(base(name)))
    return name[: match.end()] if match else ""


def restore(name: str, before: Sequence[str], known: frozenset[str]) -> str:
    """Complete a name from the full names before it in its list; a name that stands by itself elsewhere stays as it is."""
    plain = fold(base(name))
    if name in known or is_collective(name) or _OWN.match(plain) or not 3 <= len(plain) <= 14:
        return name
    if _PARTY_OFFICE.match(plain):
        head = next((name_[: match.end()] for name_ in reversed(before) if (match := _PARTY.match(fold(base(name_))))), "")
        return head + name
    if not _OFFICE.search(plain) or group_of(name) != DEPARTMENT:
        return name
    head = next((found for one in reversed(before) if (found := region(one))), "")
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
