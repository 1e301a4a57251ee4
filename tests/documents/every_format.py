"""One notice with prose and a table, drawn in every sort of file that is read."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from openpyxl import Workbook

from tests.documents.drawn import docx, page, para, row, table, zipped
from tests.office import convert

TITLE = "青江区2025年重点工作任务分解表"
PROSE = (
    "一、提升服务",
    "1.修缮社区食堂，新增座位60个。（牵头单位：区民政局；配合单位：区财政局、白沙街道；完成时限：6月底前）",
    "2.整治停车秩序。（区城管局牵头，区公安局配合，长期坚持）",
    "二、改善环境",
)
ROWS = (
    ("序号", "重点工作", "牵头单位", "配合单位", "完成时限"),
    ("3", "建设滨河步道5公里。", "区水务局", "区住房和城乡建设局", "9月底前"),
    ("4", "推广垃圾分类。", "区城管局", "各街道", "全年"),
)
TASKS = [
    "任务1 修缮社区食堂，新增座位60个。 区民政局 ← 区财政局、白沙街道 6月底前",
    "任务2 整治停车秩序。 区城管局 ← 区公安局 长期坚持",
    "任务3 建设滨河步道5公里。 区水务局 ← 区住房和城乡建设局 9月底前",
    "任务4 推广垃圾分类。 区城管局 ← 各街道 全年",
]


def word(folder: Path) -> Path:
    """Draw it as a Word file."""
    path = folder / "通知.docx"
    path.write_bytes(docx(para(TITLE), *map(para, PROSE), table(*(row(*cells) for cells in ROWS))))
    return path


def book(folder: Path) -> Path:
    """Draw it as a workbook: the prose a cell a line, the table below."""
    made = Workbook()
    for line in (TITLE, *PROSE):
        made.active.append([line])
    for cells in ROWS:
        made.active.append(cells)
    path = folder / "通知.xlsx"
    made.save(path)
    return path


def text(folder: Path) -> Path:
    """Draw it as plain text, the table with bars."""
    return _written(folder / "通知.txt", "\n".join((TITLE, *PROSE, *(" | ".join(cells) for cells in ROWS))))


def markdown(folder: Path) -> Path:
    """Draw it as Markdown, with its marks."""
    prose = (f"# {TITLE}", f"## {PROSE[0]}", f"- {PROSE[1].replace('牵头单位：', '**牵头单位：**')}", PROSE[2], f"## {PROSE[3]}", "")
    rows = ["| " + " | ".join(cells) + " |" for cells in ROWS]
    return _written(folder / "通知.md", "\n".join((*prose, rows[0], "|---" * 5 + "|", *rows[1:])))


def separated(folder: Path, name: str, delimiter: str) -> Path:
    """Draw it with commas or tabs."""
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter).writerows([*([line] for line in (TITLE, *PROSE)), *ROWS])
    return _written(folder / name, made.getvalue())


def web(folder: Path) -> Path:
    """Draw it as a web page with a navigation and a footer around it."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in ROWS)
    body = "".join(f"<p>{line}</p>" for line in (TITLE, *PROSE))
    around = "<div class='nav'><a href='/'>首页</a><a href='/z'>政务公开</a></div>"
    foot = "<div class='footer'><p>主办单位：青江区人民政府办公室</p><p>承办单位：区数据局</p></div>"
    path = folder / "通知.html"
    path.write_bytes(page(f"{around}<div class='article'>{body}<table border=1>{rows}</table></div>{foot}"))
    return path


def ofd(folder: Path) -> Path:
    """Draw it as an OFD: each line, and each cell, a TextObject with its place in millimetres."""
    objects, top = [], 20.0
    for line in (TITLE, *PROSE):
        for piece in _cut(line, 40):
            objects.append(_text_object(piece, 20.0, top))
            top += 6.0
    for cells in ROWS:
        left = 20.0
        for cell, width in zip(cells, (12, 48, 30, 50, 25), strict=True):
            if cell:
                objects.append(_text_object(cell, left, top))
            left += width
        top += 7.0
    path = folder / "通知.ofd"
    path.write_bytes(ofd_of(objects))
    return path


def ofd_of(objects: Sequence[str]) -> bytes:
    """Pack one page of text objects as an OFD."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
            "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210"
            f" 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>',
        }
    )


def _text_object(text: str, left: float, top: float) -> str:
    steps = f"g {len(text) - 1} 4" if len(text) > 1 else ""
    code = f'<ofd:TextCode X="0" Y="4" DeltaX="{steps}">{text}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Boundary="{left} {top} {4 * len(text)} 5" Font="1" Size="4">{code}</ofd:TextObject>'


def _cut(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def through_office(folder: Path, kind: str) -> Path:
    """Draw it as Word or a workbook and have LibreOffice turn it into another sort; .wps and .et are .doc and .xls by another name."""
    filters = {"doc": "doc:MS Word 97", "wps": "doc:MS Word 97", "uot": "uot:UOF text", "et": "xls"}
    source = book(folder) if kind in {"xls", "et", "ods"} else _whole_word(folder)
    made = convert(source, filters.get(kind, kind), folder / "made")
    return made.rename(made.with_suffix(f".{kind}"))


def _whole_word(folder: Path) -> Path:
    """Draw it as a Word file with everything that LibreOffice looks for."""
    made = Document()
    for line in (TITLE, *PROSE):
        made.add_paragraph(line)
    rows = made.add_table(len(ROWS), len(ROWS[0]), "Table Grid")
    for at, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            rows.cell(at, column).text = cell
    made.add_paragraph("")  # LibreOffice 7.4 loses a table that ends a .doc
    path = folder / "通知.docx"
    made.save(str(path))
    return path


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
