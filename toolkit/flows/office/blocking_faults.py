"""What stands wrong in the office's own sheets, so that nothing is issued, consolidated or written over a misread cell."""

from collections.abc import Sequence

from toolkit.amending.sheet_edits import UNREADABLE
from toolkit.edges.templates.read_exemptions import EXEMPTIONS
from toolkit.edges.workspace import MASTER, RULES
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.form import Form
from toolkit.model.master import Deadline

_LISTED = 20  # errors that a refusal lists


def hindrance(faults: Sequence[Finding], asked: Sequence[Finding], lines: Sequence[Deadline], forms: Sequence[Form]) -> str:
    """List the errors in the master list, the rules and the forms that `lines` of the calendar name, and rows of 调整台账 not read; '' where there is none."""
    used = {MASTER, RULES, *(f"{line.form}.xlsx" for line in lines)}
    used |= {form.file for form in forms if {form.name, form.code} & {line.form for line in lines}}
    errors = [fault for fault in asked if fault.code in UNREADABLE]
    errors += [fault for fault in faults if fault.level is Level.ERROR and fault.place.file in used and not _exempts_nobody(fault)]
    if not errors:
        return ""
    said = [f"任务总表、表单或考核规则里有 {len(errors)} 处错误，改好之前不发表、不汇总、不写文书："]
    said += [f"{number}. {sentences([fault])}" for number, fault in enumerate(errors[:_LISTED], 1)]
    more = f"另有 {len(errors) - _LISTED} 处，运行 doctor 可以看全。"
    return "\n".join([*said, more] if len(errors) > _LISTED else said)


def _exempts_nobody(fault: Finding) -> bool:
    """Whether a line of 豁免 names a unit that is in no register: it is left out, nobody is exempted, and that is said."""
    return fault.code is Code.UNKNOWN_UNIT and fault.place.sheet == EXEMPTIONS


def sentences(findings: tuple[Finding, ...] | list[Finding], most: int = 5) -> str:
    """Write findings as one text: place, message, advice; of more than `most` the others are only counted."""
    texts = [f"{finding.place}：{finding.message}{finding.advice}" for finding in findings[:most]]
    return " ".join(texts) + (f" 另有 {len(findings) - most} 处。" if len(findings) > most else "")
