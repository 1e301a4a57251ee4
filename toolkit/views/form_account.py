"""Plans the sheet 检查和评定 beside a drawn form: what is asked in each column, what is checked, how lights are found, what is summed and scored."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.model.column_kinds import show_number
from toolkit.model.column_uses import USES
from toolkit.model.findings import Code
from toolkit.model.form import (
    BUDGET,
    DUE,
    EVIDENCE,
    NEXT,
    PAPERS,
    PROBLEM,
    PROGRESS,
    REASON,
    SPENT,
    STATUS,
    Field,
    Form,
    LightRule,
    Required,
    Source,
    Subject,
    Table,
    Total,
)
from toolkit.model.form_totals import totals_of
from toolkit.model.measure import height
from toolkit.model.numerals import is_counted
from toolkit.model.rules import DUE_SOON, Rules
from toolkit.model.sheet import Area, CellPlan, Print, SheetPlan
from toolkit.model.stages import Stage

SHEET = "检查和评定"
_HEADS = ("工作表", "栏目", "谁来填", "必填", "可以填什么", "用途", "合在一起")
_WIDTHS = {0: 16.0, 1: 18.0, 2: 9.0, 3: 12.0, 4: 62.0, 5: 10.0, 6: 10.0}
_WHO = {Source.PREFILLED: "办公室", Source.FILLED: "单位", Source.FORMULA: "自动计算"}
_NEEDED = {Required.YES: "必填", Required.LEAD: "牵头必填", Required.FINISHED: "完成了的必填", Required.NO: ""}
_USES = {code: use for use, code in USES.items()}
_SUBJECTS = {
    Subject.TASK: "任务总表里的一项任务",
    Subject.INDICATOR: "任务总表里的一项量化指标",
    Subject.NODE: "任务的一个里程碑节点",
    Subject.MATTER: "交本单位办理的一件事项",
    Subject.LIST: "表单自己的清单里的一行",
    Subject.BLANK: "单位自己添加的一行，空着的不算",
}
# Checks of a whole row or round, with the columns that each needs (by field code); TELLING stands for the text that all must fill in.
_TELLING = "telling"
_NEEDS: Mapping[Code, tuple[str, ...]] = {
    Code.FINISHED_NOT_FULL: (STATUS, PROGRESS),
    Code.FULL_NOT_FINISHED: (STATUS, PROGRESS),
    Code.LAGGING_UNEXPLAINED: (PROGRESS, PROBLEM),
    Code.FINISHED_UNPROVEN: (STATUS, EVIDENCE),
    Code.DUE_PAST: (STATUS, DUE),
    Code.DUE_LATE: (DUE,),
    Code.OVER_BUDGET: (BUDGET, SPENT),
    Code.NO_SUBSTANCE: (_TELLING,),
    Code.COPY_OF_LAST: (_TELLING,),
    Code.COPY_OF_TASK: (_TELLING,),
    Code.COPY_OF_ROWS: (_TELLING,),
    Code.PROGRESS_FALLS: (PROGRESS,),
    Code.NO_CHANGE: (PROGRESS, REASON),
    Code.PROMISE_DROPPED: (NEXT, _TELLING),
}


class Account(NamedTuple):
    """What a form is in sentences, by what they are about: 每行, 检查, 灯, 汇总, 计分, 文书."""

    about: str
    sentence: str


def account_of(form: Form, rules: Rules) -> tuple[Account, ...]:
    """Say how a form's rows are checked, lit, summed, scored and written about."""
    rows = "；".join(f"{table.sheet}：{_SUBJECTS[table.subject]}" for table in form.tables)
    sums = "；".join(
        f"{'' if table is form.main else f'{table.sheet}：'}{field.title}（{field.total}）" for table in form.tables for field in totals_of(form, table)
    )
    papers = "、".join(paper for paper in PAPERS if form.writes(paper))
    return (
        Account("每行", f"{rows}。"),
        *([Account("发给", f"{'、'.join(form.issued_to)}。")] if form.issued_to else []),
        *(Account("检查", sentence) for sentence in _checks(form)),
        Account("灯", _light(form, rules)),
        Account("汇总", f"{sums}。" if sums else "没有要合在一起的栏目。"),
        Account("计分", _scores(form)),
        Account("文书", f"{papers}。" if papers else "不写文书。"),
    )


def account_sheet(form: Form, rules: Rules) -> SheetPlan:
    """Plan the sheet: the sentences, then every column of every table."""
    cells: list[CellPlan] = []
    merges: list[tuple[Area, object, str]] = [(Area(0, 0, 0, len(_HEADS) - 1), f"{form.name}：检查和评定", "标题")]
    heights, row = {0: 30.0}, 1
    for about, sentence in account_of(form, rules):
        cells.append(CellPlan(row, 0, about, "表头"))
        merges.append((Area(row, 1, row, len(_HEADS) - 1), sentence, "说明"))
        heights[row] = height([(sentence, sum(_WIDTHS.values()) - _WIDTHS[0])], 11) + 4
        row += 1
    row += 1
    cells += [CellPlan(row, column, words, "表头") for column, words in enumerate(_HEADS)]
    for table in form.tables:
        for field in table.fields:
            row += 1
            values = _line(table, field)
            cells += [CellPlan(row, column, value, "填报" if field.source is Source.FILLED else "预填") for column, value in enumerate(values)]
            heights[row] = height([(value, _WIDTHS[column]) for column, value in enumerate(values)], 10)
    return SheetPlan(SHEET, tuple(cells), widths=_WIDTHS, heights=heights, merges=tuple(merges), printing=Print(footer="&C第 &P 页 共 &N 页"))


def _line(table: Table, field: Field) -> tuple[str, ...]:
    needed = _NEEDED[field.required] if field.source is Source.FILLED else ""
    total = "" if field.total is Total.NONE else str(field.total)
    return table.sheet, field.title, _WHO[field.source], needed, "；".join(_allowed(field)), _USES.get(field.code, ""), total


def _allowed(field: Field) -> Iterator[str]:
    """Say what a cell may hold, and what happens with what it may not."""
    limits, kind = field.limits, field.kind
    if field.source is Source.PREFILLED:
        yield f"显示“{field.taken_from}”"
        return
    if field.source is Source.FORMULA:
        yield f"公式：{field.taken_from}"
        return
    yield "、".join(limits.choices) if limits.choices else kind.name
    low = [] if limits.low is None else [f"不小于 {show_number(limits.low)}"]
    bounds = low if limits.high is None else [*low, f"不大于 {show_number(limits.high)}"]
    if bounds:
        yield "，".join(bounds) + ("（字数）" if kind.is_prose else "")
    if limits.unit:
        yield f"计量单位 {limits.unit}，写了别的单位的换算并提请核对"
        yield "比上一期或本栏其他行相差悬殊的提请核对" + ("，应是整数" if is_counted(limits.unit) else "")


def _checks(form: Form) -> Iterator[str]:
    for table in form.tables:
        has = {field.code for field in table.fields} | ({_TELLING} if table.telling else set())
        for code, needed in _NEEDS.items():
            if has.issuperset(needed) and not (table.subject is Subject.BLANK and code in {Code.COPY_OF_LAST, Code.COPY_OF_TASK, Code.DUE_LATE}):
                yield f"{table.sheet}，{code.text.level}（{code.text.id}）：{re.sub(r'{[^{}]*}', '…', code.text.message)}"


def _scores(form: Form) -> str:
    if not form.scored:
        return "不计分。"
    return "计入考核：按时、完整、退回次数。" if form.light is LightRule.NONE else "计入考核：按时、完整、退回次数和各行的灯。"


def _light(form: Form, rules: Rules) -> str:
    """Say by which rule, and from which numbers on, a row is lit."""
    yellow, red, soon = (show_number(rules.value(code)) for code in ("yellow_gap", "red_gap", DUE_SOON))
    finished = "、".join(form.main.words_of(Stage.FINISHED))
    blue = f"“{finished}”的蓝；" if finished else ""
    behind = f"落后 {yellow} 到 {red} 个百分点的黄，超过 {red} 个百分点的红，其余绿"
    return {
        LightRule.PROGRESS: f"按进度：{blue}累计进度与计划比，{behind}；过了时限没有完成的红；没有报的灰。",
        LightRule.DAY: f"按日期：{blue}没有完成的，过了时限的红，离时限 {soon} 天以内的黄，其余绿；没有报的灰。",
        LightRule.AMOUNT: f"按金额：{blue}执行占预算的百分比与序时进度比，{behind}；执行完的蓝；没有报的灰。",
        LightRule.NONE: "不亮灯。",
    }[form.light]
