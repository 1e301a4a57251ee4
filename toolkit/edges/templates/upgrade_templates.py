"""Brings what a newer program's own templates have more into those that the office edits: sheets, columns and rows; nothing of the office's is changed.

What the office once had and deleted stays deleted: what was brought is remembered in records/.
"""

import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from toolkit.edges.files import write_file
from toolkit.edges.templates.read_form_rules import LIGHT
from toolkit.edges.workspace import Workspace, starter_templates
from toolkit.model.column_kinds import plain
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code, Finding
from toolkit.model.form import PROGRESS
from toolkit.model.place import Place

_MEMORY, _DIGEST, _HELD = "模板底稿.json", "digest", "held"
_NAMED = 8  # of what was added, how much is named
_SETTINGS, _MAIN = "表单", "任务栏目"
_FIRST = Path(__file__).parents[2] / "resources" / "templates_first.json"  # what templates held at first, where nothing is remembered
Held = Mapping[str, Mapping[str, list[str]]]  # sheet → what it holds: headers, rows by key


def bring_up(space: Workspace) -> list[Finding]:
    """Bring new parts of the program's templates into the office's, once each; says what was added. A file that is open or broken waits."""
    starters = [path for path in starter_templates() if path.suffix == ".xlsx"]
    memory, digest = space.records / _MEMORY, _digest(starters)
    try:
        remembered = json.loads(memory.read_text("utf-8")) if memory.exists() else {_HELD: {}}
    except ValueError:
        remembered = {}
    if remembered.get(_DIGEST) == digest:
        return []
    now_held: dict[str, Held] = {path.name: held(path) for path in starters}
    seen: dict[str, Held] = {**now_held, **json.loads(_FIRST.read_text("utf-8")), **remembered[_HELD]} if _HELD in remembered else now_held
    findings, waits = [], False
    for starter in starters:
        target, before = space.templates / starter.name, seen[starter.name]
        try:
            added = [] if target.read_bytes() == starter.read_bytes() else _brought(target, starter, before)
        except (OSError, CommandError, BadZipFile, KeyError, ValueError, TypeError):
            now_held[starter.name], waits = before, True
            continue
        findings += [Finding(Code.TEMPLATE_GREW, Place(starter.name), {"what": _named(added)})] if added else []
    known = {_DIGEST: "" if waits else digest, _HELD: now_held}
    write_file(memory, json.dumps(known, ensure_ascii=False, sort_keys=True, indent=1).encode())
    return findings


def _named(added: Sequence[str]) -> str:
    """Name what was added, the first of many only: a new version may bring hundreds of words of another language."""
    return "、".join(added[:_NAMED]) + (f"等 {len(added)} 处" if len(added) > _NAMED else "")


def _digest(starters: Iterable[Path]) -> str:
    """Give one digest of the program's own templates: while it is the same there is nothing new to bring, and no workbook is opened."""
    found = hashlib.sha256()
    for path in starters:
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


@lru_cache(maxsize=16)
def held(path: Path) -> dict[str, dict[str, list[str]]]:
    """Tell what one of the program's own templates holds: of each sheet the headers and the keys of its rows."""
    from python_calamine import load_workbook  # ten times as fast as openpyxl, which must have them only where something is brought

    book = load_workbook(path)
    return {name: _held_by(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def _held_by(rows: Sequence[Sequence[object]]) -> dict[str, list[str]]:
    """Tell what a sheet holds, header row first."""
    titles = (plain(value) for value in (rows[0] if rows else ()))
    firsts = [(number, plain(row[0]), plain(row[1]) if len(row) > 1 else "") for number, row in enumerate(rows[1:], 2) if row]
    return {"headers": list(dict.fromkeys(filter(None, titles))), "rows": list(_keyed(firsts))}


def _headers(sheet: Any) -> dict[str, int]:
    return {plain(cell.value): cell.column for cell in sheet[1] if plain(cell.value)}


def _rows(sheet: Any) -> dict[str, int]:
    """Number the rows by their first cell; by the first two where the first stands in several (填报说明, the choices of a list)."""
    firsts = [(row[0].row, plain(row[0].value), plain(row[1].value) if len(row) > 1 else "") for row in sheet.iter_rows(min_row=2)]
    return _keyed(firsts)


def _keyed(firsts: Sequence[tuple[int, str, str]]) -> dict[str, int]:
    """Number rows, given with their first two cells, by what tells them apart."""
    often = Counter(first for _, first, _ in firsts)
    return {f"{first}|{second}" if often[first] > 1 else first: at for at, first, second in firsts if first}


def _brought(target: Path, starter: Path, seen: Held) -> list[str]:
    from openpyxl import load_workbook

    office, new = load_workbook(target), load_workbook(starter)
    if _light_fails(office, new):
        new[_SETTINGS].delete_rows(_rows(new[_SETTINGS])[LIGHT])
    added = [what for sheet in new.worksheets for what in _into(office, sheet, seen.get(sheet.title))]
    if added:
        stream = io.BytesIO()
        office.save(stream)
        write_file(target, stream.getvalue())
    return added


def _light_fails(office: Any, new: Any) -> bool:
    """Whether the office's form lacks the column by which the program's own finds its lights (累计进度): then what its columns can tell stays the rule."""
    if not {_SETTINGS, _MAIN} <= {*office.sheetnames} & {*new.sheetnames} or LIGHT not in _rows(new[_SETTINGS]):
        return False
    return PROGRESS in _rows(new[_MAIN]) and PROGRESS not in _rows(office[_MAIN])


def _into(office: Any, sheet: Any, seen: Mapping[str, list[str]] | None) -> Iterator[str]:
    """Bring one sheet; a sheet that is new comes whole."""
    if sheet.title not in office.sheetnames:
        if seen is None:
            made = office.create_sheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    _copy(cell, made.cell(cell.row, cell.column))
            for letter, size in sheet.column_dimensions.items():
                made.column_dimensions[letter].width = size.width
            yield f"工作表“{sheet.title}”"
        return
    mine, known = office[sheet.title], seen or {"headers": [], "rows": []}
    yield from _new_columns(mine, sheet, known["headers"])
    headers, here = _headers(mine), _rows(mine)
    firsts = {plain(row[0].value) for row in mine.iter_rows(min_row=2)}
    for key, at in _rows(sheet).items():
        if key in known["rows"] or key in here or ("|" not in key and key in firsts):
            continue
        below = mine.max_row + 1
        for title, column in _headers(sheet).items():
            if title in headers:
                _copy(sheet.cell(at, column), mine.cell(below, headers[title]))
        yield f"“{sheet.title}”表的“{_name_of(sheet, at) or key.replace('|', '：')}”"


def _name_of(sheet: Any, at: int) -> str:
    """Give the words by which people know a row whose key is the program's own: a column's header, a parameter's name; '' where it has none."""
    headers = _headers(sheet)
    names = (plain(sheet.cell(at, headers[title]).value) for title in ("表头", "名称", "检查") if title in headers)
    return next(filter(None, names), "")


def _new_columns(mine: Any, sheet: Any, known: list[str]) -> Iterator[str]:
    """Bring a column that the program reads by now, with its values in the rows that are here."""
    here = _rows(mine)
    for title, column in _headers(sheet).items():
        headers = _headers(mine)
        if title in known or title in headers:
            continue
        last = max(headers.values(), default=0) + 1
        _copy(sheet.cell(1, column), mine.cell(1, last))
        for key, at in _rows(sheet).items():
            if key in here:
                _copy(sheet.cell(at, column), mine.cell(here[key], last))
        yield f"“{sheet.title}”表的“{title}”栏"


def _copy(cell: Any, target: Any) -> None:
    """Copy a cell with its look from one workbook into another."""
    target.value = cell.value
    if cell.has_style:
        target.font, target.fill, target.border = copy(cell.font), copy(cell.fill), copy(cell.border)
        target.alignment, target.number_format, target.protection = copy(cell.alignment), cell.number_format, copy(cell.protection)
