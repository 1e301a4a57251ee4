"""里程碑, 节点到期 and 总览 against plain loops over drawn days: slip, state, what is due when, the chart's cells, the counts."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from tests.milestones.drawn_nodes import Days, foreseen_round, node_round
from tests.views.rounds import shipped_rules
from toolkit.assessment.assess import assess
from toolkit.model.sheet import Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.book_styles import book_looks
from toolkit.views.consolidated.consolidated_book import consolidated
from toolkit.views.consolidated.due_nodes_sheet import due_node_sheet
from toolkit.views.consolidated.milestones_sheet import milestone_sheet

RULES = shipped_rules()
ENDS = date(2023, 3, 31)  # of the round's quarter
NEAR = some.dates(ENDS - timedelta(days=130), ENDS + timedelta(days=330))
DAYS = some.tuples(NEAR, some.none() | NEAR, some.none() | NEAR)
EPOCH = date(1899, 12, 30).toordinal()


def rows_of(sheet: SheetPlan) -> list[dict[str, object]]:
    """Give a sheet's records by column title, formulas by their values."""
    head, *rows = [list(row.values) for row in sheet.rows()]
    return [{str(title): value.value if isinstance(value, Formula) else value for title, value in zip(head, row, strict=True)} for row in rows]


def expected_rows(days: list[Days]) -> Iterator[tuple[object, ...]]:
    """Say by counting days what each milestone's row says: slip, days overdue, state, due."""
    for baseline, expected, actual in days:
        until = actual or expected
        slip: object = "" if until is None else until.toordinal() - baseline.toordinal()
        late = ENDS.toordinal() - baseline.toordinal()
        if actual is not None:
            yield slip, "", "按期完成" if actual <= baseline else "推迟完成", ""
        elif late > 0:
            yield slip, late, "已逾期", "已逾期"
        else:
            due = "30天内" if -late <= 30 else "60天内" if -late <= 60 else ""
            yield slip, "", "预计推迟" if expected and expected > baseline else "未到期", due


def drawn(state: Round) -> list[Days]:
    return [(one.node.baseline, one.expected, one.actual) for one in state.milestones]


@settings(deadline=None, max_examples=40)
@given(some.lists(DAYS, min_size=1, max_size=12))
def test_every_row_says_what_its_days_say(days: list[Days]) -> None:
    """Slip, days overdue, state and due are those of a plain count of days, for any days."""
    state = node_round(days)
    sheet = milestone_sheet(state, RULES, book_looks(RULES, state.form))
    assert sheet is not None
    found = [(row["偏差天数"], row["逾期天数"], row["状态"], row["到期"]) for row in rows_of(sheet)]

    assert list(expected_rows(drawn(state))) == found


@settings(deadline=None, max_examples=40)
@given(some.lists(DAYS, min_size=1, max_size=12))
def test_the_list_has_what_is_due_the_earliest_first(days: list[Days]) -> None:
    """节点到期 lists every milestone that is overdue or due within 60 days, by baseline, then as they stand, and its places below are blank."""
    state = node_round(days)
    sheet = due_node_sheet(state, RULES, book_looks(RULES, state.form))
    wanted = []
    for at, (one, (_, _, _, due)) in enumerate(zip(state.milestones, expected_rows(drawn(state)), strict=True)):
        if due:
            wanted.append((one.node.baseline.toordinal() - EPOCH, at, one.node.name, one.node.baseline.toordinal() - ENDS.toordinal(), due))
    rows = rows_of(sheet) if sheet else []
    found = [(row["基准日期"], row["节点"], row["剩余天数"], row["到期"]) for row in rows if row["序"] != ""]

    assert [(day, name, left, due) for day, _, name, left, due in sorted(wanted)] == found
    assert [""] * (len(rows) - len(found)) == [row["节点"] for row in rows[len(found) :]]


@settings(deadline=None, max_examples=40)
@given(some.lists(DAYS, min_size=1, max_size=6))
def test_the_chart_shows_the_days_in_their_columns(days: list[Days]) -> None:
    """A year's day stands in the column of its ten days: what was reached before what was planned before what is expected."""
    state = node_round(days)
    sheet = milestone_sheet(state, RULES, book_looks(RULES, state.form))
    assert sheet is not None
    for row, (baseline, expected, actual) in zip(rows_of(sheet), drawn(state), strict=True):
        marks: dict[str, str] = {}
        for day, sign in ((expected if actual is None else None, "◇"), (baseline, "◆"), (actual, "●")):
            if day is not None and day.year == 2023:
                marks[f"{day.month}{'上' if day.day <= 10 else '中' if day.day <= 20 else '下'}"] = sign
        assert marks == {title: sign for title, sign in row.items() if sign in {"◇", "◆", "●"} and title[-1] in "上中下"}


@settings(deadline=None, max_examples=12)
@given(some.lists(DAYS, min_size=1, max_size=12), some.integers(0, 20))
def test_the_overview_counts_them(days: list[Days], seed: int) -> None:
    """总览 counts states, what is due, and forecasts by light, as plain loops over tasks and milestones do."""
    state = foreseen_round(node_round(days), seed)
    lights = assess(state, RULES).lights
    board = next(sheet for sheet in consolidated(state, RULES, assess(state, RULES)).sheets if sheet.name == "总览")
    lines: dict[int, dict[int, object]] = {}
    for cell in board.cells:
        lines.setdefault(cell.row, {})[cell.column] = cell.value.value if isinstance(cell.value, Formula) else cell.value
    for area, value, _ in board.merges:
        lines.setdefault(area.top, {})[area.left] = value.value if isinstance(value, Formula) else value
    head = next(row for row, line in lines.items() if line.get(0) == "节点数")
    counted, due = Counter(row[2] for row in expected_rows(drawn(state))), Counter(row[3] for row in expected_rows(drawn(state)))
    states = [counted[word] for word in ("按期完成", "推迟完成", "已逾期", "预计推迟", "未到期")]

    assert [len(days), *states, due["30天内"], due["60天内"]] == [lines[head + 1][column] for column in range(8)]
    said: dict[str, list[str]] = {word: [] for word in ("能完成", "有风险", "不能", "未填")}
    for task in state.tasks:
        said[str(task.lead.row.value("forecast") or "未填") if task.lead else "未填"].append(lights[task.task.number])
    table = {line.get(0): [line.get(column) for column in range(3, 9)] for line in lines.values()}
    if any(said[word] for word in ("能完成", "有风险", "不能")):
        assert {word: [len(some_lights), *(some_lights.count(light) for light in "蓝绿黄红灰")] for word, some_lights in said.items()} == {
            word: table[word] for word in said
        }
