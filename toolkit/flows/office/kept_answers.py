"""kept_answers: what a command said is said again while nothing has changed in the workspace since; then it loads nothing and reads no ledger."""

from collections.abc import Callable
from typing import TypeVar

from toolkit.edges.parsed_cache import cached
from toolkit.edges.workspace import Workspace
from toolkit.edges.workspace_state import state_of

_T = TypeVar("_T")


def answer(space: Workspace, name: str, make: Callable[[], _T], *, if_kept: Callable[[_T], bool] = lambda _: True, also: bytes = b"") -> _T:
    """Give what was made under a name (texts, numbers, lists, mappings) when all stood as it stands now, and `also` was the same, else make it.

    It is kept where nothing changed meanwhile and `if_kept` holds of it. Raises what `make` raises, which is never kept.
    """
    before = state_of(space)
    if before is None:
        return make()
    made: list[_T] = []

    def made_now() -> _T:
        made.append(make())
        return made[0]

    return cached(space.records, name, before, also, make=made_now, holds=lambda: if_kept(made[0]) and state_of(space) == before)
