"""The bare floor for writing: every xlsxwriter call of a run, recorded once and replayed with nothing of ours around it."""

import io
from types import TracebackType
from typing import Any, Self
from unittest import mock

import xlsxwriter

_MADE = ("add_format", "add_worksheet", "add_chart")


class Recorder:
    """Records the calls on workbooks, sheets, formats and charts while it is entered; `replay` makes them again."""

    def __init__(self) -> None:
        self.books: list[list[tuple[int, str, tuple[Any, ...], dict[str, Any]]]] = []
        self._patch = mock.patch("toolkit.edges.writing.fast.fast_workbooks.Book", side_effect=self._open)
        self._real = xlsxwriter.Workbook

    def __enter__(self) -> Self:
        """Begin to record."""
        self._patch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop recording."""
        self._patch.stop()

    def _open(self, stream: io.BytesIO, options: dict[str, Any]) -> Any:
        calls: list[tuple[int, str, tuple[Any, ...], dict[str, Any]]] = [(-1, "", (), options)]
        self.books.append(calls)
        return _Spy(self._real(stream, options), calls, [0])

    def replay(self) -> None:
        """Make every recorded call again, in memory."""
        for calls in self.books:
            made: list[Any] = [self._real(io.BytesIO(), calls[0][3])]
            for owner, name, args, options in calls[1:]:
                given = [made[arg.number] if isinstance(arg, _Ref) else arg for arg in args]
                named = {key: _resolved(value, made) for key, value in options.items()}
                result = getattr(made[owner], name)(*(_resolved(passed, made) for passed in given), **named)
                if name in _MADE:
                    made.append(result)


class _Ref:
    """Stands for an object that an earlier call made."""

    def __init__(self, number: int) -> None:
        self.number = number


def _resolved(value: Any, made: list[Any]) -> Any:
    if isinstance(value, _Ref):
        return made[value.number]
    return {key: _resolved(item, made) for key, item in value.items()} if isinstance(value, dict) else value


def _plain(value: Any) -> tuple[Any, Any]:
    """Split a value into what xlsxwriter is given and what is recorded."""
    if isinstance(value, _Spy):
        return value.real, _Ref(value.number)
    if isinstance(value, dict):
        pairs = {key: _plain(item) for key, item in value.items()}
        return {key: pair[0] for key, pair in pairs.items()}, {key: pair[1] for key, pair in pairs.items()}
    return value, value


class _Spy:
    """A workbook, sheet, format or chart that writes down what is asked of it."""

    def __init__(self, real: Any, calls: list[Any], counter: list[int]) -> None:
        self.real, self._calls, self._counter = real, calls, counter
        self.number = counter[0]
        counter[0] += 1

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.real, name)

        def call(*args: Any, **options: Any) -> Any:
            pairs = [_plain(arg) for arg in args]
            named = {key: _plain(option) for key, option in options.items()}
            self._calls.append((self.number, name, tuple(pair[1] for pair in pairs), {key: pair[1] for key, pair in named.items()}))
            result = method(*(pair[0] for pair in pairs), **{key: pair[0] for key, pair in named.items()})
            return _Spy(result, self._calls, self._counter) if name in _MADE else result

        return call
