"""Tells apart the files that are text: html tables, Excel 2003 XML, mails, lists with commas or tabs."""

import re

from toolkit.edges.reading.precheck_format import Format
from toolkit.model.lazy_pattern import lazy_pattern

_HEAD = 4096
_HTML = lazy_pattern(r"<\s*(html|table|meta|!doctype\s+html|head|body|tr|div|style)\b", re.IGNORECASE)
_MAIL_LINE = lazy_pattern(
    rb"(?i)^(received|return-path|from|to|subject|date|message-id|mime-version|content-(type|transfer-encoding|disposition|language)"
    rb"|delivered-to|dkim-signature|x-[\w-]+|reply-to|sender|cc|bcc|arc-[\w-]+|authentication-results|importance|thread-[\w-]+):"
)
_BINARY = lazy_pattern("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(content: bytes) -> str | None:
    """Decode text as UTF-8, UTF-16 with a mark, or GB 18030; None when it is none of them or holds binary signs."""
    marked = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _BINARY.search(text) else text
    return None


def text_format(content: bytes) -> Format:
    """Say what sort of text a file is; UNKNOWN when it is no text."""
    if looks_like_mail(content):
        return Format.OTHER if is_web_archive(content) else Format.MAIL
    text = decoded(content)
    if text is None:
        return Format.UNKNOWN
    head = text[:_HEAD].lstrip()
    if head.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<Workbook" in text[: _HEAD * 4]:
            return Format.SHEET_XML
        if "urn:oasis:names:tc:opendocument" in head:
            return Format.OTHER
        return Format.HTML if _HTML.search(head) else Format.OTHER
    return Format.TEXT if text.strip() else Format.UNKNOWN


def is_flat_ods(content: bytes) -> bool:
    """Whether an XML file is a spreadsheet of OpenDocument in one file, by what stands at its beginning."""
    return b"opendocument.spreadsheet" in content[: _HEAD * 2]


def is_web_archive(content: bytes) -> bool:
    """Whether a file with a mail's header is a page that a program or a browser saved in one file, by a line that only those write."""
    head = content[:_HEAD].lower()
    return b"\nx-document-type:" in head or b"\nsnapshot-content-location:" in head


def looks_like_mail(content: bytes) -> bool:
    """Whether a file starts with at least two header lines of a mail, one of them a usual one."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n\t ")
    lines = [line for line in head.splitlines()[:40] if line[:1] not in {b" ", b"\t"}]
    if lines and lines[0].startswith(b"From "):  # an mbox of one
        lines = lines[1:]
    headers = 0
    for line in lines:
        if not line.strip():
            break
        if not re.match(rb"[!-9;-~]+:", line):
            return False
        headers += bool(_MAIL_LINE.match(line))
    return headers >= 2
