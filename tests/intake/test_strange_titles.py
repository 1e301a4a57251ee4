"""Titles that say nothing: what content and neighbours tell is taken and said, the rest is asked, never guessed; no column gets another's values."""

import pytest

from tests.intake.draw import CLEAN, TRUTH, drawn, read
from tests.intake.spoil import NUMBER, Change, Rows, changed, column_of, header_at, retitle

OWN = ("自己记的话一", "自己记的话二", "自己记的话三", "自己记的话四")
DAYS = ("2023-1-1", "2023-1-2", "2023-1-3", "2023-1-4")


def own_column(title: str, values: tuple[str, ...], before: str = "") -> Change:
    """Put a column of the unit's own before one of the table's, or at the end."""

    def change(rows: Rows) -> Rows:
        head, at, left = header_at(rows), column_of(rows, before) if before else len(rows[0]), list(values)
        return [
            [*row[:at], title if here == head else left.pop(0) if str(row[NUMBER] or "").startswith("任务") else None, *row[at:]]
            for here, row in enumerate(rows)
        ]

    return change


@pytest.mark.parametrize(
    ("changes", "said", "left_out"),
    [
        ([retitle({"本季进展情况": "工作开展情况"}), own_column("备用", OWN)], ["RETITLED G3 本季进展情况", "COLUMN_EXTRA J3 备用"], ()),
        ([retitle({"本季进展情况": "甲", "存在问题": "乙"})], ["UNSURE G3 本季进展情况", "UNSURE H3 存在问题"], ("done", "problem")),
        (
            [retitle({"本季进展情况": "甲", "存在问题": "乙"}), own_column("丙", OWN)],
            ["UNSURE G3 本季进展情况", "UNSURE H3 存在问题", "COLUMN_EXTRA J3 丙"],
            ("done", "problem"),
        ),
        (
            [retitle({"本季进展情况": "甲"}), own_column("丙", OWN, before="存在问题")],
            ["COLUMN_EXTRA G3 甲", "COLUMN_EXTRA H3 丙", "NO_COLUMN A3 本季进展情况"],
            ("done",),
        ),
        ([retitle({"预计完成时间": "丁"})], ["UNSURE I3 预计完成时间"], ("due",)),
        ([retitle({"预计完成时间": "丁"}), own_column("丙", DAYS)], ["COLUMN_EXTRA I3 丁", "COLUMN_EXTRA J3 丙", "NO_COLUMN A3 预计完成时间"], ("due",)),
        ([retitle({"进展状态": ""})], ["PLACED E3 进展状态"], ()),
        ([retitle({"进展状态": "甲", "累计进度": "乙"})], ["PLACED E3 进展状态", "UNSURE F3 累计进度"], ("progress",)),
        ([retitle({"牵头单位": "甲"})], ["COLUMN_ALIAS C3 牵头单位"], ()),
        ([retitle({"目标任务": "甲", "牵头单位": "乙"})], ["COLUMN_ALIAS B3 目标任务", "COLUMN_ALIAS C3 牵头单位"], ()),
        ([retitle({"编号": "甲"})], ["COLUMN_ALIAS A3 编号"], ()),
    ],
)
def test_what_a_strange_title_leads_to(changes: list[Change], said: list[str], left_out: tuple[str, ...]) -> None:
    """Every value that is read is the right one; what is not read is in a column that a sentence names."""
    done = read(changed(drawn(CLEAN), *changes))

    assert {key: value for key, value in TRUTH.items() if key[1] not in left_out} == done.values
    assert said == [f"{finding.code.name} {finding.place.cell} {finding.title}" for finding in done.findings]
