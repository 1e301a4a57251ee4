"""Opens envelopes (zip, 7z, rar, mail, Outlook mail, one in another) and gives the workbooks in them with their chain of origin."""

from collections.abc import Sequence

from toolkit.edges.envelopes.box import ENVELOPES, Box, Mail, Member, Unpacked
from toolkit.edges.envelopes.mail import open_mail
from toolkit.edges.envelopes.other import open_rar, open_seven_zip
from toolkit.edges.envelopes.outlook import open_outlook
from toolkit.edges.envelopes.zips import open_zip
from toolkit.edges.reading.precheck import sort_of
from toolkit.edges.reading.precheck_format import Format
from toolkit.model.findings import Code

__all__ = ["Mail", "Member", "Unpacked", "unpack"]

_OPENERS = {
    Format.ZIP: (open_zip, "压缩包"),
    Format.SEVEN_ZIP: (open_seven_zip, "压缩包"),
    Format.RAR: (open_rar, "压缩包"),
    Format.MAIL: (open_mail, "邮件"),
    Format.OUTLOOK: (open_outlook, "邮件"),
}


def unpack(content: bytes, name: str, passwords: Sequence[str] = ()) -> Unpacked:
    """Give every workbook in a file, and a finding for everything else in it; never raises for what is in the file."""
    sort = sort_of(content) if content else Format.UNKNOWN
    if sort not in ENVELOPES:
        return Unpacked((Member(name, content),), (), "")
    box = Box(tuple(passwords), _open)
    _open(box, name, content, sort, 1, Mail())
    return Unpacked(tuple(box.members), tuple(box.findings), _OPENERS[sort][1])


def _open(box: Box, name: str, content: bytes, sort: Format, layer: int, mail: Mail) -> None:
    opener, word = _OPENERS[sort]
    before = len(box.members) + len(box.findings)
    try:
        opener(box, name, content, layer, mail)
    except (Exception, RecursionError) as error:  # noqa: BLE001 - a broken envelope costs one finding, whatever its library raises
        box.refuse(name, Code.DAMAGED, part=f"{word}内部，{type(error).__name__}")
    if before == len(box.members) + len(box.findings):
        box.refuse(name, Code.NOTHING_INSIDE, kind=word)
