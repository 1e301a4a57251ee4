"""Reads a notice's file into paragraphs and tables, whatever sort of file it is."""

from pathlib import Path

from toolkit.edges.documents.convert_to_docx import as_docx
from toolkit.edges.documents.file_kind import Kind, recognise
from toolkit.edges.documents.plain_text import read_separated, read_text
from toolkit.edges.documents.radicals import with_characters
from toolkit.edges.documents.read_in_subprocess import read_in_subprocess
from toolkit.model.command_error import CommandError
from toolkit.model.document import Document, Paragraph, Table

_MOST_BYTES = 100 * 2**20
_MARKDOWN = frozenset({".md", ".markdown"})
_SEPARATED = frozenset({".csv", ".tsv"})


def read_document(path: Path) -> Document:
    """Read a notice; raises CommandError when the file is missing or of a sort that cannot be read, saying what it is and what to do."""
    content = _content(path)
    try:
        blocks = _blocks(content, path.suffix.lower())
    except CommandError as trouble:
        raise CommandError(f"“{path.name}”{trouble.message}", trouble.advice) from trouble
    if not any(isinstance(block, Table) or block.text.strip() for block in blocks):
        raise CommandError(f"“{path.name}”里没有文字。", "请打开文件看看；如果内容是图片，请换成带文字的电子版，或先做文字识别（OCR）后再导入。")
    return Document(path.name, tuple(with_characters(blocks)))


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES and path.is_file():
            raise CommandError(
                f"“{path.name}”有 {size // 2**20} MB，不像一份通知，没有读。", "请只留通知正文和任务分解部分，删去图片等附带内容，另存一份后再导入。"
            )
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"通知文件“{path}”打不开：{_reason(path, error)}。", "请核对文件名和路径；如果文件正在别的程序里打开，请先关闭它。") from error
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise CommandError(f"“{path.name}”是空的。", "请换一个有内容的文件；如果是下载的，请重新下载。")
    return content


def _reason(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if path.is_dir():
        return "这是一个文件夹"
    return "没有读取权限，或正被占用" if isinstance(error, PermissionError) else str(error.strerror)


def _blocks(content: bytes, suffix: str) -> list[Paragraph | Table]:
    """Read plain text here, an old word processor's file by way of LibreOffice, and everything with a structure in a process of its own."""
    kind = recognise(content)
    if kind is Kind.TEXT:
        return read_separated(content) if suffix in _SEPARATED else read_text(content, markdown=suffix in _MARKDOWN)
    if kind is Kind.UOF:
        return read_in_subprocess(Kind.DOCX.name, as_docx(content, what="标文通（UOF）文件", suffix=".uot"))
    if kind is Kind.OLD_WORD:
        return read_in_subprocess(Kind.DOCX.name, as_docx(content))
    return read_in_subprocess(kind.name, content)
