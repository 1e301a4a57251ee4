"""Draws the rows of a return as a small table and tells what the checks find in them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.views.rounds import progress_form, shipped_rules
from toolkit.checks.check_return import check_return
from toolkit.model.check_context import CheckContext, Values
from toolkit.model.column_kinds import number_in
from toolkit.model.form import Table
from toolkit.model.master import TASK, Master, Role, Task
from toolkit.model.period import Period
from toolkit.model.place import Place, address
from toolkit.model.returns import Answer, Row

FORM = progress_form()
TASKS = {"1": "新建标准厂房80万平方米以上。", "2": "盘活低效企业。", "3": "完成老旧小区改造。", "4": "新建农村公路30公里。", "5": "打造特色社工站2个。"}
DEADLINES = {"2": "6月底前"}
MASTER = Master(tuple(Task(f"任务{key}", TASK, "", "", text, ("甲局",), (), DEADLINES.get(key, "")) for key, text in TASKS.items()), (), (), ())
Q2 = Period(2023, 2)


def context(*, sent: date = date(2023, 6, 28), last: Mapping[str, Values] | None = None, plan: Mapping[str, Values] | None = None) -> CheckContext:
    """Make the surroundings of a second quarter's return; `last` and `plan` by task number."""
    before = {("任务进展", number): values for number, values in (last or {}).items()}
    return CheckContext(Q2, sent, MASTER, shipped_rules(), before, plan or {})


def draw(text: str) -> tuple[Row, ...]:
    """Read a drawn table; the first two columns are 编号 and 角色, an empty cell is blank, a column that is not drawn holds 照常."""
    lines = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in text.strip().splitlines()]
    return tuple(_row(FORM.main, dict(zip(lines[0], line, strict=True)), at) for at, line in enumerate(lines[1:], 4))


def found(text: str, around: CheckContext | None = None) -> list[tuple[str, str]]:
    """Give what the checks find in drawn rows: code and cell, in order."""
    return [(one.code.name, one.place.cell) for one in check_return(draw(text), {}, FORM, around or context())]


def _row(table: Table, said: dict[str, str], at: int) -> Row:
    answers: dict[str, Answer] = {}
    blanks: dict[str, str] = {}
    for column, field in enumerate(table.fields):
        place, text = Place("甲局.xlsx", table.sheet, address(at, column)), said.get(field.title, "")
        if field in table.filled and text:
            answers[field.code] = Answer(_typed(field.kind.name, text), text, place)
        elif field in table.filled:
            blanks[field.code] = place.cell
    role = Role.SUPPORT if said["角色"] == "责任" else Role.LEAD
    return Row(table.sheet, said["编号"], said["编号"], role, answers, Place("甲局.xlsx", table.sheet, f"A{at + 1}"), blanks)


def _typed(kind: str, text: str) -> object:
    if kind == "日期":
        return date.fromisoformat(text)
    return number_in(text) or Decimal(0) if kind == "百分比" else text


def with_parameter(around: CheckContext, code: str, value: int) -> CheckContext:
    """Give the same surroundings with another threshold."""
    rules = around.rules
    parameters = tuple(parameter._replace(value=Decimal(value)) if parameter.code == code else parameter for parameter in rules.parameters)
    return replace(around, rules=replace(rules, parameters=parameters))
