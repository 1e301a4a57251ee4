"""发放清单: whom to send what, and why, one line a unit."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.model.dispatch import Dispatch
from toolkit.model.form import Form
from toolkit.model.sheet import BookPlan
from toolkit.views.consolidated.data_sheet import Column, data_sheet
from toolkit.views.form_styles import form_looks

NAME = "发放清单"


class DispatchLine(NamedTuple):
    """A unit's line: what was done last, the file to send ('' where there is none), its mailbox, the unit above it."""

    dispatch: Dispatch
    file: str
    email: str
    parent: str = ""


COLUMNS: tuple[Column[DispatchLine], ...] = (
    Column("单位", 24, "正文", lambda line: line.dispatch.unit),
    Column("处理", 8, "正文", lambda line: line.dispatch.deed.value),
    Column("原因", 44, "正文", lambda line: line.dispatch.why, 80),
    Column("文件", 40, "正文", lambda line: line.file, 60),
    Column("回执编号", 15, "正文", lambda line: line.dispatch.receipt),
    Column("邮箱", 26, "正文", lambda line: line.email),
    Column("登记时间", 17, "正文", lambda line: f"{line.dispatch.at:%Y-%m-%d %H:%M}"),
)
_PARENT: Column[DispatchLine] = Column("上级单位", 24, "正文", lambda line: line.parent)  # last, and only where a unit has one


def dispatch_book(label: str, lines: Sequence[DispatchLine], form: Form) -> BookPlan:
    """Plan the workbook, units in the order given, in the looks of the form."""
    looks = form_looks(form, marked=False)
    shown = {"表头": looks["表头"], "正文": looks["预填"]}
    columns = (*COLUMNS, _PARENT) if any(line.parent for line in lines) else COLUMNS
    sheet = data_sheet(NAME, columns, lines, looks=shown, title=f"{label}{NAME}")
    heights = {at: row.height for at, row in enumerate(sheet.rows()) if row.height is not None}
    sheet = replace(sheet, cells=tuple(sheet.every_cell()), heights=heights, body=None)  # a short list: a book of long sheets only has no list of texts
    return BookPlan((sheet,), looks=shown, title=f"{label}{NAME}")
