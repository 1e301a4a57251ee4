"""From a document's blocks to clean lines: residue out, hard-wrapped lines joined, each with its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from toolkit.model.document import Document, Paragraph, Table
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.attribution import unwrap
from toolkit.notice.character_forms import fold_characters, groups, tidy
from toolkit.notice.item_markers import Level, read_marker
from toolkit.notice.page_furniture import is_furniture, is_site_label
from toolkit.notice.responsibility_labels import WITHOUT_COLON, Duty, kind_of, kind_of_label, labels
from toolkit.notice.role_lists import lists_units, says_roles
from toolkit.notice.time_limits import is_time
from toolkit.notice.unit_names import looks_like_unit


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text, or a table in its place; `ids` are the places in the list of source lines (a table has one a row) that it was read from."""

    text: str
    where: str
    table: Table | None = None
    ids: tuple[int, ...] = ()


class Lines(NamedTuple):
    """The lines to read, and every source line with its place: what the count at the end must add up to."""

    lines: tuple[Line, ...]
    sources: tuple[tuple[str, str], ...]


_SURE_UNIT = lazy_pattern(r"^(?:省|市|区|县|各).*(?:局|办|委|厅|部|院|中心|室|会|联|街道|镇|乡|公司|集团|单位|部门)[)）]?$")
_END = lazy_pattern(r"[。.;:!?」』…)]$")
_FIELD_WORD = lazy_pattern(r"(?:目标|内容|措施|举措|要求|标准|成效|规模|投资)$")
_SAYS_WHAT_THEY_ARE = lazy_pattern(r"(?:单位|主体|责任部门)$")
_BRACKETED = lazy_pattern(r"[【〖](?P<label>[\u4e00-\u9fff]{2,12})[】〗]\s*[:：]?")
_OPEN_END = lazy_pattern(r"[,、，(（〈《“]$|[:：]$")
_OFFICE_HINT = lazy_pattern(r"[局委办厅院部]|牵头|街道|[乡镇]|年|月|[省市区县]")
_PRINTED = 48  # columns of a printed line of which it may be thought that it was full
_BARE_TAIL = lazy_pattern(
    r"(?:管理?委员?会|分?局|办公?室?|中心|办事处|街道|公司|集团|委员会|管理局|服务中心|支队|大队|分行|支行|人民政府|政府)"
    r"(?=[、，,;；)）】〕。\s]|$)",
)
_LABEL_REST = lazy_pattern(r"([\u4e00-\u9fff]{1,8})\s*:")
_FIELD = lazy_pattern(r"[\u4e00-\u9fff]{2,8}[:：]")
_ENDS_TITLE = lazy_pattern(r"(?:通知|方案|意见|分解表?|分工表?|清单|台账|安排|要点|计划|任务表|一览表)$")
_TITLE_LIKE = lazy_pattern(r"^(?:附\s*件|附\s*表|附\s*录|\d{4}年\d{1,2}月\d{1,2}日$)")


def read_lines(document: Document) -> Lines:
    """List a document's lines in order; web residue and page numbers are left out, broken lines joined."""
    lines: list[Line] = []
    sources: list[tuple[str, str]] = []
    for block in document.blocks:
        if isinstance(block, Table):
            ids = tuple(range(len(sources), len(sources) + len(block.rows)))
            lines.append(Line("", block.where, block, ids))
            sources += [(row[0].where, " | ".join(tidy(cell.text).replace("\n", " ") for cell in row)) for row in block.rows]
            continue
        for line in _paragraph(block):
            lines.append(replace(line, text=WITHOUT_COLON.sub(_with_colon, _BRACKETED.sub(_as_label, line.text)), ids=(len(sources),)))
            sources.append((line.where, line.text))
    contents = [line for line in lines if line.table or not is_furniture(line.text)]
    return Lines(tuple(_joined(contents)), tuple(sources))


def _paragraph(block: Paragraph) -> list[Line]:
    """Split a paragraph at its line breaks, a drawn list number put before the text it stands at."""
    text = tidy(block.text)
    drawn = block.number.strip()
    if drawn and text and not (read_marker(text) and text.startswith(drawn[:1])):
        text = f"{drawn}{' ' if drawn[-1:].isalnum() else ''}{text}"
    return [Line(piece, block.where) for piece in text.split("\n") if piece]


def _as_label(bracketed: re.Match[str]) -> str:
    """Write a label in brackets, 【牵头单位】, with its colon; other words in brackets stay."""
    before = bracketed.string[: bracketed.start()].rstrip()
    if not before and _FIELD_WORD.search(bracketed["label"]):
        return f"{bracketed['label']}："
    if kind_of_label(bracketed["label"]) is None:
        return bracketed.group()
    return f"{'；' if before and before[-1] not in '。；;，,、（(' else ''}{bracketed['label']}："


def _with_colon(said: re.Match[str]) -> str:
    """Put the colon where a label goes on with 为 or 是 (责任单位为市数据局); a sentence about the units (责任单位是第一责任主体) stays."""
    value = said["value"]
    if is_time(value) or (lists_units(value) and not _SAYS_WHAT_THEY_ARE.search(value)):
        return f"{said['label']}：{value}"
    return said.group()


def _width(text: str) -> int:
    """Measure a line as printed: a Chinese character takes two columns."""
    return sum(1 if ord(char) < 0x2000 else 2 for char in text)


def _margin(lines: list[Line]) -> int:
    """Find the column at which a hard-wrapped text breaks its lines, or 0 where lines are whole paragraphs."""
    widths = sorted(_width(line.text) for line in lines if not line.table)
    if len(widths) < 6 or not 40 <= widths[-1] <= 160:
        return 0
    # proportional type: a line full of half-width marks holds more characters than one without
    margin = widths[(len(widths) - 1) * 49 // 50] * 6 // 7
    full = [line for line in lines if not line.table and _width(line.text) >= margin]
    broken = sum(not _END.search(fold_characters(line.text)) for line in full)
    return margin if len(full) * 6 >= len(widths) and broken >= 3 and broken * 2 > len(full) else 0


def _joined(lines: list[Line]) -> list[Line]:
    """Join lines that a file broke in the middle of a sentence."""
    margin = _margin(lines)
    joined: list[Line] = []
    last = ""
    for at, line in enumerate(lines):
        before = joined[-1] if joined else None
        if before and not before.table and not line.table:
            listed = _lists_on(joined, line.text, lines[at + 1].text if at + 1 < len(lines) else "")
            if listed or _continues(before.text, last, line.text, margin):
                inside = before.text[-1] in "、，,；;：:" or _ends_inside(before.text)
                gap = ("" if inside else "、") if listed else _gap(before.text, line.text)
                joined[-1] = replace(before, text=before.text + gap + line.text, ids=before.ids + line.ids)
                last = line.text
                continue
        joined.append(line)
        last = line.text
    return joined


def _lists_on(joined: Sequence[Line], text: str, following: str) -> bool:
    """Say whether a line of units stands in the list of the label above it: the label that follows is new to its item, else the line is a title."""
    label = _first_field(following)
    if not label or _first_label(text) or read_marker(text) or not _first_label(joined[-1].text) or not lists_units(text):
        return False
    had = takewhile(bool, (_first_field(line.text) for line in reversed(joined)))
    return label not in had and not _END.search(fold_characters(joined[-1].text))


def _first_label(text: str) -> str:
    """Give the label a line begins with, '' for none."""
    found = labels(fold_characters(text))
    return found[0].group() if found and found[0].start() == 0 else ""


def _first_field(text: str) -> str:
    """Give the label a line begins with, whatever it announces (工作措施：…), '' for none."""
    match = _FIELD.match(text)
    return _first_label(text) or (match.group() if match else "")


def _gap(above: str, below: str) -> str:
    """Choose what two joined lines need between them: a mark before a new label or name of a list, a blank between Latin words."""
    if above[-1:] in "；;，,、。：:（([【〔":
        return ""
    if _breaks_label(above, below) or _BARE_TAIL.match(below):
        return ""
    if (found := labels(fold_characters(below))) and found[0].start() == 0:
        return "；"
    if labels(fold_characters(above)) and _more_units(below) and not _ends_inside(above):
        return "、"
    latin = above[-1:].isascii() and above[-1:].isalnum() and below[:1].isascii() and below[:1].isalpha()
    return " " if latin else ""


def _more_units(text: str) -> bool:
    """Say whether a line is clearly more names of the list above it."""
    return lists_units(text) and all(_SURE_UNIT.search(name) for name in re.split("[、，,；;]", text) if name)


def _breaks_label(above: str, below: str) -> bool:
    """Say whether a line breaks off inside a label: …；分管 / 领导：."""
    head = _LABEL_REST.match(fold_characters(below))
    folded = fold_characters(above).rstrip()
    tail = re.split(r"[;,。:(\s]", folded)[-1]
    if head is None or not 0 < len(tail) <= 8 or folded[-len(tail) - 1 : -len(tail)] == ":" or _is_whole_name(tail, folded):
        return False
    return kind_of_label(tail + head[1]) is not None


def _is_whole_name(tail: str, above: str) -> bool:
    """Say whether what stands last above a label is a unit's name, not the 区政府 of 区政府分管领导 nor a label's own 责任单位."""
    office = re.fullmatch(r"[省市区县镇乡]?(?:委|(?:人民)?政府)", tail)
    return looks_like_unit(tail) and not office and (tail == above or kind_of_label(tail) is None)


def _ends_inside(text: str) -> bool:
    """Say whether a list of units breaks off inside a name: 区住房和城乡建设, 区委."""
    last = re.split(r"[、，,;；:：(（\s]", text)[-1]
    return bool(last) and (not looks_like_unit(last) or bool(re.fullmatch(r"[省市区县州](?:委|[市区县])", last)))


def _rest_of_name(text: str) -> bool:
    """Say whether a line may be the rest of a unit's name and of its list: short, begins with no mark, no sentence."""
    head = re.split(r"[、，,;；)）。\s]", text)[0]
    return 1 <= len(head) <= 12 and not read_marker(text) and not re.search(r"[:：]", head) and looks_like_unit("某" + head)


def _continues(text: str, last: str, following: str, margin: int) -> bool:  # noqa: PLR0911 - one line a rule, in order
    """Say whether a line clearly goes on in the next one."""
    if re.search(r"[(（【〔\[]$", text) or following[0] in ":：，,、；;）)】〕" or _breaks_label(text, following):
        return True
    if _unclosed(text) and not read_marker(following):
        closing = fold_characters(following).count(")") > fold_characters(following).count("(")
        return (
            closing
            or bool(labels(fold_characters(following)))
            or bool(_OPEN_END.search(text))
            or (margin > 0 and _width(last) >= margin)
            or _width(last) >= _PRINTED
        )
    if _starts_anew(following):
        return False
    found = labels(fold_characters(text))
    if found and found[-1].end() == len(text.rstrip()):
        return not read_marker(following)
    if read_marker(following) or (found and _FIELD.match(following) and not _ends_inside(text[found[-1].end() :])):
        return False
    if found and kind_of(found[-1]) is Duty.DEADLINE and _breaks_time(text[found[-1].end() :], following):
        return True
    goes_on_in_name = bool(found) and _ends_inside(text[found[-1].end() :]) and _rest_of_name(following)
    if found and not _END.search(fold_characters(text)) and (_BARE_TAIL.match(following) or _more_units(following) or goes_on_in_name):
        return True
    if _breaks_sentence(text, last, following):
        return True
    if margin and _width(last) >= margin and not _END.search(fold_characters(last)):
        return True
    return bool(re.search(r"[,、，]$", text))


def _breaks_time(said: str, following: str) -> bool:
    """Say whether what a label says of the time breaks off inside a word: 持 / 续推进."""
    return not is_time(said) and is_time(said.strip() + following)


def _breaks_sentence(text: str, last: str, following: str) -> bool:
    """Say whether a numbered item's or a sentence's line breaks off in the middle: it has a comma and no end, and the next line, no longer than it, goes on."""
    marker = read_marker(text)
    if marker is not None and marker.level <= Level.SECTION:
        return False
    plain = text[marker.length :] if marker else text
    if _END.search(fold_characters(text)) or labels(fold_characters(text)) or not 8 <= len(last) <= 60 or _ENDS_TITLE.search(text):
        return False
    ends = re.search(r"[。；;）)]", following)
    if ends is None or _FIELD.match(following):
        return False
    if marker is None and not re.search(r"[，,]", plain):
        return False
    return _width(following) <= 1.15 * _width(last) + 8 and (bool(re.search(r"[，,、]", plain)) or len(following[: ends.start()]) <= 8)


def _unclosed(text: str) -> bool:
    """Say whether the last bracket of a line announces a responsibility and is not closed."""
    folded = fold_characters(text)
    if folded.count("(") <= folded.count(")"):
        return False
    start = groups(folded)[-1][0]
    content = folded[start + 1 :]
    if len(content) >= 600:
        return False
    return bool(labels(content)) or (folded[start - 1 : start] in "。;" and bool(_OFFICE_HINT.search(content)))


def _starts_anew(text: str) -> bool:
    """Say whether a line begins something of its own: a responsibility, a title, a date."""
    folded = fold_characters(text)
    head = folded.removeprefix("(")
    found = labels(head)
    if (found and found[0].start() == 0) or is_site_label(text):
        return True
    return bool(_TITLE_LIKE.match(folded)) or (folded.startswith("(") and says_roles(unwrap(text)))
