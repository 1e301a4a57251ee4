"""Reads returned workbooks with calamine: bytes in, raw cells with true addresses out."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import BinaryIO, cast

import python_calamine

from toolkit.edges.cell_faults import cell_faults
from toolkit.model.returns import CellFault, Grid, GridSheet
from toolkit.model.seal import RECEIPT

_LONGEST_PART = 2_000_000  # bytes: properties and names of a workbook are a few thousand


class Unreadable(Exception):  # noqa: N818 - said of the file
    """A file that is not a workbook we can read; the text is the reason in Chinese."""


def read_grid(content: bytes, name: str) -> Grid:
    """Read every sheet of a workbook from A1 on, hidden sheets too; raises Unreadable."""
    if not content:
        raise Unreadable("文件是空的")
    try:
        book = python_calamine.load_workbook(cast("BinaryIO", io.BytesIO(content)))
        faults = cell_faults(content)
        sheets = []
        for data in book.sheets_metadata:
            if data.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = book.get_sheet_by_name(data.name).to_python(skip_empty_area=False)
            hidden = data.visible is not python_calamine.SheetVisibleEnum.Visible
            sheets.append(GridSheet(data.name, _with_faults(rows, faults.get(data.name, {})), hidden))
    except python_calamine.PasswordError as error:
        raise Unreadable("文件设了打开密码") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("不是完好的表格文件") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # raised by calamine's Rust part; derives from BaseException only
            raise
        raise Unreadable("表格内部结构有误") from error
    return Grid(name, tuple(sheets), _marks(content))


def _with_faults(rows: Sequence[Sequence[object]], faults: Mapping[tuple[int, int], CellFault]) -> tuple[tuple[object, ...], ...]:
    """Put what stands in faulty cells where calamine left a blank."""
    return tuple(
        tuple(faults.get((at, column)) if value == "" else value for column, value in enumerate(row)) for at, row in enumerate(rows)
    )


def _marks(content: bytes) -> dict[str, str]:
    """Find the receipt codes that an xlsx keeps outside its cells: the custom property and the defined name."""
    found: dict[str, str] = {}
    if not zipfile.is_zipfile(io.BytesIO(content)) or not content.startswith(b"PK"):
        return found
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for carrier, part in (("文档属性", "docProps/custom.xml"), ("定义名称", "xl/workbook.xml")):
            try:
                with book.open(part) as stream:
                    text = stream.read(_LONGEST_PART).decode("utf-8", "replace")
            except (KeyError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error):
                continue
            code = RECEIPT.search(text)
            if code:
                found[carrier] = code[0]
    return found
