"""Several returns of one unit become one: the newest sent wins cell by cell, and a blank never clears what was said before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.halves import Chain, chains_of, in_order, joined, title_of
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.form import Form
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row
from toolkit.model.seal import shown_text


def current_files(files: Sequence[FiledReturn], form: Form | None) -> dict[str, FiledReturn]:
    """Give each unit's word: its newest sent file that counts, with what older ones say where the newest says nothing.

    `files` come oldest first. What is kept from an older file is a finding, at the cell that was left blank.
    """
    return {unit: _word(chains, form) for unit, chains in parts_of(files).items()}


def parts_of(files: Sequence[FiledReturn]) -> dict[str, list[Chain]]:
    """Give the parts of each unit's word, each with its versions, oldest first; the part with the newest file is last."""
    mine: dict[str, list[FiledReturn]] = {}
    for file in sorted((file for file in files if file.counts), key=in_order):
        mine.setdefault(file.unit, []).append(file)
    return {unit: chains_of(versions) if len(versions) > 1 else [versions] for unit, versions in mine.items()}


def _word(chains: Sequence[Chain], form: Form | None) -> FiledReturn:
    parts = [_layered(chain, form) if len(chain) > 1 else chain[0] for chain in chains]
    return joined(parts, chains, form) if len(parts) > 1 else parts[0]


def _layered(versions: Sequence[FiledReturn], form: Form | None) -> FiledReturn:
    newest = versions[-1]
    known: dict[tuple[str, str], dict[str, tuple[Answer, datetime]]] = {}
    newest_rows = {(row.table, row.key): row for file in versions for row in file.rows}
    cleared: dict[tuple[str, str], dict[str, tuple[Answer, datetime]]] = {}
    for file in versions[:-1]:
        for row in file.rows:
            typed = {code: (answer, file.sent) for code, answer in row.answers.items()}
            known.setdefault((row.table, row.key), {}).update(typed)
            cleared[row.table, row.key] = {code: word for code, word in cleared.get((row.table, row.key), {}).items() if code not in typed}
        for key, code, answer in _withdrawn(file):
            known.get(key, {}).pop(code, None)
            cleared.setdefault(key, {})[code] = (answer, file.sent)
    for key, code, _ in _withdrawn(newest):
        known.get(key, {}).pop(code, None)
    findings: list[Finding] = []
    rows = []
    present = {(row.table, row.key): row for row in newest.rows}
    wrong = {(finding.place.sheet, finding.place.cell) for finding in newest.findings if finding.level is Level.ERROR}
    for key in (*present, *(key for key in newest_rows if key not in present)):
        row, older = present.get(key, newest_rows[key]), known.get(key, {})
        missing = {code: answer for code, (answer, _) in older.items() if code not in row.answers}
        findings += [
            _finding(Code.BLANK_NOW, blank, older[code], title_of(row, code, form))
            for code in missing
            if (blank := row.blank(code)) and (blank.sheet, blank.cell) not in wrong
        ]
        stale = {code: older[code][0] for code in _untouched(row, newest.given.get(key, {}), older)}
        findings += [_finding(Code.STALE, row.answers[code].place, older[code], title_of(row, code, form), seen=row.answers[code].raw[:40]) for code in stale]
        back = [code for code, (word, _) in cleared.get(key, {}).items() if code in row.answers and _is_as_given(row, code, newest.given.get(key, {}))]
        findings += [
            _finding(Code.STALE, row.answers[code].place, cleared[key][code], title_of(row, code, form), seen=row.answers[code].raw[:40]) for code in back
        ]
        answers = {code: answer for code, answer in row.answers.items() if code not in back}
        rows.append(replace(row, answers={**answers, **missing, **stale}))
    return newest._replace(rows=tuple(rows), findings=(*newest.findings, *(replace(finding, unit=newest.unit) for finding in findings)))


def _withdrawn(file: FiledReturn) -> Iterator[tuple[tuple[str, str], str, Answer]]:
    """Give what a file takes back: table sheet and row key, field code, and the words that stand there instead."""
    for finding in file.findings:
        if finding.code is Code.WITHDRAWN:
            yield (finding.facts["table"], finding.facts["key"]), finding.facts["field"], Answer(None, finding.facts["words"], finding.place)


def _is_as_given(row: Row, code: str, given: Mapping[str, str]) -> bool:
    return code in given and shown_text(row.answers[code].value) == given[code]


def _untouched(row: Row, given: Mapping[str, str], older: Mapping[str, tuple[Answer, datetime]]) -> list[str]:
    """List the fields that stand as the receipt gave them, although something else was reported in between."""
    return [
        code
        for code, answer in row.answers.items()
        if code in given and code in older and shown_text(answer.value) == given[code] and shown_text(older[code][0].value) != given[code]
    ]


def _finding(code: Code, place: Place, older: tuple[Answer, datetime], title: str, **more: str) -> Finding:
    answer, sent = older
    return Finding(code, place, {"sent": f"{sent:%Y-%m-%d}", "value": answer.raw[:40], **more}, title=title)
