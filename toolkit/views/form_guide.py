"""Plans the sheet 填报说明: what this book is, how to fill it in, what each column wants."""

from collections.abc import Mapping

from toolkit.model.form import NEXT, Form, Required, Source
from toolkit.model.issue import Issue
from toolkit.model.measure import height
from toolkit.model.sheet import Area, CellPlan, Link, Print, SheetPlan

SHEET = "填报说明"
_WIDTHS = {0: 18.0, 1: 10.0, 2: 14.0, 3: 62.0}
_NEEDED = {Required.YES: "必填", Required.LEAD: "牵头单位必填", Required.FINISHED: "已完成的必填", Required.NO: "有则填写"}
_ACROSS = sum(_WIDTHS.values())


def guide_sheet(form: Form, issue: Issue, *, title: str, line: str, office: str, counters: Mapping[str, object]) -> SheetPlan:
    """Plan the sheet; `counters` holds each table's line about what is still blank, by sheet."""
    merges: list[tuple[Area, object, str]] = [(Area(0, 0, 0, 3), title, "标题"), (Area(1, 0, 1, 3), line, "副题")]
    heights = {0: 32.0, 1: 20.0}
    cells: list[CellPlan] = []
    row = 3
    notes = [*form.notes, *_promises(form, issue), *([f"填好后请报送{office}。"] if office else [])]
    for number, note in enumerate(notes, 1):
        text = f"{number}. {note}"
        merges.append((Area(row, 0, row, 3), text, "说明"))
        heights[row] = height([(text, _ACROSS)], form.looks["填报"].size or 11) + 6
        row += 1
    for table in form.tables_with(issue.filled_sheets):
        row += 1
        cells.append(CellPlan(row, 0, Link(f"internal:'{table.sheet}'!A1", f"▶ {table.sheet}"), "说明"))
        cells.append(CellPlan(row, 1, f"共 {len(issue.tables.get(table.sheet, ()))} 行", "说明"))
        cells.append(CellPlan(row, 3, counters[table.sheet], "计数"))
        row += 1
        cells += [CellPlan(row, column, words, "表头") for column, words in enumerate(("栏目", "谁来填", "是否必填", "怎么填"))]
        for field in table.fields:
            row += 1
            filled = field.source is Source.FILLED
            who = {Source.PREFILLED: "办公室", Source.FILLED: "本单位", Source.FORMULA: "自动计算"}[field.source]
            needed = _NEEDED[field.required] if filled else ""
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
        printing=Print(footer=f"&L回执编号 {issue.receipt}&C第 &P 页 共 &N 页"),
    )


def _promises(form: Form, issue: Issue) -> list[str]:
    """Ask what became of what the unit promised in the last period."""
    promised = [
        field.title
        for table in form.tables
        for field in table.fields
        if field.taken_from == f"上期.{NEXT}" and any(field.code in row.shown for row in issue.tables.get(table.sheet, ()))
    ]
    return [f"“{title}”是本单位上一期承诺的事项，请在本期写明是否落实、没有落实的原因。" for title in promised]
