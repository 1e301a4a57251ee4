"""What is said on the page, put down the very way in which words typed into a consolidated workbook are."""

from collections.abc import Mapping

from toolkit.edges.clock import now
from toolkit.edges.ledger import decision_records
from toolkit.edges.reading.read_typed_rulings import Book, Typed
from toolkit.flows.intake.take_rulings import ReadBack, take_in
from toolkit.flows.intake.write_receipts import write_receipts
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.decisions import Editable
from toolkit.model.period import Period
from toolkit.model.place import Place

PAGE = "页面"  # where a word was given that stands in no workbook


def put_words(
    office: OfficeContext, period: Period, editable: Editable, cells: Mapping[str, str], words: Mapping[str, str], back: ReadBack
) -> tuple[str, ...]:
    """Put words down as if they had been typed into a workbook that shows all that is decided; then the receipts that they change.

    `back` is what reading the workbooks back has said already. Gives what there is to say.
    """
    with office.ledger.writing() as connection:
        token = decision_records.remember_shown(connection, decision_records.holding(connection), now())
    typed = tuple(Typed(editable, cells, field, value, Place(PAGE, editable.sheet, "")) for field, value in words.items())
    done = take_in(office, Book(str(period), token, typed))
    return (*office.questions, *back.sentences, *done.sentences, *write_receipts(office, back.units | done.units).left)
