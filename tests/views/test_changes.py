"""变动对照: what changed between two returns, and what fell since last quarter."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from tests.views.rounds import make_round, said, shipped_rules
from toolkit.assessment.assess import assess
from toolkit.model.master import DEPARTMENT
from toolkit.model.period import Period
from toolkit.model.returns import Outcome, Row
from toolkit.model.sheet import Link
from toolkit.model.standing import Quarter, Round, UnitRow, UnitStanding, Version
from toolkit.views.consolidated.consolidated_book import consolidated

SENT = datetime(2023, 3, 20, 9)  # noqa: DTZ001 - a sheet knows no time zones


def version(day: int, *rows: UnitRow, outcome: Outcome = Outcome.MERGED) -> Version:
    """Make a return of the first row's unit on a day of March."""
    unit = rows[0].unit
    path = f"records/returns/2023Q1/{unit}/{day}.xlsx"
    return Version(unit, f"{day}.xlsx", SENT.replace(day=day), outcome, "", path, tuple(row.row for row in rows), 0, outcome.counts)


def changes(state: Round, history: tuple[Quarter, ...] = ()) -> list[list[str]]:
    """Give the sheet's rows as text."""
    rules = shipped_rules()
    plan = next(sheet for sheet in consolidated(state, rules, assess(state, rules), history).sheets if sheet.name == "变动对照")
    table: dict[int, list[str]] = {}
    for cell in plan.every_cell():
        table.setdefault(cell.row, []).append(cell.value.words if isinstance(cell.value, Link) else str(cell.value))
    return list(table.values())[1:]


def with_versions(*versions: Version, details: tuple[UnitRow, ...] = (), units: tuple[str, ...] = ()) -> Round:
    standings = [UnitStanding(name, DEPARTMENT, Outcome.MERGED, SENT, on_time=True, versions=1, errors=0, reviews=0) for name in units]
    return replace(make_round(details=details, units=standings), versions=versions)


def quarter(number: int, *details: UnitRow) -> Quarter:
    return Quarter(Period(2023, number), (), {}, (), details)


def blank(row: UnitRow, code: str, cell: str) -> UnitRow:
    """Give a row with a field left blank."""
    answers = {name: answer for name, answer in row.row.answers.items() if name != code}
    stripped: Row = replace(row.row, answers=answers, blanks={code: cell})
    return row._replace(row=stripped)


def test_a_correction_is_shown_field_by_field() -> None:
    """What the newest return says otherwise than the one before stands side by side, in the form's words; what is equal does not."""
    old = said("区发改局", "任务1", status="推进中", progress=Decimal(30), done="开工3个项目。")
    new = said("区发改局", "任务1", status="推进中", progress=Decimal(42), done="开工5个项目。")

    assert [
        ["区发改局", "任务1", "累计进度", "30", "42", "03-29 的报送改了 03-20 的，见原件 K7"],
        ["区发改局", "任务1", "本季进展情况", "开工3个项目。", "开工5个项目。", "03-29 的报送改了 03-20 的，见原件 L7"],
    ] == changes(with_versions(version(20, old), version(29, new)))


def test_a_blank_where_a_value_stood_is_said() -> None:
    """A cell that was filled and is blank now is named, with whether the old value still stands in the book."""
    old = said("区发改局", "任务1", status="推进中", problem="用地紧张。")
    new = blank(said("区发改局", "任务1", status="推进中", problem="用地紧张。"), "problem", "M7")

    assert [["区发改局", "任务1", "存在问题", "用地紧张。", "", "本次为空，见原件 M7"]] == changes(with_versions(version(20, old), version(29, new)))
    kept = with_versions(version(20, old), version(29, new), details=(old,))
    assert [["区发改局", "任务1", "存在问题", "用地紧张。", "", "本次为空，仍用上次的值，见原件 M7"]] == changes(kept)


def test_a_cell_that_was_not_taken_is_not_called_blank() -> None:
    """A cell whose text could not be used holds no value, but is not blank."""
    old, new = said("区发改局", "任务1", status="推进中", progress=Decimal(30)), said("区发改局", "任务1", status="推进中")

    assert [["30", "", "本次有误，没有采用，见原件 A7"]] == [row[3:] for row in changes(with_versions(version(20, old), version(29, new)))]


def test_only_the_last_two_returns_that_count_are_compared() -> None:
    """An older return and one that was refused stand aside."""
    rows = [said("区发改局", "任务1", progress=Decimal(value)) for value in (10, 20, 30, 40)]
    versions = [version(day, row, outcome=outcome) for day, row, outcome in zip((18, 19, 20, 21), rows, [Outcome.MERGED] * 3 + [Outcome.REFUSED], strict=True)]

    assert [["20", "30"]] == [row[3:5] for row in changes(with_versions(*versions))]


def test_status_and_progress_that_fell_since_last_quarter_are_named() -> None:
    """A lower progress and a status that went back are named with last quarter's; what rose is not, nor an older quarter's."""
    before = quarter(1, said("区发改局", "任务1", status="已完成", progress=Decimal(100)), said("区发改局", "任务2", status="推进中", progress=Decimal(20)))
    now = (said("区发改局", "任务1", status="推进中", progress=Decimal("80.5")), said("区发改局", "任务2", row=8, status="推进中", progress=Decimal(40)))
    state = replace(make_round(details=now), period=Period(2023, 2))

    assert [
        ["区发改局", "任务1", "进展状态", "已完成", "推进中", "比2023年第一季度倒退，见原件 J7"],
        ["区发改局", "任务1", "累计进度", "100", "80.5", "比2023年第一季度低 19.5 个百分点，见原件 K7"],
    ] == changes(state, (before,))
    assert [] == changes(replace(state, period=Period(2023, 3)), (before,))


def test_units_stand_in_the_order_of_the_returns() -> None:
    """Corrections and falls of one unit stand together, units in the order of 报送情况."""
    pairs = [(said(unit, "任务1", progress=Decimal(10)), said(unit, "任务1", progress=Decimal(20))) for unit in ("区商务局", "区发改局")]
    versions = [version(day, pair[at]) for pair in pairs for at, day in enumerate((20, 21))]

    assert ["区发改局", "区商务局"] == [row[0] for row in changes(with_versions(*versions, units=("区发改局", "区商务局")))]
