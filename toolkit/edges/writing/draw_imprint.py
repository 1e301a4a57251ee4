"""Draws 版记, the lines at a paper's very end between rules, with python-docx."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit.model.word_document import Imprint, Style

if TYPE_CHECKING:
    from docx.document import Document as DocumentType

_AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")  # what the schema puts after a paragraph's borders
Sides = Sequence[tuple[str, bool]]  # on which sides there is a rule, and whether it is a thick one


def draw_imprint(document: "DocumentType", block: Imprint) -> None:
    """Draw the lines, with thick rules outside and thin ones inside (GB/T 9704-2012, 7.4); they stay together, and behind a table are rows of it.

    LibreOffice keeps a row with the next row, but not with a paragraph behind the table: the lines would stand alone on the last page.
    """
    lines = [*([block.copies] if block.copies else []), f"{block.office}\t{block.day}"]
    table = _table_before(document)
    if table is not None:
        _row(table, ()).paragraph_format.keep_with_next = True
    page = document.sections[-1]
    text_block = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    width = text_block if table is None else sum(column.width or 0 for column in table.columns)
    for number, line in enumerate(lines):
        sides = (("top", number == 0), ("bottom", number == len(lines) - 1))
        _draw_line(document.add_paragraph() if table is None else _row(table, sides), line, width, is_last=number == len(lines) - 1)
        if table is None:
            shape = document.paragraphs[-1]._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no name for borders
            shape.insert_element_before(_rules("w:pBdr", sides), *_AFTER_BORDERS)


def _draw_line(drawn: Any, line: str, width: int, *, is_last: bool) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT

    drawn.style = Style.CAPTION.value
    drawn.add_run(line)
    look = drawn.paragraph_format
    look.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    look.keep_with_next, look.space_before, look.space_after = not is_last, 0, 0


def _table_before(document: "DocumentType") -> Any:
    """Give the table that the document ends with so far; None where it ends with anything else."""
    from docx.oxml.ns import qn

    blocks = [element for element in document.element.body if element.tag != qn("w:sectPr")]
    return document.tables[-1] if blocks and blocks[-1].tag == qn("w:tbl") else None


def _row(table: Any, sides: Sides) -> Any:
    """Add a row of one cell that ends where the table does, with rules on these sides alone; gives its paragraph."""
    row = table.add_row()
    cell = row.cells[0].merge(row.cells[-1])
    shape = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx has no name for borders and margins of a cell
    shape.append(_rules("w:tcBorders", sides, bare=("left", "bottom", "right")))
    shape.append(_element("w:tcMar"))
    for side in ("left", "right"):
        shape[-1].append(_element(f"w:{side}", w="0", type="dxa"))
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001 - python-docx has no name for it
    return cell.paragraphs[0]


def _rules(name: str, sides: Sides, *, bare: Sequence[str] = ()) -> Any:
    """Make the borders of a paragraph or cell; those sides of `bare` that have no rule are told to have none."""
    borders, thick = _element(name), dict(sides)
    for side in ("top", "left", "bottom", "right"):
        if side in thick:
            borders.append(_element(f"w:{side}", val="single", sz="8" if thick[side] else "4", space="2", color="000000"))
        elif side in bare:
            borders.append(_element(f"w:{side}", val="nil"))
    return borders


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
