"""Reads the QR codes of a scan: a picture of any usual format, or a PDF of pictures. Runs in a process of its own (apart)."""

import io
from collections.abc import Iterator
from typing import Any

from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph, Table

_PAGES, _SCALE = 50, 300 / 72  # pages that are looked at, and the dots that a PDF's are drawn with
_FRAMES = "请换成清楚的照片或扫描件（jpg、png、tif、pdf），或者直接输入页上的校验码。"


def read_codes(content: bytes) -> list[Paragraph | Table]:
    """Give the text of every QR code, page by page. Raises CommandError for what is no picture."""
    import zxingcpp

    found: list[Paragraph | Table] = []
    for number, picture in enumerate(_pictures(content), 1):
        codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
        found += [Paragraph(code.text, f"第 {number} 页") for code in codes]
    return found


def _pictures(content: bytes) -> Iterator[Any]:
    return _of_pdf(content) if content.startswith(b"%PDF") else _of_picture(content)


def _of_pdf(content: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        for number in range(min(len(document), _PAGES)):
            page = document[number]
            scale = min(_SCALE, 6000 / max(*page.get_size(), 1))
            yield page.render(scale=scale, grayscale=True).to_pil()
    except pypdfium2.PdfiumError as error:
        raise CommandError("这个 PDF 打不开。", _FRAMES) from error


def _of_picture(content: bytes) -> Iterator[Any]:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= _PAGES:
                    break
                yield ImageOps.exif_transpose(frame.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CommandError("这不是能读的图片或扫描件。", _FRAMES) from error
