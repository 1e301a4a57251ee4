"""Reporting periods."""

import pytest

from toolkit.model.command_error import CommandError
from toolkit.model.period import Period


@pytest.mark.parametrize(
    ("text", "label", "schedule", "previous", "ends"),
    [
        ("2023", "2023年", "100", "None", "2023-12-31"),
        ("2023Q1", "2023年第一季度", "25", "None", "2023-03-31"),
        ("2023q3", "2023年第三季度", "75", "2023Q2", "2023-09-30"),
        ("2023M05", "2023年5月", "41.7", "2023M04", "2023-05-31"),
        ("2024M2", "2024年2月", "16.7", "2024M01", "2024-02-29"),
    ],
)
def test_a_period_knows_its_name_its_schedule_and_its_neighbours(text: str, label: str, schedule: str, previous: str, ends: str) -> None:
    """A period is read from what a clerk writes, and knows how much of the year is gone."""
    period = Period.parse(text)

    assert (label, schedule, previous, ends) == (period.label, str(period.schedule), str(period.previous()), period.ends.isoformat())


@pytest.mark.parametrize("text", ["", "23Q1", "2023Q5", "2023Q", "2023M13", "2023年", "2023-Q1"])
def test_anything_else_is_refused_with_the_way_to_write_it(text: str) -> None:
    """A period that cannot be read stops the command and shows how to write one."""
    with pytest.raises(CommandError) as stopped:
        Period.parse(text)

    assert "请写 2023（全年，工作方案）或 2023Q1 到 2023Q4（季度进展）。" == stopped.value.advice


def test_a_key_is_read_once_however_many_files_name_it() -> None:
    """A round's key is the same period wherever it is read; one that is none is refused each time."""
    assert Period.parse("2023Q1") is Period.parse("2023Q1")
    for _ in range(2):
        with pytest.raises(CommandError):
            Period.parse("2023Q9")
