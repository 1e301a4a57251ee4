"""Makes the pictures of the manual and the quick card from a played year: python -m tools.make_manual DOCS [PLAYED]."""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pdfplumber
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

from tests.office import convert
from toolkit.flows.demo.demo_levels import demo_levels
from toolkit.flows.demo.demo_year import demo_year

_DOTS = 80  # an inch: enough to read, small enough to send
_COLOURS = 48
_WIDTHS = (25, 105, 137)  # of the card's columns, millimetres


class Picture(NamedTuple):
    """A picture of the manual: its name, the file it shows, a text on the page (the `turn`-th that has it), how much of height and width is kept, and dots."""

    name: str
    file: str
    mark: str = ""
    down: float = 1.0
    across: float = 1.0
    dots: int = _DOTS
    turn: int = 1


PICTURES = (
    Picture("任务总表", "templates/任务总表.xlsx", down=0.45, across=0.75, dots=120),
    Picture("调整台账", "templates/任务总表（2023）.xlsx", "登记时间", dots=130),
    Picture("上年结转", "templates/任务总表.xlsx", "是否结转", 0.5, dots=110),
    Picture("单位表", "outbox/2023Q3/发放/区商务局_*.xlsx", "本季进展情况", 0.5, dots=110, turn=2),
    Picture("退改表", "outbox/2023Q2/退回/*_退改.xlsx", "需修改", 0.25),
    Picture("退改表-标出", "outbox/2023Q2/退回/*_退改.xlsx", "审核意见", 0.28, dots=110, turn=2),
    Picture("退改表-单位说明", "outbox/2023Q2/退回/*_退改.xlsx", "需修改", 0.25, dots=110),
    Picture("总览", "outbox/2023Q4/汇总/*汇总.xlsx", "·总览"),
    Picture("任务进展", "outbox/2023Q4/汇总/*汇总.xlsx", "·任务进展", 0.35, 0.62, 160),
    Picture("节点进展", "outbox/2023Q3/发放/区残联_*.xlsx", "上期预计", 0.4, dots=100, turn=2),
    Picture("里程碑", "outbox/2023Q3/汇总/*汇总.xlsx", "·里程碑", 0.45, dots=110),
    Picture("年底预判与灯", "outbox/2023Q3/汇总/*汇总.xlsx", "年底预判与灯", 0.75),
    Picture("单位考核", "outbox/2023Q4/汇总/*汇总.xlsx", "·单位考核", 0.6),
    Picture("报送情况", "outbox/2023Q4/汇总/*汇总.xlsx", "·报送情况", 0.5, dots=100),
    Picture("问题清单", "outbox/2023Q4/汇总/*汇总.xlsx", "·问题清单", 0.6, dots=100),
    Picture("变动对照", "outbox/2023Q3/汇总/*汇总.xlsx", "·变动对照", 0.5),
    Picture("督办台账", "outbox/2023Q4/汇总/*汇总.xlsx", "·督办台账", 0.25, dots=100),
    Picture("成绩单", "outbox/2023Q1/成绩/成绩单_*.xlsx", "成绩单", 0.75, dots=100),
    Picture("申诉表", "outbox/2023Q1/成绩/申诉表_*.xlsx", "申诉意见", 0.45, dots=100, turn=2),
    Picture("年度考核", "outbox/2023/汇总/*汇总.xlsx", "·单位考核", 0.5, dots=100),
    Picture("销号台账", "outbox/2023Q1/汇总/*汇总.xlsx", "·销号台账", 0.5, dots=100),
    Picture("协调事项", "outbox/2023Q1/汇总/*汇总.xlsx", "·协调事项", 0.25, dots=100),
    Picture("督办阶梯台账", "outbox/2023Q4/汇总/*汇总.xlsx", "·督办阶梯台账", 0.4, dots=100),
    Picture("约谈通知", "outbox/2023Q4/文书/约谈/*.docx"),
    Picture("全年总览", "outbox/2023/汇总/*汇总.xlsx", "·总览"),
    Picture("定稿的总览", "outbox/2023Q1/汇总/*汇总.xlsx", "·总览", 0.5),
    Picture("定稿后更正", "outbox/2023Q2/汇总/*汇总.xlsx", "·定稿后更正", 0.6, dots=100),
    Picture("通报", "outbox/2023Q4/文书/*通报.docx"),
    Picture("督办通知单", "outbox/2023Q4/文书/督办通知单/*.docx"),
    Picture("签批表", "outbox/2023Q4/文书/签批表/签批表_区农业农村局.docx"),
    Picture("工作方案汇编", "outbox/2023/文书/*汇编*.docx"),
)
LEVELS = (
    Picture("数据来源", "青江街道/outbox/2023Q1/上报/*.xlsx", "下级单元格", 0.5, 0.75, 170),
    Picture("下级来源", "区/outbox/2023Q1/汇总/*汇总.xlsx", "·下级来源", 0.6, dots=100),
)
BOARD = "outbox/2023Q3/汇总/看板.html"
BOARD_PICTURES = ("看板", "看板-手机", "看板-打印")  # taken by Chromium: on a screen, on a phone with a search, as it is printed
ROUND_PICTURES = ("佐证材料", "填报明细-佐证")  # the demo sends no evidence: cut by hand from the book of tests/answering's round, as LibreOffice prints it
CARD = (
    ("开始", "双击“启动”，或运行 python run.py", "按屏幕上的序号做；每一步后面写着它的命令"),
    ("建总表", "import 通知.docx", "核对 templates/任务总表.xlsx，先看“待确认”"),
    ("发表", "generate 2023Q1，再 send 2023Q1", "outbox/2023Q1/发放，一个单位一份"),
    ("收表", "来件放进 inbox，运行 collect", "每个文件都有去向和理由"),
    ("待认定", "returns 2023Q1 --accept 号（或 --refuse 号）", "拿不准的由您定，记录在案"),
    ("退改", "send 2023Q1 --what 退回", "outbox/2023Q1/退回；单位改好原样发回"),
    ("催报", "remind 2023Q1（或加 --text）", "没报的、没改的，每天最多一封；--text 写出微信、短信的话"),
    ("看进度", "status 2023Q1", "谁报了、谁没报、谁待退改"),
    ("汇总", "consolidate 2023Q1，或 open 2023Q1", "认定灯、处理、督办状态直接填在表里，不会丢"),
    ("文书", "documents 2023Q1", "通报、督办通知单、催报、签批表"),
    ("核对签字", "check-page 扫描件或校验码", "签的是哪些数，和现在的有什么不同"),
    ("核对", "verify 2023Q1", "用原件重新核对，应为“不一致 0 处”"),
    ("年终", "consolidate 2023，documents 2023", "全年总览、考核、工作方案汇编"),
    ("备份", "backup 备份.zip；换电脑 restore 备份.zip", "每期结束做一次，存到别的盘"),
    ("有问题", "doctor", "红的先处理；每一行写着怎么办"),
)
RULES = (
    "灯：蓝＝已完成，绿＝正常，黄＝滞后，红＝严重滞后，灰＝未报。界线在 templates/考核规则.xlsx 里改。",
    "错误：这一格没有采用，退回单位改。待核：采用了，请核对。提示：只是告知。",
    "新来的为准，一格一格地替换；新表里空着的，仍用原来的。每份原件都留在 records/returns。",
    "不要改动或删除 records 文件夹；密钥 records/seal.key 只随备份走，不要发给别人。",
)


def main(docs: Path, played: Path | None = None) -> None:
    """Make every picture, then the card as docx and pdf."""
    with tempfile.TemporaryDirectory() as scratch:
        if played is None:
            played = Path(scratch) / "演示"
            demo_year(played, say=print, show_table=lambda *_: None, progress=lambda items, _: items)
        _draw_all(PICTURES, played, Path(scratch), docs / "images")
        draw_levels(Path(scratch), docs / "images")
        _draw_board(played / BOARD, docs / "images")
        card = docs / "速查卡.docx"
        write_card(card)
        convert(card, "pdf", docs)


def _draw_all(pictures: Iterable[Picture], played: Path, scratch: Path, images: Path) -> None:
    pages: dict[Path, Path] = {}
    for picture in pictures:
        source = min(played.glob(picture.file))
        if source not in pages:
            pages[source] = convert(source, "pdf", scratch / f"{played.name}{len(pages)}")
        draw_picture(picture, pages[source], images)


def draw_levels(scratch: Path, images: Path) -> None:
    """Play a street with three communities, and make its pictures."""
    demo_levels(scratch / "两级", say=print, show_table=lambda *_: None, progress=lambda items, _: items, number=1, below=3)
    _draw_all(LEVELS, scratch / "两级", scratch, images)


def _draw_board(board: Path, images: Path) -> None:
    """Take the board's pictures in Chromium."""
    screen, phone, printed = (images / f"{name}.png" for name in BOARD_PICTURES)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(board.as_uri())
        page.screenshot(path=screen)
        paper = page.pdf(prefer_css_page_size=True)
        page.set_viewport_size({"width": 390, "height": 844})
        page.fill("#find", "住房")
        page.locator("#late").scroll_into_view_if_needed()
        page.screenshot(path=phone)
        browser.close()
    with pdfplumber.open(io.BytesIO(paper)) as pdf:
        pdf.pages[0].to_image(resolution=_DOTS).original.save(printed)


def write_card(path: Path) -> None:
    """Write the quick card: what to run, where it is found, and the rules in short."""
    paper = Document()
    section = paper.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "宋体", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    paper.core_properties.author = ""
    _line(paper.add_paragraph(), "目标任务进展收表 速查卡", 20, bold=True)
    _line(paper.add_paragraph(), "命令前都加 python run.py；2023Q1 换成您的期间（2023 是全年和工作方案，2023Q1 是一季度）。详见 docs/手册.md。", 11)
    table = paper.add_table(rows=1, cols=3, style="Table Grid")
    table.autofit = False
    for cells in (("做什么", "运行什么", "看哪里"), *CARD):
        row = table.rows[0] if cells[0] == "做什么" else table.add_row()
        for cell, text, width in zip(row.cells, cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
            _line(cell.paragraphs[0], text, 12, bold=cells[0] == "做什么" or text == cells[0])
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for sentence in RULES:
        _line(paper.add_paragraph(style="List Bullet"), sentence, 12)
    paper.save(str(path))


def _line(paragraph: object, text: str, size: int, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)  # type: ignore[attr-defined]
    run.font.size, run.bold = Pt(size), bold
    paragraph.paragraph_format.space_after = Pt(3)  # type: ignore[attr-defined]


def draw_picture(picture: Picture, pdf: Path, folder: Path) -> None:
    """Cut a page out as a picture without its white edges."""
    page = _page(pdf, picture)
    target = pdf.with_suffix("")
    words = ["pdftoppm", "-r", str(picture.dots), "-f", str(page), "-l", str(page), "-png", "-singlefile", str(pdf), str(target)]
    subprocess.run(words, check=True)  # noqa: S603 - our own words
    image = Image.open(target.with_suffix(".png")).convert("RGB")
    box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox() or (0, 0, *image.size)
    left, top, right, bottom = box
    end, foot = left + int((right - left) * picture.across), top + int((bottom - top) * picture.down)
    image = image.crop((max(0, left - 8), max(0, top - 8), end + 8, foot + 8))
    folder.mkdir(parents=True, exist_ok=True)
    image.quantize(_COLOURS).save(folder / f"{picture.name}.png", optimize=True)
    print(f"{picture.name}.png")


def _page(pdf: Path, picture: Picture) -> int:
    """Find the page that a picture shows, counted from 1. Raises LookupError when its mark is on too few pages."""
    if not picture.mark:
        return 1
    with pdfplumber.open(pdf) as book:
        found = [at for at, page in enumerate(book.pages, 1) if picture.mark in (page.extract_text() or "").replace(" ", "")]
    if len(found) < picture.turn:
        raise LookupError(f"{picture.name}: “{picture.mark}” is on {len(found)} pages of {pdf.name}")
    return found[picture.turn - 1]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
