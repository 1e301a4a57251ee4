"""Plans the sheet 填报说明: what this book is, how to fill it in, what each column wants."""

from toolkit.model.form import Form, Required, Source
from toolkit.model.issue import Issue
from toolkit.model.measure import height
from toolkit.model.sheet import Area, CellPlan, Link, Print, SheetPlan

SHEET = "填报说明"
_WIDTHS = {0: 18.0, 1: 10.0, 2: 14.0, 3: 62.0}
_ACROSS = sum(_WIDTHS.values())


def guide_sheet(form: Form, issue: Issue, *, title: str, line: str, office: str) -> SheetPlan:
    """Plan the sheet."""
    merges: list[tuple[Area, object, str]] = [(Area(0, 0, 0, 3), title, "标题"), (Area(1, 0, 1, 3), line, "副题")]
    heights = {0: 32.0, 1: 20.0}
    cells: list[CellPlan] = []
    row = 3
    notes = [*form.notes, *([f"填好后请报送{office}。"] if office else [])]
    for number, note in enumerate(notes, 1):
        text = f"{number}. {note}"
        merges.append((Area(row, 0, row, 3), text, "说明"))
        heights[row] = height([(text, _ACROSS)], form.looks["填报"].size or 11) + 6
        row += 1
    for table in form.tables:
        row += 1
        cells.append(CellPlan(row, 0, Link(f"internal:'{table.sheet}'!A1", f"▶ {table.sheet}"), "说明"))
        cells.append(CellPlan(row, 3, f"共 {len(issue.tables.get(table.sheet, ()))} 行", "说明"))
        row += 1
        cells += [CellPlan(row, column, words, "表头") for column, words in enumerate(("栏目", "谁来填", "是否必填", "怎么填"))]
        for field in table.fields:
            row += 1
            filled = field.source is Source.FILLED
            who = {Source.PREFILLED: "办公室", Source.FILLED: "本单位", Source.FORMULA: "自动计算"}[field.source]
            needed = {Required.YES: "必填", Required.LEAD: "牵头单位必填", Required.NO: "有则填写"}[field.required] if filled else ""
            choices = f"（{'、'.join(field.limits.choices)}）" if field.limits.choices else ""
            look = "填报" if filled else "预填"
            cells += [CellPlan(row, column, words, look) for column, words in enumerate((field.title, who, needed, f"{field.hint}{choices}"))]
        row += 1
    return SheetPlan(
        SHEET,
        tuple(cells),
        widths=_WIDTHS,
        heights=heights,
        merges=tuple(merges),
        protect=True,
        printing=Print(landscape=False, footer=f"&L回执编号 {issue.receipt}&C第 &P 页 共 &N 页"),
    )
