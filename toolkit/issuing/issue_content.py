"""What of an issued form is content: its rows and columns. Names, the deadline and the form's version are none: what differs only there stays as it is."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping

from toolkit.model.form import Field, Form, Source
from toolkit.model.issue import Issue, given_tables
from toolkit.model.seal import shown_text
from toolkit.model.values import joined_words

KeysOf = Callable[[str], str]  # what units are known by for good, for a text that names them in any way (区农业农村局、区水务局); in an order of their own
_NAMES = frozenset({"牵头单位", "责任单位"})  # 取自 of columns that hold names of units
_MARK = "c1-"  # before digests of this kind: older ledgers hold digests of the whole issue
Rows = Mapping[tuple[str, str], tuple[str, Mapping[str, str]]]  # role and texts by field code of each row, by table sheet and row key


def rows_in(issue: Issue, form: Form, keys_of: KeysOf) -> Rows:
    """Give the rows of an issue as texts, units by what they are known by."""
    named = {(table.sheet, field.code) for table in form.tables for field in table.fields if field.taken_from in _NAMES}
    return {
        (sheet, row.key): (row.role.value, {code: _text(value, keys_of if (sheet, code) in named else None) for code, value in row.shown.items()})
        for sheet, rows in issue.tables.items()
        for row in rows
    }


def digest_of_content(issue: Issue, form: Form, keys_of: KeysOf) -> str:
    """Give the digest by which an issue is known to be the same in content as another."""
    rows = [[*key, role, dict(sorted(texts.items()))] for key, (role, texts) in rows_in(issue, form, keys_of).items()]
    columns = [[table.sheet, table.subject.value, [_column(field) for field in table.fields]] for table in given_tables(form, issue)]
    content = [issue.form, rows, columns, *filter(None, [form.language])]
    return _MARK + hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[: 64 - len(_MARK)]


def _column(field: Field) -> list[str]:
    return [field.code, field.title, field.source.value, field.kind.name, field.required.value, repr(field.limits)]


def is_of_this_kind(digest: str) -> bool:
    """Whether a digest in the ledger is of an issue's content, not, as in older ledgers, of all of it."""
    return digest.startswith(_MARK)


def differences(old: Rows, new: Rows, form: Form) -> str:
    """Say in words what a new issue has that the last one had not: rows, roles, columns; '' where the rows are the same."""
    more, less = [key for key in new if key not in old], [key for key in old if key not in new]
    return "；".join(filter(None, [_rows_of("新增", more), _rows_of("减少", less), *_changed(old, new, form)]))


def _rows_of(word: str, keys: list[tuple[str, str]]) -> str:
    numbers = list(dict.fromkeys(key.replace("|", "的") for _, key in keys))
    return f"{word}{joined_words(numbers)}" if numbers else ""


def _changed(old: Rows, new: Rows, form: Form) -> Iterator[str]:
    titles = {(table.sheet, field.code): field.title for table in form.tables for field in table.fields if field.source is Source.PREFILLED}
    for key, (role, texts) in new.items():
        if key not in old:
            continue
        before_role, before = old[key]
        names = [titles.get((key[0], code), code) for code in dict.fromkeys([*before, *texts]) if before.get(code, "") != texts.get(code, "")]
        if role != before_role and not names:
            names = ["角色"]
        if names:
            yield f"{key[1].replace('|', '的')}：{'、'.join(names)}有变"


def _text(value: object, keys_of: KeysOf | None) -> str:
    text = shown_text(value)
    return text if keys_of is None else keys_of(text)
