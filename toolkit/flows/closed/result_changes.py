"""What is different in the results of a period that was opened again: lights, verdicts, scores, each with what caused it."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit.assessment.assess import assess
from toolkit.flows.closed.late_corrections import LIST, RULES
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.period_standing import period_standing, year_standing
from toolkit.model.closing import Correction
from toolkit.model.period import Period
from toolkit.model.seal import shown_text
from toolkit.model.standing import Assessment, Round

RESULT = "结果变化"
_Key = tuple[str, str, str]  # unit, task, column


def result_changes(office: OfficeContext, period: Period, inputs: Sequence[Correction]) -> tuple[Correction, ...]:
    """Compare the newest draft's results with today's; each that changed names the corrections that caused it, `inputs`."""
    newest = office.drafts.newest(period)
    if newest is None or newest.holds:
        return ()
    whole = office.whole or office
    then, now = (_results(office_context, period) for office_context in (whole.closed(period, newest.number), whole.of_book(period)))
    return tuple(
        Correction(str(period), newest.number, RESULT, *key, then.get(key, ""), now.get(key, ""), None, _cause(key, inputs))
        for key in dict.fromkeys((*then, *now))
        if then.get(key, "") != now.get(key, "")
    )


def _results(office: OfficeContext, period: Period) -> Mapping[_Key, str]:
    state = period_standing(office, period) if period.is_part else year_standing(office, period)
    return dict(_shown(state, assess(state, office.at(period).rules())))


def _shown(state: Round, assessment: Assessment) -> Iterator[tuple[_Key, str]]:
    for task in state.tasks:
        number, row = task.task.number, task.lead
        yield ("", number, "灯"), assessment.lights[number]
        yield ("", number, "进展状态"), task.status
        yield ("", number, "累计进度"), shown_text(task.progress)
        yield ("", number, "计划进度"), shown_text(task.planned)
        yield ("", number, "牵头单位"), "、".join(task.task.leads)
        yield ("", number, "取自"), row.unit if row else ""
    for standing, reached in zip(state.indicators, assessment.reached, strict=True):
        name = standing.indicator.name
        yield ("", standing.indicator.number, f"{name}：目标值"), shown_text(standing.indicator.target)
        yield ("", standing.indicator.number, f"{name}：累计完成值"), shown_text(standing.reached)
        yield ("", standing.indicator.number, f"{name}：是否达标"), reached
    for unit in state.units:
        yield (unit.unit, "", "结果"), unit.outcome.words if unit.outcome else "未报"
    for score in assessment.scores.units:
        for title, value in (("总分", shown_text(score.total)), ("名次", str(score.rank)), ("等次", score.grade)):
            yield (score.unit, "", title), value


def _cause(key: _Key, inputs: Sequence[Correction]) -> str:
    unit, number, _ = key
    near = [correction for correction in inputs if (number and correction.number == number) or (unit and correction.unit == unit)]
    wide = [correction for correction in inputs if correction.kind in {LIST, RULES}]
    kinds = dict.fromkeys(correction.kind for correction in (near or wide))
    return "、".join(f"“{kind}”" for kind in kinds) + "引起" if kinds else "随其他单位、任务的更正而变"
