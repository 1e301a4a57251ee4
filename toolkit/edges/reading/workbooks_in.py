"""Reads returned workbooks: bytes in, raw cells with true addresses out. A look at the bytes decides who reads."""

import io
import math
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO, cast

import python_calamine

from toolkit.edges.reading.cell_marks import cell_marks
from toolkit.edges.reading.cell_rewrites import errors_as_text, without_asides
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck import look_into, open_package
from toolkit.edges.reading.precheck_format import PROPERTIES, TEXTS, WORKBOOK, CellMarks, Content, Format, Precheck, Unsound
from toolkit.edges.reading.tables_in import read_tables
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place, address
from toolkit.model.returns import CellFault, Fault, Grid, GridSheet
from toolkit.model.seal import receipt_in
from toolkit.model.values import PercentCell, visible_name

_EXACT = 10.0**15  # a spreadsheet keeps 15 digits; beyond, the last ones are not what was typed
_DATES_1904 = re.compile(r"""\sdate1904\s*=\s*["'](?:1|true|on)["']""")
_OFTEN_USED = "VelvetSweatshop"  # what Excel itself uses for a book that is only write-protected


class Unreadable(Exception):  # noqa: N818 - said of the file
    """A file that cannot be read, with the finding that says why; the text is the reason in Chinese."""

    def __init__(self, code: Code, **facts: str) -> None:
        """Name the code and its facts."""
        super().__init__(facts.get("reason") or code.text.message.format_map(facts).rstrip("。"))
        self.code = code
        self.facts = facts

    def finding(self, name: str) -> Finding:
        """Give the finding for a file of this name."""
        return Finding(self.code, Place(name), self.facts)


def read_grid(content: bytes, name: str, passwords: Sequence[str] = ()) -> Grid:
    """Read every sheet of a workbook from A1 on, hidden sheets too; passwords are tried in order; raises Unreadable."""
    try:
        package = _opened(content, passwords)
        looked = look_into(package)
        sheets = tuple(_sheets(package, looked)) if package.format not in TEXTS else read_tables(package)
    except Unsound as error:
        raise Unreadable(error.trouble.code, **error.trouble.facts) from error
    if not sheets and package.format not in TEXTS:
        raise Unreadable(Code.UNREADABLE, reason="里面没有工作表")
    notes, doubts = tuple(_notes(looked, name)), tuple(_doubts(sheets, name)) if package.format not in TEXTS else ()
    return Grid(name, sheets, _marks(package), notes + doubts, bool(_DATES_1904.search(_outer(package, WORKBOOK))))


def _opened(content: bytes, passwords: Sequence[str]) -> Package:
    """Open a workbook, and take its password off where it has one. Raises Unsound; Unreadable where none of the passwords opens it."""
    package = open_package(content)
    if package.format is Format.LOCKED:
        return _unlocked(content, passwords)
    if not package.format.is_workbook:
        raise Unsound(Code.NOT_WORKBOOK, seen="zip 压缩包" if package.format is Format.ZIP else f"{package.format.value} 文件")
    return package


def _sheets(package: Package, looked: Precheck) -> Iterator[GridSheet]:
    try:
        package = without_asides(package) if looked.asides else package
        readable = errors_as_text(package) if looked.odd_errors else package
        book = python_calamine.load_workbook(cast("BinaryIO", io.BytesIO(readable.content)))
        marks = cell_marks(package, looked) if book.sheets_metadata else {}
        if marks.keys() - {data.name for data in book.sheets_metadata}:
            raise ValueError("marks of another sheet")  # noqa: TRY301 - like any other book that is not what it seems
        for number, data in enumerate(book.sheets_metadata):
            if data.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(number)
            mark = marks.get(data.name, CellMarks())
            rows = sheet.to_python(skip_empty_area=False)
            merges = mark.merges or tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
            hidden = data.visible is not python_calamine.SheetVisibleEnum.Visible
            yield GridSheet(visible_name(data.name), _cleaned(rows, mark), hidden, merges)
    except python_calamine.PasswordError as error:
        raise Unreadable(Code.PASSWORD, tried="没有可用的密码") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable(Code.UNREADABLE, reason="不是完好的表格文件") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # raised by calamine's Rust part; derives from BaseException only
            raise
        raise Unreadable(Code.UNREADABLE, reason="表格内部结构有误") from error


def _unlocked(content: bytes, passwords: Sequence[str]) -> Package:
    """Take the password off; raises Unreadable when none of the candidates opens it."""
    import msoffcrypto

    for password in (_OFTEN_USED, *passwords):
        plain = io.BytesIO()
        try:
            book = msoffcrypto.OfficeFile(io.BytesIO(content))
            book.load_key(password=password)
            book.decrypt(plain)
        except Exception:  # noqa: BLE001, S112 - the library raises a dozen classes for a wrong password and for a broken file
            continue
        try:
            return open_package(plain.getvalue())
        except Unsound:
            continue
    raise Unreadable(Code.PASSWORD, tried="已知的密码都打不开" if passwords else "没有可用的密码")


def _notes(looked: Precheck, name: str) -> Iterator[Finding]:
    """Name what else is in the file, what could run apart from what is only not read."""
    for code, wanted in ((Code.ACTIVE, True), (Code.NOT_TAKEN, False)):
        words = "、".join(content.value for content in looked.contents if content.active is wanted and content is not Content.COMMENTS)
        if words:
            yield Finding(code, Place(name), {"what": words})
    if Content.COMMENTS in looked.contents:
        yield Finding(Code.COMMENTS, Place(name))


def _doubts(sheets: Sequence[GridSheet], name: str) -> Iterator[Finding]:
    """Point at numbers with more digits than a spreadsheet keeps."""
    for sheet in sheets:
        for at, row in enumerate(sheet.rows) if _has_long_numbers(sheet.rows) else ():
            for column, value in enumerate(row):
                if type(value) is float and not -_EXACT < value < _EXACT:
                    yield Finding(Code.LONG_NUMBER, Place(name, sheet.name, address(at, column)), {"seen": format(value, ".0f")})


def _cleaned(rows: Sequence[list[Any]], mark: CellMarks) -> tuple[tuple[object, ...], ...]:
    """Put in what calamine left out, and leave out blank cells at the end of rows and blank rows at the end of the sheet."""
    rows = [*rows, *([] for _ in range(len(rows), max((at + 1 for at, _ in mark.faults), default=0)))]
    for (at, column), fault in mark.faults.items():  # calamine left a blank or a text there, or ends before it
        rows[at] += [""] * (column + 1 - len(rows[at]))
        rows[at][column] = fault
    for at, column in mark.percents:
        if at < len(rows) and column < len(rows[at]):
            rows[at][column] = _percent(rows[at][column])
    kept = [_without_blanks(row) for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(map(_with_faults, kept) if _has_long_numbers(kept) else kept)


def _without_blanks(row: Sequence[Any]) -> tuple[object, ...]:
    end = len(row)
    while end and row[end - 1] == "":
        end -= 1
    kept = row[:end]
    return tuple([None if value == "" else value for value in kept] if "" in kept else kept)


def _with_faults(row: Sequence[object]) -> tuple[object, ...]:
    """Name numbers that no sheet can hold."""
    return tuple(CellFault(str(value), Fault.NUMBER) if isinstance(value, float) and not math.isfinite(value) else value for value in row)


def _has_long_numbers(rows: Sequence[Sequence[object]]) -> bool:
    """Whether a number has more digits than a sheet keeps; most sheets hold no number at all."""
    if float not in map(type, chain.from_iterable(rows)):
        return False
    return any(not -_EXACT < value < _EXACT for row in rows for value in row if type(value) is float)


def _percent(value: object) -> object:
    return PercentCell(value) if isinstance(value, float | int) and not isinstance(value, bool) else value


def _marks(package: Package) -> dict[str, str]:
    """Find the receipt codes that an xlsx keeps outside its cells: the custom property and the defined name."""
    carriers = {"文档属性": _outer(package, PROPERTIES), "定义名称": _outer(package, WORKBOOK)}
    return {carrier: code for carrier, text in carriers.items() if (code := receipt_in(text))}


def _outer(package: Package, name: str) -> str:
    """Give the text of an xlsx's part outside its sheets, '' where there is none."""
    return package.part_text(name) if package.has(name) else ""
