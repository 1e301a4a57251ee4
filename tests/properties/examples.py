"""How many examples the properties try: few and always the same in the normal run, TASK_TOOLKIT_EXAMPLES=n new ones in the long mode."""

import os

from hypothesis import HealthCheck, Phase, settings

_MANY = int(os.environ.get("TASK_TOOLKIT_EXAMPLES", "0"))


def some(few: int, *, share: float = 1.0, shrink: bool = True) -> settings:
    """Give the settings of a property: `few` examples in the normal run (0: those that are written out), a `share` of those asked for in the long mode.

    `shrink` looks for a smaller example that fails, which takes hundreds of tries: not where one takes a second.
    """
    many = max(1, round(_MANY * share)) if _MANY else few
    phases = [phase for phase in Phase if shrink or phase is not Phase.shrink] if many else [Phase.explicit]
    return settings(max_examples=many or 1, derandomize=not _MANY, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=phases)
