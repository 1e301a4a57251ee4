"""Sheets of an office's own in 任务总表, such as the lists of its forms: they stay when the program writes the book anew."""

import io
from copy import copy
from pathlib import Path
from typing import Any

_OURS = frozenset(("任务", "量化指标", "节点", "单位", "日程", "节假日", "待确认", "调整台账", "原文", "上年结转"))


def with_own_sheets(content: bytes, path: Path) -> bytes:
    """Give a new book's bytes with the sheets of the one it is to replace that are not the program's: values, looks, widths and merged cells.

    Where there are none, the bytes are as they were.
    """
    from openpyxl import load_workbook

    old: Any = load_workbook(path) if path.exists() else None
    own = [sheet for sheet in old.worksheets if sheet.title not in _OURS] if old is not None else []
    if not own:
        return content
    new: Any = load_workbook(io.BytesIO(content))
    for sheet in (sheet for sheet in own if sheet.title not in new.sheetnames):
        made = new.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                target = made.cell(cell.row, cell.column, cell.value)
                if cell.has_style:
                    target.font, target.fill, target.number_format = copy(cell.font), copy(cell.fill), cell.number_format
                    target.alignment, target.border = copy(cell.alignment), copy(cell.border)
        for letter, size in sheet.column_dimensions.items():
            made.column_dimensions[letter].width = size.width
        for area in sheet.merged_cells.ranges:
            made.merge_cells(str(area))
    stream = io.BytesIO()
    new.save(stream)
    return stream.getvalue()
