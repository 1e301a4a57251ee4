"""Reads returned workbooks with calamine: bytes in, raw cells with true addresses out."""

import io
from typing import BinaryIO, cast

import python_calamine

from toolkit.model.returns import Grid, GridSheet


class Unreadable(Exception):  # noqa: N818 - said of the file
    """A file that is not a workbook we can read; the text is the reason in Chinese."""


def read_grid(content: bytes, name: str) -> Grid:
    """Read every sheet of a workbook from A1 on, hidden sheets too; raises Unreadable."""
    if not content:
        raise Unreadable("文件是空的")
    try:
        book = python_calamine.load_workbook(cast("BinaryIO", io.BytesIO(content)))
        sheets = []
        for data in book.sheets_metadata:
            if data.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = book.get_sheet_by_name(data.name).to_python(skip_empty_area=False)
            hidden = data.visible is not python_calamine.SheetVisibleEnum.Visible
            sheets.append(GridSheet(data.name, tuple(tuple(None if value == "" else value for value in row) for row in rows), hidden))
    except python_calamine.PasswordError as error:
        raise Unreadable("文件设了打开密码") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("不是完好的表格文件") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # raised by calamine's Rust part; derives from BaseException only
            raise
        raise Unreadable("表格内部结构有误") from error
    return Grid(name, tuple(sheets))
