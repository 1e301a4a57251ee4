"""The looks of the consolidated workbook: those of the rules, and the lights'."""

from dataclasses import replace

from toolkit.model.cell_style import CellStyle
from toolkit.model.form import Field, Form
from toolkit.model.rules import Light, Rules

_NARROW = 12  # characters: what is narrower holds a number or a choice and stands in the middle


def book_looks(rules: Rules, form: Form) -> dict[str, CellStyle]:
    """Give every look the sheets name: the rules' own, the lights' colours on them, and the number formats of the form's fields."""
    looks = dict(rules.looks)
    looks["时间"] = looks.get("时间", replace(looks["居中"], number_format="yyyy-mm-dd hh:mm"))
    looks["日期"] = replace(looks["居中"], number_format="yyyy-mm-dd")
    looks["得分"] = replace(looks["数字"], number_format="0.00")
    looks["大分"] = replace(looks["大数"], number_format="0.00", size=18)
    looks["链接居中"] = replace(looks["链接"], across="center")
    looks["标签"] = looks.get("标签", looks["链接"])
    looks["认定值"] = replace(looks["认定"], across="center", number_format="@")  # 60% typed there stays 60%
    looks["认定时间"] = replace(looks["认定"], across="center", number_format="yyyy-mm-dd hh:mm")
    looks["认定灯"] = replace(looks["认定"], across="center")
    for name in ("甘特", "甘特基准", "甘特推迟", "甘特实际", "甘特截止"):
        looks[name] = looks.get(name, looks["居中"])  # the signs tell the same where the rules show no colours
    looks["认定日期"] = replace(looks["认定"], across="center", number_format="yyyy-mm-dd")
    for light in rules.lights:
        looks[light_look(light.name)] = _in_colours(looks["居中"], light)
        looks[number_look(light.name)] = _in_colours(looks["大数"], light)
        looks[name_look(light.name)] = _in_colours(looks["数名"], light)
        looks[header_look(light.name)] = _in_colours(looks["表头"], light)
    for table in form.tables:
        for field in table.filled:
            if field.kind.number_format:
                looks[field_look(field)] = replace(looks["居中"], number_format=field.kind.number_format)
    return looks


def field_look(field: Field) -> str:
    """Name the look of a filled field's values in a table: by its number format, else by its width."""
    if field.kind.number_format:
        return f"填报·{field.kind.name}"
    if field.kind.numeric:
        return "数字"
    return "居中" if field.width < _NARROW else "正文"


def light_look(name: str) -> str:
    """Name the look of a light (one character) in a table."""
    return f"灯·{name}"


def number_look(name: str) -> str:
    """Name the look of a light's big number on the overview."""
    return f"大数·{name}"


def name_look(name: str) -> str:
    """Name the look of the words under a light's big number."""
    return f"数名·{name}"


def header_look(name: str) -> str:
    """Name the look of a light's column header."""
    return f"表头·{name}"


def chart_colour(light: Light) -> str:
    """Give the colour that stands for a light in a chart: its strong one where the rules name one, else the fill of its cells."""
    return light.strong or light.look.fill


def _in_colours(base: CellStyle, light: Light) -> CellStyle:
    return replace(base, fill=light.look.fill, colour=light.look.colour, bold=light.look.bold or base.bold)
