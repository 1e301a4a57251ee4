"""The files that are damaged at random: a filled return as several programs save it, as a text, and in envelopes."""

from email.message import EmailMessage
from pathlib import Path

from tests.hostile.archives import outlook, rar, seven_zip
from tests.hostile.books import gbk_zip, zipped
from tests.office import convert
from tests.spoiled.kinds_files import _as_csv, _as_sheet_xml
from tests.spoiled.office import Case

_SAVED = ("xls", "ods", "html")


def seeds(case: Case, folder: Path) -> list[bytes]:
    """Make the files out of a unit's workbook; those that come most often stand more than once."""
    book = case.filled
    (folder / "book.xlsx").write_bytes(book)
    xls, ods, page = (convert(folder / "book.xlsx", kind, folder).read_bytes() for kind in _SAVED)
    texts = [_as_csv("gb18030")(case), _as_sheet_xml(case)]
    envelopes = [zipped({"来件.xlsx": book}), outlook("某某", "进展", {"来件.xlsx": book}), seven_zip({"来件.xlsx": book}), rar({"来件.xls": xls})]
    letters = [_mail(book, "一季度进展.xlsx"), _mail(gbk_zip("进展.ods", ods, flagged=False), "进展.zip")]
    made = [*texts, *envelopes, *letters, zipped({"信.eml": letters[0]})]
    return [book, book, book, book, xls, xls, xls, ods, ods, page, *(one for one in made if isinstance(one, bytes))]


def _mail(content: bytes, name: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "某某 <a@example.com>", "一季度进展", "Mon, 20 Mar 2023 09:00:00 +0800"
    mail.set_content("见附件")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()
