"""What a unit writes into 单位说明 of a receipt, or into a cell in the place of a value: that it is so, that a value is withdrawn, or something else."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.findings import Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern

OPINION, STATEMENT = "审核意见", "单位说明"  # a receipt's last two columns: the office's words, and the unit's on them
OWN_STATEMENT = "对审核意见的说明"  # the second one in a form that has a column of its own called 单位说明
STATEMENT_TITLES = frozenset({STATEMENT, OWN_STATEMENT})
FIRST_ISSUED_ROW = 4  # of every table of an issued form, counted from 0
MOST_WORDS = 500  # characters of a statement that are kept; the original has them all


class Meaning(StrEnum):
    """What a statement does."""

    CONFIRMED = "属实"  # what the office doubts is so
    WITHDRAWN = "撤回"  # a value is taken back
    REMARK = "说明"  # says that something was changed, thanks, asks nothing
    UNCLEAR = "不明"


class ParsedStatement(NamedTuple):
    """A statement understood: what it does, and the columns' titles that it names as what it is about."""

    meaning: Meaning
    titles: tuple[str, ...] = ()


_PUNCTUATION = " \t\r\n,.;:!?、，。；：！？…—-~～“”\"'‘’()（）[]【】<>《》"
_STOP = r"(?:$|[,.;:!、。；：！…—(（\-].*)"  # the end, or an explanation behind a mark
_WHO = r"(?:我|本)?(?:局|单位|办|委|镇|乡|街道|区|县|市)?"
_CHECKED = rf"经{_WHO}(?:再次|重新|认真|反复)?(?:核实|核查|核对|复核|查|核)后?,?"
_POLITE = rf"(?:{_CHECKED}|请|申请|现|已|特此|予以|确认|{_WHO[:-1]}(?=确认)|该|此|上述|以上|整行|本行|全部|均|都|数据|情况|数字|内容|填报|所报)*"
_TRUE = r"(?:属实|屬實|真实|核实无误|无误|没有错误?|准确|正确|确实如此|无需修改|不用改|不需修改)(?:的|了)?"
_CONFIRMED = lazy_pattern(rf"{_POLITE}{_TRUE}(?:{_STOP}|(?:因为|由于|系|原因|已核|已经核|特此说明).*)", re.DOTALL)
_WITHDRAWN = lazy_pattern(rf"{_POLITE}(?:撤回|收回)(?:该|此|这个|这一|本|原|所报|整|全)?(?:报?数据?|数字|值|一?[格项栏行]|部)?{_STOP}", re.DOTALL)
_IN_CELL = lazy_pattern(r"(?:请|申请|已|现|予以|同意)*撤回(?:此|该|原|本|这个|这一)?(?:报?数据?|数字|值|格|项|栏|内容)?(?:$|[,.;:。；：(（].*)", re.DOTALL)
_ASKED_FOR = r"(?:已|已经)?(?:按(?:照)?(?:审核)?(?:意见|要求))?"
_CHANGED = r"(?:修改|更正|改正|改好|改过|补充|补填|填写|填好|完善|调整|纠正|收到|知悉|知道)"
_REMARK = lazy_pattern(rf"(?:现|均|都|全部)*{_ASKED_FOR}(?:已|已经)?{_CHANGED}|(?:谢谢|好的?|无|没有|/)$")
_NOT = r"[不未非否没勿](?:完全|太|是|再|要|能|予|全部|够|尽)?"
_DENIED = lazy_pattern(rf"{_NOT}(?:属实|真实|准确|正确|撤回|收回)|是否|属实[吗么]|[?]|有误|不符|暂缓|再核|待核|核实中")
_OTHERWISE = lazy_pattern(r"应为|应该|应当|请改|改为|改成|更正为")  # says another value, which belongs into its cell
_ASKS_BACK = lazy_pattern(r"撤回|收回")
_ALL_OF_IT = ("整行", "全部", "全行", "所有", "都撤回", "均撤回", "整条", "本行")


_CONFIRMED_ENGLISH = lazy_pattern(r"(?:confirmed|correct|as stated|this is correct)\.?(?:$|\s*[,.;:(-].*)", re.DOTALL | re.IGNORECASE)
_WITHDRAWN_ENGLISH = lazy_pattern(r"(?:please )?withdrawn?(?:\.?$|\s*[,.;:(-].*|\s+(?P<title>.+))", re.DOTALL | re.IGNORECASE)
_REMARK_ENGLISH = lazy_pattern(r"(?:corrected|changed|done|filled in|added|thank|noted|ok\b)", re.IGNORECASE)


def normal(text: str) -> str:
    """Give a text without what people type without meaning it: width, blanks between its signs, marks at its ends."""
    lines = unicodedata.normalize("NFKC", text[:MOST_WORDS]).strip().replace("\r", "\n").replace("\n", ";")
    return "".join(lines.split()).strip(_PUNCTUATION)


def withdraws(text: str) -> bool:
    """Whether what was typed into a cell takes its value back: 撤回, 撤 回, 撤回：填错了行."""
    if text.isascii():
        return _WITHDRAWN_ENGLISH.fullmatch(text.strip()) is not None
    return "撤" in text and _IN_CELL.fullmatch(normal(text)) is not None and _DENIED.search(normal(text)) is None


def parse_statement(text: str, titles: Sequence[str]) -> ParsedStatement:
    """Understand a statement; `titles` are those of the columns that it may name. What is not sure is UNCLEAR: it is asked about."""
    words = normal(text)
    if text.isascii():
        return _in_english(text.strip(), titles)
    if _DENIED.search(words) or _OTHERWISE.search(words):
        return ParsedStatement(Meaning.UNCLEAR)
    named, rest = _named(words, titles)
    if _WITHDRAWN.fullmatch(rest) or (named and rest in {"", "的"} and words.startswith(("撤回", "收回"))):
        return ParsedStatement(Meaning.WITHDRAWN, tuple(titles) if any(word in words for word in _ALL_OF_IT) else named)
    if _CONFIRMED.fullmatch(rest):
        return ParsedStatement(Meaning.UNCLEAR) if _ASKS_BACK.search(rest) else ParsedStatement(Meaning.CONFIRMED, named)
    if _ASKS_BACK.search(words):
        return ParsedStatement(Meaning.UNCLEAR)
    return ParsedStatement(Meaning.REMARK if _REMARK.match(words) else Meaning.UNCLEAR)


def _in_english(text: str, titles: Sequence[str]) -> ParsedStatement:
    """Understand Confirmed: reason, and Withdraw with or without a column's title; a word behind it that is no title is not sure."""
    if _CONFIRMED_ENGLISH.fullmatch(text):
        return ParsedStatement(Meaning.CONFIRMED)
    found = _WITHDRAWN_ENGLISH.fullmatch(text)
    if found is None:
        return ParsedStatement(Meaning.REMARK if _REMARK_ENGLISH.match(text) else Meaning.UNCLEAR)
    rest = (found["title"] or "").strip(" .\"'").casefold()
    named = tuple(title for title in titles if title.casefold() == rest) if rest else ()
    return ParsedStatement(Meaning.UNCLEAR if rest and not named else Meaning.WITHDRAWN, named)


def _named(words: str, titles: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Give the columns that stand before what is said of them (累计进度属实) or right behind 撤回 (撤回累计进度、完成日期), and the words without them."""
    known: Mapping[str, str] = {normal(title): title for title in sorted(titles, key=len, reverse=True)}
    found: list[str] = []
    rest = words
    for lead in ("", "撤回", "收回", "请撤回", "申请撤回"):
        if not rest.startswith(lead):
            continue
        behind = rest[len(lead) :]
        while (title := next((text for text in known if behind.lstrip("“”\"'、,和及与的:：「」《》").startswith(text)), None)) is not None:
            found.append(known[title])
            behind = behind.lstrip("“”\"'、,和及与的:：「」《》")[len(title) :]
        if found:
            rest = lead + behind.lstrip("“”\"'、,和及与的栏:：「」《》")
            break
    return tuple(dict.fromkeys(found)), rest


SPOKEN = frozenset({Code.STATED, Code.STATED_UNCLEAR})


def statements_in(findings: Iterable[Finding]) -> list[Finding]:
    """Give the statements (单位说明) among findings, answered ones too, in their order."""
    return [finding for finding in findings if finding.code in SPOKEN]


def words_by_row(findings: Iterable[Finding]) -> Mapping[tuple[str, str, str], str]:
    """Give all that units said of their rows and took back in them, by unit, table sheet and row key."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for finding in findings:
        if (finding.code in SPOKEN or finding.code is Code.WITHDRAWN) and finding.facts.get("key"):
            found.setdefault((finding.unit, finding.facts["table"], finding.facts["key"]), []).append(finding.facts["words"])
    return {key: "；".join(dict.fromkeys(words)) for key, words in found.items()}
