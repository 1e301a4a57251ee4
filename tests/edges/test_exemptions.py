"""The sheets 检查 and 豁免 of the rules: read as the office left them, faults named by their cells."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import MASTER
from toolkit.edges.templates.read_exemptions import CHECKS
from toolkit.edges.templates.read_rules import load_rules
from toolkit.model.findings import Code
from toolkit.model.rules import Exemption, Mode

SHIPPED = Path(__file__).parents[2] / "templates" / "考核规则.xlsx"
GOOD = ("云溪县工业和信息化局", "R03", "任务1", "县政府同意顺延", date(2023, 9, 30))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the shipped rules to write into."""
    path = tmp_path / "考核规则.xlsx"
    path.write_bytes(SHIPPED.read_bytes())
    return path


def write(path: Path, sheet: str, *rows: tuple[object, ...], first: int = 2) -> None:
    opened = load_workbook(path)
    for at, row in enumerate(rows, first):
        for column, value in enumerate(row, 1):
            opened[sheet].cell(at, column).value = value  # type: ignore[assignment]
    opened.save(path)


def test_every_check_has_one_line_in_the_shipped_rules() -> None:
    """Sheet 检查 names each rule of rows, workbooks and rounds once; what it says is what holds without the sheet."""
    listed = [str(row[0]) for row in load_workbook(SHIPPED)["检查"].iter_rows(min_row=2, max_col=1, values_only=True)]
    rules, _ = load_rules(SHIPPED)

    assert [code.text.id for code in CHECKS] == listed
    assert rules is not None
    bare = type(rules)(rules.parameters, rules.lights, rules.looks)
    assert {code: bare.mode(code) for code in CHECKS} == dict(rules.modes)


def test_a_mode_and_an_exemption_are_read(book: Path) -> None:
    """A rule put on trial and an exemption under a unit's second name are read, blank 编号 meaning all."""
    write(book, "检查", ("R01", "", "试行"))
    write(book, "豁免", GOOD, ("东山镇", "C02", None, "新成立", "2023-12-31"))

    rules, faults = load_rules(book, MASTER)

    assert rules is not None
    assert ((), Mode.TRIAL) == (faults, rules.mode(Code.FINISHED_NOT_FULL))
    expected = (
        Exemption("云溪县工信局", Code.LAGGING_UNEXPLAINED, "任务1", "县政府同意顺延", date(2023, 9, 30)),
        Exemption("东山镇", Code.BLANK, "", "新成立", date(2023, 12, 31)),
    )
    assert expected == rules.exemptions


@pytest.mark.parametrize(
    ("at", "value", "expected"),
    [
        (0, "西山镇", ("UNKNOWN_UNIT", "豁免", "A2")),
        (1, "R99", ("BAD_SETTING", "豁免", "B2")),
        (2, "任务99", ("BAD_SETTING", "豁免", "C2")),
        (3, None, ("MISSING_SETTING", "豁免", "D2")),
        (4, "以后", ("BAD_SETTING", "豁免", "E2")),
        (4, "12月底", ("BAD_SETTING", "豁免", "E2")),
        (4, None, ("MISSING_SETTING", "豁免", "E2")),
    ],
)
def test_a_bad_exemption_is_left_out_and_named(book: Path, at: int, value: object, expected: tuple[str, str, str]) -> None:
    """A line with an unknown unit, rule, task or date acts on nothing, is a finding at its cell, and the rest of the rules holds."""
    bad = [*GOOD]
    bad[at] = value  # type: ignore[call-overload]
    write(book, "豁免", tuple(bad), GOOD)

    rules, faults = load_rules(book, MASTER)

    assert [expected] == [(fault.code.name, fault.place.sheet, fault.place.cell) for fault in faults]
    assert rules is not None
    assert 1 == len(rules.exemptions)


@pytest.mark.parametrize(("row", "cell"), [(("C03", "", "停用"), "A2"), (("R01", "", "有时"), "C2")])
def test_a_bad_mode_is_left_out_and_named(book: Path, row: tuple[object, ...], cell: str) -> None:
    """Only checks of rows, workbooks and rounds can be put on trial, with one of the three words."""
    write(book, "检查", row)

    rules, faults = load_rules(book)

    assert [("BAD_SETTING", "检查", cell)] == [(fault.code.name, fault.place.sheet, fault.place.cell) for fault in faults]
    assert rules is not None
    assert Mode.ON is rules.mode(Code.FINISHED_NOT_FULL)


def test_rules_of_an_older_workspace_still_hold(book: Path) -> None:
    """Without the sheets and the checks' parameters everything runs as it is shipped."""
    opened = load_workbook(book)
    del opened["检查"], opened["豁免"]
    opened["参数"].delete_rows(4, 4)
    opened.save(book)

    rules, faults = load_rules(book)

    assert rules is not None
    assert ((), 95, Mode.TRIAL) == (faults, rules.value("same_text"), rules.mode(Code.PROMISE_DROPPED))
