"""Puts what formulas come to into a saved workbook: openpyxl writes formulas without, and a reader that does not recalculate would see nothing."""

import io
import zipfile

from toolkit.model.formula_texts import as_spreadsheets_write
from toolkit.model.lazy_pattern import lazy_pattern

_TEXT = lazy_pattern(r'(<c [^>]*t="str"[^>]*>(?:<f[^>]*>[^<]*</f>)?<v>)([^<]*)(</v>)')
_UNKNOWN = lazy_pattern(r'(<c [^>]*?)\s+t="e"([^>]*>(?:<f[^>]*>[^<]*</f>))<v>#NAME\?</v>')


def with_values(content: bytes) -> bytes:
    """Give an .xlsx with the value of each formula that formualizer can work out, all else as it is; the bytes as they came where it cannot read them."""
    from formualizer import recalculate_xlsx_bytes  # only an answer to the office above needs it

    try:
        done = recalculate_xlsx_bytes(content, external_links="refuse")
    except (OSError, RuntimeError, ValueError):
        return content
    return _as_stored(done["bytes"])


def _as_stored(content: bytes) -> bytes:
    """Write the numbers in texts that formulas come to as spreadsheets do, and leave those open that hold a function which formualizer does not know."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.startswith("xl/worksheets/"):
                text = _TEXT.sub(lambda found: found[1] + as_spreadsheets_write(found[2]) + found[3], data.decode("utf-8"))
                data = _UNKNOWN.sub(r"\1\2", text).encode("utf-8")
            new.writestr(part, data)
    return stream.getvalue()
