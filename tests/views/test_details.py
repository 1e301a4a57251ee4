"""填报明细: what units filled in, by the form's own definition."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.views.rounds import Q1, busy_round, make_round, progress_form, said, shipped_rules
from toolkit.assessment.assess import assess
from toolkit.edges.writing.write_workbooks import draw
from toolkit.model.column_kinds import KINDS
from toolkit.model.form import Field, Form, Source, Subject, Table
from toolkit.model.master import Role
from toolkit.model.place import Place
from toolkit.model.returns import Answer
from toolkit.model.sheet import Link
from toolkit.model.standing import Round, UnitRow
from toolkit.views.consolidated.consolidated_book import consolidated


def details(state: Round) -> list[list[object]]:
    """Give the sheet's rows, links by their words; the whole book must be drawable."""
    rules = shipped_rules()
    book = consolidated(state, rules, assess(state, rules))
    draw(book)
    plan = next(sheet for sheet in book.sheets if sheet.name == "填报明细")
    table: dict[int, list[object]] = {}
    for cell in plan.every_cell():
        table.setdefault(cell.row, []).append(cell.value.words if isinstance(cell.value, Link) else cell.value)
    return list(table.values())


def test_columns_are_the_filled_fields_of_every_table() -> None:
    """The main table's filled fields come first, then the indicator's name and the fields that its table adds."""
    assert [
        *("单位", "角色", "编号", "进展状态", "累计进度", "本季进展情况", "存在问题", "原因", "下一步措施", "预计完成时间", "需协调事项", "佐证材料"),
        *("年底预判", "指标", "本年累计完成值", "说明", "来源"),
    ] == details(busy_round())[0]


def test_a_row_is_what_a_unit_said_of_a_task_or_an_indicator() -> None:
    """Each row stands under its own table's columns, with its unit, role, number and the cell it comes from."""
    rows = [
        said("张湾街道", "任务1", Role.SUPPORT, row=8, status="推进中", done="完成征地20亩。"),
        said("区发改局", "任务1", table="指标进展", key="任务1|新增企业", row=6, reached=Decimal("12.5"), remark="按统计口径"),
    ]

    assert [
        ["张湾街道", "责任", "任务1", "推进中", "", "完成征地20亩。", *[""] * 10, "原件 J8"],
        ["区发改局", "牵头", "任务1", *[""] * 10, "新增企业", 12.5, "按统计口径", "原件 G6"],
    ] == details(make_round(details=rows))[1:]


def with_field(form: Form, field: Field) -> Form:
    """Add a field to the main table."""
    main = form.main
    return replace(form, tables=(replace(main, fields=(*main.fields, field)), *form.tables[1:]))


def test_a_field_added_to_the_form_is_a_column_here() -> None:
    """A new field needs no code: its column stands after the others of its table, dates as dates."""
    form = with_field(progress_form(), Field("visited", "现场核查日期", Source.FILLED, KINDS["日期"]))
    place = Place("区发改局.xlsx", "任务进展", "S7")
    row = said("区发改局", "任务1", status="推进中")
    row = row._replace(row=replace(row.row, answers={**row.row.answers, "visited": Answer(date(2023, 3, 20), "2023-03-20", place)}))
    table = details(make_round(details=[row], form=form))

    assert ["年底预判", "现场核查日期", "指标"] == table[0][12:15]
    assert date(2023, 3, 20) == table[1][13]


def test_a_form_without_indicators_has_no_column_for_them() -> None:
    """Tables of free rows share the columns of equal titles; a title that is taken is told apart."""
    text = KINDS["文本"]
    plan = Table("工作方案", Subject.TASK, (Field("person", "责任人", Source.FILLED, text), Field("unit", "单位", Source.FILLED, text)))
    contacts = Table("联络员", Subject.BLANK, (Field("name", "姓名", Source.FILLED, text), Field("person", "责任人", Source.FILLED, text)), blank_rows=2)
    form = replace(progress_form(), tables=(plan, contacts))
    row = said("区发改局", "1", table="联络员")
    answers = {code: Answer(words, words, Place("区发改局.xlsx", "联络员", "B3")) for code, words in (("name", "张三"), ("person", "李四"))}
    rows: list[UnitRow] = [row._replace(row=replace(row.row, answers=answers))]

    assert [["单位", "角色", "编号", "责任人", "单位（填报）", "姓名", "来源"], ["区发改局", "牵头", "1", "李四", "", "张三", "原件 B3"]] == details(
        make_round(details=rows, form=form, period=Q1)
    )
