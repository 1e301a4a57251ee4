"""What a unit's next form lists to be answered, and which tasks it does not ask for any more."""

from collections.abc import Iterable, Mapping

from toolkit.model.coordination import BROUGHT_UP, GIVEN, RETURNED, FormMatter, Matter
from toolkit.model.master import Master
from toolkit.model.task_life import LifeEvent, TaskLife


def left_out(lives: Mapping[str, TaskLife]) -> frozenset[str]:
    """Give the numbers of tasks that were closed before a round: its forms leave them out."""
    return frozenset(number for number, life in lives.items() if life.is_left_out)


def form_matters(matters: Iterable[Matter], lives: Mapping[str, TaskLife], master: Master) -> dict[str, tuple[FormMatter, ...]]:
    """Give each unit's rows by its name: what it brought up and is not over, what it was given by the office, what was returned to it; none for most."""
    found: dict[str, list[FormMatter]] = {}
    for matter in matters:
        owner = master.resolve(matter.unit)
        if not matter.is_open or owner is None:
            continue
        if owner.issued:
            found.setdefault(owner.name, []).append(_row(matter, BROUGHT_UP, owner.name, _answers(matter)))
        if matter.unit_to and matter.unit_to != owner.name:
            found.setdefault(matter.unit_to, []).append(_row(matter, GIVEN, owner.name, matter.reply))
    for number, life in lives.items():
        task = master.task(number)
        if life.back and task is not None:
            for unit in master.leads(task):
                found.setdefault(unit, []).append(_returned(life, unit, task.text))
    return {unit: tuple(rows) for unit, rows in found.items()}


def _row(matter: Matter, sort: str, unit: str, reply: str) -> FormMatter:
    facts = {"事项类别": sort, "任务编号": matter.number, "目标任务": matter.text, "提出单位": unit, "提出期间": matter.versions[0].period}
    return FormMatter(matter.id, {"编号": matter.id, **facts, "期限": matter.by, "办公室答复": reply})


def _answers(matter: Matter) -> str:
    """Say what became of a matter so far: the office's own answer, whom it was given to, what that unit answered."""
    given = f"已交{matter.to}办理" if matter.to else ""
    told = [f"{told.unit}（{told.period}）：{told.text or told.over}" for told in matter.told if told.unit == matter.unit_to and (told.text or told.over)]
    return "；".join(filter(None, (matter.reply, given, *told[-1:]))) or "尚未答复"


def _returned(life: TaskLife, unit: str, text: str) -> FormMatter:
    last = life.last(LifeEvent.RETURN, LifeEvent.REOPEN)
    period, word = (last.period, last.event.value) if last else ("", "")
    key = f"退{period}-{life.number}"
    facts = {"事项类别": RETURNED, "任务编号": life.number, "目标任务": f"{life.number}申请办结{word}：{text}", "提出单位": unit, "提出期间": period}
    return FormMatter(key, {"编号": key, **facts, "办公室答复": life.back})
