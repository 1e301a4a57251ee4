"""Regular expressions that are compiled when they are first used: a command loads hundreds of them and uses some dozens."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, AnyStr, Generic


class LazyPattern(Generic[AnyStr]):
    """Has what a compiled pattern has, and is none: the functions of `re` do not take it."""

    pattern: AnyStr
    flags: int
    groups: int
    groupindex: Mapping[str, int]
    search: Callable[..., re.Match[AnyStr] | None]
    match: Callable[..., re.Match[AnyStr] | None]
    fullmatch: Callable[..., re.Match[AnyStr] | None]
    findall: Callable[..., list[Any]]
    finditer: Callable[..., Iterator[re.Match[AnyStr]]]
    split: Callable[..., list[Any]]
    sub: Callable[..., AnyStr]
    subn: Callable[..., tuple[AnyStr, int]]

    def __init__(self, text: AnyStr, flags: int) -> None:
        self._text: AnyStr = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile; from then on everything is found in the object itself. Raises AttributeError for what no pattern has, re.error for a wrong one."""
        if name not in LazyPattern.__annotations__:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        self.__dict__.update((own, getattr(compiled, own)) for own in LazyPattern.__annotations__)
        return self.__dict__[name]


def lazy_pattern(text: AnyStr, flags: int = 0) -> LazyPattern[AnyStr]:
    """Give what works as `re.compile(text, flags)` does, compiled at its first use, which raises re.error then; for names at the top of a module."""
    return LazyPattern(text, flags)
