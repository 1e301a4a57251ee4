"""A command looks for circles of objects seldom."""

import gc
from collections.abc import Iterator

import pytest

from toolkit.cli import main
from toolkit.edges.machine import long_work


@pytest.fixture
def usual() -> Iterator[tuple[int, int, int]]:
    """What Python does by itself; given back afterwards."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield gc.get_threshold()
    gc.set_threshold(*before)
    gc.unfreeze()


def test_a_command_keeps_to_its_own_rhythm_in_long_work(usual: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """What `main` sets, a long work does not take back; without it a long work has its own, for as long as it lasts."""
    seen: list[int] = []

    def run(_: object) -> int:
        with long_work():
            seen.append(gc.get_threshold()[0])
        return 7

    run(None)
    assert usual == gc.get_threshold()
    monkeypatch.setattr(main, "_run", run)
    with pytest.raises(SystemExit) as ended:
        main.main()

    assert 7 == ended.value.code
    assert [50_000, 300_000] == seen
    assert 300_000 == gc.get_threshold()[0]
