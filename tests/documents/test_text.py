"""Plain text: every usual encoding, one paragraph a line."""

from pathlib import Path

import pytest

from tests.documents.drawn import said, shown
from toolkit.edges.documents.read_document import read_document

TEXT = "一、产业发展\n1. 新建标准厂房80万平方米。\n（牵头单位：云溪县工信局；责任单位：东山镇）"
LINES = TEXT.split("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_every_usual_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    """
    A text file is read whatever encoding Notepad or WPS saved it in.
    """
    assert LINES == shown(TEXT.encode(encoding), "通知.txt", tmp_path)


def test_big_endian_and_rare_characters_are_read(tmp_path: Path) -> None:
    """
    UTF-16 in either order is read, and GB18030 keeps characters that GBK does not have.
    """
    assert ["云溪县"] == shown(b"\xfe\xff" + "云溪县".encode("utf-16-be"), "a.txt", tmp_path)
    assert ["𠮷山镇人民政府的通知"] == shown("𠮷山镇人民政府的通知".encode("gb18030"), "b.txt", tmp_path)


def test_traditional_text_in_big5_is_read(tmp_path: Path) -> None:
    """
    A text in Big5 is read as it was written, not as look-alike bytes of GB18030.
    """
    text = "各單位要在六月三十日前完成這項工作，並報政府辦公室。責任單位：雲溪縣發展和改革局"

    assert [text] == shown(text.encode("big5"), "a.txt", tmp_path)


def test_a_text_with_a_few_broken_bytes_is_still_read(tmp_path: Path) -> None:
    """
    A stray broken byte does not turn a whole UTF-8 text into garbage.
    """
    text = TEXT * 20

    found = shown(text.encode()[:-1], "a.txt", tmp_path)

    assert text.split("\n")[:-1] == found[:-1]


def test_the_place_of_a_line_is_its_number_in_an_editor(tmp_path: Path) -> None:
    """
    Blank lines and every kind of line end count, so that the clerk finds the line.
    """
    path = tmp_path / "a.txt"
    path.write_bytes("甲\r\n\r\n乙\r丙\n丁".encode())

    assert [("甲", "第1行"), ("", "第2行"), ("乙", "第3行"), ("丙", "第4行"), ("丁", "第5行")] == [
        (block.text, block.where) for block in read_document(path).blocks if hasattr(block, "text")
    ]


def test_comma_separated_text_is_a_table(tmp_path: Path) -> None:
    """
    A .csv file, which Excel saves in GBK, is one table, ragged rows padded.
    """
    text = '序号,任务,牵头单位\r\n1,"修路,架桥",云溪县交通局\r\n\r\n2,植树\r\n'

    found = shown(text.encode("gbk"), "任务.csv", tmp_path)

    assert [[["序号", "任务", "牵头单位"], ["1", "修路,架桥", "云溪县交通局"], ["2", "植树", ""]]] == found


def test_bytes_that_are_no_text_are_said_to_be_none(tmp_path: Path) -> None:
    """
    A file in no known encoding is refused with what to do, not read as garbage.
    """
    assert "“a.txt”的文字编码认不出来。请用记事本打开，核对文字无误后另存为 UTF-8 编码。" == said(bytes(range(128, 256)) * 40, "a.txt", tmp_path)
