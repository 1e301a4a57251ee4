"""What a mail may hold before it is parsed: the parser's time grows with the square of some parts of it, its stack with others."""

import re

from toolkit.model.lazy_pattern import lazy_pattern

_CONTINUATION = lazy_pattern(rb"\*\d+\*?=")
_CONTINUATIONS, _PARTS, _NESTED = 500, 2_000, 60


def strange_in(content: bytes) -> str:
    """Say what in a mail's bytes would hang or overflow a parser, '' where nothing would."""
    if sum(1 for _ in _CONTINUATION.finditer(content)) > _CONTINUATIONS:
        return "附件名被拆成太多段"
    lower = content.lower()
    if lower.count(b"content-type:") > _PARTS or lower.count(b"multipart/") + lower.count(b"message/rfc822") > _NESTED:
        return "邮件的部分太多或套得太深"
    return ""


def headers_of(content: bytes) -> bytes:
    """Give a mail's headers only, up to the first blank line, lines with names cut into pieces (RFC 2231: filename*0=) left out."""
    head = re.split(rb"\r?\n\r?\n", content, maxsplit=1)[0]
    return b"\n".join(line for line in head.splitlines() if not _CONTINUATION.search(line)) + b"\n\n"
