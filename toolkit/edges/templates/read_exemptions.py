"""Reads the sheets 检查 and 豁免 of templates/考核规则.xlsx; a line that cannot be used is left out and is a finding at its cell."""

from collections.abc import Iterator

from toolkit.edges.templates.office_sheet import OfficeBook, OfficeRow
from toolkit.model.findings import BY_ID, Code
from toolkit.model.master import Master, Unit
from toolkit.model.rules import Exemption, Mode

MODES, EXEMPTIONS = "检查", "豁免"
MODE_COLUMNS = ("代码", "检查", "方式", "说明")
EXEMPTION_COLUMNS = ("单位", "规则", "编号", "原因", "截止日期")
_BY_RULINGS = {f"Q{number}" for number in (*range(30, 40), *range(50, 70))}  # what the office's own rulings and rules ask
_RULINGS = frozenset(code for code in Code if code.text.id in _BY_RULINGS)
CHECKS = tuple(code for code in Code if code.text.id[0] in "RWQ" and code not in _RULINGS)  # the ones an office may put on trial or switch off


def read_modes(book: OfficeBook) -> dict[Code, Mode]:
    """Read how each check runs (启用, 试行, 停用) from the sheet 检查; a code that is not named there is not among them; what cannot be read is a finding."""
    known = {code.text.id: code for code in CHECKS}
    found: dict[Code, Mode] = {}
    for row in book.rows(MODES, ("代码", "方式"), MODE_COLUMNS):
        code = known.get(row.text("代码"))
        if code is None:
            row.fault(Code.BAD_SETTING, "代码", seen=row.text("代码"), choices="、".join(known))
        elif row.needs("方式", "、".join(Mode)):
            mode = row.choice("方式", tuple(Mode))
            if mode:
                found[code] = Mode(mode)
    return found


def read_exemptions(book: OfficeBook, master: Master | None) -> tuple[Exemption, ...]:
    """Read what is exempted; units by any of their names. Without a master list neither units nor tasks are judged."""
    return tuple(_exemptions(book, master))


def _exemptions(book: OfficeBook, master: Master | None) -> Iterator[Exemption]:
    for row in book.rows(EXEMPTIONS, EXEMPTION_COLUMNS):
        filled = [row.needs(title, f"“{title}”") for title in ("单位", "规则", "原因", "截止日期")]
        unit, code, number, until = _unit(row, master), _code(row), _number(row, master), row.day("截止日期")
        if all(filled) and unit and code is not None and number is not None and until is not None:
            yield Exemption(unit, code, number, row.text("原因"), until)


def _unit(row: OfficeRow, master: Master | None) -> str:
    """Give the unit's own name; '' and a fault for one that the master list does not know."""
    name = row.label("单位")
    unit = master.resolve(name) if master else Unit(name)
    if name and unit is None:
        row.fault(Code.UNKNOWN_UNIT, "单位", unit=name)
    return unit.name if unit else ""


def _code(row: OfficeRow) -> Code | None:
    code = BY_ID.get(row.text("规则"))
    if row.text("规则") and code is None:
        row.fault(Code.BAD_SETTING, "规则", seen=row.text("规则"), choices="问题清单里的代码，如 R03")
    return code


def _number(row: OfficeRow, master: Master | None) -> str | None:
    """Give the task's number, '' for all tasks; None and a fault for one that the master list does not know."""
    number = row.label("编号")
    if number and master and master.task(number) is None:
        row.fault(Code.BAD_SETTING, "编号", seen=number, choices="任务总表里的编号，空白是全部任务")
        return None
    return number
