"""The life of tasks in the played year: a unit asks to close a task and brings a matter up, the office rules on both; later the watch calls for talks."""

from collections.abc import Sequence

from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.ledger import decision_records
from toolkit.edges.played_request import bring_up, turn_on
from toolkit.edges.workspace import RULES, Workspace
from toolkit.flows.mail.escalate import Escalated, escalate
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.issuing.file_names import file_name
from toolkit.model.decisions import Decision, DecisionSubject
from toolkit.model.form import FINISHED
from toolkit.model.ladder import Cause, Level
from toolkit.model.life_words import BY, CHECK, CHECK_DAY, CHECK_REFERENCE, PASSED, REPLY, TO
from toolkit.model.master import GOAL, Role
from toolkit.model.period import Period
from toolkit.rehearsal.played_answers import Part
from toolkit.rehearsal.played_mistakes import Mistake

NUMBER = "某督销〔2023〕1号"
_MATTER = "项目用地和管线迁改涉及多个部门，请协调明确牵头单位和完成时间。"


def ask(space: Workspace, period: Period, parts: Sequence[Part]) -> str:
    """Let the first unit in time that leads a task (a goal of the year is no such) and makes no mistake ask to close it; gives in words who asks what."""
    with open_office(space) as office:
        form, master = office.form_of(period), office.at(period).master
    for part in parts:
        path = space.inbox / file_name(part.unit, period, form.name)
        led = [task.number for task, role in master.duties(part.unit) if role is Role.LEAD and task.category != GOAL]
        if part.mistake is Mistake.NONE and led and path.exists():
            request = (led[0], "申请办结", None, None, "全年任务提前完成，已通过验收。", "验收报告1份")
            finished = {"进展状态": FINISHED, "累计进度": 100, "佐证材料": "验收报告1份", "需协调事项": _MATTER}
            bring_up(path, request, finished, led[0])
            return f"{part.unit}申请办结{led[0]}，并提出需协调事项 1 项"
    return "没有单位申请办结"


def rule(space: Workspace, period: Period) -> str:
    """Let the office check what is asked and give matters to whoever leads most tasks; gives in words what it did."""
    with open_office(space, alone=True) as office:
        state, who, words = period_standing(office, period), current_clerk(space), []
        asked = [life for life in state.lives.values() if life.mark and life.reference == ""]
        for life in asked:
            fields = {CHECK: PASSED, CHECK_REFERENCE: NUMBER, CHECK_DAY: now().date().isoformat()}
            words += [Decision(DecisionSubject.LIFE, f"{period}|{life.number}|{life.mark}", name, value, "", now(), who) for name, value in fields.items()]
        unit = max(state.master.addressees(), key=lambda addressee: len(state.master.duties(addressee.name))).name
        for matter in state.matters:
            fields = {TO: unit, BY: state.period.ends.isoformat(), REPLY: "请牵头会商，下季度报送时答复。"}
            words += [Decision(DecisionSubject.MATTER, matter.id, name, value, "", now(), who) for name, value in fields.items()]
        with office.ledger.writing() as connection:
            decision_records.add(connection, words)
    return f"核验通过 {len(asked)} 项，销号（{NUMBER}），下季度不再填报；需协调事项 {len(state.matters)} 项交{unit}办理"


def talks_on(space: Workspace) -> None:
    """Turn talks on, for tasks that stay red after their letter of supervision, and leave them to the watch."""
    turn_on(space.templates / RULES, Level.TALK, Cause.UNANSWERED)


def climb(space: Workspace, period: Period) -> Escalated:
    """Let the watch climb the ladder as it does on a working day."""
    return escalate(space, period, progress=lambda letters, _: letters)
