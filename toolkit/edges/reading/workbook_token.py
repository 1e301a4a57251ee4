"""Reads the token that the program put into a workbook it wrote, by which it knows what the clerk was shown."""

import io
import re
import zipfile


def token_of(content: bytes, name: str) -> str:
    """Give the token (16 hex digits) of a workbook's custom properties, '' where it has none or is no whole package."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            said = book.read("docProps/custom.xml").decode("utf-8", "replace")
    except (KeyError, OSError, zipfile.BadZipFile):
        return ""
    found = re.search(rf'name="{name}"[^>]*>\s*<[^>]*>([0-9a-f]{{16}})<', said)
    return found[1] if found else ""
