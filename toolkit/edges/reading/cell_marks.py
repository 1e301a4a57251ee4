"""What the fast reader does not tell of a workbook's cells: errors, formulas without result, percent formats, merges – for each format its own way."""

import struct
from collections.abc import Mapping
from xml.parsers.expat import ExpatError

from toolkit.edges.reading.cell_marks_ods import ods_marks
from toolkit.edges.reading.cell_marks_xls import xls_marks
from toolkit.edges.reading.cell_marks_xlsb import xlsb_marks
from toolkit.edges.reading.cell_marks_xlsx import xlsx_marks
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_format import CellMarks, Format, Precheck

_BROKEN = (ExpatError, IndexError, KeyError, struct.error)


def cell_marks(package: Package, looked: Precheck) -> Mapping[str, CellMarks]:
    """Give the marks of each sheet that has some, by its name; the package has passed the precheck.

    Raises UnsafeFile for what must not be read; ValueError where marks cannot be told although the fast reader reads the cells: 1 must not be
    taken for 1 where a person saw 100%.
    """
    try:
        return _marks_of(package, looked)
    except _BROKEN as error:
        raise ValueError("marks") from error


def _marks_of(package: Package, looked: Precheck) -> Mapping[str, CellMarks]:
    if package.format is Format.XLS:
        return xls_marks(package.stream)
    if package.format is Format.ODS:
        return ods_marks(package)
    if package.format is Format.XLSB:
        return xlsb_marks(package)
    return xlsx_marks(package, looked)
