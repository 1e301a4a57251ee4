"""The looks of a unit's workbook: those of the form's 样式 sheet, completed and combined with the kinds' number formats."""

from dataclasses import replace

from toolkit.model.cell_style import CellStyle
from toolkit.model.form import Field, Form, Source

_FALLBACKS = {
    "副题": "提示",
    "填报表头": "表头",
    "上期": "预填",
    "公式": "预填",
    "必填": "填报",
    "计数": "提示",
    "签批": "提示",
    "说明": "提示",
    "退改": "填报",
}
_BASES = {Source.PREFILLED: "预填", Source.FILLED: "填报", Source.FORMULA: "公式"}

MARKED = "退改·"  # before the name of a cell's look where the office marks it in a receipt


def form_looks(form: Form, *, marked: bool = False) -> dict[str, CellStyle]:
    """Give every look that a form's workbook uses, `marked` cells of a receipt too; what the 样式 sheet leaves out falls back on its nearest kin."""
    looks = {**{name: form.looks[base] for name, base in _FALLBACKS.items()}, **form.looks}
    for table in form.tables:
        for field in table.fields:
            base = looks[_base(field)]
            look = replace(base, number_format=field.kind.number_format) if field.kind.number_format else base
            looks[cell_look(field)] = look
            if marked:
                looks[MARKED + cell_look(field)] = replace(look, fill=looks["退改"].fill, colour=looks["退改"].colour, bold=looks["退改"].bold)
    return looks


def cell_look(field: Field) -> str:
    """Name the look of a field's cells: who writes them, and their kind, so that each has its number format."""
    return f"{_base(field)}·{field.kind.name}"


def header_look(field: Field) -> str:
    """Name the look of a field's header: 填报表头 over what the unit fills in, else 表头."""
    return "填报表头" if field.source is Source.FILLED else "表头"


def _base(field: Field) -> str:
    return "上期" if field.source is Source.PREFILLED and field.taken_from.startswith("上期.") else _BASES[field.source]
