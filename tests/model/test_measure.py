"""How many lines a text takes."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.model.measure import height, height_of, lines, room_of

_TEXTS = st.text(st.sampled_from("项目推进了，。“”…—①０（）㎡〓〿ｱa1 .-%\né\u0301🙂\u3000"), max_size=120) | st.text(max_size=60)
_WIDTHS = st.floats(3, 90)


def counted(text: str, width: float) -> int:
    """Count lines sign by sign: a wide sign takes two columns, a combining one none; Latin words and blanks in a row stay together."""
    room = max(2, int(width) - 1)
    return sum(_of_line(line, room) for line in text.split("\n"))


def _of_line(line: str, room: int) -> int:
    words: list[str] = []
    for sign in line:
        kind = "blank" if sign == " " else "word" if "!" <= sign <= "~" else ""
        last = words[-1][-1] if words else ""
        same = kind and last and kind == ("blank" if last == " " else "word" if "!" <= last <= "~" else "")
        words[-1:] = [words[-1] + sign] if same else [*words[-1:], sign]
    count, used = 1, 0
    for word in words:
        wide = sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in word)
        if used + wide <= room:
            used += wide
        elif wide <= room:
            count, used = count + 1, wide
        else:
            count, used = count + (used + wide - 1) // room, (used + wide - 1) % room + 1
    return count


@given(_TEXTS, _WIDTHS)
@example("中文中文中文", 4)
def test_lines_are_counted_sign_by_sign(text: str, width: float) -> None:
    """Runs of Chinese take as many lines as their signs one by one would."""
    assert counted(text, width) == lines(text, width)


@given(_TEXTS, _WIDTHS, st.sampled_from([9.0, 10.0, 10.5, 12.0]))
def test_what_surely_stands_on_one_line_does(text: str, width: float, size: float) -> None:
    """A text as short as a cell's room surely takes is one line, and a Latin word as long as its Latin room."""
    sure, latin, wide = room_of(width, size)

    assert 1 == lines(text[: max(sure, 0)].replace("\n", ""), wide)
    assert 1 == lines("9" * latin, wide)
    assert height([(text, width)], size) == height_of([lines(text, wide)], size)
