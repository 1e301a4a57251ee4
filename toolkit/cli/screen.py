"""The screen: words, tables that fit Chinese, progress bars on a terminal and plain lines elsewhere."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from getpass import getpass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar
from unicodedata import category

if TYPE_CHECKING:  # a command in Chinese does without
    from toolkit.model.words import Words

_T = TypeVar("_T")
PAGE = 300  # rows of a table that are shown at once: laying out tens of thousands takes minutes, and nobody reads them
_PLAIN_STEPS = 4  # plain lines of progress where there is no terminal
_spoken: list["Words"] = []  # the language of the screen, where it is not Chinese
_FINE_STEPS, _TELLS = 100, "TASK_TOOLKIT_TELLS"  # the same where the page listens, and the variable that says so


def speak(words: "Words | None") -> None:
    """Speak a language from now on; None is Chinese."""
    _spoken[:] = [] if words is None or words.is_source else [words]


def shown(text: str) -> str:
    """Give a text of ours in the language of the screen, line by line; what is for programs (JSON) stays."""
    if not _spoken or text.startswith(("{", "[\n", "[]")):
        return text
    return "\n".join(map(_spoken[0].shown, text.split("\n")))


def plain(text: str) -> str:
    """Give a text that a terminal only shows: what would move the cursor, colour, or turn the direction of writing stands there as its number."""
    return "".join(sign if sign in "\n\t" or category(sign) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} else f"\\u{ord(sign):04x}" for sign in text)


def say(text: str = "") -> None:
    """Write a line for the clerk to stdout, at once; signs that a terminal would act on stand there as their numbers."""
    print(plain(shown(text)), flush=True)  # noqa: T201 - this is the screen


def complain(text: str) -> None:
    """Write a line about what went wrong to stderr, at once; signs that a terminal would act on stand there as their numbers."""
    print(plain(shown(text)), file=sys.stderr, flush=True)  # noqa: T201 - this is the screen


def can_ask() -> bool:
    """Whether a person sits before the screen who could answer; in a pipe, a service or a CI nobody does, and nothing may wait."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("CI", "").lower() in {"", "0", "false"}


def ask_secret(question: str) -> str:
    """Ask for a password that is not shown while it is typed; '' when only Enter is pressed."""
    return getpass(plain(shown(f"{question}（看不见输入的字；直接回车就不试了）：")))


def show_table(
    title: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    colours: Mapping[object, str] = MappingProxyType({}),
    *,
    page: int = 0,
    most: int = PAGE,
) -> None:
    """Write a table as wide as the terminal, 80 columns elsewhere; words that have a colour stand in it on a terminal.

    Of a long one a page, counted from 1, of `most` rows, else its last rows: they are nearest to where the clerk types.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    every = list(rows)
    pages = -(-len(every) // most)
    if len(every) > most:
        title += f"（共 {len(every)} 行，第 {page}/{pages} 页）" if page else f"（共 {len(every)} 行，只列出最后 {most} 行）"
    table = Table(title=shown(title), title_justify="left", show_lines=False)
    for header in headers:
        table.add_column(shown(header), overflow="fold")
    for row in every[(page - 1) * most : page * most] if page else every[-most:]:
        table.add_row(*(Text(plain(shown(str(value))), style=colours.get(value, "") if isinstance(value, str) else "") for value in row))
    Console(width=None if sys.stdout.isatty() else 80, highlight=False, markup=False).print(table)


def follow(items: Sequence[_T], title: str) -> Iterator[_T]:
    """Pass items on in their order, showing on stderr how far the work is: a bar on a terminal, else a plain line now and then."""
    if not sys.stderr.isatty():
        yield from _follow_plainly(items, title)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[name]}", markup=False))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        work = bar.add_task(shown(title), total=len(items), name="")
        for item in items:
            bar.update(work, name=plain(str(getattr(item, "name", ""))))
            yield item
            bar.advance(work)


def teller() -> Callable[[str, str], None] | None:
    """Give what tells the page at once whose file was read and where it ended; None where no page listens."""
    return (lambda unit, outcome: complain_as_it_is(f"\x1e{plain(unit)}\t{outcome}")) if os.environ.get(_TELLS) else None


def complain_as_it_is(line: str) -> None:
    """Write a line to stderr for a program that listens, control characters and all."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is the screen


def _follow_plainly(items: Sequence[_T], title: str) -> Iterator[_T]:
    step = max(1, -(-len(items) // (_FINE_STEPS if os.environ.get(_TELLS) else _PLAIN_STEPS)))
    for number, item in enumerate(items, 1):
        yield item
        if number % step == 0 or number == len(items):
            complain(f"{title}：{number}/{len(items)}")
