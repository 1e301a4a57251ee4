"""doctor: what is wrong with the machine and the workspace, and how to mend it."""

from toolkit.edges.backups import last_backup
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.kept_answers import answer
from toolkit.flows.upkeep.examine_machine import examine_machine, examine_mail
from toolkit.flows.upkeep.examined import Examined, Health


def doctor(space: Workspace) -> list[Examined]:
    """Look at everything that work stands on; never raises for what it finds.

    What was found in the workspace is said again while no file of it has changed, for the same day at most: then the ledger is gone through again.
    """
    backed_up = str(last_backup(space.root)).encode()
    found = answer(space, "doctor", lambda: _workspace(space), also=backed_up)
    kept = [Examined(thing, Health(health), seen, remedy) for thing, health, seen, remedy in found]
    return [*examine_machine(space), *kept, *examine_mail(space)]


def _workspace(space: Workspace) -> list[tuple[str, str, str, str]]:
    from toolkit.flows.upkeep.examine_workspace import examine_workspace

    return [(found.thing, str(found.health), found.seen, found.remedy) for found in examine_workspace(space)]
