"""What the office sets for the scores: weights and points, read with their faults."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import MASTER
from tests.views.rounds import TEMPLATES
from toolkit.edges.templates.read_rules import load_rules
from toolkit.model.scoring import SCORING

WHOLE = ("东山镇", 2, "获省级表彰", date(2023, 3, 20), "省政发〔2023〕1号")


def rules_file(folder: Path, *, weights: tuple[tuple[object, ...], ...] = (), merits: tuple[tuple[object, ...], ...] = ()) -> Path:
    """Write the shipped rules with lines of the office."""
    book = load_workbook(TEMPLATES / "考核规则.xlsx")
    for sheet, rows in (("任务权重", weights), ("加减分", merits)):
        for row, values in enumerate(rows, 2):
            for column, value in enumerate(values, 1):
                book[sheet].cell(row, column).value = value  # type: ignore[assignment]
    path = folder / "考核规则.xlsx"
    book.save(path)
    return path


def test_weights_and_points_are_read(tmp_path: Path) -> None:
    """A weight belongs to its task; points have unit, reason, day and evidence."""
    path = rules_file(tmp_path, weights=(("任务1", 1.5),), merits=(WHOLE, ("云溪县工业和信息化局", -0.5, "材料不实", "2023-05-04", None)))

    rules, faults = load_rules(path, MASTER)

    assert rules is not None
    assert () == faults
    assert [("任务1", Decimal("1.5"))] == [weight[:2] for weight in rules.weights]
    assert [
        ("东山镇", Decimal(2), "获省级表彰", date(2023, 3, 20), "省政发〔2023〕1号"),
        ("云溪县工业和信息化局", Decimal("-0.5"), "材料不实", date(2023, 5, 4), ""),
    ] == [merit[:5] for merit in rules.merits]


@pytest.mark.parametrize(
    ("weights", "merits", "expected"),
    [
        ([("任务1", "两倍")], [], ("D03", "任务权重", "B2")),
        ([("任务1", -1)], [], ("D03", "任务权重", "B2")),
        ([(None, 2)], [], ("D04", "任务权重", "A2")),
        ([("任务1", 2), ("任务1", 3)], [], ("D05", "任务权重", "A3")),
        ([("任务99", 2)], [], ("D03", "任务权重", "A2")),
        ([], [("某某局", *WHOLE[1:])], ("D06", "加减分", "A2")),
        ([], [(None, *WHOLE[1:])], ("D04", "加减分", "A2")),
        ([], [("东山镇", "两分", *WHOLE[2:])], ("D03", "加减分", "B2")),
        ([], [("东山镇", 0, *WHOLE[2:])], ("D03", "加减分", "B2")),
        ([], [("东山镇", 2, None, *WHOLE[3:])], ("D04", "加减分", "C2")),
        ([], [("东山镇", 2, "获奖", "春天", "")], ("D03", "加减分", "D2")),
    ],
)
def test_a_fault_in_what_the_office_set_is_named_with_its_cell(
    tmp_path: Path, weights: list[tuple[object, ...]], merits: list[tuple[object, ...]], expected: tuple[str, str, str]
) -> None:
    """Nothing that the office typed is left out in silence: the rules cannot be used until the cell is put right."""
    rules, faults = load_rules(rules_file(tmp_path, weights=tuple(weights), merits=tuple(merits)), MASTER)

    assert rules is None
    assert [expected] == [(fault.code.text.id, fault.place.sheet, fault.place.cell) for fault in faults]


def test_rules_from_before_the_scores_still_hold(tmp_path: Path) -> None:
    """A file without the parameters and sheets of the scores is completed with the shipped values."""
    book = load_workbook(TEMPLATES / "考核规则.xlsx")
    sheet = book["参数"]
    codes = {one.code for one in SCORING}
    for row in reversed([row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value in codes]):
        sheet.delete_rows(row)
    del book["任务权重"], book["加减分"]
    path = tmp_path / "考核规则.xlsx"
    book.save(path)

    rules, faults = load_rules(path, MASTER)

    assert rules is not None
    assert ((), Decimal(70), Decimal(15)) == (faults, rules.value("outcome_weight"), rules.value("excellent_share"))


@pytest.mark.parametrize(
    ("cell", "value", "number_format", "expected"),
    [
        ("C2", 0.1, "0%", (10, [])),
        ("C2", "10%", "@", (10, ["D14"])),
        ("C2", "10个百分点", "@", (10, ["D14"])),
        ("C2", 40, "General", (None, ["D19"])),
        ("C2", -5, "General", (None, ["D03"])),
        ("C2", None, "General", (None, ["D04"])),
        ("C8", 2.5, "General", (None, ["D03"])),
        ("A5", "magnitud", "General", (10, ["D20"])),
        ("A3", "yellow_gap", "General", (None, ["D05", "D04"])),
    ],
)
def test_a_threshold_is_read_as_a_person_sees_it_or_refused(
    tmp_path: Path, cell: str, value: object, number_format: str, expected: tuple[int | None, list[str]]
) -> None:
    """A percent format or sign is understood; a threshold that is negative, blank, no whole number, twice there or at odds with the other is refused."""
    path = rules_file(tmp_path)
    book = load_workbook(path)
    book["参数"][cell] = value
    book["参数"][cell].number_format = number_format
    book.save(path)

    rules, faults = load_rules(path)

    assert expected == (rules and rules.value("yellow_gap"), [fault.code.text.id for fault in faults])
