"""Reads a notice's file into paragraphs and tables."""

from pathlib import Path

from toolkit.model.document import Document, Paragraph
from toolkit.model.trouble import Trouble

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_document(path: Path) -> Document:
    """Read a notice; raises Trouble when the file is missing or of a sort that cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Trouble(f"通知文件“{path}”打不开：{error.strerror}。", "请核对文件名和路径。") from error
    if not content.strip():
        raise Trouble(f"“{path.name}”是空的。", "请换一个有内容的文件。")
    if path.suffix.lower() != ".txt":
        raise Trouble(f"还不能读“{path.suffix}”格式的通知。", "请把通知另存为纯文本（.txt）后再导入。")
    text = _decoded(content, path.name)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Document(path.name, tuple(Paragraph(line, f"第{number}行") for number, line in enumerate(lines, 1)))


def _decoded(content: bytes, name: str) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Trouble(f"“{name}”的文字编码认不出来。", "请用记事本打开，另存为 UTF-8 编码。")
