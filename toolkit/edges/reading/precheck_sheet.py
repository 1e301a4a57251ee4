"""Looks at the XML parts of a workbook as they stream by: how far the cells reach, and what the fast reader would get wrong."""

import re
from collections.abc import Callable, Iterable, Sequence

from toolkit.edges.reading.precheck_extent import Extent
from toolkit.edges.reading.precheck_format import Content, Format, UnsafeFile
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import LazyPattern, lazy_pattern

CELLS = 3_000_000
STRING_BYTES = 4 << 30  # the longest shared string, as often as any string is used
_CELL_BYTES, _STRING_CELL_BYTES = 4, 20  # the shortest ways to write a cell, and one with a shared string: <c/> and <c t="s"><v>0</v></c>
_OVERLAP = 256
_ODD = lazy_pattern(  # anything but cells and formulas with results, written as office programs write them (aca: LibreOffice, of every formula)
    rb"""<(?:c(?! r="[A-Z]{1,2}\d{1,4}"(?: s="\d+")?(?: t="(?!e")\w+")?/?>)[\s/>]|row(?! r="\d)[\s/>]"""
    rb"""|f(?!(?: aca="\w+")?>[^<]*</f><v>[^<])[\s/>]|v(?!>[^<&]*</)[\s/>])"""
)
_TAG = lazy_pattern(rb"<(?:c|row)[\s/>]")
_CELL, _ODS_CELL = lazy_pattern(rb"<(?:\w+:)?c[\s/>]"), lazy_pattern(rb"table-cell")
_PREFIXED = lazy_pattern(rb":(?:worksheet|sheetData|row|c|(?<!xm:)f)[\s/>]")  # elements with a prefix (xm:f is of rules); _ODD looks for bare ones
_FAR = lazy_pattern(rb""" r=["'](?:[A-Za-z]{3}|[A-Za-z]{0,2}\d{5})[A-Z0-9]*["']""")  # what it lets pass reaches ZZ9999 at most
_DECLARED = lazy_pattern(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ERROR, _SHARED = (lazy_pattern(rb"""\st\s*=\s*["']%s["']""" % kind) for kind in (b"e", b"s"))
_KNOWN_ERROR = lazy_pattern(rb"<(?:\w+:)?v>#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)</")
_ASIDE = lazy_pattern(rb"<!--|<!\[CDATA\[|<\?(?!xml\s)|<(?:\w+:)?v(?:\s[^>]*)?>[^<]*&#")
_FORMULA = lazy_pattern(rb"<(?!xm:)(?:\w+:)?f[\s/>]")
_RESULT = lazy_pattern(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)\s*<(?:\w+:)?v(?:\s[^>]*)?>[^<]")  # of a formula, right behind it
_BLANK_RESULT = lazy_pattern(rb"""t=["']str["'][^>]*><f[^>]*>[^<]*</f>\s*<v(?:/>|></)""")  # a formula whose result is an empty text


class PartMarks:
    """What is seen of one part, taken in piece by piece; nothing of it depends on the other parts."""

    def __init__(self, format_: Format, head: bytes, *, is_strings: bool) -> None:
        """Begin with the first piece, which is fed too; `is_strings` where the fast reader takes the shared strings from the part."""
        if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or (head[:2].strip(b"\0") == b"<" and b"\0" in head[:4]):
            raise UnsafeFile(Code.UNSAFE, what="部件的文字编码反常")
        self.size = 0
        self.is_strings, self.may_hold_cells = is_strings, format_ not in {Format.XLSX, Format.XLSM}
        self.is_suspect = self.second_look = self.odd_errors = self.asides = self.struck = False  # suspect: its cells may reach too far; look again, exactly
        self.contents: tuple[Content, ...] = ()
        self._format = format_
        self._tail = b""
        self._is_text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"

    def feed(self, chunk: bytes) -> None:
        """Look at the next piece of a part, marks cut in two by its edge too. Raises UnsafeFile for an entity of its own."""
        self.size += len(chunk)
        text = self._tail + chunk if self._tail else chunk
        self._tail = chunk[-_OVERLAP:] if len(chunk) >= _OVERLAP else text[-_OVERLAP:]
        if self._is_text and b"!" in text and _DECLARED.search(text):  # a search for one sign is many times quicker than for two
            raise UnsafeFile(Code.UNSAFE, what="部件里有自定义实体")
        if self._format is Format.ODS:
            self._look_at_ods(text)
        elif self._format is not Format.XLSB:
            self._look_at_xlsx(text)

    def _look_at_xlsx(self, text: bytes) -> None:
        """The fast reader takes any part for a sheet that the book calls one, and finds its cells whatever stands before them."""
        if not self.is_strings and b"ddeLink" in text:
            self._note(Content.DDE)
        self.may_hold_cells = self.may_hold_cells or b"sheetData" in text
        if not self.may_hold_cells:
            return
        self.struck |= b"strik" in text or b"vertAlig" in text  # a search that ends with a rare letter is much quicker: <strike/>
        if _PREFIXED.search(text):
            self.is_suspect = self.second_look = True
            self._look_closely(text)
        elif _ODD.search(text):
            self._look_closely(text)

    def _look_closely(self, text: bytes) -> None:
        if _count_of(_TAG, text) > text.count(b'<c r="') + text.count(b'<row r="'):
            self.is_suspect = self.second_look = True
        elif _FAR.search(text):
            self.is_suspect = True
        self.asides |= bool(_ASIDE.search(text))
        errors = _count_of(_ERROR, text)
        if errors:
            self.second_look = True
            self.odd_errors |= errors > _count_of(_KNOWN_ERROR, text)
        if not self.second_look:
            self.second_look = _count_of(_FORMULA, text) > _count_of(_RESULT, text) + _count_of(_BLANK_RESULT, text)

    def _look_at_ods(self, text: bytes) -> None:
        self.second_look |= b'value-type="error"' in text
        self.is_suspect |= b"table-row" in text
        if b"<dde-" in text or b":dde-" in text:
            self._note(Content.DDE)
        if b"<office:annotation" in text:
            self._note(Content.COMMENTS)

    def _note(self, content: Content) -> None:
        self.contents = (*self.contents, *(() if content in self.contents else (content,)))


Parts = Sequence[tuple[PartMarks, Callable[[], Iterable[bytes]]]]  # each with a way to unpack it once more


def check_counts(parts: Parts, format_: Format) -> None:
    """Raises UnsafeFile for too many cells, or a long shared string used so often that it would fill the memory; counts only where sizes leave a doubt."""
    strings = sum(marks.size for marks, _ in parts if marks.is_strings)
    size = sum(marks.size for marks, _ in parts if marks.may_hold_cells)
    if size // _CELL_BYTES > CELLS and (cells := _count(parts, _ODS_CELL if format_ is Format.ODS else _CELL)) > CELLS:
        raise UnsafeFile(Code.TOO_BIG, what=f"有 {cells} 个单元格，上限 {CELLS} 个")
    if strings * (size // _STRING_CELL_BYTES) > STRING_BYTES:
        pieces = (len(piece) for marks, unpack in parts if marks.is_strings for chunk in unpack() for piece in chunk.split(b"<si"))
        if max(pieces, default=0) * _count(parts, _SHARED) > STRING_BYTES:
            raise UnsafeFile(Code.TOO_BIG, what="很长的文字被重复使用太多次")


def _count(parts: Parts, pattern: LazyPattern[bytes]) -> int:
    return sum(_count_of(pattern, chunk) for marks, unpack in parts if marks.may_hold_cells for chunk in unpack())


def _count_of(pattern: LazyPattern[bytes], text: bytes) -> int:
    return sum(1 for _ in pattern.finditer(text))


def check_extent(chunks: Iterable[bytes], format_: Format) -> None:
    """Follow every cell of a part; raises UnsafeFile when the rectangle of its values is too large to lay out."""
    extent = Extent(format_)
    for chunk in chunks:
        extent.feed(chunk)
