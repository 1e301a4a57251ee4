"""What was issued before: whether a unit's form has changed since, and why it is issued anew."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from toolkit.flows.office.office_context import OfficeContext
from toolkit.issuing.issue_content import KeysOf, differences, digest_of_content, is_of_this_kind, rows_in
from toolkit.model import seal
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.period import Period

FIRST, LOST, COLUMNS_CHANGED, BACK = "首次发放", "发放文件夹里的表不见了，重新生成", "表的栏目有变", "重新列入发放"
OTHER_KEY = "密钥换过，以前的表不能再认"


def issued_digests(office: OfficeContext, period: Period) -> Callable[[Issue], str]:
    """Give what tells the digest of the content of a period's issues, as the ledger keeps it."""
    served = office.at(period)
    form, known_by = served.form_of(period), keys_of(served)
    return lambda issue: digest_of_content(issue, form, known_by)


def keys_of(office: OfficeContext) -> KeysOf:
    """Give what tells, for names of units, what these are known by for good; a list of names stands in the forms of all that it names."""

    @lru_cache(maxsize=4096)
    def keys(text: str) -> str:
        return "、".join(sorted(_key(office, name) for name in text.split("、")))

    return keys


def _key(office: OfficeContext, name: str) -> str:
    unit = office.master.resolve(name)
    return unit.key if unit else name


class Verdict(NamedTuple):
    """What is to become of a unit's form: the issue that holds, why it is issued anew ('' where it stays), whether its file is to be written."""

    issue: Issue
    why: str
    writes: bool


class IssuedBefore:
    """Holds each unit's form, as it would be made now, against its last issue."""

    def __init__(self, office: OfficeContext, form: Form, last: Mapping[str, tuple[int, str]], withdrawn: frozenset[str]) -> None:
        self._context, self._form, self._last, self._withdrawn = office, form, last, withdrawn
        self._keys_of = keys_of(office)

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
        receipt = seal.receipt_code(self._context.key, form=new.form, period=new.period, unit=_key(self._context, new.unit), number=number + 1)
        return Verdict(replace(new, receipt=receipt, number=number + 1), why or LOST, writes=True)

    def _changed(self, old: Issue | None, new: Issue, digest: str) -> str:
        """Say what has changed since the last issue, '' where its content is the same."""
        if old is None:  # what was given under the last number cannot be opened
            return OTHER_KEY
        if digest == digest_of_content(new, self._form, self._keys_of):
            return ""
        rows = differences(rows_in(old, self._form, self._keys_of), rows_in(new, self._form, self._keys_of), self._form)
        return rows or (COLUMNS_CHANGED if is_of_this_kind(digest) else "")

    def _opened(self, new: Issue) -> Issue | None:
        text = self._context.ledger.seal_of(new.receipt)
        try:
            return seal.open_seal(text, self._context.key) if text else None
        except seal.SealBroken:
            return None
