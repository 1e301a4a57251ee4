"""doctor, of an office that has one above it: which forms came, whether the units below are due in time, whether an answer is written and still up to date."""

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.edges.templates.upper_forms import UpperForm, kept_forms
from toolkit.edges.workspace import Workspace
from toolkit.flows.levels.answer import answer_path
from toolkit.flows.levels.answered_returns import has_all
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period


class UpperExamined(NamedTuple):
    """A form from above: whether all is well with it, what was seen, what to do."""

    is_well: bool
    seen: str
    remedy: str = ""


def examine_upper(space: Workspace) -> Iterator[UpperExamined]:
    """Look at each form that came from above; nothing where none did, or the workspace cannot be opened, which is said elsewhere."""
    kept = kept_forms(space)
    if not kept:
        return
    try:
        with open_office(space) as office:
            yield from [_examined(office, upper) for upper in kept.values()]
    except CommandError:
        return


def unanswered(office: OfficeContext) -> tuple[str, ...]:
    """Give the periods of which a form came from above, something was taken in from below, and no answer is written that has it in."""
    kept = kept_forms(office.space)
    return tuple(period for period, upper in kept.items() if _reported(office, period) and not has_all(office, period, answer_path(office.space, upper)))


def _examined(office: OfficeContext, upper: UpperForm) -> UpperExamined:
    period, path = Period.parse(upper.issue.period), answer_path(office.space, upper)
    own = next((line.due for line in office.master.calendar if line.period == str(period)), None)
    above = f"{upper.handed.office}" if upper.handed and upper.handed.office else "上级"
    seen = f"{period.label}，{above}第 {upper.issue.number} 次发放，上级截止 {upper.issue.due or '没有写'}，下级截止 {own or '没有写'}"
    if own is None:
        return UpperExamined(False, f"{seen}；日程里没有这一期", "请再运行一次 adopt，或在任务总表“日程”里加上这一期。")
    if upper.issue.due and own > upper.issue.due:
        return UpperExamined(False, f"{seen}：下级比本单位还晚", "请在任务总表“日程”里把截止改早。")
    if not path.exists():
        return UpperExamined(True, f"{seen}；还没有写答复")
    if not has_all(office, str(period), path):
        return UpperExamined(False, f"{seen}；写答复以后又收到了下级的表", f"请运行 answer {period}，再发给上级。")
    return UpperExamined(True, f"{seen}；答复在 {office.space.relative(path)}")


def _reported(office: OfficeContext, period: str) -> bool:
    return any(file.outcome.counts for file in office.ledger.all_files(period))
