"""The short way for workbooks that stand as they were issued gives what the long way gives."""

from dataclasses import replace

import pytest

from tests.intake import draw
from tests.intake.draw import CLEAN, FORM, ISSUE, drawn, field
from tests.intake.spoil import SPOILS
from toolkit.intake import read_answers as reader
from toolkit.intake.office_text import OfficeText
from toolkit.intake.read_answers import read_rows
from toolkit.intake.unchanged_tables import unchanged_tables


def test_a_clean_workbook_takes_the_short_way() -> None:
    """A workbook that was only filled in is recognised as standing as issued; most spoiled ones are not."""
    ours = OfficeText(FORM, ISSUE)

    assert unchanged_tables(drawn(CLEAN), ISSUE, FORM, ours) is not None
    taken = [name for name, spoil in SPOILS.items() if unchanged_tables(spoil(drawn(CLEAN)), ISSUE, FORM, ours) is not None]
    assert len(taken) < len(SPOILS) / 4


@pytest.mark.parametrize("name", ["", *SPOILS])
def test_both_ways_give_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and findings are the same whichever way is taken, for a clean workbook and for every spoilage."""
    grid = SPOILS[name](drawn(CLEAN)) if name else drawn(CLEAN)
    short = read_rows(grid, ISSUE, FORM)
    monkeypatch.setattr(reader, "unchanged_tables", lambda *_: None)

    assert draw.read_rows(grid, ISSUE, FORM) == short


def test_a_prefilled_day_may_be_written_otherwise() -> None:
    """A day that another program wrote with its time of day, or as one word, is the day that was issued; another day is a change."""
    based = field("based", "基准日期", "日期", draw.PRE, taken="基准日期")
    form = replace(FORM, tables=(replace(draw.TASKS, fields=(*draw.TASKS.fields, based)),))
    one = ISSUE.tables["任务进展"][0]
    issue = replace(ISSUE, tables={"任务进展": (replace(one, shown={**one.shown, "based": "2023-10-19"}),)})
    heads = " | ".join(one_field.title for one_field in form.tables[0].fields)

    def changes(written: str) -> list[str]:
        cells = f"任务1 | {one.shown['task']} | 甲局 | 25 | 推进中 | 31 | 建成厂房二十万平 | | | {written}"
        _, findings = read_rows(drawn(f"== 任务进展\n| 回执编号：K7MP-X3R8-Q\n| {heads}\n| {cells}"), issue, form)
        return [finding.place.cell for finding in findings if finding.code.name == "CHANGED"]

    assert [[], [], [], ["J3"]] == [changes(written) for written in ("@2023-10-19", "2023-10-19 00:00:00", "2023年10月19日", "2023-10-20 00:00:00")]
