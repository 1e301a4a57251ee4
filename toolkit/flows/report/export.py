"""export: tidy tables with a data dictionary, in the format asked for; the public edition as a page and a workbook."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.edges.export_files import from_parquet, read_exported, to_parquet, write_exported
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.closed.closing_account import standings
from toolkit.flows.closed.late_corrections import corrections
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.office_words import words_of_office
from toolkit.flows.report.data_tables import NAMES, AsOf, chosen_periods, read_only, tables
from toolkit.model.closing import Standing, State
from toolkit.model.command_error import CommandError
from toolkit.model.data_table import BY_NAME, TABLES, DataTable, Holds
from toolkit.model.period import Period
from toolkit.model.values import joined_words
from toolkit.model.words import SOURCE, Words
from toolkit.views.export_views import dictionary_rows, public_page, tables_book
from toolkit.views.shown_book import book_in

if TYPE_CHECKING:
    import pandas as pd

DICTIONARY = "数据字典"
PUBLIC = "公开版"
_OURS = frozenset({"message", "advice", "reason", "what", "verdict", "check", "category", "status", "forecast", "measure"})  # columns with the program's words


class Format(StrEnum):
    """What tables can be exported as."""

    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"
    XLSX = "xlsx"


class Exported(NamedTuple):
    """The files written, and how many rows each table has."""

    files: tuple[Path, ...]
    rows: Mapping[str, int]


def export(space: Workspace, periods: Sequence[Period], to: Path, format_: Format, *, as_of: AsOf = None) -> Exported:
    """Write every table and the data dictionary into a folder; raises CommandError where there is nothing to export or the folder cannot be written."""
    found = tables(space, NAMES, periods=periods, as_of=as_of)
    words = words_of_office(space)
    files = {f"{DICTIONARY}.csv": _csv_dictionary(words)} if format_ is not Format.XLSX else {}
    return Exported(tuple(write_exported(to, files | _files(found, format_, words))), {name: len(frame) for name, frame in found.items()})


def export_public(space: Workspace, periods: Sequence[Period], to: Path) -> Exported:
    """Write what may be shown to everybody, as one page and one workbook: the columns that the dictionary calls public, nobody's name among them."""
    public = {table.name: edition for table in TABLES if table.name in {"tasks", "indicators"} and (edition := table.public())}
    found, notes = tables(space, public, periods=periods), _how_final(space, periods)
    shown = {name: frame[[column.name for column in public[name].columns]] for name, frame in found.items()}
    rows = {table: _rows(shown[name]) for name, table in public.items()}
    words = words_of_office(space).keeping(_said(rows))
    book = tables_book(rows, dictionary=False, notes=notes)
    files = {f"{PUBLIC}.xlsx": draw(book_in(book, words)), f"{PUBLIC}.html": public_page(rows, words, notes=notes).encode()}
    return Exported(tuple(write_exported(to, files)), {name: len(frame) for name, frame in shown.items()})


def _how_final(space: Workspace, periods: Sequence[Period]) -> tuple[tuple[str, str], ...]:
    """Say of each period, by its label, whether it is closed and how much has been put right since; nobody's name is in it."""
    with read_only(space, None) as office:
        return tuple((standing.period.label, _final(office, standing)) for standing in standings(office, chosen_periods(office, periods)))


def _final(office: OfficeContext, standing: Standing) -> str:
    if standing.state is not State.CLOSED or standing.draft is None:
        return "还没有定稿，数还会变。" if standing.state is not State.REOPENED else "定稿以后已经重开，还没有再定稿，数还会变。"
    closed = f"{standing.draft.at:%Y-%m-%d} 定稿（第 {standing.draft.number} 稿）"
    later = corrections(office, standing.period)
    if not later:
        return f"{closed}。"
    named = {one.number for one in later if one.number}
    tasks = joined_words([task.number for task in office.at(standing.period).master.tasks if task.number in named])
    return f"{closed}；定稿以后有更正 {len(later)} 处{f'（{tasks}）' if tasks else ''}，这里仍是定稿的数。"


def as_table(path: Path) -> "pd.DataFrame":
    """Read an exported file with the dictionary's types; raises CommandError for what is none."""
    from toolkit.analysis.plain_tables import from_csv, from_json, with_types

    readers: Mapping[str, Callable[[DataTable, bytes], pd.DataFrame]] = {
        ".csv": from_csv,
        ".json": from_json,
        ".parquet": lambda table, content: with_types(table, from_parquet(content)),
    }
    if path.suffix not in readers or path.stem not in BY_NAME:
        raise CommandError(f"“{path.name}”不是 export 写的数据表。", f"文件名应是 {'、'.join(NAMES)} 之一，后面是 .csv、.json 或 .parquet。")
    try:
        return readers[path.suffix](BY_NAME[path.stem], read_exported(path))
    except (ValueError, KeyError) as error:
        raise CommandError(f"“{path.name}”的内容不是 export 写的“{path.stem}”表。", "请重新 export，不要改动表头和格式。") from error


def dictionary_table(words: Words = SOURCE) -> "pd.DataFrame":
    """Give the data dictionary as a table of texts (dtype string), in a language: a row a column of every table."""
    import pandas as pd

    head, *rows = ([words.shown(text) for text in row] for row in dictionary_rows())
    return pd.DataFrame(rows, columns=list(head), dtype="string")


def _csv_dictionary(words: Words) -> bytes:
    return b"\xef\xbb\xbf" + dictionary_table(words).to_csv(index=False, lineterminator="\r\n").encode()


def _files(found: "Mapping[str, pd.DataFrame]", format_: Format, words: Words) -> dict[str, bytes]:
    from toolkit.analysis.plain_tables import to_csv, to_json

    if format_ is Format.XLSX:
        rows = {BY_NAME[name]: _rows(frame) for name, frame in found.items()}
        return {"数据.xlsx": draw(book_in(tables_book(rows, dictionary=True), words.keeping(_said(rows))))}
    if format_ is Format.PARQUET:
        return {f"{name}.parquet": to_parquet(frame) for name, frame in found.items()}
    write = to_csv if format_ is Format.CSV else to_json
    return {f"{name}.{format_}": write(BY_NAME[name], frame) for name, frame in found.items()}


def _said(tables: Mapping[DataTable, Sequence[Sequence[object]]]) -> frozenset[str]:
    """Give the texts of tables that are data: all but what the program names (categories, states) and its own sentences."""
    said: dict[bool, set[str]] = {True: set(), False: set()}
    for table, rows in tables.items():
        for number, column in enumerate(table.columns):
            is_ours = column.holds is Holds.CATEGORY or column.name in _OURS
            said[is_ours].update(value for row in rows if isinstance(value := row[number], str))
    return frozenset(said[False] - said[True])


def _rows(frame: "pd.DataFrame") -> list[tuple[object, ...]]:
    """Give a table's rows as values that a workbook can hold; missing ones are None, moments are local times without zone."""
    from toolkit.analysis.plain_values import plain_rows

    return plain_rows(frame)
