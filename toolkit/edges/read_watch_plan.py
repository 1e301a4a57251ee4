"""Reads section [watch] of settings.toml: what is done unattended, and when reminders go out."""

from toolkit.edges.workspace import Workspace
from toolkit.model.agenda import Duty, Plan
from toolkit.model.command_error import CommandError

_SWITCHES = {
    "open": (Duty.OPEN,),
    "send": (Duty.SEND, Duty.RECEIPTS),
    "fetch": (Duty.FETCH,),
    "collect": (Duty.COLLECT,),
    "remind": (Duty.REMIND,),
    "consolidate": (Duty.CONSOLIDATE,),
    "escalate": (Duty.ESCALATE,),
}


def load_plan(space: Workspace) -> Plan:
    """Read what the office wants; without a word everything, mail only where a server is set. Raises CommandError for a setting that cannot be."""
    section, mail = space.settings().get("watch", {}), space.settings().get("mail", {})
    if not isinstance(section, dict) or not isinstance(mail, dict):
        raise CommandError("settings.toml 里的 watch 和 mail 应各是一节。", "请写成 [watch]，下面每行一项设置。")
    duties: set[Duty] = set()
    for name, belongs in _SWITCHES.items():
        wanted = section.get(name, True)
        if not isinstance(wanted, bool):
            raise CommandError(f"settings.toml 里的 {name} 不能是“{wanted}”。", "请写 true（做）或 false（不做）。")
        if wanted:
            duties.update(belongs)
    if not mail.get("imap"):
        duties.discard(Duty.FETCH)
    minutes = section.get("minutes", 10)
    if not isinstance(minutes, int) or isinstance(minutes, bool) or minutes < 1:
        raise CommandError(f"settings.toml 里的 minutes 不能是“{minutes}”。", "请写 1 或更大的整数。")
    return Plan(frozenset(duties), minutes, _days(section.get("before", [3, 0]), "before"), _days(section.get("after", [1, 5]), "after"))


def _days(value: object, name: str) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(isinstance(day, int) and not isinstance(day, bool) and 0 <= day <= 40 for day in value):
        raise CommandError(f"settings.toml 里的 {name} 不能是“{value}”。", "请写方括号里的几个天数，每个 0 到 40，例如 [3, 0]。")
    return tuple(value)
