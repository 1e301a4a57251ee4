"""What was issued before: whether a unit's form has changed since, and why it is issued anew."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from toolkit.flows.office.office_context import OfficeContext
from toolkit.issuing.issue_content import KeyOf, differences, digest_of_content, is_of_this_kind, rows_in
from toolkit.model import seal
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.period import Period

FIRST, LOST, COLUMNS_CHANGED, BACK = "首次发放", "发放文件夹里的表不见了，重新生成", "表的栏目有变", "重新列入发放"
OTHER_KEY = "密钥换过，以前的表不能再认"


def issued_digest(office: OfficeContext, issue: Issue) -> str:
    """Give the digest of an issue's content, as the ledger keeps it."""
    period = Period.parse(issue.period)
    served = office.at(period)
    return digest_of_content(issue, served.form_of(period), key_of(served))


def key_of(office: OfficeContext) -> KeyOf:
    """Give what tells, by any name of a unit, what it is known by for good."""

    def key(name: str) -> str:
        unit = office.master.resolve(name)
        return unit.key if unit else name

    return key


class Verdict(NamedTuple):
    """What is to become of a unit's form: the issue that holds, why it is issued anew ('' where it stays), whether its file is to be written."""

    issue: Issue
    why: str
    writes: bool


class IssuedBefore:
    """Holds each unit's form, as it would be made now, against its last issue."""

    def __init__(self, office: OfficeContext, form: Form, last: Mapping[str, tuple[int, str]], withdrawn: frozenset[str]) -> None:
        self._context, self._form, self._last, self._withdrawn = office, form, last, withdrawn
        self._key_of = key_of(office)

    def judge(self, new: Issue, *, is_there: bool) -> Verdict:
        """Say whether a unit's form stays; `new` is numbered as the last one, `is_there` says that its file lies where it was put."""
        known = self._last.get(new.unit)
        if known is None:
            return Verdict(new, FIRST, writes=True)
        number, digest = known
        old = self._opened(new)
        changed = self._changed(old, new, digest)
        why = changed or (BACK if new.unit in self._withdrawn else "")
        gave_back = old is not None and any(row.filled for rows in old.tables.values() for row in rows)
        if not why and (is_there or not gave_back):
            same = replace(new, due=old.due, version=old.version) if old else new
            return Verdict(same, "", writes=not is_there)
        receipt = seal.receipt_code(self._context.key, form=new.form, period=new.period, unit=self._key_of(new.unit), number=number + 1)
        return Verdict(replace(new, receipt=receipt, number=number + 1), why or LOST, writes=True)

    def _changed(self, old: Issue | None, new: Issue, digest: str) -> str:
        """Say what has changed since the last issue, '' where its content is the same."""
        if old is None:  # what was given under the last number cannot be opened
            return OTHER_KEY
        if digest == digest_of_content(new, self._form, self._key_of):
            return ""
        rows = differences(rows_in(old, self._form, self._key_of), rows_in(new, self._form, self._key_of), self._form)
        return rows or (COLUMNS_CHANGED if is_of_this_kind(digest) else "")

    def _opened(self, new: Issue) -> Issue | None:
        text = self._context.ledger.seal_of(new.receipt)
        try:
            return seal.open_seal(text, self._context.key) if text else None
        except seal.SealBroken:
            return None
