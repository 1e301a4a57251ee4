"""Reads returned workbooks: bytes in, raw cells with true addresses out. A look at the bytes decides who reads."""

import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO, cast

import python_calamine

from toolkit.edges.reading.cell_marks import cell_marks
from toolkit.edges.reading.cell_rewrites import errors_as_text, in_utf8, usually_written, with_long_cells, without_asides, without_blanks_between
from toolkit.edges.reading.cell_values import cell_findings, cleaned, long_numbers, with_struck_values, with_times
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck import look_into, open_package
from toolkit.edges.reading.precheck_format import PROPERTIES, TEXTS, WORKBOOK, CellMarks, Content, Format, Precheck, UnsafeFile
from toolkit.edges.reading.read_documents import PDF, WORD, ScanOnly, document_grid
from toolkit.edges.reading.read_text_tables import read_tables
from toolkit.model.findings import Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.returns import Grid, GridSheet
from toolkit.model.seal import receipt_in
from toolkit.model.values import visible_name

_DATES_1904 = lazy_pattern(r"""\sdate1904\s*=\s*["'](?:1|true|on)["']""")
_OFTEN_USED = "VelvetSweatshop"  # what Excel itself uses for a book that is only write-protected


class Unreadable(Exception):  # noqa: N818 - said of the file
    """A file that cannot be read, with the finding that says why; the text is the reason in Chinese."""

    def __init__(self, code: Code, **facts: str) -> None:
        """Name the code and its facts."""
        super().__init__(facts.get("reason") or code.text.message.format_map(facts).rstrip("。"))
        self.code = code
        self.facts = facts

    def finding(self, name: str) -> Finding:
        """Give the finding for a file of this name: its code and facts at the whole file."""
        return Finding(self.code, Place(name), self.facts)


def read_grid(content: bytes, name: str, passwords: Sequence[str] = ()) -> Grid:
    """Read every sheet of a workbook from A1 on, hidden sheets too; passwords are tried in order; raises Unreadable."""
    try:
        document = _document(content, name)
        if document is not None:
            return document
        package, is_recoded = in_utf8(_opened(content, passwords))
        looked = look_into(package)
        read, is_odd = _read(package, looked)
    except UnsafeFile as error:
        raise Unreadable(error.trouble.code, **error.trouble.facts) from error
    if not read and package.format not in TEXTS:
        raise Unreadable(Code.UNREADABLE, reason="里面没有工作表")
    sheets = tuple(sheet for sheet, _ in read)
    of_cells = chain.from_iterable(cell_findings(sheet, marks, name) for sheet, marks in read)
    if Content.COMMENTS in looked.contents and not any(note.kind is Content.COMMENTS for _, marks in read for note in marks.beside):
        of_cells = chain(of_cells, [Finding(Code.COMMENTS, Place(name))])
    findings = (*_notes(looked, name, is_odd=is_odd or is_recoded), *long_numbers(sheets, name), *of_cells)
    return Grid(name, sheets, _marks(package), findings, bool(_DATES_1904.search(_outer(package, WORKBOOK))))


def _document(content: bytes, name: str) -> Grid | None:
    """Read the tables of a Word file or a PDF; None for anything else, and where there are none. Raises Unreadable for a scan."""
    kind = PDF if content.startswith(b"%PDF-") else WORD if content.startswith(b"PK") and b"word/document.xml" in content else ""
    try:
        return document_grid(content, name, kind) if kind else None
    except ScanOnly as error:
        raise Unreadable(Code.SCAN_ONLY) from error


def _opened(content: bytes, passwords: Sequence[str]) -> Package:
    """Open a workbook, and take its password off where it has one. Raises UnsafeFile; Unreadable where none of the passwords opens it."""
    package = open_package(content)
    if package.format is Format.LOCKED:
        return _unlocked(content, passwords)
    if not package.format.is_workbook:
        raise UnsafeFile(Code.NOT_WORKBOOK, seen="zip 压缩包" if package.format is Format.ZIP else f"{package.format.value} 文件")
    return package


def _read(package: Package, looked: Precheck) -> tuple[Sequence[tuple[GridSheet, CellMarks]], bool]:
    """Give the sheets with their marks, and whether they had to be written otherwise before they could be read."""
    if package.format in TEXTS:
        return read_tables(package), False
    try:
        return tuple(_sheets(package, looked)), False
    except Unreadable as error:
        if package.format not in {Format.XLSX, Format.XLSM} or not isinstance(error.__cause__, python_calamine.CalamineError):
            raise
        usual = usually_written(package)
        return tuple(_sheets(usual, look_into(usual))), True


def _sheets(package: Package, looked: Precheck) -> Iterator[tuple[GridSheet, CellMarks]]:
    try:
        package = _plainly_written(package, looked)
        readable = errors_as_text(package) if looked.odd_errors else package
        book = python_calamine.load_workbook(cast("BinaryIO", io.BytesIO(readable.content)))
        marks = cell_marks(package, looked) if book.sheets_metadata else {}
        if marks.keys() - {data.name for data in book.sheets_metadata}:
            raise ValueError("marks of another sheet")  # noqa: TRY301 - like any other book that is not what it seems
        for number, data in enumerate(book.sheets_metadata):
            if data.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(number)
            given = sheet.to_python(skip_empty_area=False)
            rows = with_times(given) if package.format is Format.ODS else given
            mark = with_struck_values(rows, marks.get(data.name, CellMarks()))
            merges = mark.merges or tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
            hidden = data.visible is not python_calamine.SheetVisibleEnum.Visible
            yield GridSheet(visible_name(data.name), cleaned(rows, mark), hidden, merges), mark
    except python_calamine.PasswordError as error:
        raise Unreadable(Code.PASSWORD, tried="没有可用的密码") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable(Code.UNREADABLE, reason="不是完好的表格文件") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # raised by calamine's Rust part; derives from BaseException only
            raise
        raise Unreadable(Code.UNREADABLE, reason="表格内部结构有误") from error


def _plainly_written(package: Package, looked: Precheck) -> Package:
    """Write otherwise what the fast reader would not understand."""
    if looked.asides:
        return without_asides(package)
    otherwise = {Format.XLSB: with_long_cells, Format.ODS: without_blanks_between}
    return otherwise[package.format](package) if package.format in otherwise else package


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
        except UnsafeFile:
            continue
    raise Unreadable(Code.PASSWORD, tried="已知的密码都打不开" if passwords else "没有可用的密码")


def _notes(looked: Precheck, name: str, *, is_odd: bool) -> Iterator[Finding]:
    """Name what else is in the file, what could run apart from what is only not read."""
    for code, wanted in ((Code.ACTIVE, True), (Code.NOT_TAKEN, False)):
        words = "、".join(content.value for content in looked.contents if content.active is wanted and content is not Content.COMMENTS)
        if words:
            yield Finding(code, Place(name), {"what": words})
    if looked.odd_parts:
        yield Finding(Code.ODD_PARTS, Place(name), {"parts": "、".join(looked.odd_parts[:3]) + ("等" if len(looked.odd_parts) > 3 else "")})
    if is_odd:
        yield Finding(Code.ODD_WRITING, Place(name))


def _marks(package: Package) -> dict[str, str]:
    """Find the receipt codes that an xlsx keeps outside its cells: the custom property and the defined name."""
    carriers = {"文档属性": _outer(package, PROPERTIES), "定义名称": _outer(package, WORKBOOK)}
    return {carrier: code for carrier, text in carriers.items() if (code := receipt_in(text))}


def _outer(package: Package, name: str) -> str:
    """Give the text of an xlsx's part outside its sheets, '' where there is none."""
    return package.part_text(name) if package.has(name) else ""
