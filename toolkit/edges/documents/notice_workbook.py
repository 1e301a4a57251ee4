"""Reads a notice kept as a workbook (.xlsx, .xls, .et, .ods, .csv): what each visible sheet shows, as title lines and one table."""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO, cast

from toolkit.edges.documents.file_kind import open_package
from toolkit.edges.documents.grid import PlacedCell, table_of
from toolkit.edges.documents.xml_parts import child, local, read_part, value, whole
from toolkit.model.command_error import CommandError
from toolkit.model.document import EMBEDDED, Paragraph, Table
from toolkit.model.place import address

if TYPE_CHECKING:
    import python_calamine

Spans = dict[tuple[int, int], tuple[int, int]]  # (row, column) → how many rows and columns the cell there covers

_MOST_CELLS = 5_000_000
_AGAIN = "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入；打不开的，请向发文机关另要一份。"


def read_book(content: bytes) -> list[Paragraph | Table]:
    """Read a workbook's visible sheets (else the hidden ones), formulas as saved; a hidden table beside them is named. Raises CommandError if locked."""
    import python_calamine as calamine

    if content.startswith(b"PK"):
        _prove(content)
    try:
        book = calamine.load_workbook(cast("BinaryIO", io.BytesIO(content)))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is calamine.SheetTypeEnum.WorkSheet]
        shown = [sheet for sheet in sheets if sheet.visible is calamine.SheetVisibleEnum.Visible]
        spans = _open_document_spans(content) if content.startswith(b"PK") else {}
        blocks = {sheet.name: _sheet(sheet.name, book.get_sheet_by_name(sheet.name), spans.get(sheet.name, {})) for sheet in sheets}
        hidden = [sheet.name for sheet in sheets if shown and sheet not in shown and _is_table(blocks[sheet.name])]
        unread = [Paragraph(f"{EMBEDDED}{name}", f"{name}!A1") for name in hidden]
        return [*(block for sheet in shown or sheets for block in blocks[sheet.name]), *unread]
    except calamine.PasswordError as error:
        raise CommandError("设了打开密码。", "请用密码打开它，取消密码另存一份后再导入。") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise CommandError("不是完好的表格文件。", _AGAIN) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # raised by calamine's Rust part; derives from BaseException only
            raise
        raise CommandError("不是完好的表格文件，内部结构有误。", _AGAIN) from error


def _is_table(blocks: Sequence[Paragraph | Table]) -> bool:
    """Say whether a sheet holds a table of two rows or more, not only a list to choose from."""
    return any(isinstance(block, Table) and len(block.rows) > 1 for block in blocks)


def _prove(content: bytes) -> None:
    """Unpack every part once and throw it away: a zip that lies about its sizes fails its checksum here, not in calamine."""
    try:
        bad = open_package(content).testzip()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise CommandError("已经损坏，打不开。", _AGAIN) from error
    if bad is not None:
        raise CommandError("已经损坏，打不开。", _AGAIN)


def _open_document_spans(content: bytes) -> dict[str, Spans]:
    """Find the merged cells of an .ods, which calamine does not give; nothing for other books."""
    sheets = child(read_part(open_package(content), "content.xml"), "body", "spreadsheet")
    found: dict[str, Spans] = {}
    for sheet in sheets if sheets is not None else ():
        if local(sheet) != "table":
            continue
        spans = found.setdefault(value(sheet, "name"), {})
        at = 0
        for line in (inner for inner in sheet.iter() if local(inner) == "table-row"):
            column = 0
            for cell in line:
                rows, columns = (whole(value(cell, f"number-{way}-spanned"), otherwise=1) for way in ("rows", "columns"))
                if rows * columns > 1:
                    spans[at, column] = (rows, columns)
                column += whole(value(cell, "number-columns-repeated"), otherwise=1)
            at += whole(value(line, "number-rows-repeated"), otherwise=1)
    return found


def _sheet(name: str, sheet: "python_calamine.CalamineSheet", spans: Spans) -> list[Paragraph | Table]:
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise CommandError(
            f"的工作表“{name}”有 {sheet.total_height} 行 {sheet.total_width} 列，大得不正常，没有读。", "请删去多余的空行空列，另存一份后再导入。"
        )
    rows = sheet.to_python(skip_empty_area=False)
    spans = spans | {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in sheet.merged_cell_ranges or ()}
    cells = [
        PlacedCell(row, column, *spans.get((row, column), (1, 1)), (text,))
        for row, line in enumerate(rows)
        for column, raw in enumerate(line)
        if (text := shown(raw))
    ]
    return _blocks(name, cells)


def _blocks(name: str, cells: Sequence[PlacedCell]) -> list[Paragraph | Table]:
    """Make the lines above the table, one filled cell each, paragraphs; a sheet without a row of two filled cells is all paragraphs."""
    by_row: dict[int, list[PlacedCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    first = next((row for row in sorted(by_row) if len(by_row[row]) > 1), None)
    above = [cell for cell in cells if first is None or (cell.row < first and cell.row + cell.rows <= first)]
    blocks: list[Paragraph | Table] = [Paragraph(cell.text, _where(name, cell.row, cell.column)) for cell in above]
    if first is not None:
        inside = [cell for cell in cells if cell.row + cell.rows > first]
        table = table_of(inside, _where(name, first, min(cell.column for cell in inside)), lambda row, column: _where(name, row, column))
        blocks.extend([table] if table else [])
    return blocks


def _where(name: str, row: int, column: int) -> str:
    return f"{name}!{address(row, column)}"


def shown(raw: object) -> str:
    """Write a cell's value plainly: 1.0 as 1, a day as 2023-06-30, text as it stands."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return f"{raw:.15g}" if abs(raw) < 1e15 and (abs(raw) >= 1e-4 or not raw) else f"{raw:f}".rstrip("0").rstrip(".")
    if isinstance(raw, dt.datetime):
        return f"{raw:%Y-%m-%d}" if raw.time() == dt.time() else f"{raw:%Y-%m-%d %H:%M}"
    return str(raw).replace("\r\n", "\n").replace("_x000D_", "").strip(" \t\n\u3000\u00a0")
