"""Holds the parts of a form definition against each other: what would be left out, be taken for something else or come to nothing, each at its cell."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from toolkit.edges.templates.definition_words import SETTING_NOTES
from toolkit.edges.templates.office_sheet import OfficeBook, OfficeRow
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.form import DUE, LIMIT, STATUS, Field, LightRule, Source, Subject, Table
from toolkit.model.place import Place
from toolkit.model.row_formulas import columns_in
from toolkit.model.sheet_titles import OF_A_BOOK, OF_A_FORM, fits_a_sheet
from toolkit.model.stages import Stage

Settings = Mapping[str, list[OfficeRow]]
OF_TABLES = ("工作表", "每行", "空行数", "清单")
SEVERAL = frozenset({"填报说明", "文书", "发给"})  # settings that may stand in several rows
BOOK_SHEET, LIGHT = "汇总表", "灯"
_FITTING = "31 个字以内、没有 [ ] : * ? / \\ 的名称"


def check_settings(book: OfficeBook, settings: Settings) -> None:
    """Say which settings nothing reads, and which are said twice in different words."""
    tables = [name for name in book.names if name.endswith("栏目")]
    known = [key for key in SETTING_NOTES if key not in OF_TABLES] + [f"{name}.{part}" for name in tables for part in OF_TABLES]
    for key, rows in settings.items():
        if key not in known and key != "键":
            rows[0].fault(Code.NO_EFFECT, "键", seen=key, choices="、".join(known))
        for row in rows[1:] if key not in SEVERAL else ():
            if row.text("值") != rows[0].text("值"):
                row.fault(Code.REPEATED, "键", seen=key, other=rows[0].place("键").cell)


def check_names(book: OfficeBook, settings: Settings, tables: Mapping[str, Table]) -> None:
    """Say which sheets cannot be called as the definition says, by the names of their 栏目 sheets; Excel takes capitals and small letters for the same."""
    seen: dict[str, str] = {}
    for name, table in tables.items():
        key, title = f"{name}.工作表", table.sheet
        if not fits_a_sheet(title) or title in OF_A_FORM:
            _fault(book, settings, key, Code.BAD_SETTING, seen=title, choices=f"{_FITTING}，不能是{_quoted(OF_A_FORM)}")
        elif title.lower() in seen:
            _fault(book, settings, key, Code.REPEATED, seen=title, other=seen[title.lower()])
        seen.setdefault(title.lower(), settings[key][0].place("值").cell if key in settings else name)
    title = settings[BOOK_SHEET][0].text("值") if BOOK_SHEET in settings else ""
    if title and (not fits_a_sheet(title) or title in OF_A_BOOK):
        _fault(book, settings, BOOK_SHEET, Code.BAD_SETTING, seen=title, choices=f"{_FITTING}，不能和汇总表里别的工作表（如 总览、问题清单）同名")


def check_columns(rows: Sequence[OfficeRow], table: Table) -> None:
    """Say which columns are called alike, which formulas name columns that are not there, and which states never end."""
    by_place = {row.place("代码"): row for row in rows}
    _check_titles([(by_place[field.place], field) for field in table.fields])
    titles = [name for field in table.fields for name in (field.title, *field.aliases)]
    for field in table.fields:
        row = by_place[field.place]
        if field.source is Source.FORMULA and not field.taken_from:
            row.fault(Code.MISSING_SETTING, "取自", hint="算式，栏目写在方括号里，如 [执行数]/[预算数]*100")
        for name in columns_in(field.taken_from) if field.source is Source.FORMULA else ():
            if name not in titles:
                row.fault(Code.BAD_SETTING, "取自", seen=f"[{name}]", choices="、".join(f"[{other.title}]" for other in table.fields if other is not field))
        if field.code == STATUS and field.limits.choices and not table.words_of(Stage.FINISHED):
            row.fault(Code.NO_FINISHED, "选项", seen="、".join(field.limits.choices))


def _check_titles(fields: Sequence[tuple[OfficeRow, Field]]) -> None:
    """Say which titles differ by blanks or width only, and which aliases (别名) another column is known by."""
    seen: dict[str, OfficeRow] = {}
    for row, field in fields:
        other = seen.setdefault(_plain(field.title), row)
        if other is not row and other.text("表头") != row.text("表头"):
            row.fault(Code.REPEATED, "表头", seen=field.title, other=other.place("表头").cell)
    for row, field in fields:
        for alias in field.aliases:
            other = seen.setdefault(_plain(alias), row)
            if other is not row and alias != row.text("表头"):
                row.fault(Code.NO_EFFECT, "别名", seen=alias, choices=f"别的栏目没有用过的名称（{other.place('表头').cell} 已经叫“{alias}”）")


def check_tables(book: OfficeBook, settings: Settings, tables: Mapping[str, Table], light: LightRule) -> None:
    """Say where nothing is asked of units, and where a light by days has no day to hold against."""
    for name, table in tables.items():
        if not table.fields and not any(fault.level is Level.ERROR and fault.place.sheet == name for fault in book.faults):
            book.say(Code.MISSING_SETTING, name, "A2", title="栏目", hint="栏目，一行写一栏")
    if any(table.fields for table in tables.values()) and not any(table.filled for table in tables.values()):
        book.say(Code.NOTHING_TO_FILL, next(iter(tables)), sheet=next(iter(tables.values())).sheet)
    main = next(iter(tables.values()), None)
    if main is None or light is not LightRule.DAY or main.subject not in {Subject.LIST, Subject.BLANK}:
        return
    if not any(main.field(code) for code in (LIMIT, DUE)) and not any(row.cells.get("完成时限") for row in main.rows):
        place = settings[LIGHT][0].place("值") if LIGHT in settings else Place(book.file, "表单")
        book.faults.append(Finding(Code.NO_DUE_DAY, place, {"sheet": main.sheet}, title=LIGHT))


def _fault(book: OfficeBook, settings: Settings, key: str, code: Code, **facts: str) -> None:
    if key in settings:
        settings[key][0].named({"值": key}).fault(code, key, **facts)
    else:
        book.say(code, "表单", title=key, **facts)


def _quoted(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in sorted(names))


def _plain(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split()).lower()
