"""The sheets that xlsxwriter writes, with what ours do otherwise: formulas, addresses of links, and bodies that go straight into their part."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from toolkit.edges.writing.fast.workbook_rows import Linked, RowWriter
from toolkit.edges.writing.fast.workbook_texts import is_odd
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.sheet import Body, Link

_FUNCTION = lazy_pattern(r"([A-Z][A-Z0-9.]*)\(")
_CLASSIC = frozenset(
    ("AND", "AVERAGEIF", "COUNTA", "COUNTIF", "COUNTIFS", "IF", "IFERROR", "INDEX", "INT", "ISBLANK", "ISNUMBER", "LEN", "MATCH", "MAX", "MIN", "NOT", "OR",
     "ROUND", "ROUNDUP", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "TRIM")
)  # fmt: skip
_INSIDE, _OUTSIDE = "internal:", "external:"


def is_classic(formula: str) -> bool:
    """Whether a formula (with its =) is written as it stands: none of its functions needs a prefix."""
    return formula.startswith("=") and _CLASSIC.issuperset(_FUNCTION.findall(formula))


class Sheet(Worksheet):  # type: ignore[misc] # xlsxwriter is untyped
    """A sheet that writes formulas of classic functions as they are; xlsxwriter searches each one for 29 newer names, which takes longer than all the rest.

    A body goes from its plan straight into the sheet's part: no cell of it is kept.
    """

    _body: Body | None = None

    def lay(self, body: Body, formats: Mapping[str, Format]) -> None:
        """Take the rows that will be written with the sheet's part. Raises ValueError where a sheet cannot hold so many."""
        self._body, self._formats, self._links = body, formats, list[Linked]()
        for row, column in ((0, 0), (body.length - 1, body.columns - 1)):
            if self._check_dimensions(row, column):
                raise ValueError(f"a sheet of {body.length} rows and {body.columns} columns")

    def _write_sheet_data(self) -> None:
        if self._body is None:
            super()._write_sheet_data()
            return
        rows = RowWriter(self.str_table, self._formats, self._body.columns, serial=self._convert_date_time, bare=self._prepare_formula)
        self._xml_start_tag("sheetData")
        for text in rows.written(self._body.make()):
            self.fh.write(text)
        self._xml_end_tag("sheetData")
        self._links = rows.links

    def _write_hyperlinks(self) -> None:
        if self._body is None or not self._links:
            super()._write_hyperlinks()
            return
        self._xml_start_tag("hyperlinks")
        for cell, link in self._links:
            tip = f' tooltip="{self._escape_attributes(link.tip)}"' if link.tip else ""
            self.fh.write(f'<hyperlink ref="{cell}" {self._outward(link) + tip if link.target.startswith(_OUTSIDE) else self._inward(link, tip)}/>')
        self._xml_end_tag("hyperlinks")

    def _outward(self, link: Link) -> str:
        """Enter the file that a link leads to in the sheet's list of relations, and give the attributes of the link."""
        file, _, anchor = link.target.partition("#")
        self.rel_count += 1
        self.external_hyper_links.append(["/hyperlink", _address(file), "External"])
        place = f' location="{self._escape_attributes(anchor)}"' if anchor else ""
        return f'r:id="rId{self.rel_count}"{place}'

    def _inward(self, link: Link, tip: str) -> str:
        place, words = self._escape_attributes(link.target.removeprefix(_INSIDE)), self._escape_attributes(link.words)
        return f'location="{place}"{tip} display="{words}"'

    def _escape_attributes(self, attribute: Any) -> Any:
        """Also write control characters as Excel does: xlsxwriter leaves them, and nothing opens such a sheet."""
        if not isinstance(attribute, str) or attribute.isalnum():  # most are numbers and addresses, of which there is nothing to escape
            return attribute
        if is_odd(attribute):
            attribute = self._escape_control_characters(attribute)
        return super()._escape_attributes(attribute)

    def _prepare_formula(self, formula: str, *args: Any, **named: Any) -> str:
        if is_classic(formula):
            return formula[1:]
        return str(super()._prepare_formula(formula, *args, **named))


class ForwardUrl(Url):  # type: ignore[misc] # xlsxwriter is untyped
    """A link to another file whose address keeps its forward slashes: xlsxwriter turns them round, and only Windows reads it so."""

    def address(self) -> str:
        """Give what the sheet's list of relations names: a path or address with forward slashes."""
        return str(super()._target()).replace("\\", "/")

    def _target(self) -> str:
        return self.address()


@lru_cache(maxsize=1024)  # a unit's rows all lead to its one file
def _address(file: str) -> str:
    return ForwardUrl(file).address()
