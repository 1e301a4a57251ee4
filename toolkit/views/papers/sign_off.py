"""签批页: one page a return, to be stamped, that names the very file it stands for."""

from datetime import datetime
from typing import NamedTuple

from toolkit.model.standing import Round, UnitStanding
from toolkit.model.word_document import Paragraph, Style, Table, WordDocument
from toolkit.views.papers.letterhead import Letterhead
from toolkit.views.papers.paper_wording import one_line
from toolkit.views.papers.reminder import what_is_owed

_WIDTHS = (36.0, 120.0)
_GROUP = 8  # characters of a digest that stand together, so that an eye can compare them


class Signed(NamedTuple):
    """The file a page stands for: its name, receipt code, SHA-256, when it was sent, how many rows and values were taken from it."""

    name: str
    receipt: str
    digest: str
    sent: datetime
    rows: int
    values: int


def sign_off(unit: UnitStanding, file: Signed, state: Round, letterhead: Letterhead) -> WordDocument:
    """Write the page of one unit's return for signing: file, time, what was taken in, SHA-256."""
    title = f"{what_is_owed(state)}签批页"
    rows = (
        ("填报单位", unit.unit),
        ("回执编号", file.receipt or "无"),
        ("报送文件", one_line(file.name)),
        ("报送时间", f"{file.sent:%Y-%m-%d %H:%M}（{'收到时间待核' if unit.in_doubt else '按时' if unit.on_time else '迟报'}）"),
        ("采用内容", f"{file.rows}行、{file.values}个填报值"),
        ("检查结果", _checked(unit)),
        ("文件校验码\n（SHA-256）", grouped(file.digest)),
    )
    signatures = tuple((name, "") for name in (state.form.sign_off or ("填报人", "审核人", "单位盖章", "日期")))
    return letterhead.paper(
        f"{title}（{unit.unit}）",
        (
            Paragraph(title, Style.ANNEX_TITLE),
            Table((), rows, _WIDTHS, form=True, heights=(12.0,) * len(rows)),
            Paragraph("本页与上列文件一一对应：文件有任何改动，校验码即不相同。经核对，报送内容属实。", Style.NOTE),
            Table((), signatures, _WIDTHS, form=True, heights=(20.0,) * len(signatures)),
        ),
    )


def grouped(digest: str) -> str:
    """Write a digest in groups of eight characters, four to a line."""
    groups = [digest[start : start + _GROUP] for start in range(0, len(digest), _GROUP)]
    return "\n".join(" ".join(groups[start : start + 4]) for start in range(0, len(groups), 4))


def _checked(unit: UnitStanding) -> str:
    found = [f"{words}{count}处" for words, count in (("错误", unit.errors), ("待核", unit.reviews)) if count]
    return "、".join(found) or "没有发现问题"
