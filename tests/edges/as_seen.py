"""Cells that are shown otherwise than they are stored, with what is read of each; workbooks that hold them, in every format."""

import io
import struct
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

import xlsxwriter

from tests.hostile import xlsb
from tests.hostile.books import zipped
from tests.office import convert
from toolkit.edges.reading.read_workbooks import read_grid
from toolkit.model.column_kinds import KINDS, Limits
from toolkit.model.number_format import number_format
from toolkit.model.returns import Grid

CHOICES = ("未启动", "推进中", "已完成")


class Case(NamedTuple):
    """A number or a text, its format, the unit of its row, the kind of its column, and what is read: the value, and the code of what is said of it."""

    stored: float | str
    shape: str
    unit: str
    kind: str
    value: str | None
    code: str = ""


CASES = (
    Case(0.45, "0%", "", "百分比", "45"),
    Case(6.2, '0.0"%"', "%", "小数", "6.2", "READ_AS"),
    Case(6.2, "0.0\\%", "%", "小数", "6.2", "READ_AS"),
    Case(45, '0"%"', "", "百分比", "45", "READ_AS"),
    Case(6.2, '"增长"0.0"%"', "%", "小数", "6.2", "SHOWN_AS"),
    Case(3.2, '"下降"0.0"%"', "%", "小数", None, "SHOWN_OTHERWISE"),
    Case(-3.2, '"增长"0.0"%";"下降"0.0"%"', "%", "小数", "-3.2", "SHOWN_AS"),
    Case(18500, '0\\.0,"万亩"', "万亩", "小数", "1.85", "SHOWN_AS"),
    Case(18500, "0\\.0,", "万亩", "小数", "1.85", "SHOWN_AS"),
    Case(18500, '0\\.0000"万"', "万亩", "小数", "1.85", "SHOWN_AS"),
    Case(18500, "0.0,", "万亩", "小数", None, "SHOWN_OTHERWISE"),
    Case(5, '0"万元"', "万元", "小数", "5", "READ_AS"),
    Case(5, '0"万元"', "亿元", "小数", "0.0005", "CONVERTED"),
    Case(120, '[>=100]0"户";0.0"万户"', "户", "整数", "120", "READ_AS"),
    Case(1.2, '[>=100]0"户";0.0"万户"', "户", "整数", "12000", "CONVERTED"),
    Case(7, ";;;", "", "小数", None, "SHOWN_OTHERWISE"),
    Case(-3, "0;0", "", "小数", None, "SHOWN_OTHERWISE"),
    Case(-3, "#,##0_);(#,##0)", "", "小数", "-3"),
    Case(2, '[=2]"推进中";[=1]"已完成";"未启动"', "", "选项", "推进中"),
    Case(2, '[=2]"推进中";[=1]"已完成";"未启动"', "", "小数", None, "NOT_NUMBER"),
    Case(1234.5, "#,##0.00", "", "小数", "1234.5"),
    Case(0.5, "# ?/?", "", "小数", "0.5"),
    Case(12345, "0.00E+00", "", "小数", "12345"),
    Case("45", '@"%"', "", "百分比", "45", "READ_AS"),
    Case(1, "000", "", "文本", "001"),
    Case(2712345678, "00000000000", "", "文本", "02712345678"),
    Case(1, '"云政发"000"号"', "", "文本", "云政发001号"),
    Case(1, "000", "", "小数", "1"),
    Case(45, "00000", "", "百分比", "45"),
    Case(45261, 'yyyy"年"m"月"', "", "日期", "2023-12-31", "READ_AS"),
    Case(45261, "mmm\\-yy", "", "日期", "2023-12-31", "READ_AS"),
    Case(45261, "yyyy", "", "日期", "2023-12-31", "UNDERSTOOD"),
    Case("二〇二三年十二月三十一日", "General", "", "日期", "2023-12-31", "READ_AS"),
    Case("二○二三年六月", "@", "", "日期", "2023-06-30", "READ_AS"),
    Case(45000, 'yyyy"年"m"月"', "", "文本", "2023年3月"),
    Case(45261, 'm"月"d"日"', "", "日期", "2023-12-01"),
    Case(45261, "yyyy\\-mm\\-dd\\ aaaa", "", "日期", "2023-12-01"),
    Case(45261, "dddd", "", "日期", None, "SHOWN_OTHERWISE"),
    Case(45261, "[$-804]dddd", "", "文本", None, "SHOWN_OTHERWISE"),
    Case(45261, "[$-804]aaaa", "", "日期", None, "SHOWN_OTHERWISE"),
    Case(45261, "d", "", "日期", None, "SHOWN_OTHERWISE"),
    Case(45261, "[$-1E000804]yyyy\\-m\\-d", "", "日期", "2023-12-01"),
    Case(45261, "[$-404]e/m/d", "", "日期", "2023-12-01"),
    Case(45261.5, 'm"月"d"日" h:mm', "", "日期", "2023-12-01"),
    Case(1.5, "[h]:mm", "", "文本", "36:00"),
    Case(5, '"$"#,##0.00', "万元", "小数", None, "OTHER_UNIT"),
    Case(5, '"¥"#,##0.00', "万元", "小数", "5", "SHOWN_AS"),
    Case("4.20114E+17", "@", "", "文本", "4.20114E+17", "LONG_NUMBER"),
    Case("2E3", "@", "", "文本", "2E3"),
    Case(0.4375, "h:mm", "", "文本", "10:30"),
)
BY_MOON = (  # LibreOffice shows these as dates of our calendar, and saves them so
    Case(45261, "[$-130000]yyyy\\-m\\-d", "", "日期", None, "SHOWN_OTHERWISE"),
    Case(45261, '[$-1E0E0804]m"月"d"日"', "", "日期", None, "SHOWN_OTHERWISE"),
)


def stored_as_xlsx(cases: Sequence[Case]) -> bytes:
    """Write the cases down column A."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("填报")
    for row, case in enumerate(cases):
        sheet.write(row, 0, case.stored, book.add_format({"num_format": case.shape}))
    book.close()
    return out.getvalue()


def stored_as_xlsb(cases: Sequence[Case]) -> bytes:
    """Write the cases down column A, each in a style of its own behind the first."""
    rows = [(row, [(0, row + 1, float(case.stored) if not isinstance(case.stored, str) else case.stored)]) for row, case in enumerate(cases)]
    members = xlsb.parts(xlsb.sheet(rows))
    plain = struct.pack("<HHHHHBBHBB", 0, 0, 0, 0, 0, 0, 0, 0x1010, 0, 0)
    formats = [xlsb.record(44, struct.pack("<H", 200 + at) + xlsb.text(case.shape)) for at, case in enumerate(cases)]
    used = [xlsb.record(47, plain[:2] + struct.pack("<H", 200 + at) + plain[4:]) for at in range(len(cases))]
    members["xl/styles.bin"] = b"".join(
        (xlsb.record(278), xlsb.record(615, struct.pack("<I", len(formats))), *formats, xlsb.record(616),
         xlsb.record(617, struct.pack("<I", len(used) + 1)), xlsb.record(47, plain), *used, xlsb.record(618), xlsb.record(279))
    )  # fmt: skip
    return zipped(members)


def stored_as_xml(cases: Sequence[Case], extra: str = "") -> bytes:
    """Write the cases down column A of an XML spreadsheet of Excel 2003, each in a style of its own; `extra` are more rows."""
    styles = "".join(f'<Style ss:ID="s{at}"><NumberFormat ss:Format={quoteattr(case.shape)}/></Style>' for at, case in enumerate(cases))
    cells = [f'<Data ss:Type="{kind}">{stored}</Data>' for kind, stored in map(_in_xml, cases)]
    rows = "".join(f'<Row><Cell ss:StyleID="s{at}">{cell}</Cell></Row>' for at, cell in enumerate(cells))
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Styles><Style ss:ID="out"><Font ss:StrikeThrough="1"/></Style>{styles}'
        f'</Styles><Worksheet ss:Name="填报"><Table>{rows}{extra}</Table></Worksheet></Workbook>'
    ).encode()


def _in_xml(case: Case) -> tuple[str, str]:
    """Give the type of a case's value in that XML, and the value: dates are written as such."""
    if any(section.is_date for section in number_format(case.shape).numbers):
        moment = datetime(1899, 12, 31 if float(case.stored) < 60 else 30) + timedelta(days=float(case.stored))  # noqa: DTZ001 - a sheet's date has no zone
        return "DateTime", f"{moment:%Y-%m-%dT%H:%M:%S}.000"
    return "String" if isinstance(case.stored, str) else "Number", str(case.stored)


def stored_by_office(content: bytes, kind: str, folder: Path) -> bytes:
    """Let LibreOffice save a workbook in another format."""
    path = folder / "来件.xlsx"
    path.write_bytes(content)
    return convert(path, kind, folder / "other").read_bytes()


def read_cases(content: bytes, cases: Sequence[Case]) -> list[Case]:
    """Give the cases as they are read from column A."""
    return [_read(grid_of(content), row, case) for row, case in enumerate(cases)]


def grid_of(content: bytes) -> Grid:
    return read_grid(content, "来件")


def _read(grid: Grid, row: int, case: Case) -> Case:
    limits = replace(Limits(choices=CHOICES), unit=case.unit)
    reading = KINDS[case.kind].read(grid.sheets[0].at(row, 0), limits)
    return case._replace(value=None if reading.value is None else str(reading.value), code=reading.code.name if reading.code else "")
