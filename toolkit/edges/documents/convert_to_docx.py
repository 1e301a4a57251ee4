"""Turns an old word processor's file (.doc, .wps, .rtf, .odt) into .docx through LibreOffice, where there is one."""

from toolkit.edges.office_program import OfficeFailed, convert, find_office
from toolkit.model.command_error import CommandError

_SAVE_AS = "请用 Word 或 WPS 打开它，另存为 .docx 后再导入。"


def as_docx(content: bytes, *, what: str = "旧式 Word/WPS 文字文件", suffix: str = ".doc") -> bytes:
    """Convert an old word processor's file, called `what`; raises CommandError where there is no LibreOffice, or it cannot read the file."""
    program = find_office()
    if program is None:
        raise CommandError(f"是{what}，这里不能直接读。", _SAVE_AS)
    try:
        return convert(program, content, suffix=suffix, to="docx:MS Word 2007 XML")
    except OfficeFailed as failed:
        raise CommandError(f"是{what}，LibreOffice {failed}。", _SAVE_AS) from failed
