"""The office's word that a file is a unit's return: which form it is taken for, kept as a decision, so that it is read the same way again."""

from toolkit.edges.ledger.ledger import FileRecord
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import ASSIGNED, DecisionSubject
from toolkit.model.part_names import part_name
from toolkit.model.period import Period
from toolkit.model.unit_words import unit_meant, unknown_unit


def assigned_seal(office: OfficeContext, file: int) -> str:
    """Give the seal of the form that the office says a file is, '' where it has said nothing."""
    receipt = office.decided().on(DecisionSubject.FILE, str(file)).get(ASSIGNED, "")
    return (office.ledger.seal_of(receipt) or "") if receipt else ""


def claimed_seal(office: OfficeContext, record: FileRecord) -> str:
    """Give the seal of the form that a file is read as again: what the office says it is; of a part, what it was taken for when the file was split."""
    return assigned_seal(office, record.id) or (office.ledger.seal_of(record.receipt) or "" if part_name(record.name) else "")


def receipt_of(office: OfficeContext, unit: str, period: Period) -> str:
    """Give the receipt code of the form that a unit was last issued for a period. Raises CommandError where there is none."""
    here = office.at(period)
    known, near = unit_meant(here.master, unit)
    if known is None:
        raise unknown_unit(f"单位名录里没有“{unit}”。", near)
    receipt = office.ledger.last_receipt(str(period), known.name)
    if not receipt:
        raise CommandError(f"没有给“{known.name}”发过{period.label}的表，不能认定为它的。", "请核对单位和期间；确实漏发的，请先发表。")
    return receipt
