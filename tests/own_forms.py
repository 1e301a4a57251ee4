"""Forms of an office's own, written as an office would: a definition workbook drawn from short tables."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from toolkit.edges.templates.read_forms import COLUMNS
from tools.make_templates import form_looks

Cells = Sequence[object]


def column(title: str, use: str = "", *, code: str = "", source: str = "填报", kind: str = "文本", needed: str = "", **more: object) -> dict[str, object]:
    """Describe a column of 栏目; `more` are further cells by header (选项, 汇总, 计量, 取自, 最小 …)."""
    return {"代码": code or title, "表头": title, "来源": source, "类型": kind, "必填": needed, "用途": use, "宽度": 12, **more}


def shown(title: str, use: str = "", *, kind: str = "文本", **more: object) -> dict[str, object]:
    """Describe a prefilled column that shows what its own header names."""
    return column(title, use, source="预填", kind=kind, **{"取自": title, **more})


def write_form(
    path: Path,
    settings: Mapping[str, object],
    tables: Mapping[str, Sequence[Mapping[str, object]]],
    *,
    states: Sequence[Cells] = (),
    lists: Mapping[str, Sequence[Cells]] | None = None,
) -> Path:
    """Write a definition: `states` are rows of 选项 (名称, 值, 同义词, 阶段), `lists` further sheets with their header first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("表单")
    for row in (("键", "值"), *({"代码": path.stem, "名称": path.stem, "期间": "季", "标题": "{期间}" + path.stem} | dict(settings)).items()):
        sheet.append(row)
    for name, fields in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(COLUMNS)
        for field in fields:
            sheet.append([field.get(title) for title in COLUMNS])
    sheet = book.create_sheet("选项")
    for row in (("名称", "值", "同义词", "阶段"), *states):
        sheet.append(row)
    for name, rows in (lists or {}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    form_looks(book)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path
