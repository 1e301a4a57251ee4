"""Reads the sheets 检查 and 豁免 of templates/考核规则.xlsx; a line that cannot be used is left out and is a finding at its cell."""

from collections.abc import Iterator
from datetime import date, datetime

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.model.findings import BY_ID, Code, Finding
from toolkit.model.kinds import KINDS, Limits, plain
from toolkit.model.master import Master
from toolkit.model.place import Place
from toolkit.model.rules import Exemption, Mode

MODES, EXEMPTIONS = "检查", "豁免"
MODE_COLUMNS = ("代码", "检查", "方式", "说明")
EXEMPTION_COLUMNS = ("单位", "规则", "编号", "原因", "截止日期")
_RULINGS = frozenset({Code.RULED_ANEW, Code.NOT_RULED, Code.CONFLICT_BACK})  # what the office's own rulings ask
CHECKS = tuple(code for code in Code if code.text.id[0] in "RWQ" and code not in _RULINGS)  # the ones an office may put on trial or switch off


def read_modes(sheet: Worksheet, file: str, faults: list[Finding]) -> dict[Code, Mode]:
    """Read how each check runs."""
    known = {code.text.id: code for code in CHECKS}
    found: dict[Code, Mode] = {}
    for line in _lines(sheet, MODE_COLUMNS):
        code, mode = known.get(plain(line["代码"].value)), plain(line["方式"].value)
        if code is None:
            faults.append(_wrong(file, sheet, line, "代码", "、".join(known)))
        elif mode not in list(Mode):
            faults.append(_wrong(file, sheet, line, "方式", "、".join(Mode)))
        else:
            found[code] = Mode(mode)
    return found


def read_exemptions(sheet: Worksheet, file: str, master: Master | None, faults: list[Finding]) -> tuple[Exemption, ...]:
    """Read what is exempted; units by any of their names. Without a master list neither units nor tasks are judged."""
    return tuple(one for line in _lines(sheet, EXEMPTION_COLUMNS) if (one := _exemption(line, sheet, file, master, faults)) is not None)


def _exemption(line: dict[str, Cell], sheet: Worksheet, file: str, master: Master | None, faults: list[Finding]) -> Exemption | None:
    said = {name: plain(cell.value) for name, cell in line.items()}
    before = len(faults)
    blank = [name for name in ("单位", "规则", "原因", "截止日期") if not said[name]]
    faults += [Finding(Code.MISSING_SETTING, Place(file, sheet.title, line[name].coordinate), {"title": name, "hint": f"“{name}”"}) for name in blank]
    unit, code, until = master.resolve(said["单位"]) if master else None, BY_ID.get(said["规则"]), _day(line["截止日期"].value)
    if said["单位"] and master and unit is None:
        faults.append(Finding(Code.UNKNOWN_UNIT, Place(file, sheet.title, line["单位"].coordinate), {"unit": said["单位"]}))
    if said["规则"] and code is None:
        faults.append(_wrong(file, sheet, line, "规则", "问题清单里的代码，如 R03"))
    if said["编号"] and master and master.task(said["编号"]) is None:
        faults.append(_wrong(file, sheet, line, "编号", "任务总表里的编号，空白是全部任务"))
    if said["截止日期"] and until is None:
        faults.append(_wrong(file, sheet, line, "截止日期", "形如 2023-06-30 的日期"))
    if len(faults) > before or code is None or until is None:
        return None
    return Exemption(unit.name if unit else said["单位"], code, said["编号"], said["原因"], until)


def _lines(sheet: Worksheet, columns: tuple[str, ...]) -> Iterator[dict[str, Cell]]:
    for row in sheet.iter_rows(min_row=2, max_col=len(columns)):
        cells = [cell for cell in row if isinstance(cell, Cell)]
        if len(cells) == len(columns) and any(plain(cell.value) for cell in cells):
            yield dict(zip(columns, cells, strict=True))


def _day(raw: object) -> date | None:
    value = KINDS["日期"].read(raw.date() if isinstance(raw, datetime) else raw, Limits()).value
    return value if isinstance(value, date) else None


def _wrong(file: str, sheet: Worksheet, line: dict[str, Cell], name: str, choices: str) -> Finding:
    facts = {"title": name, "seen": plain(line[name].value), "choices": choices}
    return Finding(Code.BAD_SETTING, Place(file, sheet.title, line[name].coordinate), facts)
