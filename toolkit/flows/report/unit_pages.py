"""The papers of single returns: each unit's sign-off page and, where its form asks for one, the print edition to be signed."""

from collections.abc import Iterator

from toolkit.edges.ledger.signed_records import remember_signed
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.unit_history import taken
from toolkit.flows.report.paper_names import print_name
from toolkit.issuing.file_names import safe
from toolkit.merging.merge_versions import current_files
from toolkit.model.form import PAGES, PRINTS
from toolkit.model.standing import Round
from toolkit.model.word_document import WordDocument
from toolkit.views.papers.letterhead import Letterhead
from toolkit.views.papers.print_edition import print_edition, signed_form
from toolkit.views.papers.sign_off import Signed, sign_off


def pages(office_context: OfficeContext, state: Round, letterhead: Letterhead) -> Iterator[tuple[str, str, WordDocument]]:
    """Give the pages of each unit's newest return that counts: the kind, the name below 文书, the paper."""
    files = taken(office_context, state.period)
    newest = current_files(files, None)
    by_number = {file.id: file for file in files}
    records = {record.id: record for record in office_context.ledger.all_files(str(state.period))}
    for unit in state.units:
        if unit.unit in newest:
            record, rows = records[newest[unit.unit].id], [row for row in by_number[newest[unit.unit].id].rows if row.answers]
            signed = Signed(record.name, record.receipt, record.digest, record.sent, len(rows), sum(len(row.answers) for row in rows))
            if state.form.writes(PAGES):
                yield (PAGES, f"{PAGES}/{PAGES}_{safe(unit.unit)}.docx", sign_off(unit, signed, state, letterhead))
            if not state.form.writes(PRINTS):
                continue
            form = signed_form(unit.unit, rows, state.form, state.master, period=str(state.period), receipt=record.receipt, file=record.digest)
            remember_signed(office_context.ledger, form)
            yield (PRINTS, print_name(unit.unit), print_edition(form, state, letterhead))
