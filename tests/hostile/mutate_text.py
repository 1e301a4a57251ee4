"""Changes texts that carry tables or files: mails by header and part, web pages and Excel 2003's XML by tag, plain tables by line."""

import random
import re

_HEADERS = re.compile(rb"(?m)^([A-Za-z-]+):[ \t]*(.*(?:\r?\n[ \t].*)*)$")
_VALUES = (
    b"", b"\xff\xfe\x00", b"=?utf-8?B?", b"=?gb2312?Q?=D2=BB?=", b"=?x-nothing?B?5LiA?=", b"multipart/mixed", b'multipart/mixed; boundary=""',
    b"message/rfc822", b"text/plain; charset=nothing", b"base64", b"quoted-printable", b"uuencode", b"x" * 70_000, b"<a@b>\r\n\r\n",
    b"attachment; filename*=utf-8''..%2F..%2Fa.xlsx", b'attachment; filename="a\0b.xlsx"', b"attachment; filename*0=a; filename*2=b",
    b"Thu, 99 Foo 99999 99:99:99 +9999", b"Mon, 20 Mar 0001 00:00:00 +0000",
)  # fmt: skip
_TAGS = re.compile(rb"<[^<>]*>")
_ATTRIBUTES = (
    b' rowspan="99999999"', b" colspan=-1", b" rowspan=0", b" style='mso-number-format:x'", b' ss:Index="16385"', b' ss:MergeDown="9999999"', b" x" * 500,
)  # fmt: skip
_WRITTEN = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "gb18030", "latin-1", "utf-7")
_SIGNS = (b",", b";", b"\t", b'"', b'""', b"\r", b"\n", b"\0", b"|", b"\xa0", b"\x1a", b"=", b"<table>")


def is_mail(content: bytes) -> bool:
    """Whether a file is a mail."""
    return b"MIME-Version" in content[:2_000]


def is_text(content: bytes) -> bool:
    """Whether a file is a text of some sort."""
    return b"\0" not in content[:200] and not content.startswith((b"PK", b"7z"))


def changed_mail(content: bytes, dice: random.Random) -> bytes:
    """Rewrite, repeat or drop a header or a part of a mail."""
    headers = list(_HEADERS.finditer(content))
    if not headers:
        return content
    found = dice.choice(headers[: dice.choice((10, len(headers)))])
    whole, (start, end) = found[0], found.span(2)
    boundary = re.search(rb'boundary="?([^"\r\n;]+)', content)
    mark = b"--" + boundary[1] if boundary else b"--"
    return dice.choice(
        (
            content[: found.start()] + content[found.end() :],
            content[: found.end()] + b"\n" + whole + content[found.end() :],
            content[:start] + dice.choice(_VALUES) + content[end:],
            content[:start] + dice.choice(_VALUES) + content[end:],
            content.replace(mark, dice.choice((b"", mark + mark, b"--", mark + b"--")), dice.choice((1, -1))),
            content.replace(mark, mark + b"\nContent-Type: message/rfc822\n\n" + content[:300] + b"\n" + mark, 1),
            _around(content, dice.choice((1, 5, 80))),
        )
    )


def _around(content: bytes, layers: int) -> bytes:
    """Forward the mail as often."""
    for layer in range(layers):
        mark = b"m%d" % layer
        head = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=%s\n\n" % mark
        content = head + b"--%s\nContent-Type: message/rfc822\n\n%s\n--%s--\n" % (mark, content, mark)
    return content


def changed_text(content: bytes, dice: random.Random) -> bytes:
    """Drop, repeat or rewrite a tag, a sign between cells or a line, or write the text in another encoding."""
    tags = list(_TAGS.finditer(content))
    if tags and dice.random() < 0.6:
        return _retagged(content, tags, dice)
    choice, at = dice.randrange(4), dice.randrange(len(content) + 1)
    if choice == 0:
        return content[:at] + dice.choice(_SIGNS) * dice.choice((1, 3, 5_000)) + content[at:]
    if choice == 1:
        lines = content.split(b"\n")
        line = dice.randrange(len(lines))
        return b"\n".join([*lines[:line], *[lines[line]] * dice.choice((0, 2, 3_000)), *lines[line + 1 :]])
    if choice == 2:
        return content.replace(dice.choice(_SIGNS), dice.choice(_SIGNS))
    return content.decode("utf-8", "replace").encode(dice.choice(_WRITTEN), "replace")


def _retagged(content: bytes, tags: list[re.Match[bytes]], dice: random.Random) -> bytes:
    found = dice.choice(tags)
    more = found[0][:-1] + dice.choice(_ATTRIBUTES) + b">"
    new = dice.choice((b"", found[0] * 2, found[0] * 400, more, more, b"<!--", b"</table>", b"<table><tr><td>" * 50, b"&#99999999;"))
    return content[: found.start()] + new + content[found.end() :]
