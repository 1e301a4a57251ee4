"""Reads the assessment rules of templates/考核规则.xlsx (looks with openpyxl); every fault is a finding with its cell."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from toolkit.edges.parsed_cache import cached_workbook
from toolkit.edges.templates.office_sheet import NUMBER, WHOLE, OfficeBook, OfficeRow
from toolkit.edges.templates.read_exemptions import read_exemptions, read_modes
from toolkit.edges.templates.read_forecasts import FORECAST_SHEET, read_forecasts
from toolkit.edges.templates.read_ladder import SHEET as LADDER
from toolkit.edges.templates.read_ladder import read_ladder
from toolkit.edges.templates.read_scoring import completed, read_conditions, read_merits, read_vetoes, read_weights, unknown_names, weights_at_odds
from toolkit.edges.templates.read_styles import Definition, Examples, open_definition
from toolkit.model.column_kinds import show_number
from toolkit.model.findings import Code, Finding
from toolkit.model.ladder import USUAL
from toolkit.model.master import Master
from toolkit.model.place import Place
from toolkit.model.rules import BLUE, CHECKED, GREEN, GREY, PERCENTS, RED, WHOLE_NUMBERS, YELLOW, Light, Rules
from toolkit.model.scoring import SCORING, Parameter

_NEEDED = ("yellow_gap", "red_gap")
_KNOWN = frozenset((*_NEEDED, *CHECKED, *(parameter.code for parameter in SCORING)))
_LIGHTS = (BLUE, GREEN, YELLOW, RED, GREY)
_LOOKS = ("标题", "副题", "表头", "正文", "居中", "数字", "链接", "认定", "小标题", "大数", "数名", "注", "错误", "待核", "提示", "时间", "标签")
_PARAMETER_COLUMNS, _LIGHT_COLUMNS, _EXAMPLES = ("代码", "值"), ("灯", "含义", "符号"), ("样例", "图表颜色")


def load_rules(path: Path, master: Master | None = None, former: frozenset[str] = frozenset()) -> tuple[Rules | None, tuple[Finding, ...]]:
    """Read the rules; (None, findings) when a fault makes them unusable. A line of 检查 or 豁免 that cannot be used is only left out.

    `former` are names of units that are in the list no more, since they were split or merged.
    """
    told = repr((master, sorted(former)) if former else master)
    return cached_workbook(path, told.encode("utf-8", "surrogatepass"), make=lambda: _read_rules(path, master, former))


def _read_rules(path: Path, master: Master | None, former: frozenset[str]) -> tuple[Rules | None, tuple[Finding, ...]]:
    opened = open_definition(path, ("参数", "灯", "样式"))
    if not isinstance(opened, Definition):
        return None, opened
    book, examples = opened
    parameters = list(_parameters(book))
    lights, looks = tuple(_lights(book, examples)), examples.named
    _say_missing(book, "参数", _NEEDED, [parameter.code for parameter in parameters])
    _say_missing(book, "灯", _LIGHTS, [light.name for light in lights])
    _say_missing(book, "样式", _LOOKS, list(looks))
    weights, merits = tuple(read_weights(book)), tuple(read_merits(book, master, former))
    vetoes, conditions = tuple(read_vetoes(book, master, former)), tuple(read_conditions(book))
    unusable = any(fault.level == "错误" for fault in book.faults)
    modes, exemptions = read_modes(book), read_exemptions(book, master)
    ladder = read_ladder(book) if book.has_sheet(LADDER) else USUAL
    rules = Rules(
        completed(parameters), lights, looks, modes, exemptions, weights, merits, vetoes=vetoes, veto_conditions=conditions, ladder=ladder
    )
    if FORECAST_SHEET in book.names:
        rules = replace(rules, forecasts=tuple(read_forecasts(book)))
    unknown = unknown_names(rules, master) if master else []
    return None if unusable or unknown else rules, (*book.faults, *unknown)


def _say_missing(book: OfficeBook, sheet: str, wanted: Sequence[str], have: Sequence[str]) -> None:
    for name in wanted:
        if name not in have:
            book.say(Code.MISSING_SETTING, sheet, title=name, hint=f"“{name}”这一行")


def _parameters(book: OfficeBook) -> Iterator[Parameter]:
    seen: dict[str, str] = {}
    places: dict[str, Place] = {}
    read: list[Parameter] = []
    yellow = Decimal(0)
    for row in book.rows("参数", _PARAMETER_COLUMNS, ("名称", "说明")):
        code, name = row.text("代码"), row.text("名称") or row.text("代码")
        if not code:
            continue
        if code not in _KNOWN:
            row.fault(Code.NO_EFFECT, "代码", seen=code, choices="随程序发放的“参数”表里的代码")
        if code in seen:
            row.fault(Code.REPEATED, "代码", seen=code, other=seen[code])
            continue
        seen[code] = row.place("代码").cell
        valued = row.named({"值": name})
        value = _value(valued, code, name)
        yellow = value if code == "yellow_gap" else yellow
        if code == "red_gap" and value < yellow:
            valued.fault(Code.CONTRADICTS, name, seen=show_number(value), other="欠进度（黄）起点", value=show_number(yellow))
        places[code], found = row.place("值"), Parameter(code, row.text("名称"), value, row.text("说明"))
        read.append(found)
        yield found
    book.faults += weights_at_odds(read, places)


def _value(row: OfficeRow, code: str, title: str) -> Decimal:
    """Read a parameter, 0 where it cannot be read: the fault, which names the parameter, then keeps the rules from being used."""
    if not row.needs(title, "数字"):
        return Decimal(0)
    kind = WHOLE if code in WHOLE_NUMBERS else NUMBER
    value = row.number(title, kind=kind, unit="%" if code in PERCENTS else "", low=Decimal(0))
    return Decimal(0) if value is None else value


def _lights(book: OfficeBook, examples: Examples) -> Iterator[Light]:
    for row in book.rows("灯", (*_LIGHT_COLUMNS, *_EXAMPLES)):
        if row.text("灯"):
            look, strong = (examples.light(row.place(title).cell) for title in _EXAMPLES)
            yield Light(row.text("灯"), row.text("含义"), row.text("符号"), look, strong.fill)
