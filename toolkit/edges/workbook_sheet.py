"""The sheets that xlsxwriter writes, with what ours do otherwise: formulas, addresses of links, and bodies that go straight into their part."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from toolkit.edges.workbook_rows import Linked, RowWriter
from toolkit.model.sheet import Body, Link

_FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")
_CLASSIC = frozenset(
    ("AND", "COUNTA", "COUNTIF", "COUNTIFS", "IF", "IFERROR", "INDEX", "INT", "ISBLANK", "ISNUMBER", "LEN", "MATCH", "MAX", "MIN", "NOT", "OR",
     "ROUND", "ROUNDUP", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "TRIM")
)  # fmt: skip
_INSIDE = "internal:"


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
            tip = [("tooltip", link.tip)] if link.tip else []
            self._xml_empty_tag("hyperlink", [("ref", cell), *self._destination(link), *tip, *_display(link)])
        self._xml_end_tag("hyperlinks")

    def _destination(self, link: Link) -> list[tuple[str, str]]:
        if link.target.startswith(_INSIDE):
            return [("location", link.target.removeprefix(_INSIDE))]
        file, _, anchor = link.target.partition("#")
        self.rel_count += 1
        self.external_hyper_links.append(["/hyperlink", _address(file), "External"])
        return [("r:id", f"rId{self.rel_count}"), *([("location", anchor)] if anchor else [])]

    def _prepare_formula(self, formula: str, *args: Any, **named: Any) -> str:
        if formula.startswith("=") and _CLASSIC.issuperset(_FUNCTION.findall(formula)):
            return formula[1:]
        return str(super()._prepare_formula(formula, *args, **named))


class ForwardUrl(Url):  # type: ignore[misc] # xlsxwriter is untyped
    """A link to another file whose address keeps its forward slashes: xlsxwriter turns them round, and only Windows reads it so."""

    def address(self) -> str:
        """Give what the sheet's list of relations names."""
        return str(super()._target()).replace("\\", "/")

    def _target(self) -> str:
        return self.address()


@lru_cache(maxsize=1024)  # a unit's rows all lead to its one file
def _address(file: str) -> str:
    return ForwardUrl(file).address()


def _display(link: Link) -> list[tuple[str, str]]:
    return [("display", link.words)] if link.target.startswith(_INSIDE) else []
