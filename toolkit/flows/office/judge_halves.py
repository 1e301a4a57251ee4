"""judge_halves: what several files of one unit lack is judged on all of them together, and said once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.checks.check_return import check_return
from toolkit.checks.group_findings import group_findings
from toolkit.merging.accept_answers import outcome_of
from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.halves import OF_THE_WHOLE
from toolkit.merging.merge_versions import current_files, parts_of
from toolkit.model.check_context import CheckContext
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.place import Place
from toolkit.model.values import joined_words, row_called

_MANY = 4  # rows that are named one by one
_ROWS = frozenset({Code.ROW_MISSING, Code.ROWS_MISSING})


class Surroundings(NamedTuple):
    """What parts are judged with: the form, what the unit said before, and the rows that were issued, as (table sheet, row key)."""

    form: Form
    context: CheckContext
    issued: Collection[tuple[str, str]]


def judged_whole(files: Sequence[FiledReturn], surroundings: Callable[[FiledReturn], Surroundings | None]) -> list[FiledReturn]:
    """Give files with what was found in them; where those of one unit are parts of one return, what they lack is found on the whole, with the newest."""
    anew: dict[int, FiledReturn] = {}
    for unit, chains in parts_of(files).items():
        around = surroundings(chains[-1][-1]) if len(chains) > 1 else None
        if around is not None:
            mine = [file for file in files if file.unit == unit]
            anew |= {file.id: file for file in _parts(mine, [chain[-1] for chain in chains], around)}
    return [anew.get(file.id, file) for file in files]


def _parts(mine: Sequence[FiledReturn], parts: Sequence[FiledReturn], around: Surroundings) -> list[FiledReturn]:
    whole = current_files(mine, around.form)[parts[-1].unit]
    lacking = [replace(finding, unit=whole.unit) for finding in check_return(whole.rows, {}, around.form, around.context) if finding.code in OF_THE_WHOLE]
    lacking += _missing(whole, around)
    done = []
    for part in parts:
        own_findings = tuple(finding for finding in part.findings if finding.code not in OF_THE_WHOLE | _ROWS)
        findings = (*own_findings, *lacking) if part is parts[-1] else own_findings
        outcome, reason = outcome_of(group_findings(findings))
        done.append(part._replace(findings=findings, outcome=outcome, reason=reason))
    return done


def _missing(whole: FiledReturn, around: Surroundings) -> list[Finding]:
    """Name the issued rows that none of the files has."""
    there = {(row.table, row.key) for row in whole.rows}
    found: list[Finding] = []
    for table in around.form.tables:
        names = [row_called(key) for sheet, key in around.issued if sheet == table.sheet and (sheet, key) not in there]
        place = Place(whole.name, table.sheet)
        if len(names) > _MANY:
            found.append(Finding(Code.ROWS_MISSING, place, {"count": str(len(names)), "rows": joined_words(names)}, whole.unit))
        else:
            found += [Finding(Code.ROW_MISSING, place, {"row": name}, whole.unit) for name in names]
    return found
