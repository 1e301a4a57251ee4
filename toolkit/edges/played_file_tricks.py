"""What played clerks do to a finished workbook before they send it: they move, rename, copy, convert, pack and break it (openpyxl and the standard library)."""

import html
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

_SEAL = "_封签"
_MAIN = {"任务进展", "工作方案"}


def play_trick(name: str, path: Path) -> Path:
    """Do a trick to a finished workbook; gives the file that is sent instead of it. Raises KeyError for a trick that nobody knows."""
    return _FILE_TRICKS[name](path) if name in _FILE_TRICKS else _in_book(_BOOK_TRICKS[name], path)


def known_tricks() -> frozenset[str]:
    """List the names of all tricks, those on the file's bytes and those on the workbook's cells."""
    return frozenset(_FILE_TRICKS) | frozenset(_BOOK_TRICKS)


def _in_book(trick: Callable[[Worksheet], None], path: Path) -> Path:
    book = load_workbook(path)
    main = next(sheet for sheet in book.worksheets if sheet.title in _MAIN)
    for merged in list(main.merged_cells.ranges):
        main.unmerge_cells(str(merged))
    trick(main)
    book.save(path)
    return path


def _body(sheet: Worksheet) -> list[int]:
    """Give the rows of tasks, counted from 1."""
    return [cell.row for cell in sheet["A"] if str(cell.value or "").startswith(("任务", "目标"))]


def _column(sheet: Worksheet, title: str) -> int:
    cells = (cell for row in sheet.iter_rows(max_row=12) for cell in row)
    return next(int(cell.column or 1) for cell in cells if cell.value == title)


def _turn_rows(sheet: Worksheet) -> None:
    rows = _body(sheet)
    values = [[cell.value for cell in sheet[row]] for row in rows]
    for row, cells in zip(rows, reversed(values), strict=True):
        for cell, value in zip(sheet[row], cells, strict=True):
            cell.value = value


def _delete_row(sheet: Worksheet) -> None:
    sheet.delete_rows(_body(sheet)[-1])


def _add_row(sheet: Worksheet) -> None:
    last = _body(sheet)[-1]
    sheet.insert_rows(last + 1)
    sheet.cell(last + 1, 1).value = "任务999"
    sheet.cell(last + 1, 2).value = "本单位自己增加的一项工作"
    sheet.cell(last + 1, _column(sheet, "本季进展情况")).value = "已经开展。"


def _add_column(sheet: Worksheet) -> None:
    at = _column(sheet, "进展状态")
    header = next(cell.row for row in sheet.iter_rows(max_row=12) for cell in row if cell.value == "进展状态")
    sheet.insert_cols(at)
    sheet.cell(header, at).value = "内部备注"
    sheet.cell(_body(sheet)[0], at).value = "张科长催过"


def _change_title(sheet: Worksheet) -> None:
    for row in sheet.iter_rows(max_row=12):
        for cell in row:
            if cell.value == "本季进展情况":
                cell.value = "完成情况"


def _rename_sheet(sheet: Worksheet) -> None:
    sheet.title = "Sheet1"


def _put_lines_above(sheet: Worksheet) -> None:
    sheet.insert_rows(1, 2)
    sheet["A1"].value = "以下内容已经本单位分管领导审阅"


def _change_target(sheet: Worksheet) -> None:
    sheet.cell(_body(sheet)[0], 2).value = "本单位改写过的任务内容"


def _lose_seal(path: Path) -> Path:
    book = load_workbook(path)
    del book[_SEAL]
    book.save(path)
    return path


def _copy_to_new_book(path: Path) -> Path:
    book, new = load_workbook(path), Workbook()
    new.remove(new.worksheets[0])
    for sheet in book.worksheets:
        if sheet.title != _SEAL:
            copy = new.create_sheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        copy.cell(int(cell.row or 1), int(cell.column or 1)).value = cell.value
    new.save(path)
    return path


def _save_as_page(path: Path) -> Path:
    book = load_workbook(path)
    lines = []
    for sheet in book.worksheets:
        if sheet.title != _SEAL:
            rows = ("".join(f"<td>{html.escape(str(value if value is not None else ''))}</td>" for value in row) for row in sheet.iter_rows(values_only=True))
            lines.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return _instead(path, path.with_suffix(".xls"), ("<html><meta charset='utf-8'><body>" + "".join(lines) + "</body></html>").encode())


def _zip(path: Path) -> Path:
    target = path.with_suffix(".zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(path, path.name)
    path.unlink()
    return target


def _mail(path: Path) -> Path:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = f"报送 {path.stem}", "clerk@example.com", "office@example.com"
    mail.set_content("您好，我单位报表见附件。")
    mail.add_attachment(path.read_bytes(), maintype="application", subtype="octet-stream", filename=path.name)
    return _instead(path, path.with_suffix(".eml"), mail.as_bytes())


def _cut_short(path: Path) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    return path


def _write_letter(path: Path) -> Path:
    return _instead(path, path.with_suffix(".txt"), "我单位各项任务进展顺利，具体情况另行报送。".encode())


def _instead(path: Path, target: Path, content: bytes) -> Path:
    path.unlink()
    target.write_bytes(content)
    return target


_BOOK_TRICKS: Mapping[str, Callable[[Worksheet], None]] = {
    "rows turned": _turn_rows,
    "row deleted": _delete_row,
    "row added": _add_row,
    "column added": _add_column,
    "title changed": _change_title,
    "sheet renamed": _rename_sheet,
    "lines above": _put_lines_above,
    "target changed": _change_target,
}
_FILE_TRICKS: Mapping[str, Callable[[Path], Path]] = {
    "seal lost": _lose_seal,
    "new book": _copy_to_new_book,
    "old format": _save_as_page,
    "zipped": _zip,
    "mailed": _mail,
    "cut short": _cut_short,
    "not a table": _write_letter,
}
