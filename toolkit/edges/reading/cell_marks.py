"""What the fast reader does not tell of a workbook's cells: errors, formulas without result, percent formats, merges – for each format its own way."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers.expat import ExpatError

from toolkit.edges.reading.cell_faults import cell_faults
from toolkit.edges.reading.cell_formats import percent_cells
from toolkit.edges.reading.cell_marks_ods import ods_marks
from toolkit.edges.reading.cell_marks_xls import xls_marks
from toolkit.edges.reading.cell_marks_xlsb import xlsb_marks
from toolkit.edges.reading.precheck_format import STYLES, CellMarks, Format, Precheck

_BROKEN = (ExpatError, IndexError, KeyError, RuntimeError, struct.error, zipfile.BadZipFile, zlib.error)


def cell_marks(content: bytes, looked: Precheck) -> Mapping[str, CellMarks]:
    """Give the marks of each sheet that has some, by its name; content has passed the precheck.

    Raises Unsound for what must not be read; ValueError where marks cannot be told although the fast reader reads the cells: 1 must not be
    taken for 1 where a person saw 100%.
    """
    try:
        return _marks_of(content, looked)
    except _BROKEN as error:
        raise ValueError("marks") from error


def _marks_of(content: bytes, looked: Precheck) -> Mapping[str, CellMarks]:
    if looked.format is Format.XLS:
        return xls_marks(content)
    if looked.format is Format.ODS:
        return ods_marks(content)
    if looked.format is Format.XLSB:
        return xlsb_marks(content)
    if looked.format not in {Format.XLSX, Format.XLSM}:
        return {}
    faults, percents = cell_faults(content) if looked.second_look else {}, percent_cells(content, looked.outer.get(STYLES, ""))
    return {name: CellMarks(faults.get(name, {}), percents.get(name, frozenset())) for name in faults.keys() | percents.keys()}
