"""Forms made at random, as an office would write them, and what a unit types into them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from toolkit.edges.templates.read_forms import COLUMNS
from toolkit.edges.workspace import starter_templates
from toolkit.issuing.unit_rows import TASK_FACTS
from toolkit.model.column_kinds import plain
from toolkit.model.ditto_words import is_ditto
from toolkit.model.form import Field
from toolkit.model.values import is_error, is_picture

WORDS = "投入资金项目开工率本年新增就业人数是否完成整改情况联系电话负责备注进度万元%（）/2A· "
TITLES = st.text(WORDS, min_size=1, max_size=10).map(str.strip).filter(bool)
CODES = ("status", "progress", "done", "problem", "next", "reason", "due", "evidence", "reached", "remark", "a", "b", "c", "d", "e", "f")
KINDS = ("文本", "整数", "小数", "百分比", "日期", "选项", "电话")
CHOICES = (("未启动", "推进中", "已完成"), ("是", "否"), ("低", "中", "高"), ("A类", "B类（含C类）", "其他"))
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=60)
PHONES = ("027-84712345", "13800001234", "0711-3888888", "12345", "84712345转12")


class Column(NamedTuple):
    """One row of a 栏目 sheet."""

    code: str
    title: str
    aliases: tuple[str, ...]
    source: str
    taken: str
    kind: str
    required: str
    low: int | None
    high: int | None
    choices: str


class Definition(NamedTuple):
    """A form definition: the columns of the main table, and those of a table of blank rows, which may be none."""

    main: tuple[Column, ...]
    blank: tuple[Column, ...]
    rows: int


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Make a definition with columns of every kind, some prefilled; a title or another name of a column stands for one column only."""
    count, more = draw(st.integers(1, 9)), draw(st.sampled_from((0, 0, 2, 3)))  # one column alone is no table that can be found again
    titles = draw(st.lists(TITLES, min_size=2 * (count + more), max_size=2 * (count + more), unique_by=lambda text: "".join(text.split())))
    codes = draw(st.permutations(CODES))
    columns = [draw(_columns(codes[at], titles[2 * at], titles[2 * at + 1])) for at in range(count + more)]
    main, blank = columns[:count], [column._replace(source="填报", taken="") for column in columns[count:]]
    if all(one.source == "预填" for one in main):
        main[-1] = main[-1]._replace(source="填报", taken="")
    number = Column("number", "编号", (), "预填", "编号", "文本", "否", None, None, "")
    main.insert(draw(st.integers(0, len(main))), number)
    return Definition(tuple(main), tuple(blank), draw(st.integers(1, 4)))


@st.composite
def _columns(draw: st.DrawFn, code: str, title: str, alias: str) -> Column:
    kind, source = draw(st.sampled_from(KINDS)), draw(st.sampled_from(("预填", "填报", "填报", "填报")))
    low = draw(st.none() | st.integers(0, 3)) if kind in {"整数", "小数", "百分比"} else None
    high = draw(st.none() | st.integers(50, 100)) if kind in {"整数", "小数", "百分比"} else draw(st.none() | st.integers(60, 500)) if kind == "文本" else None
    choices = f"选{draw(st.integers(0, len(CHOICES) - 1))}" if kind == "选项" else ""
    taken = draw(st.sampled_from([fact for fact in TASK_FACTS if fact != "编号"])) if source == "预填" else ""
    required = draw(st.sampled_from(("否", "是", "牵头", "已完成")))
    return Column(code, title, (alias,) if draw(st.booleans()) else (), source, taken, "文本" if source == "预填" else kind, required, low, high, choices)


def write_definition(path: Path, one: Definition) -> None:
    """Write the definition as the office would: sheets 表单, 栏目, 选项 and 样式."""
    book = Workbook()
    book.active.title = "表单"
    settings = [("代码", "any"), ("名称", "季度进展"), ("期间", "季"), ("标题", "{期间}情况表"), ("任务栏目.工作表", "情况")]
    settings += [("名册栏目.每行", "空行"), ("名册栏目.空行数", one.rows), ("名册栏目.工作表", "名册")] if one.blank else []
    for line in [("键", "值"), *settings]:
        book["表单"].append(line)
    for name, columns in (("任务栏目", one.main), ("名册栏目", one.blank)):
        sheet = book.create_sheet(name) if columns else None
        for line in [list(COLUMNS), *map(_line, columns)] if sheet else []:
            sheet.append(line)
    sheet = book.create_sheet("选项")
    for line in [("名称", "值", "含义"), *((f"选{at}", value, "") for at, values in enumerate(CHOICES) for value in values)]:
        sheet.append(line)
    styles, sheet = load_workbook(next(path for path in starter_templates() if path.name == "季度进展.xlsx"))["样式"], book.create_sheet("样式")
    for number, row in enumerate(styles.iter_rows(max_row=10, max_col=2, values_only=True), 1):
        sheet.cell(number, 1, row[0])
        sheet.cell(number, 2, row[1])
    book.save(path)


def _line(one: Column) -> list[object]:
    said = (one.code, one.title, "、".join(one.aliases), one.source, one.taken, one.kind, one.required, one.low, one.high, one.choices, "", 14)
    return [None if value == "" else value for value in said]


def values_of(field: Field) -> st.SearchStrategy[object]:
    """Give what a unit may rightly type into a column, None for nothing; a text is what is left of it in the sheet."""
    low, high = field.limits.low or Decimal(0), field.limits.high or Decimal(1000)
    numbers = st.decimals(low, high, places=2, allow_nan=False).map(lambda one: one.normalize())
    some: Mapping[str, st.SearchStrategy[object]] = {
        "文本": TEXTS.map(plain).filter(_is_said),
        "整数": st.integers(int(low), int(high)).map(Decimal),
        "小数": numbers,
        "百分比": numbers,
        "日期": st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        "选项": st.sampled_from(field.limits.choices or ("",)),
        "电话": st.sampled_from(PHONES),
    }
    return st.none() | some[field.kind.name] if field.kind.name != "选项" or field.limits.choices else st.none()


def _is_said(text: str) -> bool:
    """Whether a text is one that means itself: neither an error or picture of the sheet, nor a word that stands for the cell above."""
    return bool(text) and not is_error(text) and not is_picture(text) and not is_ditto(text) and "_x00" not in text


def type_values(source: Path, target: Path, typed: Mapping[tuple[str, str, str], object], headers: Mapping[str, Sequence[str]], first: int = 5) -> None:
    """Type values by (sheet, row key, title) into an issued workbook as a person does: texts stay texts; rows are found by 编号, or counted."""
    book = load_workbook(source)
    for (name, key, title), value in typed.items():
        sheet, titles = book[name], headers[name]
        number = titles.index("编号") + 1 if "编号" in titles else 0
        at = next(row for row in range(first, sheet.max_row + 1) if sheet.cell(row, number).value == key) if number else first + int(key) - 1
        cell = sheet.cell(at, titles.index(title) + 1)
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(target)
