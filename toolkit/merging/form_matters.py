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
        if not matter.is_open:
            continue
        owner, answering = _owner(matter, master)
        for unit in answering:
            given = f"已交{matter.to}办理" if matter.to else ""
            found.setdefault(unit, []).append(_row(matter, BROUGHT_UP, owner, _joined(matter.reply, given, _told(matter, but=owner)) or "尚未答复"))
        if matter.unit_to and matter.unit_to not in answering:
            reply = _joined(matter.reply, _told(matter, but=matter.unit_to))
            found.setdefault(matter.unit_to, []).append(_row(matter, GIVEN, owner, reply))
    for number, life in lives.items():
        task = master.task(number)
        if life.back and task is not None:
            for unit in master.leads(task):
                found.setdefault(unit, []).append(_returned(life, unit, task.text))
    return {unit: tuple(rows) for unit, rows in found.items()}


def _row(matter: Matter, sort: str, unit: str, reply: str) -> FormMatter:
    facts = {"事项类别": sort, "任务编号": matter.number, "目标任务": matter.text, "提出单位": unit, "提出期间": matter.versions[0].period}
    return FormMatter(matter.id, {"编号": matter.id, **facts, "期限": matter.by, "办公室答复": reply})


def _owner(matter: Matter, master: Master) -> tuple[str, list[str]]:
    """Give the name of who brought a matter up, and in whose forms it goes on: of a unit that is no more, who leads its task now."""
    owner = master.resolve(matter.unit)
    if owner is not None:
        return owner.name, [owner.name] if owner.issued else []
    task = master.task(matter.number)
    return matter.unit, master.leads(task) if task else []


def _told(matter: Matter, *, but: str) -> str:
    """Give the last answer to a matter of any unit but one, '' where there is none."""
    told = [f"{told.unit}（{told.period}）：{told.text or told.over}" for told in matter.told if told.unit != but and (told.text or told.over)]
    return "".join(told[-1:])


def _joined(*texts: str) -> str:
    return "；".join(filter(None, texts))


def _returned(life: TaskLife, unit: str, text: str) -> FormMatter:
    last = life.last(LifeEvent.RETURN, LifeEvent.REOPEN)
    period, word = (last.period, last.event.value) if last else ("", "")
    key = f"退{period}-{life.number}"
    facts = {"事项类别": RETURNED, "任务编号": life.number, "目标任务": f"{life.number}申请办结{word}：{text}", "提出单位": unit, "提出期间": period}
    return FormMatter(key, {"编号": key, **facts, "办公室答复": life.back})
