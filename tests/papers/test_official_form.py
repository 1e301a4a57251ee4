"""What an office expects of its papers: number with its own code and without 第, 抄送 and 印发 at the end, headings with their text, drafts that say so."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.parts.document import DocumentPart

from tests.papers.drawn import TEMPLATE, drawn, texts
from tests.time import small_year as small
from tests.time.small_year import BUREAU, Q1
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.write_documents import draw_paper, without_line
from toolkit.flows.report.documents import documents
from toolkit.model.supervision import paper_number
from toolkit.model.word_document import Imprint, Paragraph, Section, Style, Table, WordDocument
from toolkit.views.papers.letterhead import DRAFT


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """One unit has reported in the first quarter; the settings name code and copies."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-06")
    space = small.office(tmp_path)
    settings = tmp_path / "settings.toml"
    text = settings.read_text("utf-8").replace('code = ""', 'code = "云政办督"').replace('copies = ""', 'copies = "县委办公室，县人大常委会办公室。"')
    settings.write_text(text.replace('office = ""', 'office = "云溪县政府办公室"'), "utf-8")
    small.issue(space, Q1)
    small.lay(space, Q1, BUREAU, progress=2)
    small.take_in(space, date(2023, 3, 26))
    return space


def bulletin(space: Workspace) -> Path:
    """Find the bulletin."""
    return next(space.out(Q1, "文书").glob("关于*.docx"))


def test_number_copies_and_imprint(space: Workspace) -> None:
    """The number has the code and no 第; 抄送, and who printed it with the day, end bulletin, letters and reminders; a letter bears the code too."""
    documents(space, Q1, yellow=True, progress=small.quietly)  # type: ignore[arg-type]
    said = texts(bulletin(space))

    assert "云政办督〔2023〕1号" in said
    assert ["抄送：县委办公室，县人大常委会办公室。", "云溪县政府办公室\t2023年4月6日印发"] == said[-2:]
    letters = sorted((space.out(Q1, "文书") / "督办通知单").glob("*.docx"))
    assert letters
    assert all(any(text.startswith("云政办督〔2023〕") for text in texts(path)) for path in letters)
    reminders = sorted((space.out(Q1, "文书") / "催报").glob("催报通知_*.docx"))
    assert reminders
    for path in (*letters, *reminders):
        assert {"抄送：县委办公室，县人大常委会办公室。", "云溪县政府办公室\t2023年4月6日印发"} <= set(texts(path))
    assert "〔2023〕12号" == paper_number("", 2023, 12)


def test_a_draft_says_so_until_it_is_closed(space: Workspace) -> None:
    """The open period's bulletin is marked; closing takes the line off, also from one that the clerk has edited, whose other words stay."""
    documents(space, Q1, yellow=False, progress=small.quietly)  # type: ignore[arg-type]
    path = bulletin(space)
    assert DRAFT == texts(path)[0]
    edited = Document(str(path))
    edited.add_paragraph("办公室添写的一段。")
    edited.save(str(path))
    small.close(space, Q1, date(2023, 4, 7))

    said = texts(path)
    assert DRAFT not in said
    assert "办公室添写的一段。" in said
    assert "云政办督〔2023〕1号" in said


def test_headings_stay_with_their_text_whatever_the_template_says() -> None:
    """Also where the office's own template lost that setting, a heading, a title and a caption are kept with what follows, the last text with 版记."""
    template = Document(BytesIO(TEMPLATE.read_bytes()))
    for name in ("一级标题", "二级标题", "表题", "公文标题"):
        template.styles[name].paragraph_format.keep_with_next = False
    stream = BytesIO()
    template.save(stream)
    heads = (Style.TITLE, Style.HEADING, Style.SUBHEADING, Style.CAPTION)
    paper = WordDocument("题", (Section((*(Paragraph("甲", head) for head in heads), Paragraph("文"), Imprint("", "某办", "2023年4月6日印发"))),))

    found = Document(BytesIO(draw_paper(paper, stream.getvalue()))).paragraphs

    assert [True] * 5 + [False] == [one.paragraph_format.keep_with_next for one in found]
    assert "某办\t2023年4月6日印发" == found[-1].text


def test_a_line_is_taken_out_and_nothing_else() -> None:
    """Only paragraphs that hold exactly the line go; a file without it, or that is none, keeps its bytes."""
    content = drawn(WordDocument("题", (Section((Paragraph(DRAFT, Style.NOTE), Paragraph("正文里的草稿二字"))),)))

    assert ["正文里的草稿二字"] == texts(without_line(content, DRAFT))
    clean = without_line(content, DRAFT)
    assert (clean, b"broken") == (without_line(clean, DRAFT), without_line(b"broken", DRAFT))


def test_styles_are_looked_up_once_a_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    However many lines and cells a paper has, each style is looked for in the template once: a round has a thousand papers.
    """
    asked: list[object] = []
    looked = DocumentPart.get_style_id
    monkeypatch.setattr(DocumentPart, "get_style_id", lambda part, style, kind: (asked.append(style), looked(part, style, kind))[1])
    table = Table(header=("序号", "内容"), rows=tuple((str(at), "修路") for at in range(20)), widths=(20, 100))

    draw_paper(WordDocument("通报", (Section((*(Paragraph("修路。", Style.CELL) for _ in range(20)), table)),)), TEMPLATE.read_bytes())

    assert [] == [style for style in asked if asked.count(style) > 1]
    assert {Style.CELL.value, Style.HEAD.value} <= set(asked)
