"""Who does a thing: the clerk named in the workspace's settings, else the name with which this computer's user has logged in."""

import getpass

from toolkit.edges.workspace import Workspace


def current_clerk(space: Workspace) -> str:
    """Give the name under which rulings, closings and changes are recorded; raises CommandError where the settings cannot be read."""
    named = space.text_setting("clerk")
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user on this machine, or no name in the environment (Windows raises ImportError)
        return "经办人"
