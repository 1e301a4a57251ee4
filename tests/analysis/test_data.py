"""The tables for analysts: as many rows as the books, typed, read only, as of any day, and the same after export and reading back."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.properties.examples import some
from tests.server import Server
from tests.small import Q1, filled_row, issue, keep_ledger_at, small_workspace, type_into
from toolkit.analysis.frames import Record, typed
from toolkit.analysis.plain_tables import from_csv, from_json, to_csv, to_json, with_types
from toolkit.data import Data, Trouble, dictionary, open_workspace, read_table
from toolkit.edges.clock import held
from toolkit.edges.export_files import from_parquet, to_parquet
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.export import Format, export, export_public
from toolkit.model.data_table import TABLES, DataColumn, DataTable, Holds

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8) | st.sampled_from(
    ["=1+1", "'", "'=2", "-", "-5", "007", "N/A", "nan", "两\n行", "a\tb", '"', ",", " 空 "]
)
VALUES: dict[Holds, Callable[[DataColumn], st.SearchStrategy[object]]] = {
    Holds.TEXT: lambda _: TEXTS,
    Holds.NUMBER: lambda _: st.decimals(-(10**12), 10**12, places=3) | st.sampled_from([Decimal("0.1"), Decimal(0)]),
    Holds.COUNT: lambda _: st.integers(-(2**53), 2**53),
    Holds.FLAG: lambda _: st.booleans(),
    Holds.DAY: lambda _: st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    Holds.MOMENT: lambda _: st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),  # noqa: DTZ001 - as the ledger keeps times
    Holds.CATEGORY: lambda column: st.sampled_from([str(value) for value in column.order]),
}


def _records(table: DataTable) -> st.SearchStrategy[list[Record]]:
    return st.lists(st.tuples(*(st.none() | VALUES[column.holds](column) for column in table.columns)), max_size=4)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@some(25)
@given(data=st.data())
def test_what_is_exported_and_read_back_is_the_same(table: DataTable, data: st.DataObject) -> None:
    """Any values come back from csv, json and parquet as they were, with the same types; missing ones stay missing."""
    frame = typed(table, data.draw(_records(table)))

    for back in (from_csv(table, to_csv(table, frame)), from_json(table, to_json(table, frame)), with_types(table, from_parquet(to_parquet(frame)))):
        pd.testing.assert_frame_equal(frame, back)


def test_a_spreadsheet_takes_no_text_of_a_csv_for_a_formula() -> None:
    """A unit's text that begins like a formula has ' before it in the csv file, and not after reading it back."""
    table = DataTable("tasks", "任务", "", (DataColumn("text", "目标任务", Holds.TEXT, ""),))
    content = to_csv(table, typed(table, [("=cmd|' /C calc'!A0",), ("-3",)]))

    assert ["text", "'=cmd|' /C calc'!A0", "-3"] == content.decode("utf-8-sig").split("\r\n")[:3]


def _office(folder: Path) -> Workspace:
    space = small_workspace(folder)
    play_quarter(space)
    return space


def play_quarter(space: Workspace) -> None:
    """Issue on 2 January, take in one return on 20 March and another on 5 April."""
    with held(date(2023, 1, 2)):
        sheets = issue(space)
    for unit, number, day in (("云溪县工信局", "任务1", date(2023, 3, 20)), ("东山镇", "任务3", date(2023, 4, 5))):
        source = next(path for path in sheets.iterdir() if unit in path.name)
        type_into(source, space.inbox / source.name, filled_row(number))
        with held(day):
            collect(space, progress=lambda items, _: items)


def _digests(space: Workspace) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in space.root.rglob("*")
        if path.is_file() and path.suffix not in {".db-shm", ".db-wal"}
    }


def _rows_of(path: Path, sheet: str) -> int:
    rows = load_workbook(path)[sheet].iter_rows(min_row=2, max_col=1, values_only=True)
    return sum(value is not None for (value,) in rows)


def test_tables_have_as_many_rows_as_the_book(tmp_path: Path) -> None:
    """任务进展, 量化指标, 单位考核, 任务计分, 填报明细 and 问题清单 of the workbook have the rows of the tables."""
    space = _office(tmp_path)
    path = consolidate(space, Q1).path
    data = open_workspace(tmp_path)
    answers = data.answers("2023Q1")

    counts = {
        "任务进展": len(data.tasks("2023Q1")),
        "量化指标": len(data.indicators("2023Q1")),
        "单位考核": len(data.scores("2023Q1")),
        "任务计分": len(data.lights("2023Q1")),
        "填报明细": len(answers.drop_duplicates(["unit", "table", "key"])),
        "问题清单": len(data.findings("2023Q1")),
    }
    assert {sheet: _rows_of(path, sheet) for sheet in counts} == counts
    assert 2 == len(data.returns())


def test_every_table_has_the_types_that_its_dictionary_says(tmp_path: Path) -> None:
    """Categories are ordered, numbers and flags can be missing, moments have the zone of China."""
    _office(tmp_path)
    data = open_workspace(tmp_path)

    for table in TABLES:
        found = data.table(table.name)
        assert [column.name for column in table.columns] == list(found.columns)
    tasks, returns = data.tasks(), data.returns()
    assert ("string", "Float64", "boolean", "Int64") == tuple(str(tasks[name].dtype) for name in ("number", "progress", "ruled", "silent"))
    assert ["灰", "红", "黄", "绿", "蓝"] == list(tasks["light"].cat.categories)
    assert tasks["light"].cat.ordered
    assert "datetime64[s, Asia/Shanghai]" == str(returns["collected"].dtype)
    assert len(dictionary()) == sum(len(table.columns) for table in TABLES)


def test_the_ledger_is_seen_as_it_was_on_a_day(tmp_path: Path) -> None:
    """What came in later is not there, and the lights are those of that day; a day before anything was issued is a sentence."""
    _office(tmp_path)
    _seen_by_day(open_workspace(tmp_path))


def test_a_ledger_on_a_server_is_seen_as_it_was_on_a_day(tmp_path: Path, server: Server) -> None:
    """The same holds on PostgreSQL."""
    space = small_workspace(tmp_path)
    keep_ledger_at(space, server.new())
    play_quarter(space)

    _seen_by_day(open_workspace(tmp_path))


def _seen_by_day(data: Data) -> None:
    lights = {
        day: dict(zip(table["number"], table["light"], strict=True))
        for day in ("2023-03-01", "2023-03-20", "2023-04-05")
        if len(table := data.tasks(as_of=day))
    }
    returned = [len(data.returns(as_of=day)) for day in ("2023-03-19", "2023-03-20", "2023-04-05")]
    events = [len(data.events(as_of=day)) for day in ("2023-01-02", "2023-03-20", "2023-12-31")]

    assert [0, 1, 2] == returned
    assert events == sorted(set(events))
    assert [("灰", "灰"), ("绿", "灰"), ("绿", "绿")] == [(of["任务1"], of["任务3"]) for of in lights.values()]
    with pytest.raises(Trouble, match="还没有发过表"):
        data.tasks(as_of="2022-12-31")


def test_reading_changes_nothing(tmp_path: Path) -> None:
    """Every table read, also as of a day, leaves every file of the workspace as it was."""
    space = _office(tmp_path)
    before = _digests(space)
    for table in TABLES:
        open_workspace(tmp_path).table(table.name, as_of="2023-03-25")

    assert before == _digests(space)


@pytest.mark.parametrize("format_", [Format.CSV, Format.JSON, Format.PARQUET])
def test_exported_files_are_read_with_their_types(tmp_path: Path, format_: Format) -> None:
    """Each exported table is the table of the workspace; the dictionary lies beside them."""
    space = _office(tmp_path / "office")
    done = export(space, [Q1], tmp_path / "out", format_)
    data = open_workspace(space.root)

    assert "数据字典.csv" == done.files[0].name
    for table in TABLES:
        pd.testing.assert_frame_equal(data.table(table.name, "2023Q1"), read_table(tmp_path / "out" / f"{table.name}.{format_}"))


def test_the_workbook_has_a_sheet_a_table_and_the_dictionary(tmp_path: Path) -> None:
    """The workbook lists its tables, has a sheet each with the rows of the table, and the data dictionary."""
    space = _office(tmp_path / "office")
    done = export(space, [], tmp_path / "out", Format.XLSX)
    book = load_workbook(done.files[0])

    assert ["说明", *(table.title for table in TABLES), "数据字典"] == book.sheetnames
    assert done.rows == {table.name: book[table.title].max_row - 1 for table in TABLES}


def test_the_public_edition_names_no_person_and_runs_nothing(tmp_path: Path) -> None:
    """The page and the workbook hold public columns only, every text as text; no script, nothing loaded from outside."""
    space = _office(tmp_path / "office")
    done = export_public(space, [Q1], tmp_path / "out")
    page = done.files[1].read_text("utf-8")
    titles = [cell.value for cell in load_workbook(done.files[0])["任务"][1]]

    assert "责任领导" not in titles
    assert "责任领导" not in page
    assert "目标任务" in titles
    assert not any(word in page for word in ("<script", "http://", "https://", "src="))


def test_what_is_no_workspace_or_table_is_a_sentence(tmp_path: Path) -> None:
    """A folder without a master list, an unknown table, a period never issued, a day that cannot be read, a foreign file: each says what to do."""
    space = _office(tmp_path / "office")
    data = open_workspace(space.root)
    (tmp_path / "tasks.csv").write_text("a,b\n1,2\n", "utf-8")
    (tmp_path / "表.csv").write_text("a\n", "utf-8")
    said = []
    for ask in (
        lambda: open_workspace(tmp_path),
        lambda: data.table("task"),
        lambda: data.tasks("2023Q4"),
        lambda: data.tasks(as_of="三月"),
        lambda: read_table(tmp_path / "tasks.csv"),
        lambda: read_table(tmp_path / "表.csv"),
        lambda: read_table(tmp_path / "lights.json"),
    ):
        with pytest.raises(Trouble) as caught:
            ask()
        said.append(bool(caught.value.message and caught.value.advice))

    assert [True] * 7 == said
    assert not (tmp_path / "records").exists()


def test_json_is_one_list_of_objects(tmp_path: Path) -> None:
    """Other programs read the json without knowing us: numbers are numbers, missing values null, moments ISO 8601 with their zone."""
    space = _office(tmp_path / "office")
    export(space, [Q1], tmp_path / "out", Format.JSON)
    returns = json.loads((tmp_path / "out" / "returns.json").read_text("utf-8"))

    assert ["2023-03-20T09:00:00+08:00", "2023-04-05T09:00:00+08:00"] == [row["collected"] for row in returns]


def test_a_gap_and_a_rate_are_those_of_the_book(tmp_path: Path) -> None:
    """差距 (its sign turned) and 完成率 have the rounding and the blanks of the workbook: a task that is not begun is at 0, a half goes up."""
    space = small_workspace(tmp_path)
    with held(date(2023, 1, 2)):
        sheets = issue(space)
    source = next(path for path in sheets.iterdir() if "云溪县工信局" in path.name)
    row = filled_row("任务1", progress=None) | {("任务进展", "任务1", "进展状态"): "未启动", ("指标进展", "任务1", "本年累计完成值"): 81}
    type_into(source, space.inbox / source.name, row)
    with held(date(2023, 3, 20)):
        collect(space, progress=lambda items, _: items)
    book = load_workbook(consolidate(space, Q1).path, data_only=True)
    data = open_workspace(tmp_path)

    for sheet, column, values in (("任务进展", "差距", -data.tasks("2023Q1")["gap"]), ("量化指标", "完成率", data.indicators("2023Q1")["rate"])):
        header, *rows = book[sheet].iter_rows(values_only=True)
        shown = [row[header.index(column)] for row in rows if row[0]]
        assert [value in ("", None) for value in shown] == list(values.isna())
        assert [value for value in shown if value not in ("", None)] == list(values.dropna())
    assert (data.tasks("2023Q1")["gap"].dropna() >= 0).all()
