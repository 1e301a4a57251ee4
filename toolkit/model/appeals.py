"""申诉: what a unit says against a line of its scorecard, how the office rules on it, and the points that come back."""

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from toolkit.model.decisions import HANDLING, REASON, Decided, DecisionSubject, Fields, mark_of
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.scoring import Deduction

# The form (templates/成绩申诉.xlsx) and its field codes; 取自 of its prefilled columns.
APPEAL_FORM = "appeal"
OPINION, WHY, BASIS, OTHER_NUMBER, OTHER_MATTER = "appeal_opinion", "appeal_why", "appeal_basis", "appeal_number", "appeal_matter"
ITEM, TASK, POINTS, DAY, SOURCE, GROUNDS, MARK_FIELD = "扣分事项", "扣分任务", "扣分分值", "扣分日期", "扣分来源", "扣分依据", "扣分号"
DEDUCTION_FACTS = (ITEM, TASK, POINTS, DAY, SOURCE, GROUNDS, MARK_FIELD)

UPHELD, PARTLY, DISMISSED, NOT_HEARD = "支持", "部分支持", "不支持", "不予受理"
APPEAL_WORDS = (UPHELD, PARTLY, DISMISSED, NOT_HEARD)
RETURNED = "返还分值"  # the column of the points that the office gives back
OTHER = "另"  # begins the 扣分号 of what a unit brings up beside its deductions
ITEM_OF_OTHER = "申诉更正"  # such a line's deduction, once it is upheld


_TAKEN_BACK = lazy_pattern("(?:现|请求|申请|自愿)?(?:撤回|撤销|取消|收回|放弃|不再)(?:本|该|这|此)?(?:次|项)?(?:申诉|$|[，。；,;.])")  # 撤销扣分 is an appeal
_WITHDRAWN = lazy_pattern(r"(?:we|i)?withdraw(?:n|al|ing)?(?:the|this|our|my)?(?:appeal|$|[,;.])", re.IGNORECASE)


class Appeal(NamedTuple):
    """One line of a unit's appeal: which deduction (its 扣分号, item, task, points below 0), what the unit says, why, on what grounds; where it stands.

    `late` is how many days after the deadline it came, 0 for in time.
    """

    unit: str
    mark: str
    item: str
    number: str
    points: Decimal
    opinion: str
    why: str
    basis: str
    path: str
    place: Place
    received: datetime
    late: int = 0

    @property
    def taken(self) -> Decimal | None:
        """The points that were taken off (below 0); None for another matter."""
        return None if self.mark.startswith(OTHER) else self.points

    @property
    def is_withdrawn(self) -> bool:
        """Whether the unit's newest word takes it back (撤回申诉): nothing is left to rule, and what was ruled before stays."""
        said = "".join(self.opinion.split())
        return bool(_TAKEN_BACK.match(said) or _WITHDRAWN.match(said))

    def subject(self, period: str) -> str:
        """Name it as its line in the workbook does: period, unit and 扣分号 with | between."""
        return appeal_subject(period, self.unit, self.mark)


class Ruled(NamedTuple):
    """What the office ruled: its word ('' for none yet), the points that come back (0 or more), in words why the ruling cannot take effect ('': it can)."""

    word: str = ""
    back: Decimal = Decimal(0)
    why: str = ""
    reason: str = ""


def still_waits(appeal: Appeal, ruled: Ruled) -> bool:
    """Whether the office still has to say its word on an appeal."""
    return not ruled.word and not appeal.is_withdrawn


def came_again(appeal: Appeal, spoken: datetime | None) -> bool:
    """Whether a unit sent an appeal (or took it back) after the office had last spoken on it."""
    return spoken is not None and appeal.received > spoken


def appeal_subject(period: str, unit: str, mark: str) -> str:
    """Name what an appeal is about, as decisions do."""
    return f"{period}|{unit}|{mark}"


def ruling_on(decided: Decided, subject: str, points: Decimal | None) -> Ruled:
    """Understand the office's word on a deduction of so many points (below 0), or on another matter (None)."""
    fields = decided.on(DecisionSubject.APPEAL, subject)
    word, reason = fields.get(HANDLING, ""), fields.get(REASON, "")
    if word not in {UPHELD, PARTLY}:
        return Ruled(word, reason=reason)
    back, why = _back(fields, word, points)
    return Ruled(word, Decimal(0) if why else back, why, reason)


def _back(fields: Fields, word: str, points: Decimal | None) -> tuple[Decimal, str]:
    """Give the points that come back, and in words why they cannot be told."""
    text, most = fields.get(RETURNED, "").strip(), None if points is None else -points
    if not text:
        return (most, "") if word == UPHELD and most is not None else (Decimal(0), f"“{word}”要在“{RETURNED}”里写明几分")
    try:
        back = Decimal(text)
    except InvalidOperation:
        return Decimal(0), f"“{RETURNED}”里的“{text}”不是数字"
    if not back.is_finite() or back <= 0:
        return Decimal(0), f"“{RETURNED}”应大于 0"
    if most is not None and back > most:
        return Decimal(0), f"“{RETURNED}”不能多于扣掉的 {most.normalize():f} 分"
    if word == PARTLY and back == most:
        return Decimal(0), f"全部返还的，处理应是“{UPHELD}”"
    return back, ""


def deduction_marks(rows: list[Deduction]) -> list[Deduction]:
    """Give deductions of one unit their 扣分号: the same for the same fault, whatever else is taken off and however it is worded."""
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        where = (row.path, row.place.sheet, row.place.cell) if row.item in _BY_PLACE else ()
        own = () if row.code else (f"{row.points + 0:f}", row.evidence, str(row.day))
        mark = mark_of(row.period, row.item, row.number, *where, *own)
        seen[mark] = seen.get(mark, 0) + 1
        found.append(row._replace(mark=numbered(mark, seen[mark])))
    return found


def numbered(mark: str, which: int) -> str:
    """Tell the second and later ones with the same 扣分号 from the first: 3fa2c0-2."""
    return mark if which == 1 else f"{mark}-{which}"


_BY_PLACE = frozenset({"退回", "错误", "佐证不符", "佐证待补"})  # several of a sort stand in different files or cells


def mark_of_other(number: str, matter: str) -> str:
    """Give the 扣分号 of a matter that is no deduction."""
    return OTHER + mark_of(number, matter)[:10]
