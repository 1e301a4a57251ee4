"""What every command stands on: the master list, the forms, the rules, the key and the ledger of a workspace."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from toolkit.edges.ledger.decisions import holding
from toolkit.edges.ledger.key import fits
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.templates.definitions import load_form
from toolkit.edges.templates.exemptions_in import EXEMPTIONS
from toolkit.edges.templates.master_in import load_master
from toolkit.edges.templates.rules_in import load_rules
from toolkit.edges.workspace import MASTER, RULES, WORK, Workspace
from toolkit.flows.guarding import check_books
from toolkit.model.decisions import Decided
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.form import Form
from toolkit.model.master import Deadline, Master, Unit
from toolkit.model.period import Period
from toolkit.model.rules import Rules
from toolkit.model.trouble import Trouble

NO_KEY = (
    "密钥 records/seal.key 不见了，已经发出的表要靠它认。",
    (
        "请从备份恢复（restore），或把备份里的密钥拷回来；几台机器共用一本台账的，从别的机器拷一份。"
        "实在没有备份的，运行 doctor --new-key 换一把新的；以前发出的表就不能认了，要重新生成、重新发放。"
    ),
)
SHARING = "见 docs/多人共用.md。"
OTHER_KEY = (
    "这里的密钥 records/seal.key 和台账里发过的表对不上。",
    (
        "共用一本台账的，都要用同一把密钥：请把先发表的那台机器上的 records/seal.key 拷过来，换掉这里的；或从备份恢复。"
        f"原来的密钥再也找不到的，运行 doctor --new-key；以前发出的表就不能认了。{SHARING}"
    ),
)
_LOOKED_AT = 100
_LISTED = 20  # errors that a refusal lists
NO_ORIGINALS = {  # whether several machines share the ledger
    False: "请从备份恢复 records/returns。",
    True: f"原件在收表的那台机器上；要在几台机器上核对、追溯，请让它们共用一个 records/returns 文件夹，{SHARING}",
}


@dataclass(frozen=True)
class Ground:
    """A workspace made ready: everything is loaded, faults that do not stop the work are findings."""

    space: Workspace
    master: Master
    forms: tuple[Form, ...]
    ledger: Ledger
    key: bytes
    findings: tuple[Finding, ...]

    def deadline(self, period: Period) -> Deadline:
        """Give the calendar's line for a period; raises Trouble when there is none."""
        found = next((line for line in self.master.calendar if line.period == str(period)), None)
        wrong = [fault for fault in self.findings if fault.place[:2] == (MASTER, "日程") and fault.level is Level.ERROR]
        if found is None and wrong:
            raise Trouble(f"日程里没有 {period} 这一期，有的行读不出来：{sentences(wrong)}")
        if found is None:
            raise Trouble(f"日程里没有 {period} 这一期。", "请在 templates/任务总表.xlsx 的“日程”表中加一行，或检查期间是否写错。")
        return found

    def form_of(self, period: Period) -> Form:
        """Give the form that the calendar names for a period; raises Trouble when there is none."""
        name = self.deadline(period).form
        found = next((form for form in self.forms if name in {form.name, form.code}), None)
        if found is None:
            why = sentences([fault for fault in self.findings if fault.place.file == f"{name}.xlsx"])
            raise Trouble(f"{period} 用的表单“{name}”没有可用的定义。", why or f"请检查 templates 文件夹里的“{name}.xlsx”。")
        return found

    def form(self, code: str) -> Form | None:
        """Find a form by its code."""
        return next((form for form in self.forms if form.code == code), None)

    def units(self, only: Sequence[str] = ()) -> tuple[Unit, ...]:
        """Give the units that get workbooks, or those that are named; raises Trouble for a name that is none of them."""
        if not only:
            return self.master.addressees()
        found = []
        for name in only:
            unit = self.master.resolve(name)
            if unit is None or not unit.issued:
                raise Trouble(f"单位名录里没有需要发表的“{name}”。", "请核对名称；名录在 templates/任务总表.xlsx 的“单位”表。")
            found.append(unit)
        return tuple(dict.fromkeys(found))

    def rules(self) -> Rules:
        """Read the assessment rules; raises Trouble when they cannot be used."""
        rules, faults = self._rules
        if rules is None:
            raise Trouble("考核规则不能用：" + sentences(faults))
        return rules

    def decided(self) -> Decided:
        """Give every decision of the office that holds."""
        with self.ledger.reading() as connection:
            return holding(connection)

    def lost_originals(self, period: Period) -> str:
        """Say that originals of a period are not here, '' when they are; the newest are looked at, for on a network drive each look takes time."""
        newest = [file.path for file in self.ledger.all_files(str(period)) if file.path][-_LOOKED_AT:]
        lost = [path for path in newest if not (self.space.root / path).is_file()]
        if not lost:
            return ""
        return f"有的原件这里没有，汇总表的“来源”打不开，如 {lost[0]}。{NO_ORIGINALS[self.ledger.is_on_server]}"

    def demand_sound(self) -> None:
        """Raise Trouble that lists every error in the master list, the rules and the forms that the calendar names: no work is built on a misread cell."""
        listed = self.hindrance()
        if listed:
            raise Trouble(f"{listed}\n", "改好后再运行一次。")

    def hindrance(self) -> str:
        """List what stands wrong in the office's own sheets and stops issuing, consolidating and papers; '' where nothing does."""
        errors = [fault for fault in self.faults if fault.level is Level.ERROR and self._is_used(fault.place.file) and not _exempts_nobody(fault)]
        if not errors:
            return ""
        lines = [f"任务总表、表单或考核规则里有 {len(errors)} 处错误，改好之前不发表、不汇总、不写文书："]
        lines += [f"{number}. {sentences([fault])}" for number, fault in enumerate(errors[:_LISTED], 1)]
        more = f"另有 {len(errors) - _LISTED} 处，运行 doctor 可以看全。"
        return "\n".join([*lines, more] if len(errors) > _LISTED else lines)

    def _is_used(self, file: str) -> bool:
        """Whether a file is the master list, the rules or a form that the calendar names; another workbook among the templates does no harm."""
        names = {file.removesuffix(".xlsx"), *(name for form in self.forms if form.file == file for name in (form.name, form.code))}
        return file in {MASTER, RULES} or any(line.form in names for line in self.master.calendar)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is wrong with the master list, the forms and the rules."""
        return (*self.findings, *self._rules[1])

    @cached_property
    def _rules(self) -> tuple[Rules | None, tuple[Finding, ...]]:
        return load_rules(self.space.templates / RULES, self.master)


def _exempts_nobody(fault: Finding) -> bool:
    """Whether a line of 豁免 names a unit that is in no register: it is left out, nobody is exempted, and that is said."""
    return fault.code is Code.UNKNOWN_UNIT and fault.place.sheet == EXEMPTIONS


@contextmanager
def opened(space: Workspace, *, alone: bool = False, doing: str = WORK, as_of: datetime | None = None) -> Iterator[Ground]:
    """Load a workspace and close its ledger afterwards; `alone` where it is written to: no other program does the same here or with this ledger.

    `as_of` hides what the ledger took in after that moment.
    Raises Trouble when the master list or every form is unusable, when another program holds the workspace or the ledger, or when the key is not the ledger's.
    """
    with space.alone(doing) if alone else nullcontext():
        yield from _opened(space, doing if alone else "", as_of)


def _opened(space: Workspace, doing: str, as_of: datetime | None) -> Iterator[Ground]:
    check_books(space)
    master, faults = load_master(space.master)
    forms: list[Form] = []
    findings = list(faults)
    for path in space.form_files():
        form, faults = load_form(path)
        findings += faults
        if form is not None:
            forms.append(form)
    if not forms:
        raise Trouble("没有可用的表单定义：" + sentences(findings), "请修改 templates 文件夹里的表单，或删掉它们让系统重新放入原始表单。")
    ledger = Ledger(space.ledger_url(), as_of=as_of)
    try:
        with ledger.alone(doing) if doing else nullcontext():
            yield Ground(space, master, tuple(forms), ledger, known_key(space, ledger), tuple(findings))
    finally:
        ledger.close()


def known_key(space: Workspace, ledger: Ledger) -> bytes:
    """Give the key, made at first use. Raises Trouble when the one that sealed the ledger's forms is lost, or this is another."""
    if not space.has_key() and ledger.last_period():
        raise Trouble(*NO_KEY)
    key = space.key()
    with ledger.reading() as connection:
        if not fits(connection, key):
            raise Trouble(*OTHER_KEY)
    return key


def sentences(findings: tuple[Finding, ...] | list[Finding], most: int = 5) -> str:
    """Write findings as one text: place, message, advice."""
    said = [f"{finding.place}：{finding.message}{finding.advice}" for finding in findings[:most]]
    return " ".join(said) + (f" 另有 {len(findings) - most} 处。" if len(findings) > most else "")
