"""Which row a finding is about: found by the sheet and the line of its cell, also where a row is spread over several sheets."""

from toolkit.checks.finding_subjects import with_subjects
from toolkit.model.findings import Code, Finding
from toolkit.model.master import Role
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row


def _row(number: str, sheet: str, line: int) -> Row:
    answers = {"done": Answer("进场施工。", "进场施工。", Place("甲.xlsx", sheet, f"D{line}"))}
    return Row("任务进展", number, number, Role.LEAD, answers, Place("甲.xlsx", sheet, f"A{line}"), {"next": f"表2!E{line + 20}", "problem": f"F{line}"})


def test_a_finding_bears_the_number_of_the_row_that_its_cell_belongs_to() -> None:
    """
    At an answer, at a blank cell beside it, at a blank cell on another sheet; one on the whole file, or on a sheet without rows, bears none.
    """
    rows = [_row("任务1", "表1", 5), _row("任务2", "表1", 6)]
    places = [Place("甲.xlsx", "表1", "D6"), Place("甲.xlsx", "表1", "F5"), Place("甲.xlsx", "表2", "E26"), Place("甲.xlsx"), Place("甲.xlsx", "表3", "A5")]
    found = with_subjects([Finding(Code.BLANK, place, {"title": "", "hint": ""}) for place in places], rows)

    assert ["任务2", "任务1", "任务2", "", ""] == [finding.number for finding in found]
