"""Turns rows and findings into the ledger's columns and back."""

import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as _text
from typing import Any

from toolkit.model.findings import BY_ID, Finding
from toolkit.model.form import Form
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Role
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Arrival, Row

ROW = ("sheet", "key", "number", "role", "place", "answers", "blanks")
_HALVES = lazy_pattern(r"[\ud800-\udfff]")
_ROLES = {role.value: role for role in Role}
_as_json = json.JSONEncoder(ensure_ascii=False).encode


def storable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row's columns without what no ledger can keep in text: the sign of number 0 goes, half a sign (a surrogate) becomes U+FFFD."""
    return {name: _storable(value) if isinstance(value, str) and not value.isprintable() else value for name, value in values.items()}


def _storable(text: str) -> str:
    return _HALVES.sub("\ufffd", text.replace("\0", ""))


def _texts(*texts: str) -> str:
    """Write texts as a JSON list; with an encoder, which is made anew for each call, a row costs three times as much."""
    return "[" + ", ".join([_text(text) for text in texts]) + "]"


def row_values(file: int, row: Row) -> dict[str, object]:
    """Give the storable columns of one row; answers as JSON (which holds no sign of number 0): code → [value, typed, sheet, cell]."""
    texts = [f"{_text(code)}: {_texts(str(answer.value), answer.raw, *answer.place[1:])}" for code, answer in row.answers.items()]
    return {
        "file": file,
        "sheet": row.table.replace("\0", ""),
        "key": row.key.replace("\0", ""),
        "number": row.number.replace("\0", ""),
        "role": row.role.value,
        "place": _texts(*row.place[1:]),
        "answers": "{" + ", ".join(texts) + "}",
        "blanks": "{" + ", ".join([f"{_text(code)}: {_text(cell)}" for code, cell in row.blanks.items()]) + "}",
    }


def rows_from(stored: Sequence[Sequence[str]], forms: Sequence[tuple[str, Form]]) -> list[Row]:
    """Give rows back from their `ROW` columns, values typed by their forms' kinds; `forms` names the file and the form of each."""
    contents = parsed([f"[{place},{text},{blanks}]" for *_, place, text, blanks in stored])
    return [_row(row, parts, *known) for row, parts, known in zip(stored, contents, forms, strict=True)]


def parsed(texts: Sequence[str]) -> list[Any]:
    """Read many JSON texts in one call: rows are many, and a call each takes half as long again."""
    return json.loads(f"[{','.join(texts)}]")  # type: ignore[no-any-return]


def _row(stored: Sequence[str], content: Sequence[Any], name: str, form: Form) -> Row:
    sheet, key, number, role = stored[:4]
    table = form.table(sheet)
    at, answers, empty = content
    found = {
        code: Answer(field.kind.load(value), value if raw == value else raw, Place(name, sheet if page == sheet else page, cell))  # one text kept once
        for code, (value, raw, page, cell) in answers.items()
        if table and (field := table.field(code))
    }
    return Row(sheet, key, number, _ROLES[role], found, Place(name, *at), empty)


def finding_values(file: int, finding: Finding) -> dict[str, object]:
    """Give the columns of one finding of a file (its number in the ledger); facts are one JSON object."""
    return {
        "file": file,
        "code": finding.code.text.id,
        "unit": finding.unit,
        "title": finding.title,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "facts": _as_json(dict(finding.facts)),
    }


def finding_from(stored: Mapping[Any, Any]) -> Finding:
    """Give a finding back, its code by its printed id; `stored` also names its file. Raises KeyError for a code that this program does not know."""
    place = Place(stored["name"], stored["sheet"], stored["cell"])
    return Finding(BY_ID[stored["code"]], place, json.loads(stored["facts"]), stored["unit"], stored["title"])


def sent_values(arrival: Arrival) -> dict[str, object]:
    """Turn what is known of a file before it is read into columns of `files`; when it was received is kept elsewhere."""
    values = arrival.sent._asdict()
    del values["received"]
    return values


def outcome_values(arrival: Arrival) -> dict[str, object]:
    """Turn what became of a file into columns of `files`: '' and 0 where it was not read, its votes as JSON."""
    content = arrival.content
    row: dict[str, object] = {"outcome": arrival.outcome.value, "reason": arrival.reason, "unit": arrival.unit, "period": arrival.period}
    row |= {"form": content.form if content else "", "receipt": content.receipt if content else "", "issue": content.issue if content else 0}
    return row | {"votes": json.dumps([list(vote) for vote in arrival.votes], ensure_ascii=False)}
