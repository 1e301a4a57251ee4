"""Doubts of the importer, each with its sentence of the catalogue."""

from toolkit.model.findings import Code
from toolkit.model.master import Doubt


def doubt(code: Code, where: str, read: str, *, other: str = "", number: str = "", **facts: str) -> Doubt:
    """Make a doubt of a finding's code; `facts` fill its sentence. Raises KeyError for a missing fact."""
    return Doubt(where, read, code.text.message.format_map(facts).rstrip("。"), other, number=number, code=code.text.id)
