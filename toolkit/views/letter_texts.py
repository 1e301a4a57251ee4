"""Writes mails from the office's own wording: an issued workbook, a receipt, a reminder by its stage."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.findings import Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.letter import Wording
from toolkit.model.place import Place

UNIT_TEXT, GROUP_TEXT = "短信", "群消息"  # parts without a subject, to be copied into a chat or a short message
TEXTS = (UNIT_TEXT, GROUP_TEXT)
LATER = ("换发", "收回", "成绩", "申诉答复", *TEXTS)  # parts that the wording of older offices has not: the built-in ones serve without a word
PARTS = ("发放", *LATER, "退回", "收到", "催报前", "催报当天", "催报后", "再次催报", "文书")
TEXT_FACTS = ("单位", "联系人", "期间", "今天", "期限", "事由", "应报", "已报", "未报名单", "退改名单", "问谁", "办公室")
FACTS = ("单位", "期间", "截止", "回执编号", "办公室", "联系人", "处数", "天数", "情况")
_HEAD = lazy_pattern(r"【(.+?)】\s*")
_SUBJECT = lazy_pattern(r"主题[：:](.+)")
_ADDRESS = lazy_pattern(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class Wordings(NamedTuple):
    """The wording of each part, and what is wrong with the office's own."""

    parts: Mapping[str, Wording]
    findings: tuple[Finding, ...]


def read_wordings(own: str, built_in: str, file: str) -> Wordings:
    """Read the office's wording; a part that is missing or cannot be filled in is a finding, and the built-in one stands for it."""
    ours, theirs = _parts(built_in), _parts(own)
    findings = []
    for name in PARTS:
        if name in LATER and name not in theirs:
            theirs[name] = ours[name]
        wrong = _wrong(theirs.get(name), is_text=name in TEXTS)
        if wrong:
            findings.append(Finding(Code.BAD_WORDING, Place(file, name), {"part": name, "why": wrong}))
            theirs[name] = ours[name]
    return Wordings({name: theirs[name] for name in PARTS}, tuple(findings))


def _parts(text: str) -> dict[str, Wording]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        head = _HEAD.fullmatch(line.strip())
        if head:
            lines = found.setdefault(head[1], [])
        elif not line.startswith("#"):
            lines.append(line)
    return {name: _wording(lines) for name, lines in found.items()}


def _wording(lines: list[str]) -> Wording:
    subject = next((found[1].strip() for line in lines if (found := _SUBJECT.match(line.strip()))), "")
    return Wording(subject, "\n".join(line for line in lines if not _SUBJECT.match(line.strip())).strip() + "\n")


def _wrong(wording: Wording | None, *, is_text: bool) -> str:
    """Say what is wrong with a part; '' when it can be filled in."""
    if wording is None:
        return "缺少这一段"
    if not wording.subject and not is_text:
        return "没有“主题：”这一行"
    if not wording.text.strip():
        return "没有正文"
    try:
        wording.filled(dict.fromkeys(TEXT_FACTS if is_text else FACTS, ""))
    except KeyError as error:
        return f"不认识花括号里的“{error.args[0]}”"
    except (ValueError, IndexError, AttributeError):
        return "花括号不成对或里面是空的"
    return ""


def is_address(text: str) -> bool:
    """Whether a text is one mail address and nothing else, by its shape; no server is asked."""
    return _ADDRESS.fullmatch(text) is not None
