"""LibreOffice computes in the workbook in English what the Chinese one says, word for word."""

from dataclasses import replace
from pathlib import Path

import pytest
import python_calamine

from tests.office import convert
from tests.views.contest import contest, contest_rules
from tests.views.test_recalculation import same, spoiled, written
from toolkit.assessment.assess import assess
from toolkit.edges.templates.read_words import load_words
from toolkit.edges.writing.write_workbooks import draw
from toolkit.model.place import address
from toolkit.views.consolidated.consolidated_book import consolidated
from toolkit.views.kept_texts import texts_of_round
from toolkit.views.shown_book import book_in

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]


def test_every_cell_in_english_is_what_we_wrote(tmp_path: Path) -> None:
    """
    Given a book in English whose every formula carries a wrong value, LibreOffice shows in every cell what we would have written.
    """
    state, rules = contest(), contest_rules()
    words = load_words(Path("nowhere"), "en").keeping(texts_of_round(state))
    book = book_in(consolidated(state, rules, assess(state, rules)), words)
    path = tmp_path / "book.xlsx"
    path.write_bytes(draw(replace(book, sheets=tuple(spoiled(sheet) for sheet in book.sheets))))
    seen = python_calamine.load_workbook(str(convert(path, "ods", tmp_path / "out")))
    differing = [
        (plan.name, address(row, column), ours, theirs)
        for plan in book.sheets
        for table in [seen.get_sheet_by_name(plan.name).to_python(skip_empty_area=False)]
        for row, column, ours in written(plan)
        if not same(ours, theirs := table[row][column] if row < len(table) and column < len(table[row]) else "")
    ]

    assert [] == differing
    assert {"Overview", "Tasks", "Scores", "Parameters"} <= {sheet.name for sheet in book.sheets}
