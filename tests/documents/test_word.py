"""Word documents: drawn list numbers, merged cells, tracked changes, and files that only look like Word."""

from pathlib import Path

from tests.documents.drawn import cell, docx, level, numbering, para, row, said, shown, table


def test_numbers_that_word_draws_are_read(tmp_path: Path) -> None:
    """List numbers that Word draws but does not store as text stand beside their paragraphs, in their own style."""
    lists = numbering(level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2."))
    tasks = (para(text, numbered="1", level=1) for text in ("修路。", "架桥。"))
    body = docx(para("重点工作", numbered="1"), *tasks, para("保障措施", numbered="1"), lists=lists)

    assert ["一、|重点工作", "1.|修路。", "2.|架桥。", "二、|保障措施"] == shown(body, "通知.docx", tmp_path)


def test_merged_cells_say_the_same_in_each_cell_they_cover(tmp_path: Path) -> None:
    """A cell merged over columns or rows gives its text to every cell it covers."""
    wide = cell("某某局", look='<w:gridSpan w:val="2"/>')
    tall, below = cell("任务一", look='<w:vMerge w:val="restart"/>'), cell("", look="<w:vMerge/>")
    body = docx(table(row("任务", "牵头单位", "责任单位"), row(tall, wide), row(below, "甲局", "乙局")))

    assert [[["任务", "牵头单位", "责任单位"], ["任务一", "某某局", "某某局"], ["任务一", "甲局", "乙局"]]] == shown(body, "通知.docx", tmp_path)


def test_a_deleted_tracked_change_is_left_out(tmp_path: Path) -> None:
    """Text that a tracked change deleted is not read; text that it inserted is."""
    changed = '<w:del w:id="1"><w:r><w:delText>甲局</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>乙局</w:t></w:r></w:ins>'

    assert ["牵头单位：乙局"] == shown(docx(para("牵头单位：", inner=changed)), "通知.docx", tmp_path)


def test_the_first_bytes_decide_not_the_name(tmp_path: Path) -> None:
    """A Word document named .txt is read as Word; a page named .doc is read as a page."""
    assert ["修路。"] == shown(docx(para("修路。")), "通知.txt", tmp_path)
    assert ["修路。"] == shown("<html><body><p>修路。</p></body></html>".encode(), "通知.doc", tmp_path)


def test_entities_that_would_grow_without_end_are_refused(tmp_path: Path) -> None:
    """A document whose head defines entities is refused with a sentence, at once."""
    head = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    assert said(docx(para("修路。"), head=head), "通知.docx", tmp_path)
