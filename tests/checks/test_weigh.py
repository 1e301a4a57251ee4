"""Rules on trial, rules switched off, exemptions: what does not count is shown, and acts no more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.checks.drawn import draw
from tests.views.rounds import busy_round, shipped_rules
from toolkit.checks.apply_policy import apply_policy
from toolkit.checks.group_findings import group_findings
from toolkit.merging.accept_answers import accept, outcome_of
from toolkit.merging.merge_round import with_findings
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.returns import Outcome, Row
from toolkit.model.rules import Exemption, Mode, Rules
from toolkit.views.consolidated.findings_sheet import finding_sheet

ROWS = draw("""
    | 编号 | 角色 | 进展状态 | 累计进度 | 本季进展情况 |
    | 任务1 | 牵头 | 推进中 | 130 | 完成招标。 |
    | 任务2 | 牵头 | 推进中 | 130 | 完成立项。 |
""")
TODAY = date(2023, 6, 28)
UNTIL = date(2023, 6, 30)
TOO_HIGH = [Finding(Code.TOO_HIGH, Place("甲局.xlsx", "任务进展", f"K{line}"), {"high": "100", "seen": "130"}, "甲局", "累计进度") for line in (5, 6)]
LAGGING = Finding(Code.LAGGING_UNEXPLAINED, Place("甲局.xlsx", "任务进展", "M5"), {"seen": "5", "plan": "50", "gap": "45"}, "甲局", "存在问题")


def ruled(*exemptions: Exemption, **modes: Mode) -> Rules:
    return replace(shipped_rules(), exemptions=exemptions, modes={Code[name]: mode for name, mode in modes.items()})


def weighed(findings: Sequence[Finding], rules: Rules, on: date = TODAY, rows: Sequence[Row] = ROWS) -> list[tuple[str, str, bool]]:
    return [(one.place.cell, one.shown_level, one.counts) for one in apply_policy(findings, rules, on, rows)]


def test_a_rule_on_trial_is_shown_and_does_not_count() -> None:
    """On trial a finding has its own level word and the return is merged as if it were clean; switched off it is not there."""
    trial = apply_policy([LAGGING], ruled(LAGGING_UNEXPLAINED=Mode.TRIAL), TODAY, ROWS)

    assert [("M5", "试行", False)] == [(one.place.cell, one.shown_level, one.counts) for one in trial]
    assert (Outcome.MERGED, "全部采用") == outcome_of(trial)
    assert () == apply_policy([LAGGING], ruled(LAGGING_UNEXPLAINED=Mode.OFF), TODAY, ROWS)
    assert (Outcome.WITH_FINDINGS, "有 1 处待核") == outcome_of(apply_policy([LAGGING], ruled(), TODAY, ROWS))


def test_cautious_rules_are_on_trial_or_off_until_the_office_decides() -> None:
    """Without a line in 检查 the rule that may accuse wrongly is on trial, the one about signing is off, every other counts."""
    assert [Mode.TRIAL, Mode.OFF, Mode.ON] == [ruled().mode(code) for code in (Code.PROMISE_DROPPED, Code.UNSIGNED, Code.NO_CHANGE)]


@pytest.mark.parametrize(
    ("exemption", "expected"),
    [
        (Exemption("甲局", Code.TOO_HIGH, "任务2", "特批", UNTIL), [("K5", "错误", True), ("K6", "错误", False)]),
        (Exemption("甲局", Code.TOO_HIGH, "", "特批", UNTIL), [("K5", "错误", False), ("K6", "错误", False)]),
        (Exemption("甲局", Code.TOO_HIGH, "", "特批", TODAY), [("K5", "错误", False), ("K6", "错误", False)]),
        (Exemption("甲局", Code.TOO_HIGH, "", "特批", date(2023, 6, 27)), [("K5", "错误", True), ("K6", "错误", True)]),
        (Exemption("乙局", Code.TOO_HIGH, "", "特批", UNTIL), [("K5", "错误", True), ("K6", "错误", True)]),
        (Exemption("甲局", Code.TOO_LOW, "", "特批", UNTIL), [("K5", "错误", True), ("K6", "错误", True)]),
    ],
)
def test_an_exemption_acts_for_its_unit_rule_task_and_time_only(exemption: Exemption, expected: list[tuple[str, str, bool]]) -> None:
    """An exemption keeps the level and does not count, up to and including its last day, for no other unit, rule or task."""
    assert expected == weighed(TOO_HIGH, ruled(exemption))


def test_an_exempted_error_lets_the_value_in_and_says_why() -> None:
    """The cell that an exempted error points at is taken; the sentence begins with the reason."""
    found = apply_policy(TOO_HIGH, ruled(Exemption("甲局", Code.TOO_HIGH, "任务2", "以超额为准", UNTIL)), TODAY, ROWS)

    assert [None, Decimal(130)] == [row.value("progress") for row in accept(ROWS, found)]
    assert "豁免：以超额为准。“累计进度”不能大于 100，现在是 130。" == found[1].message
    assert (Outcome.WITH_FINDINGS, "有 1 处错误") == outcome_of(found)


def test_weighing_again_starts_afresh() -> None:
    """An exemption that has ended counts again; a rule taken off trial counts."""
    once = apply_policy(TOO_HIGH, ruled(Exemption("甲局", Code.TOO_HIGH, "", "特批", UNTIL)), TODAY, ROWS)

    assert [("K5", "错误", True), ("K6", "错误", True)] == weighed(once, ruled(Exemption("甲局", Code.TOO_HIGH, "", "特批", UNTIL)), date(2023, 7, 1))
    assert list(TOO_HIGH) == list(apply_policy(once, ruled(), TODAY, ROWS))


def test_repeats_are_said_together() -> None:
    """Four findings of one rule in one column are one line with count and cells; three, other columns, other books stay apart."""
    many = [replace(LAGGING, place=LAGGING.place._replace(cell=f"M{line}")) for line in range(5, 9)]
    other = replace(LAGGING, place=Place("乙局.xlsx", "任务进展", "M5"), unit="乙局")

    assert [("M5", "4"), ("M5", "")] == [(finding.place.cell, finding.facts.get("together", "")) for finding in group_findings([*many, other])]
    assert group_findings(many)[0].message.endswith("“存在问题”没有填写。同样的情况共 4 处：M5、M6、M7、M8。")
    assert (*many[:3], other) == group_findings([*many[:3], other])
    exempted = replace(many[0], aside="豁免：特批")
    assert (exempted, *many[1:]) == group_findings([exempted, *many[1:]])


def test_the_list_of_findings_shows_what_does_not_count_and_the_counts_leave_it_out() -> None:
    """In 问题清单 a trial stands last with its own word, an exemption keeps its level; a unit's 待核数 counts neither."""
    state = busy_round()
    more = [replace(LAGGING, unit="区发改局", aside=aside) for aside in ("试行", "豁免：特批", "")]
    whole = with_findings(state, more)

    sheet = finding_sheet(whole, shipped_rules().looks)
    shown = {(cell.row, cell.column): cell.value for cell in sheet.every_cell()}
    levels = [shown[row, 1] for row in range(1, len(whole.findings) + 1)]

    assert ["错误", "错误", "待核", "待核", "待核", "试行"] == levels
    assert [1] == [after.reviews - before.reviews for before, after in zip(state.units, whole.units, strict=True) if after.unit == "区发改局"]
    assert 1 == sum(str(value).startswith("豁免：特批。") for value in shown.values())
