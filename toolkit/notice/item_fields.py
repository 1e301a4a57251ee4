"""Lines of an item that carry a label of their own: the fields of its card (项目名称：…) and what is remarked behind its units (总投资：…)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.attribution import Attribution
from toolkit.notice.item_markers import Level
from toolkit.notice.line_pieces import Kind, Piece
from toolkit.notice.notice_lines import Line
from toolkit.notice.role_lists import lists_units


@dataclass(frozen=True, slots=True)
class Event:
    """A piece of a line with its place."""

    piece: Piece
    line: Line
    first: bool


LABELLED = lazy_pattern(r"^(?:\d{4}年度?)?[\u4e00-\u9fff（）()、]{2,12}(?<![一二三四五六七八九十])[:：]\s*\S")  # not 事项二：
_FACT = lazy_pattern(
    r"^(?:\d{4}年度?)?[\u4e00-\u9fff]{0,8}(?:资金|投资|投资计划|计划投资|来源|地点|地址|规模|标准|进度|成效|依据|周期|性质|阶段|成果|形式|电话|金额|概算|情况|节点|口径|备注|方式|频次|权重|分值|属性|类别|工作内容|工作目标|具体措施|预期成效)[:：]"
)
CONTENT = lazy_pattern(r"^[\u4e00-\u9fff]{0,6}(?:要求|目标|标准|措施|举措|内容|任务|成效|成果|效果|指标)[:：]")
_UNIT_FIELD = lazy_pattern(r"(?:单位|部门|机构|专班)$")
_FIELDS = 8  # that stand behind the units of one item
_NEAR = 80  # pieces before and after a line among which its label is looked for


def card_of(events: Sequence[Event]) -> tuple[str, ...]:
    """Give the labels of the lines that stand above the units of each item (项目名称：…, 建设内容：…), () where items do not begin so."""
    end = next((at for at, event in enumerate(events) if event.piece.kind is Kind.DUTY and event.first), 0)
    start = end
    while start and events[start - 1].first and events[start - 1].piece.kind is Kind.PLAIN and LABELLED.match(events[start - 1].piece.text):
        start -= 1
    if start and events[start - 1].piece.kind is Kind.ITEM:
        return ()  # the fields are the body of a numbered item
    card = tuple(label_of(event.piece.text) for event in events[start:end])
    begun = [event for event in events if event.first and event.piece.kind is Kind.PLAIN and card and label_of(event.piece.text) == card[0]]
    return card if len(begun) > 1 else ()


def stand_above(events: Sequence[Event]) -> bool:
    """Say whether lines of units stand above the items that they speak of: there are several, an item behind each, none before the first."""
    if any((event.piece.kind is Kind.DUTY and not event.first) or event.line.table for event in events):
        return False
    kinds = [event.piece.kind for event in events]
    if Kind.DUTY not in kinds or Kind.ITEM in kinds[: kinds.index(Kind.DUTY)]:
        return False
    ends = [at for at, kind in enumerate(kinds) if kind is Kind.DUTY and kinds[at + 1 : at + 2] != [Kind.DUTY]]
    starts = [at for at, kind in enumerate(kinds) if kind is Kind.DUTY and kinds[at - 1 : at] != [Kind.DUTY]][1:]
    if any(kinds[at - 1] is not Kind.ITEM for at in starts):
        return False  # the units of a title without a number
    behind = [events[at + 1].piece.marker if at + 1 < len(events) else None for at in ends]
    return len(ends) > 1 and all(marker is not None and marker.level > Level.PLAIN for marker in behind)


def turned(events: Sequence[Event]) -> list[Event]:
    """Put units that stand above the fields of their items (责任单位：A / 任务：…) behind them, where all of a text stand so; else change nothing."""
    starts = [at for at, event in enumerate(events) if _is_duty_line(event) and not (at and _is_duty_line(events[at - 1]))]
    before = events[starts[0] - 1] if starts and starts[0] else None
    if len(starts) < 2 or (before and (before.piece.kind is not Kind.PLAIN or _is_content(before))):
        return list(events)
    out = list(events[: starts[0]])
    for start, end in pairwise([*starts, len(events)]):
        duties = list(takewhile(_is_duty_line, events[start:end]))
        fields = list(takewhile(_is_content, events[start + len(duties) : end]))
        rest = events[start + len(duties) + len(fields) : end]
        if not fields or (rest and end < len(events)):
            return list(events)
        out += [*fields, *duties, *rest]
    return out


def _is_duty_line(event: Event) -> bool:
    return event.first and event.piece.kind is Kind.DUTY


def _is_content(event: Event) -> bool:
    return event.first and event.piece.kind is Kind.PLAIN and event.line.table is None and bool(CONTENT.match(event.piece.text))


def is_remark(events: Sequence[Event], at: int, duties: Sequence[Piece]) -> bool:
    """Say whether a line with a label of its own stands among the lines that say who answers for an item: 总投资：5000万元."""
    if at == 0 or not duties or events[at - 1].piece.kind is not Kind.DUTY or not events[at].first:
        return False
    text = events[at].piece.text
    if not LABELLED.match(text):
        return False
    following = events[at + 1].piece if at + 1 < len(events) and events[at + 1].first else None
    if following and following.kind is Kind.DUTY:
        return label_of(following.text) not in {label_of(piece.text) for piece in duties}
    return bool(_FACT.match(text)) or bool(remark_of(text).watchers) or _is_said_again(events, at)


def remark_of(text: str) -> Attribution:
    """Read a field of an item as its remark; units that it names (服务单位：…) are asked about like those that only check."""
    label, _, value = text.partition("：" if "：" in text else ":")
    units = _UNIT_FIELD.search(label) and lists_units(value.rstrip("。；; "))
    return Attribution(remark=text, watchers=(value.strip("。；; "),) if units else ())


def label_of(text: str) -> str:
    """Give what stands before the colon of a line."""
    return re.split("[:：]", text.strip(), maxsplit=1)[0]


def _is_said_again(events: Sequence[Event], at: int) -> bool:
    """Say whether the label of a line stands behind the units of other items too: it is a field of the items (办理要求：…), not the letter's own."""
    label = label_of(events[at].piece.text)
    return any(
        number != at and events[number].first and label_of(events[number].piece.text) == label and _stands_behind_units(events, number)
        for number in range(max(1, at - _NEAR), min(len(events), at + _NEAR))
    )


def _stands_behind_units(events: Sequence[Event], at: int) -> bool:
    """Say whether what stands before a line is one of units, with nothing but other fields between."""
    for event in reversed(events[max(0, at - _FIELDS) : at]):
        if event.piece.kind is Kind.DUTY:
            return True
        if not event.first or event.piece.kind is not Kind.PLAIN or not LABELLED.match(event.piece.text):
            return False
    return False
