"""A list that is registered for the first time: written anew while nobody has touched it, else only what is new is written into it."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from tests.small import MASTER
from toolkit.edges.templates.master_patch import patched
from toolkit.edges.templates.read_amendments import read_amendments
from toolkit.edges.templates.read_master import load_typed
from toolkit.edges.templates.write_master import master_bytes, with_token
from toolkit.edges.workspace import real_notice
from toolkit.model.amendment_sheet import SHEET
from toolkit.model.master import Doubt, Master, ReadLine
from toolkit.model.workdays import REST, CalendarException

TOKEN = "00112233445566ff"  # noqa: S105 - no secret: what a list says of the ledger
ASKED = replace(
    MASTER,
    odd_days=(CalendarException(date(2023, 4, 5), REST, "清明节"),),
    doubts=(Doubt("第2行", "2.完成某事", "没有单位", "", "", MASTER.tasks[1].number, "N01", ""), Doubt("第9行", "某句", "不像任务", "", "忽略", "", "N02", "")),
    lines=(ReadLine("第1行", "1.做某事", "任务", MASTER.tasks[0].number, ""), ReadLine("第2行", "=2.完成某事", "待确认", "", "")),
)


def look(cell: Any) -> tuple[object, ...]:
    """Give what a person sees of a cell."""
    return cell.value, cell.fill.fgColor.rgb[-6:] if cell.fill.fill_type else "", cell.number_format, cell.font.b, cell.font.u, bool(cell.hyperlink)


def cells(content: bytes) -> dict[str, dict[str, object]]:
    """Give what a person sees of every sheet: cells, widths, choices, and what stays in sight."""
    book: Any = load_workbook(io.BytesIO(content))
    return {
        sheet.title: {
            **{cell.coordinate: look(cell) for row in sheet for cell in row},
            "choices": sorted((str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation),
            "freeze": sheet.freeze_panes,
            "filter": sheet.auto_filter.ref,
            "widths": [int(size.width) for size in sheet.column_dimensions.values() for _ in range(size.min, size.max + 1)],
        }
        for sheet in book.worksheets
    }


@pytest.mark.parametrize("master", [MASTER, ASKED, Master((), (), (), ())], ids=["small", "asked", "empty"])
def test_an_untouched_list_gets_what_a_patched_one_gets(master: Master) -> None:
    """Written anew with its token it shows, cell by cell, what openpyxl would have made of it, and says the same to the ledger."""
    plain = master_bytes(master)
    anew = with_token(plain, master, TOKEN)
    assert anew is not None
    by_hand = patched(plain, (), (), {unit.name: unit.key for unit in master.units}, TOKEN)

    mine, theirs = cells(anew), cells(by_hand)

    assert list(mine) == list(theirs)
    assert SHEET in mine
    assert [(sheet, cell, seen, theirs[sheet][cell]) for sheet in mine for cell, seen in mine[sheet].items() if seen != theirs[sheet].get(cell)] == []
    assert TOKEN == read_amendments(anew, "任务总表.xlsx").token == read_amendments(by_hand, "任务总表.xlsx").token


def test_a_list_that_somebody_has_touched_is_left_to_the_patch() -> None:
    """A colour is enough: the list is not ours any more."""
    book: Any = load_workbook(io.BytesIO(master_bytes(MASTER)))
    book["任务"]["E2"].fill = PatternFill("solid", fgColor="00FF00")
    stream = io.BytesIO()
    book.save(stream)

    assert with_token(stream.getvalue(), MASTER, TOKEN) is None


def test_the_list_of_the_real_notice_reads_as_what_it_was_written_from(tmp_path: Path) -> None:
    """Written, read, written and read again: the same list and the same bytes."""
    from toolkit.edges.documents.read_document import read_document
    from toolkit.notice.read_notice import read_notice

    path = tmp_path / "任务总表.xlsx"
    path.write_bytes(master_bytes(read_notice(read_document(real_notice()), year=2023)))
    typed, _, faults = load_typed(path)

    assert (119, 281, ()) == (len(typed.tasks), len(typed.lines), faults)
    assert master_bytes(typed) == path.read_bytes()
