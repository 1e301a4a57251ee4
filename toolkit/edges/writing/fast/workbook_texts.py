"""The texts of a workbook: the list that its cells share, and how a text is written as XML."""


from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable

from toolkit.model.lazy_pattern import lazy_pattern

_TEXT = 32_767  # UTF-16 units that a cell holds, Excel's own limit
_ODD = lazy_pattern(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")  # written as _xHHHH_, or looks as if it were


class Strings(SharedStringTable):  # type: ignore[misc] # xlsxwriter is untyped
    """The texts of a book with long sheets, to which sheets add while they are written."""

    def add(self, text: str) -> int:
        """Take in a new text and give its number. Raises ValueError for one that no cell can hold."""
        if len(text) > _TEXT // 2 and len(text.encode("utf-16-le")) > 2 * _TEXT:
            raise ValueError(f"a text of {len(text)} characters: a cell holds {_TEXT}")
        number = len(self.string_array)
        self.string_table[text] = number
        self.string_array.append(text)
        self.unique_count += 1
        return number

    def number(self, text: str) -> int:
        """Count a text once more and give its number in sharedStrings.xml, counted from 0; a new text is added at the end."""
        self.count += 1
        number: int | None = self.string_table.get(text)
        return self.add(text) if number is None else number

    def _get_shared_string_index(self, string: str) -> int:
        return self.number(string)

    def _sort_string_data(self) -> None:
        """Leave them: they stand in their order from the first on."""


class TextsPart(SharedStrings):  # type: ignore[misc] # xlsxwriter is untyped
    """Writes the list of texts; xlsxwriter's own takes a text that begins with <r> and ends with </r> for XML, and whoever sends one spoils the book."""

    def _write_si(self, string: str) -> None:
        self.fh.write(f"<si>{element(string)}</si>")


def element(text: str) -> str:
    """Write a text with its tags; blanks at its ends are kept."""
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<t{space}>{escaped(SharedStrings._escape_control_characters(text) if is_odd(text) else text)}</t>"  # noqa: SLF001 - Excel's rule, known there


def is_odd(text: str) -> bool:
    """Whether a text has characters that are escaped by rules of their own, or looks as if they were."""
    return not (text.isprintable() and "_x" not in text) and _ODD.search(text) is not None


def escaped(text: str) -> str:
    """Write a text so that it may stand between XML tags (&, < and >); not for an attribute, quotes stay."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
