"""What 参数与图例 says of the columns of each sheet that a round has."""

from collections.abc import Iterator

from toolkit.model.form import Source
from toolkit.model.standing import Round
from toolkit.views.consolidated.legend_words import COLUMNS
from toolkit.views.consolidated.sheet_names import DEDUCTIONS, INDICATORS, POINTS, SCORES, TASKS
from toolkit.views.consolidated.task_table import has_indicators, is_standard, task_table

_OWN = {
    "编号": ("自动生成", "清单里的编号；单位自己加的行，是单位名称和它在表里的行号"),
    "是否已报": ("自动计算", "这一行报来了没有"),
    "到期日": ("清单、任务总表或单位填报", "应当完成的日子"),
    "剩余天数": ("自动计算", "到期日减截至日期，负数是已经过期的天数"),
    "执行率": ("自动计算", "执行数 ÷ 预算，百分数"),
    "序时进度": ("自动计算", "到本期末一年过去了百分之几"),
    "差距": ("自动计算", "见上面“灯怎样得出”"),
    "灯": ("自动计算", "见上面“灯怎样得出”；灯用一个字加颜色表示，黑白打印也能看清"),
    "认定灯": ("汇总人员", "办公室核实后可以改灯，并写明理由；清空就恢复自动计算"),
}


def column_words(state: Round) -> Iterator[tuple[str, str, str, str]]:
    """Give sheet, column, origin and meaning of what a reader may ask about."""
    table = task_table(state)
    absent = {*(() if state.is_scored else (SCORES, POINTS, DEDUCTIONS, f"{POINTS}、{DEDUCTIONS}")), *(() if has_indicators(state) else (INDICATORS,))}
    standard = is_standard(state.task_form)
    if not standard:
        yield from _own(state)
    for sheet, title, origin, meaning in COLUMNS:
        if sheet == TASKS and not standard:
            continue
        if sheet not in absent:
            yield table.sheet if sheet == TASKS else sheet, title, origin, meaning


def _own(state: Round) -> Iterator[tuple[str, str, str, str]]:
    table, fields = task_table(state), {field.title: field for field in state.task_form.main.fields}
    for column in table.columns:
        if column.title in _OWN:
            yield (table.sheet, column.title, *_OWN[column.title])
        elif (field := fields.get(column.title)) is not None:
            yield table.sheet, column.title, "单位填报" if field.source is Source.FILLED else "清单", field.hint or field.title
