"""A notice says the same whatever sort of file it is."""

import html
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.office import profile
from tests.waiting import PATIENCE
from toolkit.edges.documents.read_document import read_document
from toolkit.edges.workspace import real_notice
from toolkit.model.command_error import CommandError
from toolkit.model.master import Master
from toolkit.notice.read_notice import read_notice

TEXT = real_notice().read_text("utf-8")
PAGE = '<html><head><meta charset="{charset}"><title>通知</title><script>var a = "一、(牵头单位:甲)";</script></head><body>{nav}<div>{body}</div></body></html>'


def told(master: Master) -> list[tuple[object, ...]]:
    """Give what must be the same: numbers, texts, units, sections."""
    return [(task.number, task.text, task.leads, task.supports, task.section, task.subsection) for task in master.tasks]


def read(path: Path) -> Master:
    return read_notice(read_document(path), year=2023)


@pytest.fixture(scope="module")
def truth() -> list[tuple[object, ...]]:
    """The real notice as read from its text."""
    return told(read(real_notice()))


def web_page(charset: str) -> bytes:
    body = "".join(f"<p>&nbsp;{html.escape(line)}</p>" for line in TEXT.split("\n"))
    nav = '<div class="nav"><a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div>'
    return PAGE.format(charset=charset, nav=nav, body=body).encode("gb18030" if charset == "gb2312" else charset)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_encoding_says_the_same(tmp_path: Path, truth: list[tuple[object, ...]], encoding: str) -> None:
    """The real notice as text in UTF-8, with a mark, in GB18030 or UTF-16 gives the same tasks and units."""
    path = tmp_path / "通知.txt"
    path.write_bytes(TEXT.encode(encoding))

    assert truth == told(read(path))


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_saved_web_page_says_the_same(tmp_path: Path, truth: list[tuple[object, ...]], charset: str) -> None:
    """The real notice as a saved page, with script and navigation around it, gives the same tasks and units."""
    path = tmp_path / "通知.html"
    path.write_bytes(web_page(charset))

    assert truth == told(read(path))


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_word_and_pdf_say_the_same(tmp_path: Path, truth: list[tuple[object, ...]], kind: str) -> None:
    """The real notice as a Word document or a PDF made by LibreOffice gives the same tasks and units."""
    (tmp_path / "通知.html").write_bytes(web_page("utf-8").replace("首页".encode(), b"").replace("政务公开</a>".encode(), b"</a>"))
    command = ["soffice", f"-env:UserInstallation={profile().as_uri()}", "--headless", "--infilter=HTML (StarWriter)", "--convert-to"]
    target = "docx:MS Word 2007 XML" if kind == "docx" else "pdf:writer_pdf_Export"
    subprocess.run([*command, target, "--outdir", str(tmp_path), str(tmp_path / "通知.html")], capture_output=True, check=True, timeout=PATIENCE)

    assert truth == told(read(tmp_path / f"通知.{kind}"))


def test_a_table_in_excel_says_the_same(tmp_path: Path, truth: list[tuple[object, ...]]) -> None:
    """The real tasks as an Excel table, its columns in another order under a title row, give the same tasks and units."""
    book = Workbook()
    book.active.append(["2023年重点工作任务分解表"])
    book.active.append(["责任单位", "序号", "牵头单位", "工作任务"])
    tasks = [task for task in read(real_notice()).tasks if task.number.startswith("任务")]
    for at, task in enumerate(tasks, 1):
        book.active.append(["、".join(task.supports), at, "、".join(task.leads), task.text])
    book.save(tmp_path / "分解表.xlsx")

    assert [row[:4] for row in truth if str(row[0]).startswith("任务")] == [row[:4] for row in told(read(tmp_path / "分解表.xlsx"))]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.txt", b"", "是空的"),
        ("空白.docx", b"  \r\n", "是空的"),
        ("图.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 200, "图"),
        ("坏.pdf", b"%PDF-1.4 broken", "PDF"),
        ("坏.docx", b"PK\x03\x04" + b"0" * 200, "“坏.docx”"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    """An empty, broken or foreign file stops the import with a sentence that names it and says what to do."""
    (tmp_path / name).write_bytes(content)

    with pytest.raises(CommandError) as stopped:
        read_document(tmp_path / name)

    assert sentence in stopped.value.message
    assert stopped.value.advice


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    """A path that leads nowhere says so."""
    with pytest.raises(CommandError, match="没有这个文件"):
        read_document(tmp_path / "没有.txt")
