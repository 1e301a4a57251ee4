"""What changed between two days, figure by figure."""

from toolkit.analysis.frames import typed
from toolkit.analysis.table_differences import differences
from toolkit.model.data_table import BY_NAME


def _tables(reached: float) -> dict[str, object]:
    names = [column.name for column in BY_NAME["indicators"].columns]
    row = {"number": "任务1", "name": "固定资产投资", "target": 2_000_000_000, "reached": reached, "verdict": "否"}
    tables = {name: typed(BY_NAME[name], []) for name in ("tasks", "scores", "returns", "events")}
    return tables | {"indicators": typed(BY_NAME["indicators"], [tuple(row.get(name) for name in names)])}


def test_a_change_in_the_last_figures_of_a_large_number_is_one() -> None:
    """1234567890.12 and 1234567890.21 are two values, written in full; the same number is none."""
    found = differences(_tables(1234567890.12), _tables(1234567890.21)).changes  # type: ignore[arg-type]

    assert [("累计完成值", "1234567890.12", "1234567890.21")] == [(one.column, one.before, one.after) for one in found]
    assert () == differences(_tables(0.00000001), _tables(0.00000001)).changes  # type: ignore[arg-type]
