"""evidence_lines: what evidence a period has, task by task, and which tasks are said to be finished without any."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit.model.decisions import Decided, DecisionSubject
from toolkit.model.evidence import CHECK, CHECK_NOTE, Claim, Evidence, EvidenceKind, EvidenceLine
from toolkit.model.form import EVIDENCE, STATUS, Form
from toolkit.model.period import Period
from toolkit.model.standing import UnitRow


def evidence_lines(pieces: Sequence[Evidence], details: Sequence[UnitRow], form: Form, decided: Decided, period: Period) -> tuple[EvidenceLine, ...]:
    """List the claims without evidence first, then each piece with each of its tasks, the stamped returns last; each with what the office found."""
    given = {(piece.unit, number) for piece in pieces for number in piece.tasks}
    bare = [EvidenceLine(claim.unit, claim.number, None, claim.words) for claim in _claims(details, form) if (claim.unit, claim.number) not in given]
    reported = {(detail.unit, detail.row.number): detail for detail in details if detail.row.table == form.main.sheet}
    matched = [_line(piece, number, reported) for piece in pieces for number in piece.tasks]
    stamped = [EvidenceLine(piece.unit, "", piece) for piece in pieces if piece.kind is EvidenceKind.STAMPED]
    return tuple(_checked(line, decided, period) for line in (*bare, *matched, *stamped))


def _claims(details: Sequence[UnitRow], form: Form) -> Iterator[Claim]:
    """Give the rows of the main table that say finished; a form without a column for evidence does not ask for any."""
    if form.main.field(EVIDENCE) is None:
        return
    for detail in details:
        if detail.row.table == form.main.sheet and form.main.is_finished(detail.row.value(STATUS)):
            yield Claim(detail.unit, detail.row.number, _words(detail))


def _line(piece: Evidence, number: str, reported: Mapping[tuple[str, str], UnitRow]) -> EvidenceLine:
    detail = reported.get((piece.unit, number))
    return EvidenceLine(piece.unit, number, piece, _words(detail) if detail else "")


def _words(detail: UnitRow) -> str:
    answer = detail.row.answers.get(EVIDENCE)
    return answer.raw if answer else ""


def _checked(line: EvidenceLine, decided: Decided, period: Period) -> EvidenceLine:
    fields = decided.on(DecisionSubject.EVIDENCE, "|".join((str(period), line.unit, line.number, line.file)))
    return line._replace(check=fields.get(CHECK, ""), note=fields.get(CHECK_NOTE, ""))
