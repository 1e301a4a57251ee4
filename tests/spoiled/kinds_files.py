"""What programs make of a workbook: other formats under the same name, odd XML, things inside that are no cells."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from html import escape

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook, load_workbook

from tests.hostile.ole import compound
from tests.spoiled.office import FIGURES, MAIN, Case, Kind, clean, marked, out, saved, waits
from tests.spoiled.surgery import Make, adding, cell_xml, edited, packed, parts_of, rewriting

PASSWORD = "某某口令"  # noqa: S105 - the test's own
SHEET2 = "xl/worksheets/sheet2.xml"
RELATION = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'


def _rows(case: Case, name: str) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(case.filled))[name]
    return [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _text(value: object) -> str:
    """Write a value as an export does."""
    if isinstance(value, datetime):
        return f"{value.year}/{value.month}/{value.day}"
    return "" if value is None or str(value).startswith("=") else str(value)


def _as_csv(encoding: str, delimiter: str = ",") -> Make:
    def make(case: Case) -> bytes:
        out_ = io.StringIO()
        csv.writer(out_, delimiter=delimiter).writerows(_rows(case, MAIN))
        return out_.getvalue().encode(encoding)

    return make


def _as_html(case: Case) -> bytes:
    """Both tables, one below the other, as a system's export writes them."""
    cell = "<td>{}</td>".format
    tables = ["".join(f"<tr>{''.join(map(cell, map(escape, row)))}</tr>" for row in _rows(case, name)) for name in (MAIN, FIGURES)]
    body = "".join(f"<table border=1>{rows}</table>" for rows in tables)
    return f"<html><head><meta charset='gbk'></head><body>{body}</body></html>".encode("gb18030")


def _as_sheet_xml(case: Case) -> bytes:
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'.format
    sheets = ""
    for name in (MAIN, FIGURES):
        rows = "".join(f"<Row>{''.join(map(cell, map(escape, row)))}</Row>" for row in _rows(case, name))
        sheets += f'<Worksheet ss:Name="{name}"><Table>{rows}</Table></Worksheet>'
    head = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    return f'{head} xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{sheets}</Workbook>'.encode()


def _by_pandas(case: Case) -> bytes:
    """Every sheet read and written again by pandas, with its own first row and index."""
    import pandas as pd

    frames = pd.read_excel(io.BytesIO(case.filled), sheet_name=None, header=None, engine="openpyxl")
    made = io.BytesIO()
    with pd.ExcelWriter(made) as writer:
        for name, frame in frames.items():
            frame.to_excel(writer, sheet_name=name)
    return made.getvalue()


def _locked(password: str) -> Make:
    def make(case: Case) -> bytes:
        made = io.BytesIO()
        OOXMLFile(io.BytesIO(case.filled)).encrypt(password, made)
        return made.getvalue()

    return make


def _related(part: str, kind: str, target: str, more: dict[str, bytes]) -> Make:
    """Add parts, and a relation to them from one part."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"

    def make(case: Case) -> bytes:
        parts = parts_of(case.filled)
        old = parts.get(rels, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>').decode()
        parts[rels] = old.replace("</Relationships>", RELATION.format(kind=kind, target=target)).encode()
        return packed(parts | more)

    return make


def _with_picture(case: Case) -> bytes:
    from openpyxl.drawing.image import Image
    from PIL import Image as Picture

    made = io.BytesIO()
    Picture.new("RGB", (8, 8), "red").save(made, "PNG")

    def change(book: Workbook) -> None:
        book[MAIN].add_image(Image(io.BytesIO(made.getvalue())), "S5")

    return edited(change)(case)


def _strict(case: Case) -> bytes:
    """The namespaces of strict OOXML."""
    changes = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )
    parts = parts_of(case.filled)
    for name, content in parts.items():
        for old, new in changes:
            content = content.replace(old, new)  # noqa: PLW2901 - one change after the other
        parts[name] = content
    return packed(parts)


def _also(make: Make, change: Callable[[str], str]) -> Make:
    """Change the XML of the main sheet after another spoilage."""

    def both(case: Case) -> bytes:
        parts = parts_of(make(case))
        text = parts[SHEET2].decode()
        changed = change(text)
        assert changed != text
        return packed(parts | {SHEET2: changed.encode()})

    return both


def _as_is(case: Case) -> bytes:
    return case.filled


def _percent(case: Case) -> bytes:
    """A finished task whose 1 a person sees as 100%."""

    def change(book: Workbook) -> None:
        book[MAIN]["K6"] = 1
        book[MAIN]["K6"].number_format = "0%"

    return edited(change)(case)


def _prefixed(text: str) -> str:
    """Element names with a prefix, as some converters write them."""
    return re.sub(r"<(/?)(?=\w)", r"<\1x:", text).replace("xmlns=", "xmlns:x=")


def _turned(text: str) -> str:
    return re.sub(r'<c r="(\w+)" s="(\d+)"', r'<c s="\2" r="\1"', text)


def _unaddressed(text: str) -> str:
    return re.sub(r'<c r="\w+"', "<c", text)


def _backslashes(case: Case) -> bytes:
    return packed({name.replace("/", "\\"): content for name, content in parts_of(case.filled).items()})


def _one_sheet_book(case: Case) -> bytes:
    """One sheet with both tables one below the other."""
    book = Workbook()
    for name in (MAIN, FIGURES):
        for row in _rows(case, name):
            book.active.append([value or None for value in row])
    return saved(book)


LINK = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
DDE = LINK.replace(b"/>", b'><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>')
CSV, FIGURES_OUT = "NO_SEAL SHEET_RENAMED NO_SHEET NO_SHEET READ_AS", out("任务1|新建标准厂房")
ERROR = {"任务1.problem": '<c r="{r}" s="{s}" t="e"><f>A1+#REF!</f><v>#REF!</v></c>'}
NO_PROBLEM = out("任务1.problem")
KINDS = (
    Kind("存成逗号分隔的文本，还叫 .xls", _as_csv("utf-8-sig"), marked(CSV, FIGURES_OUT), "来件.xls"),
    Kind("存成制表符分隔的 GBK 文本", _as_csv("gb18030", "\t"), marked(CSV, FIGURES_OUT), "来件.txt"),
    Kind("存成网页，还叫 .xls", _as_html, marked("NO_SEAL SHEET_RENAMED SHEET_RENAMED NO_SHEET READ_AS"), "来件.xls"),
    Kind("存成 XML 表格 2003", _as_sheet_xml, marked("NO_SEAL NO_SHEET READ_AS"), "来件.xml"),
    Kind("两张表堆在一张工作表里", _one_sheet_book, marked("NO_SEAL SHEET_RENAMED SHEET_RENAMED NO_SHEET READ_AS")),
    Kind("用 pandas 读写过一遍", _by_pandas, marked("NO_SEAL" + " COLUMN_EXTRA" * 3 + " TEXT_ABOVE" * 3)),
    Kind("扩展名写成 .pdf", lambda case: case.filled, clean(), "来件.pdf"),
    Kind("没有扩展名", lambda case: case.filled, clean(), "来件"),
    Kind("设了打开密码（密码已登记）", _locked(PASSWORD), clean()),
    Kind("设了打开密码（不知道密码）", _locked("别的"), waits("PASSWORD", unit="")),
    Kind("只设了写保护（VelvetSweatshop）", _locked("VelvetSweatshop"), clean()),
    Kind("范围标记写成 A1（WPS）", rewriting(SHEET2, r'<dimension ref="[^"]*" ?/>', '<dimension ref="A1"/>', regex=True), clean()),
    Kind("样式里有空的填充", rewriting("xl/styles.xml", r"<fills.*?</fills>", '<fills count="2"><fill/><fill/></fills>', regex=True), clean()),
    Kind("严格 OOXML 的命名空间", _strict, clean()),
    Kind("XML 标签带前缀", _also(_as_is, _prefixed), clean()),
    Kind("部件路径用反斜杠", _backslashes, clean()),
    Kind("带宏", adding({"xl/vbaProject.bin": b"x" * 600}), clean("ACTIVE"), "来件.xlsm"),
    Kind(
        "带外部链接",
        _related("xl/workbook.xml", "externalLink", "externalLinks/externalLink1.xml", {"xl/externalLinks/externalLink1.xml": LINK}),
        clean("ACTIVE"),
    ),
    Kind(
        "带 DDE 链接",
        _related("xl/workbook.xml", "externalLink", "externalLinks/externalLink1.xml", {"xl/externalLinks/externalLink1.xml": DDE}),
        clean("ACTIVE"),
    ),
    Kind(
        "嵌了 OLE 对象",
        _related(SHEET2, "oleObject", "../embeddings/oleObject1.bin", {"xl/embeddings/oleObject1.bin": compound({"\x01Ole10Native": b"x" * 5000})}),
        clean("ACTIVE"),
    ),
    Kind("带数据连接", adding({"xl/connections.xml": b"<connections/>"}), clean("ACTIVE")),
    Kind("贴了图片", _with_picture, clean("NOT_TAKEN")),
    Kind("单元格属性换了先后", _also(_as_is, _turned), clean()),
    Kind("单元格不写地址", _also(_as_is, _unaddressed), clean()),
    Kind("属性换了先后，又有公式出错", _also(cell_xml(ERROR), _turned), marked("CELL_ERROR", NO_PROBLEM)),
    Kind("标签带前缀，又有公式出错", _also(cell_xml(ERROR), _prefixed), marked("CELL_ERROR", NO_PROBLEM)),
    Kind("单元格不写地址，又有公式出错", _also(cell_xml(ERROR), _unaddressed), marked("CELL_ERROR", NO_PROBLEM)),
    Kind("属性换了先后，又是百分比格式", _also(_percent, _turned), clean()),
    Kind("标签带前缀，又是百分比格式", _also(_percent, _prefixed), clean()),
)
