"""The bare floor for writing: every xlsxwriter call of a run, recorded once and replayed with nothing of ours around it."""

import io
from types import TracebackType
from typing import Any, Self
from unittest import mock

import xlsxwriter

from bench.replay import MADE, Call, Ref, replayed


class Recorder:
    """Records the calls on workbooks, sheets, formats and charts while it is entered; `replay` makes them again."""

    def __init__(self) -> None:
        self.books: list[list[Call]] = []
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
        calls: list[Call] = [(-1, "", (), options)]
        self.books.append(calls)
        return _Spy(self._real(stream, options), calls, [0])

    def replay(self) -> None:
        """Make every recorded call again, in memory."""
        for calls in self.books:
            replayed(calls)


def _plain(value: Any) -> tuple[Any, Any]:
    """Split a value into what xlsxwriter is given and what is recorded."""
    if isinstance(value, _Spy):
        return value.real, Ref(value.number)
    if isinstance(value, dict):
        pairs = {key: _plain(item) for key, item in value.items()}
        return {key: pair[0] for key, pair in pairs.items()}, {key: pair[1] for key, pair in pairs.items()}
    return value, value


class _Spy:
    """A workbook, sheet, format or chart that writes down what is asked of it."""

    def __init__(self, real: Any, calls: list[Call], counter: list[int]) -> None:
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
            return _Spy(result, self._calls, self._counter) if name in MADE else result

        return call
