"""Something that a unit has to look at again, and where it stands in its form."""

from typing import NamedTuple

from toolkit.model.findings import Finding


class Fault(NamedTuple):
    """The finding, and where it belongs: table sheet, row key, field code; '' where it is wider than that."""

    finding: Finding
    table: str = ""
    key: str = ""
    code: str = ""
