"""The notice's title, among the first lines of a page."""

import re
from collections.abc import Sequence

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.item_markers import read_marker
from toolkit.notice.notice_lines import Line

_ENDS = lazy_pattern(r"(?:通知|方案|意见|函|分解表?|分工表?|清单|台账|安排|要点|计划|任务表|一览表|责任书|任务|通报|决定)(?:[（(][^（()）]{1,12}[)）])?$")


def find_title(lines: Sequence[Line]) -> str:
    """Give the title, its broken lines joined; an empty string where the head of the text has none."""
    head = [line.text for line in lines[:20] if line.text]
    for at, text in enumerate(head):
        if read_marker(text) or re.search(r"[。；;]", text) or len(text) > 120:
            continue
        if _ENDS.search(text) and len(text) >= 4:
            return _with_lines_before(head, at)
    return ""


def _with_lines_before(head: Sequence[str], at: int) -> str:
    """Put the lines of a broken title together: back to the one that says 关于, if that is near."""
    title = head[at]
    if "关于" in title:
        return title if not title.startswith("关于") or at == 0 or not _is_office(head[at - 1]) else head[at - 1] + title
    for start in range(at - 1, max(at - 4, -1), -1):
        piece = head[start]
        if re.search(r"[。；;：:]$", piece) or len(piece) > 60 or read_marker(piece):
            break
        if "关于" in piece:
            whole = "".join(head[start : at + 1])
            return head[start - 1] + whole if piece.startswith("关于") and start and _is_office(head[start - 1]) else whole
    return title


def _is_office(text: str) -> bool:
    """Say whether a line is the issuing office above 关于…"""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{3,24}(?:办公室|人民政府|政府|委员会|局|委)", text))
