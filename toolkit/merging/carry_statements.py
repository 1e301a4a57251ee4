"""What a unit has said of doubts stays said: statements of its earlier returns stand beside those of the newest."""

from collections.abc import Sequence
from dataclasses import replace

from toolkit.merging.filed_return import FiledReturn
from toolkit.model.findings import Code, Finding
from toolkit.model.unit_statements import Meaning


def carried(files: Sequence[FiledReturn]) -> list[FiledReturn]:
    """Give files (oldest first) of which each that counts also has its unit's earlier confirmations, as spent: they are not told again by themselves."""
    statements: dict[str, list[Finding]] = {}
    found = []
    for file in files:
        before = statements.get(file.unit, [])
        found.append(file._replace(findings=(*file.findings, *before)) if before and file.counts else file)
        if file.counts:
            mine = [replace(finding, answered=True) for finding in file.findings if _confirms(finding)]
            if mine:
                statements[file.unit] = [*before, *mine]
    return found


def _confirms(finding: Finding) -> bool:
    return finding.code is Code.STATED and finding.facts.get("meaning") == Meaning.CONFIRMED.value
