"""Reads the assessment rules of templates/考核规则.xlsx (openpyxl); every fault is a finding with its cell."""

from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException

from toolkit.edges.templates.exemptions_in import EXEMPTIONS, MODES, read_exemptions, read_modes
from toolkit.edges.templates.scoring_in import completed, read_merits, read_weights, unknown_names
from toolkit.edges.templates.styles_in import read_look, read_looks, theme_colours
from toolkit.model.findings import Code, Finding
from toolkit.model.kinds import number_in, plain
from toolkit.model.master import Master
from toolkit.model.place import Place
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW, Light, Rules
from toolkit.model.scoring import Parameter

_NEEDED = ("yellow_gap", "red_gap")
_LOOKS = ("标题", "副题", "表头", "正文", "居中", "数字", "链接", "认定", "小标题", "大数", "数名", "注", "错误", "待核", "提示", "时间", "标签")


def load_rules(path: Path, master: Master | None = None) -> tuple[Rules | None, tuple[Finding, ...]]:
    """Read the rules; (None, findings) when a fault makes them unusable. A line of 检查 or 豁免 that cannot be used is only left out."""
    faults: list[Finding] = []
    try:
        book = load_workbook(path)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        return None, (Finding(Code.UNREADABLE, Place(path.name), {"reason": str(error)[:80]}),)
    missing = [name for name in ("参数", "灯", "样式") if name not in book.sheetnames]
    if missing:
        return None, tuple(Finding(Code.NO_SUCH_SHEET, Place(path.name, name), {"sheet": name}) for name in missing)
    theme = theme_colours(book)
    parameters: list[Parameter] = []
    for code, name, value, note in book["参数"].iter_rows(min_row=2, max_col=4):
        if not plain(code.value):
            continue
        number = number_in(plain(value.value))
        if number is None:
            place = Place(path.name, "参数", value.coordinate)
            faults.append(Finding(Code.BAD_SETTING, place, {"title": plain(name.value), "seen": plain(value.value), "choices": "数字"}))
        parameters.append(Parameter(plain(code.value), plain(name.value), number if number is not None else Decimal(0), plain(note.value)))
    lights = tuple(
        Light(plain(name.value), plain(meaning.value), plain(symbol.value), read_look(example, theme), _strong(strong, theme))
        for name, meaning, symbol, example, strong in book["灯"].iter_rows(min_row=2, max_col=5)
        if plain(name.value) and isinstance(example, Cell)
    )
    looks = read_looks(book["样式"], theme)
    for sheet, wanted, have in (
        ("参数", _NEEDED, {one.code for one in parameters}),
        ("灯", (BLUE, GREEN, YELLOW, RED, GREY), {one.name for one in lights}),
        ("样式", _LOOKS, set(looks)),
    ):
        faults += [Finding(Code.MISSING_SETTING, Place(path.name, sheet), {"title": name, "hint": f"“{name}”这一行"}) for name in wanted if name not in have]
    weights, merits = tuple(read_weights(book, path.name, faults)), tuple(read_merits(book, path.name, faults))
    unusable = any(fault.level == "错误" for fault in faults)
    modes = read_modes(book[MODES], path.name, faults) if MODES in book.sheetnames else {}
    exemptions = read_exemptions(book[EXEMPTIONS], path.name, master, faults) if EXEMPTIONS in book.sheetnames else ()
    rules = Rules(completed(parameters), lights, looks, modes, exemptions, weights, merits)
    unknown = unknown_names(rules, master) if master else []
    return None if unusable or unknown else rules, (*faults, *unknown)


def _strong(cell: object, theme: tuple[str, ...]) -> str:
    return read_look(cell, theme).fill if isinstance(cell, Cell) else ""
